"""What a county lacks, and who could adopt it: or which state law stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from counties.models import County
from policies.assessments import ExplainedFactor, Explanation
from policies.explanations import long_date, since
from policies.models import (
    LocalOption,
    LocalPolicy,
    LocalPower,
    StateProvision,
)
from policies.presenters.apt_options import AptOption, apt_options
from policies.presenters.choice import Choice
from policies.presenters.claims import decided_later
from policies.presenters.marks import square_class
from policies.presenters.sources import CitationItem, citation_items
from policies.presenters.worded import Worded, worded
from policies.rubric import Answer, Factor
from policies.texts import FACTOR_TEXTS, answer_text
from policies.what_if import Lever, Power


@dataclass(frozen=True, slots=True)
class Peer:
    """A county that has the policy by its own record, with the words that carry it."""

    name: str
    url: str
    population: str
    title: str
    since: str
    qualification: str
    citation: CitationItem | None


@dataclass(frozen=True, slots=True)
class MissingItem:
    """`law`: what state law says about it. `is_open`: whether the county could do it by itself;
    if not, there is neither wording nor a county to follow."""

    code: str
    number: int
    name: str
    meaning: str
    reply: str
    css: str
    url: str
    law: str
    is_open: bool
    is_unknown: bool
    wording: AptOption | None
    peers: tuple[Peer, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """`items`: not in force. `unknown`: nobody has looked. `powers`: texts of the catalogue on
    who decides here, where the state differs. `coded`: how far the state's law is coded."""

    items: tuple[MissingItem, ...]
    unknown: tuple[MissingItem, ...]
    powers: tuple[Worded, ...]
    jail_authority: str
    coded: str

    @property
    def is_general(self) -> bool:
        """Whether some item names who usually can adopt it."""
        every = (*self.items, *self.unknown)
        return any(item.wording and item.wording.who for item in every)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the gap finder reads besides the county's own explanation.

    `options`: the catalogue's for counties and jails. `peers`: by factor, the counties to follow,
    each with its policy. `powers`: who decides, where the general rule does not fit.
    """

    provisions: Sequence[StateProvision] = ()
    options: Sequence[LocalOption] = ()
    peers: Mapping[Factor, Sequence[tuple[County, LocalPolicy]]] = field(default_factory=dict)
    powers: Sequence[LocalPower] = ()


def missing(
    county: County,
    explanation: Explanation,
    levers: Sequence[Lever],
    around: Surroundings,
    choice: Choice,
) -> Missing:
    """`levers`: one a factor, in the order of the explanation."""
    here = tuple(worded(power, "powers") for power in around.powers)
    rows = [
        (f.decision.answer, _item(f, lever, county, around, choice))
        for f, lever in zip(explanation.factors, levers, strict=True)
        if f.decision.answer != Answer.YES
    ]
    authority = county.state.jail_authority if county.state.unified_jail and not here else ""
    return Missing(
        items=tuple(item for answer, item in rows if answer != Answer.UNKNOWN),
        unknown=tuple(item for answer, item in rows if answer == Answer.UNKNOWN),
        powers=here,
        jail_authority=authority,
        coded=_coded(county),
    )


def _item(
    explained: ExplainedFactor, lever: Lever, county: County, around: Surroundings, choice: Choice
) -> MissingItem:
    factor, answer = explained.factor, explained.decision.answer
    texts = FACTOR_TEXTS[factor]
    option = _apt(factor, county, around.options, choice) if lever.is_open else None
    peers = around.peers.get(factor, ()) if lever.is_open else ()
    return MissingItem(
        code=factor.value,
        number=texts.number,
        name=str(texts.name),
        meaning=str(texts.meaning),
        reply=str(answer_text(factor, answer)),
        css=square_class(answer, explained.decision.preempted),
        url=f"{choice.url('options')}#{factor.value}",
        law=what_law_says(explained, lever, county, around.provisions, choice.when.as_of),
        is_open=lever.is_open,
        is_unknown=answer == Answer.UNKNOWN,
        wording=option,
        peers=tuple(_peer(other, policy, choice) for other, policy in peers),
    )


def _apt(
    factor: Factor, county: County, options: Iterable[LocalOption], choice: Choice
) -> AptOption | None:
    """The option that is about the factor itself before one that touches it besides."""
    rows = sorted(options, key=lambda option: option.factor != factor.value)
    return next(iter(apt_options(factor, county, rows, choice)), None)


def _peer(county: County, policy: LocalPolicy, choice: Choice) -> Peer:
    citations = citation_items(policy.citations.all(), choice)
    quoted = [citation for citation in citations if citation.quote]
    return Peer(
        name=str(county),
        url=f"{choice.url('county', county.state_id.lower(), county.slug)}#{policy.factor}",
        population=f"{county.population:,}" if county.population is not None else "",
        title=policy.title,
        since=since(policy),
        qualification=policy.qualification,
        citation=next(iter(quoted or citations), None),
    )


def _coded(county: County) -> str:
    day = county.state.law_coded_through
    if day is None:
        return _("The law of %(state)s has not been coded in full, so there may be more of it.") % {
            "state": county.state.name
        }
    return _("The law of %(state)s is coded through %(date)s.") % {
        "state": county.state.name,
        "date": long_date(day),
    }


def what_law_says(
    explained: ExplainedFactor,
    lever: Lever,
    county: County,
    provisions: Iterable[StateProvision],
    as_of: date,
) -> str:
    """Whether state law stands in the way, requires it already, or will decide later."""
    titles = {c.pk: p.title for p in provisions for c in p.claims.all()}
    words = {
        "law": titles.get(lever.law.id, "") if lever.law else "",
        "state": county.state.name,
        "who": county.state.jail_authority,
    }
    if lever.power == Power.MANDATED:
        return _("State law (%(law)s) mandates this; the county cannot change it alone.") % words
    if lever.power == Power.FORBIDDEN:
        return _("State law (%(law)s) forbids local policies of this kind.") % words
    if lever.power == Power.NOT_ITS_OWN:
        return _("%(who)s runs every jail in %(state)s: this is for the state to decide.") % words
    later = explained.decision.required_by or decided_later(explained, county, provisions, as_of)
    if later:
        return _("State law decides this from %(date)s.") % {"date": long_date(later)}
    if lever.law:
        return _("State law (%(law)s) requires it already; the county does the opposite.") % words
    return _("No law of %(state)s on record requires or forbids it.") % words
