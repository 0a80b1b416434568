"""Records as rows of a spreadsheet, by django-import-export: what the admin exports.

Policies go out in the very columns in which partners send them, so that an export can be sent back:
nothing then changes. Coming in they take the road of `import_plans` instead of the library's
row-by-row one. No text that goes out is a formula.
"""

from __future__ import annotations

from datetime import date

from import_export import resources
from import_export.fields import Field

from policies.imports.neutral import neutral
from policies.models import Agreement, LocalPolicy, PolicyWin, StateProvision

_PRECISION = {"day": 10, "month": 7, "year": 4}


def written(day: date | None, precision: str) -> str:
    """A date as far as it is known: 2017-02-14, 2017-02 or 2017; empty for None."""
    return day.isoformat()[: _PRECISION[precision]] if day else ""


class _Rows(resources.ModelResource):
    """Rows whose texts no spreadsheet program runs."""

    def export_field(self, field, instance, **kwargs):
        value = super().export_field(field, instance, **kwargs)
        return neutral(value) if isinstance(value, str) else value

    def filter_export(self, queryset, **kwargs):
        return queryset.select_related(*self.related).prefetch_related(*self.prefetched)

    related: tuple[str, ...] = ()
    prefetched: tuple[str, ...] = ()


def _column(name: str) -> Field:
    """A column whose value the resource's `dehydrate_<name>` makes."""
    return Field(column_name=name)


class LocalPolicyResource(_Rows):
    """One answer a row, in the long form of the kind `policies`."""

    related = ("county", "state", "main_citation__document")

    fips = _column("fips")
    state = _column("state")
    county = _column("county")
    factor = Field("factor", "factor")
    answer = Field("answer", "answer")
    title = Field("title", "title")
    qualification = Field("qualification", "qualification")
    effective_from = _column("effective_from")
    effective_until = _column("effective_until")
    in_force_by = _column("in_force_by")
    last_verified = _column("last_verified")
    source_title = _column("source_title")
    source_url = _column("source_url")
    source_date = _column("source_date")
    page = _column("page")
    quote = _column("quote")
    notes = Field("notes", "notes")

    class Meta:
        model = LocalPolicy
        fields = (
            *("fips", "state", "county", "factor", "answer", "title", "qualification"),
            *("effective_from", "effective_until", "in_force_by", "last_verified"),
            *("source_title", "source_url", "source_date", "page", "quote", "notes"),
        )
        export_order = fields

    def dehydrate_fips(self, record) -> str:
        return record.county_id or record.state.fips

    def dehydrate_state(self, record) -> str:
        return record.state_id or record.county.state_id

    def dehydrate_county(self, record) -> str:
        return record.county.name if record.county_id else f"State of {record.state.name}"

    def dehydrate_effective_from(self, record) -> str:
        return written(record.effective_from, record.effective_from_precision)

    def dehydrate_effective_until(self, record) -> str:
        return written(record.effective_until, record.effective_until_precision)

    def dehydrate_in_force_by(self, record) -> str:
        return "yes" if record.in_force_by else ""

    def dehydrate_last_verified(self, record) -> str:
        """The newest day on which somebody saw it hold, if one is recorded."""
        seen = [day for day in (record.observed_on, record.last_verified) if day]
        return max(seen).isoformat() if seen else ""

    def dehydrate_source_title(self, record) -> str:
        return record.main_citation.document.title if record.main_citation_id else ""

    def dehydrate_source_url(self, record) -> str:
        return record.main_citation.document.url if record.main_citation_id else ""

    def dehydrate_source_date(self, record) -> str:
        if not record.main_citation_id:
            return ""
        document = record.main_citation.document
        return written(document.published_on, document.published_on_precision)

    def dehydrate_page(self, record) -> str:
        return record.main_citation.page if record.main_citation_id else ""

    def dehydrate_quote(self, record) -> str:
        return record.main_citation.quote if record.main_citation_id else ""


class AgreementResource(_Rows):
    """One agreement a row, with the codes of its counties."""

    prefetched = ("counties",)
    counties = _column("counties")

    class Meta:
        model = Agreement
        fields = (
            *("kind", "state", "agency_name", "agency_type", "type_as_listed", "counties"),
            *("model", "signed_on", "effective_from", "effective_until", "ended_as"),
            *("last_listed_on", "status", "notes"),
        )
        export_order = fields

    def dehydrate_counties(self, record) -> str:
        return " ".join(sorted(county.pk for county in record.counties.all()))


class PolicyWinResource(_Rows):
    """One win a row, with the codes of its counties and the factors it touched."""

    prefetched = ("counties", "win_factors")
    counties = _column("counties")
    factors = _column("factors")

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


class StateProvisionResource(_Rows):
    """One claim a line of the cell `claims`: factor, effect, from, until."""

    prefetched = ("claims",)
    claims = _column("claims")

    class Meta:
        model = StateProvision
        fields = (
            *("state", "title", "level", "legal_citation", "binds_county_agencies"),
            *("binds_others", "enacted_on", "claims", "summary", "last_verified", "status"),
        )
        export_order = fields

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
