"""The acts of a plan, packed, so that applying what was reviewed needs no second reading.

Only what is needed to write: answers with an act, and engagements. Lists by ICE are compared anew,
since agreements depend on every other list.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from sys import intern

from policies.imports.facts import Engagement, Place, PolicyFact, Source
from policies.imports.planned_policies import Act, Outcome, PlannedPolicy, StoredPolicy
from policies.rubric import Answer, Factor

# As dictionaries: a third of the time that calling an Enum takes.
_FACTORS = {one.value: one for one in Factor}
_ANSWERS = {one.value: one for one in Answer}
_OUTCOMES = {one.value: one for one in Outcome}
_ACTS = {one.value: one for one in Act}
_SOURCE_FIELDS = tuple(field.name for field in fields(Source))
#: Answers that are unpacked at once; all at once take much memory.
TOGETHER = 500
#: Bytes that are unpacked at once.
PIECE = 32_768
LEVEL = 1  # four times smaller at a tenth of the time that the best takes


@dataclass(frozen=True, slots=True)
class Acts:
    """What would be written."""

    policies: Sequence[PlannedPolicy]
    engagements: Sequence[Engagement]


def pack(policies: Sequence[PlannedPolicy], engagements: Sequence[Engagement]) -> bytes:
    """`unpack` gives back all that `policy_writer` reads of them.

    A line of JSON for sources and engagements, then one for every TOGETHER answers.
    """
    doing = [one for one in policies if one.act is not None]
    sources: dict[Source, int] = {}
    for one in doing:
        if one.fact.source:
            sources.setdefault(one.fact.source, len(sources))
    others = {
        "sources": [[_text(getattr(one, name)) for name in _SOURCE_FIELDS] for one in sources],
        "engagements": [
            [one.sheet, one.row, one.place.usps, one.place.fips, dict(one.values)]
            for one in engagements
        ],
    }
    packer = zlib.compressobj(LEVEL)
    packed = [packer.compress(_line(others))]
    for at in range(0, len(doing), TOGETHER):
        rows = [_row(one, sources) for one in doing[at : at + TOGETHER]]
        packed.append(packer.compress(b"\n" + _line(rows)))
    return b"".join([*packed, packer.flush()])


def _line(part: object) -> bytes:
    return json.dumps(part, separators=(",", ":")).encode()


def unpack(packed: bytes) -> Acts:
    """The acts that `pack` packed."""
    lines = _lines(packed)
    others = json.loads(next(lines))
    sources = [_source(values) for values in others["sources"]]
    return Acts(
        [_planned(row, sources) for line in lines for row in json.loads(line)],
        [
            Engagement(sheet, row, Place(usps, fips), values)
            for sheet, row, usps, fips, values in others["engagements"]
        ],
    )


def _lines(packed: bytes) -> Iterator[bytes]:
    """The lines, unpacked one after the other."""
    unpacker, rest = zlib.decompressobj(), b""
    for at in range(0, len(packed), PIECE):
        *whole, rest = (rest + unpacker.decompress(packed[at : at + PIECE])).split(b"\n")
        yield from whole
    yield rest + unpacker.flush()


def _row(one: PlannedPolicy, sources: Mapping[Source, int]) -> list[object]:
    fact = one.fact
    return [
        *(fact.sheet, fact.row, fact.cell, fact.place.usps, fact.place.fips),
        *(fact.factor, fact.answer, fact.qualification, fact.title, fact.notes),
        *(_text(fact.effective_from), fact.effective_from_precision),
        *(_text(fact.effective_until), fact.effective_until_precision),
        sources[fact.source] if fact.source else None,
        *(fact.in_force_by, _text(fact.seen_on)),
        *(one.outcome, one.act, one.succeeds, _text(one.keeps_until), _text(one.starts)),
        *(_text(one.ends), one.ends_precision, one.in_force_by),
        one.before.answer if one.before else None,
    ]


def _planned(row: list, sources: Sequence[Source]) -> PlannedPolicy:
    sheet, number, cell, usps, fips, factor, answer, qualification, title, notes, *rest = row
    start, start_precision, end, end_precision, source, began_earlier, seen_on, *rest = rest
    outcome, act, succeeds, keeps_until, starts, ends, ends_precision, in_force_by, before = rest
    fact = PolicyFact(
        intern(sheet),
        number,
        cell,
        _place(usps, fips),
        _FACTORS[factor],
        _ANSWERS[answer],
        qualification,
        title,
        notes,
        _day(start),
        intern(start_precision),
        _day(end),
        intern(end_precision),
        source=None if source is None else sources[source],
        in_force_by=began_earlier,
        seen_on=_day(seen_on),
    )
    first = _day(starts)
    return PlannedPolicy(
        fact,
        _OUTCOMES[outcome],
        _ACTS[act],
        succeeds,
        _day(keeps_until),
        first,
        _day(ends),
        intern(ends_precision),
        in_force_by,
        _answered(before, succeeds),
    )


@lru_cache(maxsize=10)  # the rows of a county stand together
def _place(usps: str, fips: str) -> Place:
    return Place(usps, fips)


def _answered(answer: str | None, number: int | None) -> StoredPolicy | None:
    """Of the row that is succeeded, only its answer matters to the writer."""
    if answer is None:
        return None
    return StoredPolicy(number, _ANSWERS[answer], date.min, None, False, date.min)


def _source(values: list) -> Source:
    named = dict(zip(_SOURCE_FIELDS, values, strict=True))
    return Source(**{**named, "published_on": _day(named["published_on"])})


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@lru_cache(maxsize=1000)  # a file has few different days
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
