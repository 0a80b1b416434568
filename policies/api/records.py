"""Lists of records: factors, states, wins, documents, provisions, agreements, options,
changes."""

from __future__ import annotations

from collections import Counter

from django.db.models import Exists, OuterRef, Prefetch, Q

from counties.models import County, State
from policies import catalogue, clock, site_texts
from policies.api import filters, rows
from policies.api import record_serializers as described
from policies.api.base import PAGING, ListView, QuerysetListing, RowsListing
from policies.api.schema import documented, parameters_of
from policies.assessments import assess, revision
from policies.filters import CheckedFilterSet
from policies.models import (
    Agreement,
    ChangeEvent,
    Citation,
    LocalOption,
    PolicyWin,
    ProvisionClaim,
    ProvisionException,
    SourceDocument,
    StateProvision,
)
from policies.rubric import FACTORS, Status


def _cited() -> Prefetch:
    """Public citations with their documents."""
    public = Citation.objects.filter(document__is_public=True).select_related("document")
    return Prefetch("citations", public.order_by("pk"))


COUNTY_CODES = Prefetch("counties", County.objects.only("fips").order_by("fips"))


class RecordList(ListView):
    """A list that a FilterSet makes."""

    filterset_class: type[CheckedFilterSet]

    def chosen(self, queryset) -> CheckedFilterSet:
        """The filter, checked."""
        chosen = self.filterset_class(self.request.GET, queryset=queryset, today=clock.today())
        chosen.check(also_known=(*PAGING, "format"))
        return chosen


@documented(
    "records",
    "factors_list",
    described.FactorSerializer,
    about="The seven factors of the rubric",
    many=True,
)
class FactorList(ListView):
    serializer_class = described.FactorSerializer
    name = "factors"

    def listing(self):
        self.refuse_unknown(*PAGING)
        return RowsListing([rows.factor_text_row(factor) for factor in FACTORS])


@documented(
    "records",
    "states_list",
    described.StateSerializer,
    *parameters_of(filters.StateFilter),
    about="The 50 states and DC, with how many of their counties are known",
    many=True,
)
class StateList(RecordList):
    serializer_class = described.StateSerializer
    filterset_class = filters.StateFilter
    name = "states"

    def count_all(self):
        return State.objects.count()

    def listing(self):
        chosen = self.chosen(State.objects.all())
        state_of = dict(County.objects.order_by().values_list("fips", "state_id"))
        total = Counter(state_of.values())
        known = Counter((state_of[f], a.score.status) for f, a in assess(chosen.when).items())
        return RowsListing(
            [
                rows.state_row(
                    state,
                    self.base_url,
                    {
                        "counties": total[state.pk],
                        "complete": known[state.pk, Status.COMPLETE],
                        "partial": known[state.pk, Status.PARTIAL],
                    },
                )
                for state in chosen.qs
            ]
        )


@documented(
    "records",
    "wins_list",
    described.WinSerializer,
    *parameters_of(filters.WinFilter),
    about="Policy wins, newest first\nUp to the day `as_of`; those without a date are all there.",
    many=True,
)
class WinList(RecordList):
    serializer_class = described.WinSerializer
    filterset_class = filters.WinFilter
    name = "wins"

    def listing(self):
        chosen = self.chosen(PolicyWin.objects.all())
        wins = (
            chosen.qs.known_before(chosen.when.known_before)
            .filter(Q(date_earliest__isnull=True) | Q(date_earliest__lte=chosen.when.as_of))
            .prefetch_related(COUNTY_CODES, "win_factors", _cited())
        )
        return QuerysetListing(wins.order_by(*PolicyWin._meta.ordering, "pk"), rows.win_row)


@documented(
    "records",
    "documents_list",
    described.DocumentSerializer,
    *parameters_of(filters.DocumentFilter),
    about=(
        "Public source documents\n"
        "With `known_on`, those that were on record by the end of that day."
    ),
    many=True,
)
class DocumentList(RecordList):
    serializer_class = described.DocumentSerializer
    filterset_class = filters.DocumentFilter
    name = "documents"

    def listing(self):
        chosen = self.chosen(SourceDocument.objects.public())
        documents = chosen.qs.kept_before(chosen.when.known_before).order_by("title", "pk")
        return QuerysetListing(documents, rows.document_row)


