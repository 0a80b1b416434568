"""What if the county adopted more: seven switches, and where its score would stand then.

Every outcome that the switches can lead to is worked out here, so that the page's script has
nothing to calculate and no words of its own: it shows one outcome in place of another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counties.models import County
from policies.assessments import Assessment, ExplainedFactor, Explanation
from policies.models import Agreement, StateProvision
from policies.parameters import BadParameter
from policies.presenters.choice import Choice
from policies.presenters.headline import numeral
from policies.presenters.marks import map_class, number_word, score_sentence, square_class
from policies.rubric import FACTORS, MAX_SCORE, Answer, Factor, Score
from policies.texts import FACTOR_TEXTS
from policies.what_if import Lever, Power, Rank, rank

#: The name of the query parameter, once for every factor that is switched on.
PARAMETER = "if"


@dataclass(frozen=True, slots=True)
class Switch:
    """A factor. `state`: why it can or cannot be switched, in words."""

    code: str
    number: int
    name: str
    css: str
    state: str
    is_open: bool
    is_unknown: bool
    is_in_force: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the county would stand with so many known and so many unknown factors switched on.

    `nation` and `state`: its rank among the complete counties; `no_rank`: why it has none.
    """

    known: int
    unknown: int
    numeral: str
    label: str
    is_in_words: bool
    css: str
    meaning: str
    nation: str
    state: str
    no_rank: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """`record`: as things stand; `shown`: with what was chosen. `refused`: chosen in vain."""

    switches: tuple[Switch, ...]
    record: Outcome
    shown: Outcome
    outcomes: tuple[Outcome, ...]
    refused: tuple[str, ...]
    is_hypothetical: bool
    is_possible: bool
    everything: str


def chosen_factors(codes: Iterable[str]) -> frozenset[Factor]:
    """The factors of an address. Raises BadParameter that names what is no factor."""
    wrong = [code for code in codes if code not in set(FACTORS)]
    if wrong:
        message = _("“%(text)s” is no factor. Known here: %(known)s.")
        known = ", ".join(FACTORS)
        raise BadParameter({PARAMETER: message % {"text": wrong[0][:40], "known": known}})
    return frozenset(Factor(code) for code in codes)


def what_if(
    county: County,
    explanation: Explanation,
    levers: Sequence[Lever],
    chosen: Collection[Factor],
    provisions: Iterable[StateProvision],
    assessed: Mapping[str, Assessment],
    choice: Choice,
) -> WhatIf:
    """`levers`: one a factor, in the order of the explanation. `assessed`: all counties."""
    titles = {c.pk: p.title for p in provisions for c in p.claims.all()}
    open_factors = [lever.factor for lever in levers if lever.is_open]
    done = frozenset(chosen) & frozenset(open_factors)
    answers = explanation.assessment.answers
    switches = tuple(
        _switch(f, lever, county, titles, f.factor in done)
        for f, lever in zip(explanation.factors, levers, strict=True)
    )
    scale = _Scale.of(county, assessed)
    unknown = [f for f in open_factors if answers[FACTORS.index(f)] == Answer.UNKNOWN]
    outcomes = tuple(
        scale.outcome(explanation.assessment.score, known, more)
        for known in range(len(open_factors) - len(unknown) + 1)
        for more in range(len(unknown) + 1)
    )
    switched = len(done - set(unknown)), len(done & set(unknown))
    shown = next(one for one in outcomes if (one.known, one.unknown) == switched)
    query = urlencode([*choice.kept, *((PARAMETER, f.value) for f in open_factors)])
    return WhatIf(
        switches=switches,
        record=outcomes[0],
        shown=shown,
        outcomes=outcomes,
        refused=tuple(
            f"{switch.name}: {switch.state}"
            for switch in switches
            if Factor(switch.code) in chosen and not switch.is_open
        ),
        is_hypothetical=bool(done),
        is_possible=bool(open_factors),
        everything=f"?{query}#what-if",
    )


def _switch(
    explained: ExplainedFactor,
    lever: Lever,
    county: County,
    titles: Mapping[int, str],
    is_chosen: bool,
) -> Switch:
    texts = FACTOR_TEXTS[explained.factor]
    decision = explained.decision
    return Switch(
        code=explained.factor.value,
        number=texts.number,
        name=str(texts.name),
        css=square_class(decision.answer, decision.preempted),
        state=_state(explained, lever, county, titles),
        is_open=lever.is_open,
        is_unknown=decision.answer == Answer.UNKNOWN,
        is_in_force=lever.power == Power.IN_FORCE,
        is_chosen=is_chosen,
    )


def _state(
    explained: ExplainedFactor, lever: Lever, county: County, titles: Mapping[int, str]
) -> str:
    law = titles.get(lever.law.id, "") if lever.law else ""
    words = {"law": law, "state": county.state.name}
    if lever.power == Power.MANDATED:
        return _("Blocked: state law (%(law)s) mandates the cooperation.") % words
    if lever.power == Power.FORBIDDEN:
        return _("Blocked: state law (%(law)s) forbids it.") % words
    if lever.power == Power.NOT_ITS_OWN:
        return _("Not the county’s to decide: the state runs the jail.")
    if lever.power == Power.IN_FORCE:
        return _("In force")
    if lever.power == Power.END_AGREEMENT:
        agency = explained.source.agency_name if isinstance(explained.source, Agreement) else ""
        return _("%(agency)s could end the agreement.") % {"agency": agency}
    if explained.decision.answer == Answer.UNKNOWN:
        return _("Unknown now; the county could adopt it.")
    return _("The county could adopt it.")


@dataclass(frozen=True, slots=True)
class _Scale:
    """The scores of all other complete counties, in the nation and in the state."""

    nation: tuple[int, ...]
    state: tuple[int, ...]
    state_name: str

    @classmethod
    def of(cls, county: County, assessed: Mapping[str, Assessment]) -> _Scale:
        others = [
            (code, one.score.value)
            for code, one in assessed.items()
            if code != county.pk and one.score.value is not None
        ]
        prefix = county.state.fips
        return cls(
            tuple(value for _code, value in others),
            tuple(value for code, value in others if code.startswith(prefix)),
            county.state.name,
        )

    def outcome(self, now: Score, known: int, unknown: int) -> Outcome:
        more, all_known = now.at_least + known + unknown, now.known + unknown
        counted = Score(more if all_known == MAX_SCORE else None, more, all_known)
        printed, label = numeral(counted)
        nation = state = no_rank = ""
        if counted.value is None:
            missing = MAX_SCORE - all_known
            no_rank = ngettext(
                "No rank: %(missing)s answer is unknown.",
                "No rank: %(missing)s answers are unknown.",
                missing,
            ) % {"missing": number_word(missing)}
        else:
            nation = _rank_words(rank(counted.value, self.nation))
            state = _rank_words(rank(counted.value, self.state))
        return Outcome(
            known=known,
            unknown=unknown,
            numeral=printed,
            label=label,
            is_in_words=counted.value is None and not counted.at_least,
            css=map_class(counted) or "u",
            meaning=score_sentence(counted),
            nation=nation,
            state=state,
            no_rank=no_rank,
        )


def _rank_words(found: Rank) -> str:
    if found.among == 1:
        return _("The only county of which all seven answers are known.")
    words = {"place": f"{found.place:,}", "among": f"{found.among:,}", "shared": found.shared}
    if not found.shared:
        return _("%(place)s of %(among)s") % words
    text = ngettext(
        "%(place)s of %(among)s, with %(shared)d other",
        "%(place)s of %(among)s, with %(shared)d others",
        found.shared,
    )
    return text % words
