"""The receipt of a score: total, seven factors, the rule that decided each, the record, the words,
the page of the archived file and its hash, who coded and who checked it, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import formats
from django.utils.translation import gettext as _

from counties.models import County
from policies.assessments import ExplainedFactor, Explanation
from policies.authors import published_alone
from policies.clock import day_of
from policies.explanations import long_date, sentence, since
from policies.models import Agreement, IceList, LocalPolicy, ProvisionClaim, StateProvision
from policies.models.base import PublishedRecord
from policies.people import public_names, system_words
from policies.presenters.choice import Choice
from policies.presenters.headline import checked
from policies.presenters.marks import Mark, mark, square_class
from policies.presenters.sources import CitationItem, citation_items
from policies.resolution import Rule
from policies.texts import ANSWER_WORDS, FACTOR_TEXTS, RULE_WORDS, answer_text


@dataclass(frozen=True, slots=True)
class Hand:
    """What somebody did to the record, and when: "coded by", "checked and published by"; only
    "published by" where no second reader did."""

    what: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Line:
    """One factor of the receipt. `points`: 1 or 0, or empty where the answer is not known."""

    code: str
    number: int
    name: str
    css: str
    points: str
    answer: str
    reply: str
    rule: str
    why: str
    record: str
    number_of_record: int | None
    in_force: str
    checked: str
    qualification: str
    citations: tuple[CitationItem, ...]
    sealed: tuple[str, ...]
    hands: tuple[Hand, ...]
    local: str


@dataclass(frozen=True, slots=True)
class Receipt:
    county: str
    state: str
    fips: str
    county_url: str
    address: str
    mark: Mark
    total: str
    lines: tuple[Line, ...]
    printed: str
    revision: int


def receipt(
    county: County, explanation: Explanation, choice: Choice, address: str, revision: int
) -> Receipt:
    """`address`: the page's absolute address without a query. Two queries, for names of people and
    for what they published alone."""
    owners = {f.factor: owner_of(f.source) for f in explanation.factors}
    names = public_names(
        key
        for owner in owners.values()
        if owner is not None
        for key in (owner.created_by_id, owner.published_by_id)
    )
    alone = published_alone(owner for owner in owners.values() if owner)
    counted = mark(explanation.assessment)
    known_on = choice.when.known_on or choice.today
    return Receipt(
        county=county.name,
        state=county.state.name,
        fips=county.pk,
        county_url=choice.url("county", county.state_id.lower(), county.slug),
        address=f"{address}?as_of={choice.as_of_iso}&known_on={known_on.isoformat()}",
        mark=counted,
        total=counted.label,
        lines=tuple(
            _line(f, owners[f.factor], _hands(owners[f.factor], names, alone), county, choice)
            for f in explanation.factors
        ),
        printed=long_date(choice.today),
        revision=revision,
    )


def owner_of(source: object) -> PublishedRecord | None:
    """The published record that decided, or of which what decided is a part."""
    if isinstance(source, ProvisionClaim):
        return source.provision
    return source if isinstance(source, PublishedRecord) else None


def _line(
    explained: ExplainedFactor,
    owner: PublishedRecord | None,
    hands: Iterable[Hand],
    county: County,
    choice: Choice,
) -> Line:
    decision, texts = explained.decision, FACTOR_TEXTS[explained.factor]
    known = decision.rule != Rule.NONE
    return Line(
        code=explained.factor.value,
        number=texts.number,
        name=str(texts.name),
        css=square_class(decision.answer, decision.preempted),
        points=str(int(decision.answer == "yes")) if known else "",
        answer=str(ANSWER_WORDS[decision.answer]),
        reply=str(answer_text(explained.factor, decision.answer)),
        rule=str(RULE_WORDS[decision.rule]),
        why=sentence(explained, county),
        record=_named(explained.source),
        number_of_record=owner.pk if owner else None,
        in_force=since(explained.source) if hasattr(explained.source, "effective_from") else "",
        checked=checked(explained),
        qualification=getattr(explained.source, "qualification", "") or "",
        citations=citation_items(explained.citations, choice),
        sealed=tuple(_sealed(explained)),
        hands=tuple(hands),
        local=_local(explained),
    )


def _named(source: object) -> str:
    """What the deciding record is called."""
    if isinstance(source, ProvisionClaim):
        return _law(source.provision)
    if isinstance(source, LocalPolicy):
        return source.title or _("record of the county’s own policy")
    if isinstance(source, Agreement):
        parts = (source.agency_name, source.model)
        return ", ".join(part for part in parts if part)
    if isinstance(source, IceList):
        return _("ICE’s list of %(date)s") % {"date": long_date(source.list_date)}
    return ""


def _law(provision: StateProvision) -> str:
    parts = (provision.title, provision.legal_citation)
    return ", ".join(part for part in parts if part)


def _sealed(explained: ExplainedFactor) -> Iterable[str]:
    for citation in explained.citations:
        if citation.document.sealed_at:
            yield _("The text was sealed on %(date)s: %(reason)s") % {
                "date": _day(citation.document.sealed_at),
                "reason": citation.document.sealed_reason,
            }


def _hands(
    owner: PublishedRecord | None, names: Mapping[int, str], alone: Collection[PublishedRecord]
) -> Iterable[Hand]:
    if owner is None:
        return
    if owner.created_by_id:
        yield Hand(_("coded by"), names[owner.created_by_id], _day(owner.created_at))
    if owner.published_by_id:
        who = names[owner.published_by_id]
        checked_it = owner not in alone and who != system_words()
        what = _("checked and published by") if checked_it else _("published by")
        words = who if checked_it else _("%(who)s, without a second reader") % {"who": who}
        yield Hand(what, words, _day(owner.published_at))


def _local(explained: ExplainedFactor) -> str:
    """The county's own answer where it is not the one that counts."""
    decision = explained.decision
    if decision.rule not in (Rule.AGREEMENT, Rule.STATE_PROVISION) or decision.local is None:
        return ""
    return _("The county’s own answer: %(answer)s.") % {
        "answer": str(ANSWER_WORDS[decision.local_answer]).lower()
    }


def _day(moment: datetime | date) -> str:
    if isinstance(moment, datetime):
        moment = day_of(moment)
    return formats.date_format(moment, "DATE_FORMAT")
