"""Filters over scored counties, shared by the directory page, the API and the downloads.

What is in the reference data is filtered by the database; what has to be assessed first is
filtered on the assessments, so that stored and past knowledge are filtered by the same code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counties.models import County, State
from counties.names import name_key
from policies import changes, parameters
from policies.assessments import Assessment, When, assess, unknown
from policies.models import FactorChoices
from policies.rubric import MAX_SCORE, Answer, Factor, Status

ANSWERS = [
    (Answer.YES.value, _("yes")),
    (Answer.NO.value, _("no")),
    (Answer.NONE_FOUND.value, _("none found")),
    (Answer.UNKNOWN.value, _("unknown")),
]
STATUSES = [
    (Status.COMPLETE.value, _("all seven known")),
    (Status.PARTIAL.value, _("some known")),
    (Status.UNKNOWN.value, _("nothing known")),
]
SCORES = [(str(n), str(n)) for n in range(MAX_SCORE + 1)]


@dataclass(frozen=True, slots=True)
class ScoredCounty:
    """A county with its assessment: a row of the directory and of the API."""

    county: County
    assessment: Assessment


Test = Callable[[Assessment], bool]
ORDERINGS: dict[str, Callable[[ScoredCounty], object]] = {
    "name": lambda row: (row.county.name, row.county.state_id),
    "state": lambda row: (row.county.state_id, row.county.name),
    "population": lambda row: row.county.population or -1,
    "score": lambda row: (
        -1 if row.assessment.score.value is None else row.assessment.score.value,
        row.assessment.score.at_least,
    ),
    "fips": lambda row: row.county.pk,
}


def _in_memory(queryset, name, value):
    """The filter is applied to assessments, in `scored`."""
    return queryset


class CountyFilter(django_filters.FilterSet):
    """Query parameters of the directory and of `counties/`. Use `scored()` after `is_valid()`."""

    q = django_filters.CharFilter(
        label=_("Name"), method="filter_q", max_length=100, help_text=_("Part of a county's name.")
    )
    state = django_filters.ModelMultipleChoiceFilter(
        label=_("State"),
        queryset=State.objects.all(),
        help_text=_("Postal abbreviation, such as CA. May be repeated."),
        method="filter_state",
    )
    score = django_filters.MultipleChoiceFilter(
        label=_("Score"), choices=SCORES, method=_in_memory, help_text=_("0 to 7; may be repeated.")
    )
    score_min = django_filters.NumberFilter(
        label=_("Score at least"), method=_in_memory, min_value=0, max_value=MAX_SCORE
    )
    score_max = django_filters.NumberFilter(
        label=_("Score at most"), method=_in_memory, min_value=0, max_value=MAX_SCORE
    )
    factor = django_filters.ChoiceFilter(
        label=_("Factor"), choices=FactorChoices.choices, method=_in_memory
    )
    answer = django_filters.ChoiceFilter(
        label=_("Answer"),
        choices=ANSWERS,
        method=_in_memory,
        help_text=_("To the factor named; needs `factor`."),
    )
    status = django_filters.ChoiceFilter(label=_("Known"), choices=STATUSES, method=_in_memory)
    population_min = django_filters.NumberFilter(
        label=_("Population at least"), field_name="population", lookup_expr="gte", min_value=0
    )
    population_max = django_filters.NumberFilter(
        label=_("Population at most"), field_name="population", lookup_expr="lte", min_value=0
    )
    changed_since = django_filters.DateFilter(
        label=_("Answers changed since"),
        method=_in_memory,
        help_text=_("Counties whose answers on `as_of` differ from those on this day."),
    )
    modified_since = django_filters.DateFilter(
        label=_("Record modified since"),
        method="filter_modified_since",
        help_text=_("Counties whose record we changed on or after this day."),
    )
    ordering = django_filters.ChoiceFilter(
        label=_("Order"),
        method=_in_memory,
        choices=[(f"{sign}{name}", f"{sign}{name}") for name in ORDERINGS for sign in ("", "-")],
    )

    class Meta:
        model = County
        fields: list[str] = []

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.queryset = self.queryset.select_related("state")

    def filter_q(self, queryset, name, value):
        key = name_key(value)
        matches = Q(name__icontains=value) | Q(pk=value.strip())
        if key:
            matches |= Q(aliases__key__startswith=key)
        return queryset.filter(matches).distinct()

    def filter_state(self, queryset, name, value):
        return queryset.filter(state__in=value) if value else queryset

    def filter_modified_since(self, queryset, name, value):
        return queryset.filter(pk__in=changes.modified_since(value))

    @cached_property
    def when(self) -> When:
        """The two clocks of this request. Raises BadParameter."""
        return parameters.when(self.data, self.today)

    def check(self, also_known: tuple[str, ...] = ()) -> None:
        """Raise BadParameter for any unknown or invalid parameter."""
        known = {*self.filters, *parameters.WHEN_PARAMETERS, *also_known}
        parameters.refuse_unknown(self.data, known)
        errors = {} if self.is_valid() else {k: " ".join(v) for k, v in self.errors.items()}
        chosen = self.form.cleaned_data
        if chosen.get("answer") and not chosen.get("factor"):
            errors["answer"] = str(_("Name the factor as well."))
        if errors:
            raise parameters.BadParameter(errors)
        self.when  # noqa: B018  a bad date is refused here

    def scored(self) -> list[ScoredCounty]:
        """All counties that fit, in order. A fixed number of queries."""
        assessments = assess(self.when)
        tests = list(self._tests(self.form.cleaned_data))
        rows = []
        for county in self.qs:
            assessment = assessments.get(county.pk) or unknown(county.pk)
            if all(test(assessment) for test in tests):
                rows.append(ScoredCounty(county, assessment))
        ordering = self.form.cleaned_data.get("ordering")
        if ordering:
            rows.sort(key=ORDERINGS[ordering.lstrip("-")], reverse=ordering.startswith("-"))
        return rows

    def _tests(self, chosen):
        """What an assessment must satisfy. Score filters match complete counties only."""
        if chosen.get("score"):
            wanted = {int(value) for value in chosen["score"]}
            yield lambda a: a.score.value in wanted
        if chosen.get("score_min") is not None:
            least = chosen["score_min"]
            yield lambda a: a.score.value is not None and a.score.value >= least
        if chosen.get("score_max") is not None:
            most = chosen["score_max"]
            yield lambda a: a.score.value is not None and a.score.value <= most
        if chosen.get("status"):
            yield lambda a: a.score.status == chosen["status"]
        if chosen.get("factor"):
            factor, answer = Factor(chosen["factor"]), chosen.get("answer") or Answer.YES
            yield lambda a: a.answer(factor) == answer
        if chosen.get("changed_since"):
            before = assess(When(chosen["changed_since"], self.when.known_on))
            yield lambda a: a.answers != (before.get(a.fips) or unknown(a.fips)).answers
