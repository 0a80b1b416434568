"""Coverage by state as a map of equal tiles: a small state is as easy to hit as a large one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from counties import shapes
from counties.models import County
from counties.state_codes import STATES
from policies.admin.display import list_url
from policies.assessments import Assessment
from policies.presenters.figures import share
from policies.reports import percent
from policies.rubric import MAX_SCORE, Status

#: One row of tiles a line, one place every three letters.
_LAYOUT = """\
AK                            ME
                           VT NH
WA ID MT ND MN IL WI MI NY RI MA
OR NV WY SD IA IN OH PA NJ CT
CA UT CO NE MO KY WV VA MD DE
   AZ NM KS AR TN NC SC DC
         OK LA MS AL GA
HI       TX             FL
"""
SIDE, GAP = 44, 4
#: Upper bounds, in percent, of the steps in which tiles are shaded.
STEPS = (0, 20, 40, 60, 80, 100)
_POSITIONS = {
    line[at : at + 2]: (at // 3, row)
    for row, line in enumerate(_LAYOUT.splitlines())
    for at in range(0, len(line), 3)
    if line[at : at + 2].strip()
}
WIDTH = 11 * (SIDE + GAP) - GAP
HEIGHT = 8 * (SIDE + GAP) - GAP


@dataclass(frozen=True, slots=True)
class Tile:
    """One state. `known`: percent of the answers (seven a county) of which something is known."""

    usps: str
    name: str
    url: str
    x: int
    y: int
    step: int
    known: float
    counties: int
    complete: int
    partial: int
    unknown: int
    stale: int

    @property
    def middle(self) -> int:
        return self.x + SIDE // 2

    @property
    def upper(self) -> int:
        return self.y + 19

    @property
    def lower(self) -> int:
        return self.y + 35

    @property
    def rounded(self) -> str:
        return share(self.known, places=0)

    @property
    def words(self) -> str:
        return _(
            "%(name)s: %(known)s of the answers known, %(complete)d of %(all)d counties complete"
        ) % {
            "name": self.name,
            "known": self.rounded,
            "complete": self.complete,
            "all": self.counties,
        }


def tiles(assessments: Mapping[str, Assessment]) -> tuple[Tile, ...]:
    """One tile a state, by name. Counties missing from `assessments` are unknown."""
    return tuple(
        _tile(code, usps, name, assessments)
        for code, (usps, name) in sorted(STATES.items(), key=lambda item: item[1][1])
        if usps in _POSITIONS
    )


def _tile(code: str, usps: str, name: str, assessments: Mapping[str, Assessment]) -> Tile:
    counties = [fips for fips in shapes.county_paths() if fips.startswith(code)]
    known = [assessments[fips] for fips in counties if fips in assessments]
    complete = sum(one.score.status == Status.COMPLETE for one in known)
    partial = sum(one.score.status == Status.PARTIAL for one in known)
    share = percent(sum(one.score.known for one in known), MAX_SCORE * len(counties))
    column, row = _POSITIONS[usps]
    return Tile(
        usps=usps,
        name=name,
        url=list_url(County, state__usps__exact=usps),
        x=column * (SIDE + GAP),
        y=row * (SIDE + GAP),
        step=next(step for step, limit in enumerate(STEPS) if share <= limit),
        known=share,
        counties=len(counties),
        complete=complete,
        partial=partial,
        unknown=len(counties) - complete - partial,
        stale=sum(one.stale for one in known),
    )
