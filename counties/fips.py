"""County FIPS codes as text: clean them, take them apart, say which county they mean.

Pure: no database, no clock. Cleaning is about the form of a code and raises; resolving is about
its meaning and always returns an explanation.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypedDict

from counties.state_codes import STATES, TERRITORIES

Status = Literal["current", "changed", "ambiguous", "whole_state", "territory", "unknown"]

_SCIENTIFIC = re.compile(r"^(\d)(?:\.(\d*))?[eE]\+?0*(\d)$")
_CENSUS_GEO_ID = re.compile(r"^0500000US(\d{5})$")


class FipsError(ValueError):
    """A value that cannot be read as a county's FIPS code.

    `code` is one of `empty`, `not_a_number`, `not_whole`, `rounded`, `wrong_length`,
    `state_missing`, `whole_country`, `whole_state`, `whole_territory`; `message` says what to do;
    `state_fips` is set for a whole state or territory.
    """

    def __init__(self, code: str, message: str, state_fips: str | None = None):
        super().__init__(message)
        self.code = code
        self.message = message
        self.state_fips = state_fips


class Change(TypedDict):
    """One row of the crosswalk of changed codes."""

    county: str
    certain: bool
    explanation: str


@dataclass(frozen=True)
class FipsMatch:
    """What a code means: `fips` is set exactly when it means one county of ours for certain."""

    status: Status
    fips: str | None
    candidates: tuple[str, ...]
    explanation: str

    @property
    def certain(self) -> bool:
        return self.fips is not None


def clean_fips(value: object) -> str:
    """Five digits, as text, from a cell that a spreadsheet may have mangled.

    Takes 1001, 1001.0, "01001 ", "'01001", '="01001"', "1,001", "1.001E+03", "0500000US01001".
    Raises FipsError for anything else, also for the code of a whole state (44, 44000).
    """
    text = _as_text(value)
    if geo_id := _CENSUS_GEO_ID.match(text):
        text = geo_id[1]
    digits = _digits(text, value)
    if len(digits) > 5:
        raise FipsError(
            "wrong_length", f"“{value}” has {len(digits)} digits; a county code has five."
        )
    if len(digits) == 3 and int(digits) > 0:
        raise FipsError(
            "state_missing",
            f"“{value}” looks like the last three digits of a code; the state's two are missing.",
        )
    if len(digits) <= 3:
        _refuse_whole(f"{int(digits):02}", value)
    fips = digits.zfill(5)
    if fips.endswith("000"):
        _refuse_whole(fips[:2], value)
    return fips


def split_fips(fips: str) -> tuple[str, str]:
    """A clean code as (two digits of the state, three digits of the county)."""
    return fips[:2], fips[2:]


def resolve_fips(
    fips: str, known: Collection[str], changes: Mapping[str, Sequence[Change]]
) -> FipsMatch:
    """Which county a clean five-digit code means.

    `known` are the codes of our counties, `changes` maps a changed code to what it may mean now.
    """
    if fips in known:
        return FipsMatch("current", fips, (fips,), "")
    if rows := changes.get(fips):
        candidates = tuple(row["county"] for row in rows)
        if len(rows) == 1 and rows[0]["certain"]:
            return FipsMatch("changed", candidates[0], candidates, rows[0]["explanation"])
        return FipsMatch("ambiguous", None, candidates, rows[0]["explanation"])
    state, county = split_fips(fips)
    if state in TERRITORIES:
        name = TERRITORIES[state][1]
        return FipsMatch(
            "territory", None, (), f"{fips} is in {name}; territories are outside this map."
        )
    if state not in STATES:
        return FipsMatch("unknown", None, (), f"No state has the code {state}, so {fips} is none.")
    name = STATES[state][1]
    if county == "000":
        return FipsMatch("whole_state", None, (), f"{fips} is the whole of {name}, not a county.")
    return FipsMatch("unknown", None, (), f"No county of {name} has the code {fips}.")


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        raise FipsError("not_a_number", f"“{value}” is not a FIPS code.")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # Format characters cover the byte order mark and zero-width spaces of pasted text.
    text = unicodedata.normalize("NFKC", "" if value is None else str(value))
    text = "".join(c for c in text if unicodedata.category(c) != "Cf").strip()
    text = text.removeprefix("=").strip("'\"`‘’“” ")
    if not text or text.casefold() in {"nan", "none", "null", "n/a", "na", "-"}:
        raise FipsError("empty", "The FIPS code is missing.")
    return text


def _digits(text: str, value: object) -> str:
    """The digits of a whole number written in one of the ways spreadsheets write it."""
    if scientific := _SCIENTIFIC.match(text):
        shown = 1 + len(scientific[2] or "")
        # 6.08E+03 may be any code from 6075 to 6084, so it counts only with all its digits shown.
        if shown < int(scientific[3]) + 1:
            raise FipsError(
                "rounded",
                f"“{value}” is a rounded number; format the column as text and send all digits.",
            )
        text = f"{Decimal(text):f}"
    text = re.sub(r"^(\d{1,2}),(\d{3})(?=\.|$)", r"\1\2", text)
    if re.fullmatch(r"[0-9]+(\.0*)?", text):
        return text.partition(".")[0]
    if re.fullmatch(r"[0-9]*\.[0-9]+", text):
        raise FipsError("not_whole", f"“{value}” is not a whole number.")
    raise FipsError("not_a_number", f"“{value}” is not a FIPS code; expected five digits.")


def _refuse_whole(state: str, value: object) -> None:
    """Raise for the code of a country, state or territory."""
    if state == "00":
        raise FipsError("whole_country", f"“{value}” is the whole country, not a county.")
    if state in STATES:
        raise FipsError(
            "whole_state",
            f"“{value}” is the whole of {STATES[state][1]}, not a county.",
            state_fips=state,
        )
    if state in TERRITORIES:
        raise FipsError(
            "whole_territory",
            f"“{value}” is {TERRITORIES[state][1]}; territories are outside this map.",
            state_fips=state,
        )
    raise FipsError("wrong_length", f"“{value}” is neither a county's code nor a state's.")
