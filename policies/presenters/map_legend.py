"""The steps of the map's legend: how each is drawn, what it means, how many counties, and where
exactly these are listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.lens import (
    PARTIAL_NEUTRAL,
    PARTIAL_STEP,
    SCORE_CLASSES,
    UNKNOWN,
    Kind,
    Shown,
    steps_of,
)
from policies.lens_query import Query
from policies.presenters.choice import Choice, query_string
from policies.rubric import Answer, Factor
from policies.texts import ANSWER_WORDS, BAND_TEXTS, FACTOR_TEXTS


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the legend: a swatch, a count, and a link to exactly those counties.

    `key`: the step as it is written in an address; empty where it cannot be chosen by itself.
    """

    css: str
    label: str
    meaning: str
    count: int
    url: str
    key: str = ""

    @property
    def count_text(self) -> str:
        return f"{self.count:,}"


def legend(counts: Mapping[str, int], query: Query, choice: Choice) -> tuple[Step, ...]:
    """The legend of what is asked for. `counts`: counties by step."""
    if query.lens.kind == Kind.SCORE:
        return _score_steps(counts, query, choice)
    return tuple(
        Step(
            shown.css or "u",
            *words(shown, query),
            counts.get(shown.step, 0),
            listing(query, shown.step, choice),
            shown.step,
        )
        for shown in steps_of(query.lens)
    )


def _score_steps(counts: Mapping[str, int], query: Query, choice: Choice) -> tuple[Step, ...]:
    def step(key: str, css: str, label: str, meaning: str) -> Step:
        return Step(css, label, meaning, counts.get(key, 0), listing(query, key, choice), key)

    return (
        *(
            step(str(score), css, str(score), str(BAND_TEXTS[score]))
            for score, css in enumerate(SCORE_CLASSES)
        ),
        step(
            PARTIAL_STEP,
            PARTIAL_NEUTRAL,
            _("partly known"),
            _("Some of the seven factors are known. The colour is the least the score can be."),
        ),
        step(
            UNKNOWN.step,
            "u",
            _("no record"),
            _("We have no record. That is not a zero."),
        ),
    )


def listing(query: Query, step: str, choice: Choice) -> str:
    """Where exactly the counties of a step are listed: in the directory, if it can be asked so."""
    lens = query.lens
    match lens.kind:
        case Kind.SCORE:
            asked = {"status": step} if step in (PARTIAL_STEP, UNKNOWN.step) else {"score": step}
        case Kind.FACTOR:
            asked = {"factor": lens.factor, "answer": step}
        case _:
            return address("map-table", query.without(only=step, view=None), choice)
    return choice.url(
        "directory",
        state=query.state,
        population_min=query.population_min,
        population_max=query.population_max,
        **asked,
    )


def address(name: str, query: Query, choice: Choice, **changes: str) -> str:
    """The address of a page that takes the map's own query, with dates and palette. `changes`:
    parameters that are to be other than chosen; empty ones are left out."""
    items = [*query.items(), *choice.kept]
    kept = [item for item in items if item[0] not in changes]
    return reverse(name) + query_string([*kept, *(item for item in changes.items() if item[1])])


def words(shown: Shown, query: Query) -> tuple[str, str]:
    """(label, meaning) of a step of a legend other than the score's."""
    lens = query.lens
    match lens.kind:
        case Kind.FACTOR:
            answer = Answer(shown.step)
            return str(ANSWER_WORDS[answer]), str(getattr(FACTOR_TEXTS[lens.factor], answer))
        case Kind.TOGETHER:
            return _together_words()[shown.step]
    if lens.factor and shown.step in ("raised1", "lowered1"):
        return _one_factor_words(lens.factor)[shown.step]
    return _change_words()[shown.step]


def _together_words() -> dict[str, tuple[str, str]]:
    return {
        "yes": (_("all as asked"), _("Every policy asked for is as asked.")),
        "no": (_("not all"), _("At least one of the policies is not as asked.")),
        "unknown": (
            _("not known"),
            _("None is known to be otherwise, but not all of them are known."),
        ),
    }


def _one_factor_words(factor: Factor) -> dict[str, tuple[str, str]]:
    name = {"policy": FACTOR_TEXTS[factor].name}
    return {
        "raised1": (_("came into force"), _("“%(policy)s” came into force.") % name),
        "lowered1": (_("ended"), _("“%(policy)s” is no longer in force.") % name),
    }


def _change_words() -> dict[str, tuple[str, str]]:
    found = {
        "both": (_("both ways"), _("As many policies came into force as ended.")),
        "same": (_("no change"), _("What is known on both days is the same.")),
        "one_day": (
            _("known on one day only"),
            _("We have records for one of the days only. That is no change of policy."),
        ),
        "unknown": (_("no record"), _("We have no record for either day.")),
    }
    for number in (1, 2, 3):
        more = _("%(n)d or more") if number == 3 else "%(n)d"
        gained = ngettext(
            "One policy more in force, of those known on both days.",
            "%(n)s policies more in force, of those known on both days.",
            number,
        )
        lost = ngettext(
            "One policy fewer in force, of those known on both days.",
            "%(n)s policies fewer in force, of those known on both days.",
            number,
        )
        n = {"n": more % {"n": number}}
        found[f"raised{number}"] = f"+{n['n']}", gained % n
        found[f"lowered{number}"] = f"−{n['n']}", lost % n
    return found
