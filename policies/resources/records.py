"""Agreements, wins and state law as rows, for reading."""

from __future__ import annotations

from policies.models import Agreement, PolicyWin, StateProvision
from policies.resources.rows import Rows, column, written


class AgreementResource(Rows):
    """One agreement a row, with the codes of its counties."""

    prefetched = ("counties",)
    counties = column("counties")

    class Meta:
        model = Agreement
        fields = (
            *("kind", "state", "agency_name", "agency_type", "type_as_listed", "counties"),
            *("model", "signed_on", "effective_from", "in_force_by", "effective_until"),
            *("ended_as", "last_listed_on", "status", "notes"),
        )
        export_order = fields

    def dehydrate_counties(self, record) -> str:
        return " ".join(sorted(county.pk for county in record.counties.all()))

    def dehydrate_signed_on(self, record) -> str:
        return written(record.signed_on, record.signed_on_precision)

    def dehydrate_effective_from(self, record) -> str:
        return written(record.effective_from, record.effective_from_precision)

    def dehydrate_effective_until(self, record) -> str:
        return written(record.effective_until, record.effective_until_precision)


class PolicyWinResource(Rows):
    """One win a row, with the codes of its counties and the factors it touched."""

    prefetched = ("counties", "win_factors")
    counties = column("counties")
    factors = column("factors")

    class Meta:
        model = PolicyWin
        fields = (
            *("title", "kind", "state", "place", "counties", "factors"),
            *("date_earliest", "date_latest", "summary", "note", "status"),
        )
        export_order = fields

    def dehydrate_counties(self, record) -> str:
        return " ".join(sorted(county.pk for county in record.counties.all()))

    def dehydrate_factors(self, record) -> str:
        return " ".join(sorted(one.factor for one in record.win_factors.all()))

    def dehydrate_date_earliest(self, record) -> str:
        return written(record.date_earliest, record.date_precision)

    def dehydrate_date_latest(self, record) -> str:
        return written(record.date_latest, record.date_precision)


class StateProvisionResource(Rows):
    """One claim a line of the cell `claims`: factor, effect, from, until."""

    prefetched = ("claims",)
    claims = column("claims")

    class Meta:
        model = StateProvision
        fields = (
            *("state", "title", "level", "legal_citation", "binds_county_agencies"),
            *("binds_others", "enacted_on", "claims", "summary", "last_verified", "status"),
        )
        export_order = fields

    def dehydrate_enacted_on(self, record) -> str:
        return written(record.enacted_on, record.enacted_on_precision)

    def dehydrate_claims(self, record) -> str:
        return "\n".join(
            " ".join(
                (
                    one.factor,
                    one.effect,
                    written(one.effective_from, one.effective_from_precision),
                    written(one.effective_until, "day"),
                )
            ).strip()
            for one in record.claims.all()
        )