@documented(
    "records",
    "state_provisions_list",
    described.ProvisionSerializer,
    *parameters_of(filters.ProvisionFilter),
    about=(
        "State laws and directives, each factor with the words that carry it\n"
        "All that are known; with `as_of`, those in force on that day."
    ),
    many=True,
)
class ProvisionList(RecordList):
    serializer_class = described.ProvisionSerializer
    filterset_class = filters.ProvisionFilter
    name = "state-provisions"

    def listing(self):
        chosen = self.chosen(StateProvision.objects.all())
        provisions = chosen.qs.known_before(chosen.when.known_before)
        if self.request.GET.get("as_of"):
            provisions = provisions.filter(_in_force(chosen.when.as_of))
        claims = ProvisionClaim.objects.order_by("effective_from", "pk").prefetch_related(_cited())
        exceptions = ProvisionException.objects.order_by("pk").prefetch_related(_cited())
        provisions = provisions.order_by("state_id", "enacted_on", "title", "pk").prefetch_related(
            _cited(), Prefetch("claims", claims), Prefetch("exceptions", exceptions)
        )
        return QuerysetListing(provisions, rows.provision_row)


def _in_force(day) -> Q:
    """A claim is in force; a provision that claims no factor is only known by its enactment."""
    claims = ProvisionClaim.objects.filter(provision=OuterRef("pk"))
    in_force = claims.filter(
        Q(effective_until__isnull=True) | Q(effective_until__gt=day), effective_from__lte=day
    )
    enacted = Q(enacted_on__isnull=True) | Q(enacted_on__lte=day)
    return Q(Exists(in_force)) | (~Q(Exists(claims)) & enacted)


@documented(
    "records",
    "agreements_list",
    described.AgreementSerializer,
    *parameters_of(filters.AgreementFilter),
    about=(
        "287(g) agreements and detention contracts\n"
        "All that are known; with `as_of`, those in force on that day."
    ),
    many=True,
)
class AgreementList(RecordList):
    serializer_class = described.AgreementSerializer
    filterset_class = filters.AgreementFilter
    name = "agreements"

    def listing(self):
        chosen = self.chosen(Agreement.objects.all())
        agreements = chosen.qs.known_before(chosen.when.known_before)
        if self.request.GET.get("as_of"):
            agreements = agreements.in_force(chosen.when.as_of)
        agreements = (
            agreements.order_by("state_id", "agency_name", "effective_from", "pk")
            .select_related("state")
            .prefetch_related(COUNTY_CODES, _cited())
        )
        return QuerysetListing(agreements, rows.agreement_row)


@documented(
    "records",
    "options_list",
    described.OptionSerializer,
    *parameters_of(filters.OptionFilter),
    about="Provisions that a county or city can adopt",
    many=True,
)
class OptionList(RecordList):
    serializer_class = described.OptionSerializer
    filterset_class = filters.OptionFilter
    name = "options"

    def listing(self):
        site_texts.refresh(revision())
        chosen = self.chosen(LocalOption.objects.all())
        options = catalogue.readable(chosen.qs).select_related("document")
        return QuerysetListing(options.order_by("place", "order"), rows.option_row)


@documented(
    "records",
    "change_log_list",
    described.ChangeSerializer,
    *parameters_of(filters.ChangeFilter),
    about="Every change we made to the record, newest first",
    many=True,
)
class ChangeLog(RecordList):
    serializer_class = described.ChangeSerializer
    filterset_class = filters.ChangeFilter
    name = "change-log"

    def listing(self):
        chosen = self.chosen(ChangeEvent.objects.all())
        events = chosen.qs.order_by("-pk").prefetch_related(COUNTY_CODES)
        if before := chosen.when.known_before:
            events = events.filter(at__lt=before)
        return QuerysetListing(events, rows.change_row)
