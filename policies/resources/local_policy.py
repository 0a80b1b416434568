"""Policies as rows: in the very columns in which partners send them, so that they can come back."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from policies import clock
from policies.models import LocalPolicy, RecordStatus
from policies.resources.rows import Rows, attribute, column, written
from policies.rubric import AGREEMENT_FACTORS, FACTORS, Answer

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


class _PolicyRows(Rows):
    """The columns of the long form of the kind `policies`."""

    related = ("county", "state", "main_citation__document")

    fips = column("fips")
    state = column("state")
    county = column("county")
    effective_from = column("effective_from")
    effective_until = column("effective_until")
    in_force_by = column("in_force_by")
    last_verified = column("last_verified")
    source_title = column("source_title")
    source_url = column("source_url")
    source_date = column("source_date")
    page = column("page")
    quote = column("quote")

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


class LocalPolicyWideResource(Rows):
    """One county a row, with its own answers that are in force today."""

    fips = attribute("fips")
    state = attribute("state")
    county = attribute("county")
    no_287g = attribute("no_287g")
    no_detention_contract = attribute("no_detention_contract")
    limits_holds = attribute("limits_holds")
    limits_notifications = attribute("limits_notifications")
    limits_interrogations = attribute("limits_interrogations")
    no_status_inquiry = attribute("no_status_inquiry")
    no_general_assistance = attribute("no_general_assistance")

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
