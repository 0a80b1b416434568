"""What a kind of file needs to know to understand its rows: days, places, remembered choices. Pure.

`policies.submissions` reads it from the database once for a file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from counties.fips import Change
from counties.names import NameIndex


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Our counties. `county_names`: FIPS -> full name.

    `unified_jails`: postal code of a state with a unified jail system -> its jail authority.
    """

    names: NameIndex
    known: Collection[str]
    changes: Mapping[str, Sequence[Change]]
    county_names: Mapping[str, str]
    unified_jails: Mapping[str, str] = field(default_factory=dict)

    def label(self, fips: str) -> str:
        """The county's name and code, as it is written in messages: "Kings County (36047)"."""
        return f"{self.county_names[fips]} ({fips})"


@dataclass(frozen=True, slots=True)
class Context:
    """`as_of`: the day for which the file speaks. `today`: no observation can be later.

    `choices`: (scope, key) -> what a person chose before (models.ImportChoice). Keys: a heading
    for `column`; "TX|name as normalised" for `county` and `agency`; DETLOC for `facility`;
    "TX|model|date|one name|other name" for `rename`.
    """

    as_of: date
    today: date
    gazetteer: Gazetteer
    choices: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def choice(self, scope: str, key: str) -> str | None:
        """What was chosen, None if nobody did; "" means: left out on purpose."""
        return self.choices.get((scope, key))
