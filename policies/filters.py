"""Filters over scored counties, shared by the directory page, the API and the downloads.

Unknown, repeated and invalid parameters are refused (`CheckedFilterSet.check`). What is in the
reference data is filtered by the database; what has to be assessed first is filtered on the
assessments, so that stored and past knowledge are filtered by the same code.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from counties.models import County
from counties.state_codes import STATES
from policies import changes, parameters, patterns, search
from policies.assessments import When, assess, unknown
from policies.models import FactorChoices
from policies.rubric import MAX_SCORE, Answer, Factor, Status
from policies.scored import ORDERINGS, ScoredCounty, in_order

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
STATE_NAMES = sorted(STATES.values(), key=lambda state: state[1])
LARGEST_INTEGER = 2**31 - 1


#: Parameters that are about answers, so that every county has to be assessed.
ASKS = ("score", "score_min", "score_max", "factor", "pattern", "status", "changed_since")


def _in_memory(queryset, name, value):
    """The filter is applied to assessments, in `scored`."""
    return queryset


class DayField(forms.CharField):
    """A day as `parameters.parse_day` reads it, which says what is wrong with it."""

    widget = forms.DateInput(attrs={"type": "date"})

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parameters.parse_day("day", text)
        except parameters.BadParameter as error:
            raise ValidationError(list(error.errors.values())) from None


class StatesField(forms.MultipleChoiceField):
    def to_python(self, value):
        return [code.upper() for code in super().to_python(value)]


class DayFilter(django_filters.Filter):
    field_class = DayField


class WholeNumberFilter(django_filters.NumberFilter):
    field_class = forms.IntegerField

    def get_max_validator(self):
        return None  # max_value says it


class StatesFilter(django_filters.MultipleChoiceFilter):
    """Any of these states, by postal abbreviation."""

    field_class = StatesField

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("State"))
        kwargs.setdefault("help_text", _("Postal abbreviation, such as CA. May be repeated."))
        super().__init__(choices=STATE_NAMES, distinct=False, **kwargs)


class CheckedFilterSet(django_filters.FilterSet):
    """A FilterSet that refuses what it does not know. `today` is the day in New York."""

    #: Names of the two clocks, for lists that have them.
    clocks: tuple[str, ...] = parameters.WHEN_PARAMETERS

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    @cached_property
    def when(self) -> When:
        """The two clocks of this request. Raises BadParameter."""
        return parameters.when(self.data, self.today)

    def check(self, also_known: tuple[str, ...] = ()) -> None:
        """Raise BadParameter that names every unknown, repeated or invalid parameter."""
        many = django_filters.MultipleChoiceFilter
        repeatable = [name for name, one in self.filters.items() if isinstance(one, many)]
        parameters.refuse_all(
            self._check_form,
            lambda: self.when,
            lambda: parameters.refuse_repeated(self.data, repeatable),
            lambda: parameters.refuse_unknown(
                self.data, {*self.filters, *self.clocks, *also_known}
            ),
        )

    def _check_form(self) -> None:
        errors = {} if self.is_valid() else {k: " ".join(v) for k, v in self.errors.items()}
        errors |= self.contradictions(self.form.cleaned_data)
        if errors:
            raise parameters.BadParameter(errors)

    def contradictions(self, chosen) -> dict[str, str]:
        """Messages by name for parameters that make no sense together."""
        return {}


class CountyFilter(CheckedFilterSet):
    """Query parameters of the directory and of `counties/`. Use `scored()` after `is_valid()`."""

    q = django_filters.CharFilter(
        label=_("Name"), method="filter_q", max_length=100, help_text=_("Part of a county's name.")
    )
    state = StatesFilter()
    score = django_filters.MultipleChoiceFilter(
        label=_("Score"), choices=SCORES, method=_in_memory, help_text=_("0 to 7; may be repeated.")
    )
    score_min = WholeNumberFilter(
        label=_("Score at least"), method=_in_memory, min_value=0, max_value=MAX_SCORE
    )
    score_max = WholeNumberFilter(
        label=_("Score at most"), method=_in_memory, min_value=0, max_value=MAX_SCORE
    )
    factor = django_filters.ChoiceFilter(
        label=_("Factor"),
        choices=FactorChoices.choices,
        method=_in_memory,
        help_text=_("Counties that answer it with `answer` (default: yes)."),
    )
    answer = django_filters.ChoiceFilter(
        label=_("Answer"),
        choices=ANSWERS,
        method=_in_memory,
        help_text=_("To the factor named; needs `factor`."),
    )
    status = django_filters.ChoiceFilter(label=_("Known"), choices=STATUSES, method=_in_memory)
    pattern = django_filters.CharFilter(
        label=_("Pattern"),
        method=_in_memory,
        max_length=MAX_SCORE,
        validators=[RegexValidator(patterns.REGEX, _("Write seven letters out of y, n, f, u, x."))],
        help_text=_(
            "Seven letters, one a factor in their order: y yes, n no, f none found, u unknown, "
            "x no or none found. Without u it fits complete counties only."
        ),
    )
    population_min = WholeNumberFilter(
        label=_("Population at least"),
        field_name="population",
        lookup_expr="gte",
        min_value=0,
        max_value=LARGEST_INTEGER,
    )
    population_max = WholeNumberFilter(
        label=_("Population at most"),
        field_name="population",
        lookup_expr="lte",
        min_value=0,
        max_value=LARGEST_INTEGER,
    )
    changed_since = DayFilter(
        label=_("Answers changed since"),
        method=_in_memory,
        help_text=_("Counties whose answers on `as_of` differ from those on this day."),
    )
    modified_since = DayFilter(
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

    def __init__(self, *args, queryset=None, **kwargs):
        if queryset is None:
            queryset = County.objects.select_related("state")
        super().__init__(*args, queryset=queryset, **kwargs)

    def filter_q(self, queryset, name, value):
        return queryset.filter(pk__in=self._search.fips)

    @cached_property
    def _search(self) -> search.Found:
        return search.find(self.form.cleaned_data.get("q") or "")

    @property
    def explanation(self) -> str:
        """Why `q` means no county of ours, where there is more to say than that none has the name.

        Empty where `q` found something, whatever the other filters made of it.
        """
        return self._search.explanation if self.form.cleaned_data.get("q") else ""

    def filter_modified_since(self, queryset, name, value):
        return queryset.filter(pk__in=changes.modified_since(value))

    def contradictions(self, chosen):
        if chosen.get("answer") and not chosen.get("factor"):
            return {"answer": str(_("Name the factor as well."))}
        return {}

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
        return in_order(rows, ordering) if ordering else rows

    def page(self, start: int, stop: int) -> tuple[int, list[ScoredCounty]]:
        """How many counties fit, and those from `start` until before `stop`, as in `scored`.

        Where no parameter asks about answers, only the counties of the page are assessed.
        """
        chosen = self.form.cleaned_data
        if chosen.get("ordering") or any(chosen.get(name) not in (None, "", []) for name in ASKS):
            rows = self.scored()
            return len(rows), rows[start:stop]
        counties = list(self.qs[start:stop])
        found = assess(self.when, fips=[county.pk for county in counties])
        rows = [ScoredCounty(one, found.get(one.pk) or unknown(one.pk)) for one in counties]
        # A page that is not full is the last: how many there are needs no query of its own.
        last = len(rows) < stop - start and (rows or not start)
        return start + len(rows) if last else self.qs.count(), rows

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
        if chosen.get("pattern"):
            pattern = chosen["pattern"]
            yield lambda a: patterns.fits(pattern, a.answers)
        if chosen.get("status"):
            yield lambda a: a.score.status == chosen["status"]
        if chosen.get("factor"):
            factor, answer = Factor(chosen["factor"]), chosen.get("answer") or Answer.YES
            yield lambda a: a.answer(factor) == answer
        if chosen.get("changed_since"):
            before = assess(When(chosen["changed_since"], self.when.known_on))
            yield lambda a: a.answers != (before.get(a.fips) or unknown(a.fips)).answers
