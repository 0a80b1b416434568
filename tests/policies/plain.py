"""Short ways to write the plain values that `resolution` reads. Days are ISO text."""

from __future__ import annotations

from datetime import date

from policies.resolution import (
    AgreementEvidence,
    ClaimEvidence,
    Decision,
    Effect,
    ExceptionEvidence,
    FactorEvidence,
    Level,
    ListEvidence,
    RecordEvidence,
    resolve,
)
from policies.rubric import Answer


def day(text: str) -> date:
    return date.fromisoformat(text)


def maybe(text: str | None) -> date | None:
    return day(text) if text else None


def agreement(
    start="2019-01-01", until=None, *, evidence=None, listed=False, number=1
) -> AgreementEvidence:
    return AgreementEvidence(number, day(start), maybe(until), day(evidence or start), listed)


def claim(
    effect="requires",
    start="2018-01-01",
    until=None,
    *,
    level=Level.STATUTE,
    compliance=None,
    evidence=None,
    number=1,
) -> ClaimEvidence:
    return ClaimEvidence(
        number,
        Effect(effect),
        level,
        day(start),
        maybe(until),
        maybe(compliance),
        day(evidence or start),
    )


def excepted(number=1, start="2018-01-01", until=None) -> ExceptionEvidence:
    return ExceptionEvidence(number, day(start), maybe(until))


def record(
    answer="yes", start="2017-02-01", until=None, *, evidence=None, number=1
) -> RecordEvidence:
    return RecordEvidence(number, Answer(answer), day(start), maybe(until), day(evidence or start))


def ice_list(on="2018-06-01", *, listed=False, number=1) -> ListEvidence:
    return ListEvidence(number, day(on), listed)


def evidence(**kinds) -> FactorEvidence:
    """Every kind is one value or a list of them."""
    return FactorEvidence(
        **{
            kind: value
            if isinstance(value, bool)
            else tuple(value)
            if isinstance(value, list)
            else (value,)
            for kind, value in kinds.items()
        }
    )


def decision(on: str, **kinds) -> Decision:
    return resolve(evidence(**kinds), day(on))


def said(on: str, **kinds) -> tuple[str, str]:
    """(answer, rule) on a day."""
    found = decision(on, **kinds)
    return found.answer.value, found.rule.value
