"""What changed in a state between two days: counties that changed alike are told together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from policies.assessments import Assessment, unknown
from policies.comparison import compare
from policies.explanations import long_date
from policies.filters import ScoredCounty
from policies.presenters.choice import Choice
from policies.presenters.marks import Mark, mark, word
from policies.presenters.wins import Place
from policies.rubric import Factor
from policies.texts import FACTOR_TEXTS

#: Names in a group that are read at a glance.
FEW = 6
MOST_GROUPS = 12


@dataclass(frozen=True, slots=True)
class Moved:
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Group:
    """Counties whose answers changed in the same way. `verb`: raised, lowered or other."""

    counties: tuple[Place, ...]
    before: Mark
    after: Mark
    verb: str
    moved: tuple[Moved, ...]

    @property
    def few(self) -> bool:
        return len(self.counties) <= FEW


@dataclass(frozen=True, slots=True)
class YearOfChanges:
    since: str
    groups: tuple[Group, ...]
    changed: int
    more: int
    url: str


def year_of_changes(
    rows: Sequence[ScoredCounty],
    before: Mapping[str, Assessment],
    since: date,
    usps: str,
    choice: Choice,
) -> YearOfChanges:
    counties = {row.county.pk: row.county for row in rows}
    now = {row.county.pk: row.assessment for row in rows}
    changed = [one for one in compare(counties, before, now) if one.factors]
    alike: dict[tuple, list[str]] = defaultdict(list)
    for one in changed:
        key = (before.get(one.fips) or unknown(one.fips)).answers, now[one.fips].answers
        alike[key].append(one.fips)
    groups = [
        _group(codes, counties, before, now, choice)
        for codes in sorted(alike.values(), key=len, reverse=True)
    ]
    return YearOfChanges(
        since=long_date(since),
        groups=tuple(groups[:MOST_GROUPS]),
        changed=len(changed),
        more=sum(
            len(codes) for codes in sorted(alike.values(), key=len, reverse=True)[MOST_GROUPS:]
        ),
        url=choice.url("directory", state=usps, changed_since=since.isoformat()),
    )


def _group(codes, counties, before, now, choice: Choice) -> Group:
    one = codes[0]
    was, became = before.get(one) or unknown(one), now[one]
    return Group(
        counties=tuple(
            Place(
                counties[code].name,
                choice.url("county", counties[code].state_id.lower(), counties[code].slug),
            )
            for code in codes
        ),
        before=mark(was),
        after=mark(became),
        verb=_verb(was.score.value, became.score.value),
        moved=tuple(
            Moved(str(FACTOR_TEXTS[Factor(f)].name), word(old), word(new))
            for f, old, new in zip(FACTOR_TEXTS, was.answers, became.answers, strict=True)
            if old != new
        ),
    )


def _verb(before: int | None, after: int | None) -> str:
    if before is None and after is not None:
        return _("now scored")
    if before is None or after is None:
        return _("answers changed")
    if after > before:
        return _("raised")
    return _("lowered") if after < before else _("same score, other policies")
