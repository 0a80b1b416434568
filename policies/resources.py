"""Records as rows of a spreadsheet, by django-import-export: what the admin exports.

Policies go out in the very columns in which partners send them, so that an export can be sent back:
nothing then changes. Coming in they take the road of `import_plans` instead of the library's
row-by-row one. No text that goes out is a formula, and none has invisible characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from import_export import resources
from import_export.fields import Field

from policies import clock
from policies.imports.cells import clean
from policies.imports.neutral import neutral
from policies.models import Agreement, LocalPolicy, PolicyWin, RecordStatus, StateProvision
from policies.rubric import AGREEMENT_FACTORS, FACTORS, Answer

_PRECISION = {"day": 10, "month": 7, "year": 4}
#: How a `no` to factors 3 to 7 is written in the wide form, where "no" means that none was found.
DOCUMENTED_NO = "documented no"

PLACE = ("fips", "state", "county")
SOURCE = ("source_title", "source_url", "source_date", "page", "quote", "notes")
LONG = (
    *(*PLACE, "factor", "answer", "title", "qualification"),
    *("effective_from", "effective_until", "in_force_by", "last_verified"),
    *SOURCE,
)
WIDE = (*PLACE, *(factor.value for factor in FACTORS))
#: What else is known of one version of a record.
LIFE = (
    *("id", "status", "change_kind", "change_note", "succeeds", "submission"),
    *("observed_on", "needs_verification", "verification_note"),
    *("published_at", "published_by", "closed_at", "closed_by"),
)


def written(day: date | None, precision: str) -> str:
    """A date as far as it is known: 2017-02-14, 2017-02 or 2017; empty for None."""
    return day.isoformat()[: _PRECISION[precision]] if day else ""


class _Rows(resources.ModelResource):
    """Rows whose texts no spreadsheet program runs."""

    def export_field(self, field, instance, **kwargs):
        value = super().export_field(field, instance, **kwargs)
        return neutral(clean(value)) if isinstance(value, str) else value

    def filter_export(self, queryset, **kwargs):
        return queryset.select_related(*self.related).prefetch_related(*self.prefetched)

    def get_chunk_size(self):
        """Records for which related ones are fetched at once; tables here have a few thousand."""
        return 5000

    related: tuple[str, ...] = ()
    prefetched: tuple[str, ...] = ()


def _column(name: str) -> Field:
    """A column whose value the resource's `dehydrate_<name>` makes."""
    return Field(column_name=name)


def _attribute(name: str) -> Field:
    """A column whose value the row has under the same name."""
    return Field(name, name)


class _PolicyRows(_Rows):
    """The columns of the long form of the kind `policies`."""

    related = ("county", "state", "main_citation__document")

    fips = _column("fips")
    state = _column("state")
    county = _column("county")
    effective_from = _column("effective_from")
    effective_until = _column("effective_until")
    in_force_by = _column("in_force_by")
    last_verified = _column("last_verified")
    source_title = _column("source_title")
    source_url = _column("source_url")
    source_date = _column("source_date")
    page = _column("page")
    quote = _column("quote")

    def filter_export(self, queryset, **kwargs):
        rows = super().filter_export(queryset, **kwargs)
        return rows.defer("main_citation__document__extracted_text")

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
        """The newest day on which somebody saw it hold.

        Without it the row would be taken, when it is sent back, for seen on the day of the file.
        """
        seen = [day for day in (record.observed_on, record.last_verified) if day]
        if not seen and record.effective_from <= clock.today():
            seen = [record.effective_from]
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


class LocalPolicyResource(_PolicyRows):
    """One published answer a row: the form that can be sent back."""

    class Meta:
        model = LocalPolicy
        name = _("Published answers, one a row (can be sent back)")
        fields = LONG
        export_order = LONG

    def filter_export(self, queryset, **kwargs):
        """Drafts and what was superseded would contradict what is published."""
        rows = super().filter_export(queryset, **kwargs)
        return rows.filter(status=RecordStatus.PUBLISHED)


class LocalPolicyWideResource(_Rows):
    """One county a row, with its own answers that are in force today."""

    fips = _attribute("fips")
    state = _attribute("state")
    county = _attribute("county")
    no_287g = _attribute("no_287g")
    no_detention_contract = _attribute("no_detention_contract")
    limits_holds = _attribute("limits_holds")
    limits_notifications = _attribute("limits_notifications")
    limits_interrogations = _attribute("limits_interrogations")
    no_status_inquiry = _attribute("no_status_inquiry")
    no_general_assistance = _attribute("no_general_assistance")

    class Meta:
        model = LocalPolicy
        name = _("Answers in force today, one county a row")
        fields = WIDE
        export_order = WIDE

    def filter_export(self, queryset, **kwargs):
        today = clock.today()
        return queryset.select_related("county", "state").filter(
            Q(effective_until__isnull=True) | Q(effective_until__gt=today),
            status=RecordStatus.PUBLISHED,
            effective_from__lte=today,
        )

    def iter_queryset(self, queryset) -> Iterator[SimpleNamespace]:
        """The records of one place, put together."""
        places: dict[str, SimpleNamespace] = {}
        for record in super().iter_queryset(queryset):
            key = record.county_id or record.state_id
            if key not in places:
                places[key] = _place(record)
            setattr(places[key], record.factor, _in_wide(record.factor, record.answer))
        yield from sorted(places.values(), key=lambda place: place.fips)


def _place(record: LocalPolicy) -> SimpleNamespace:
    where = record.county or record.state
    return SimpleNamespace(
        **dict.fromkeys((factor.value for factor in FACTORS), ""),
        fips=where.fips,
        state=record.state_id or where.state_id,
        county=where.name if record.county_id else f"State of {where.name}",
    )


def _in_wide(factor: str, answer: str) -> str:
    return DOCUMENTED_NO if answer == Answer.NO and factor not in AGREEMENT_FACTORS else answer


class LocalPolicyVersionsResource(_PolicyRows):
    """Every version that the list shows: drafts, published, superseded, withdrawn."""

    related = (*_PolicyRows.related, "published_by", "closed_by")
    published_by = Field("published_by__username", "published_by")
    closed_by = Field("closed_by__username", "closed_by")

    class Meta:
        model = LocalPolicy
        name = _("Every version, with its life")
        fields = (*LONG, *LIFE)
        export_order = (*LONG, *LIFE)


class AgreementResource(_Rows):
    """One agreement a row, with the codes of its counties."""

    prefetched = ("counties",)
    counties = _column("counties")

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

    def dehydrate_date_earliest(self, record) -> str:
        return written(record.date_earliest, record.date_precision)

    def dehydrate_date_latest(self, record) -> str:
        return written(record.date_latest, record.date_precision)


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
