"""Which county, or unified-jail state, a row is about. Pure.

A row may give a FIPS code, a name with its state, or both; where they contradict each other it is
a question, never a guess. What a person chose before wins. A wrong code or name comes with ranked
suggestions, written as "Lampasas County (48281)".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from counties.names import match_county, name_key, split_name
from counties.state_codes import STATES, TERRITORIES, is_territory, state_usps
from policies.imports import cells
from policies.imports.cell_errors import CellError
from policies.imports.context import Context
from policies.imports.facts import Place
from policies.imports.place_codes import (
    TOTALS,
    WHOLE_COUNTRY,
    Code,
    Problem,
    is_total,
    outside_the_map,
    read_code,
)
from policies.imports.tables import CellValue, Severity, Skip, shown

__all__ = ["Match", "PlaceMatcher", "Problem", "choice_key"]

LONGEST_NAME = 200
MOST_SUGGESTIONS = 5
LEFT_OUT = Skip("left_out", "Left out on purpose, as was chosen before.")

_STATE_NAMES = dict([*STATES.values(), *TERRITORIES.values()])
_STATE_FIPS = {usps: fips for fips, (usps, _name) in STATES.items()}
_COUNTRY = re.compile(
    r"^(the )?(us|u\.s\.|usa|u\.s\.a\.|united states( of america)?|national)$", re.I
)
_STATE_OF = re.compile(r"^(state|commonwealth) of \w", re.I)
_STATEWIDE = re.compile(
    r"^(state|state-?wide|(the )?(whole|entire) state|all( counties| parishes)?)$", re.I
)


@dataclass(frozen=True, slots=True)
class Match:
    """Where a row belongs: a `place`, a reason to `skip` it, or problems.

    A place may come with warnings. `usps`: the state, as far as it is known. `key`: under which a
    choice about such a row is remembered (scope `county`); "" where a choice cannot help.
    """

    place: Place | None = None
    problems: tuple[Problem, ...] = ()
    skip: Skip | None = None
    usps: str = ""
    key: str = ""


def choice_key(usps: str, name: str, code: str = "") -> str:
    """The key of a remembered choice: "TX|lampass", "TX|lamar|48281", "TX|48999"."""
    return "|".join([usps, *([name_key(name)] if name else []), *([code] if code else [])])


class PlaceMatcher:
    """Matches the places of one file. Equal cells are matched once."""

    def __init__(self, context: Context):
        self._context = context
        self._gazetteer = context.gazetteer
        self._has_choices = any(scope == "county" for scope, _key in context.choices)
        self._seen: dict[tuple[CellValue, CellValue, CellValue], Match] = {}
        self._everywhere: dict[str, list[str]] = {}

    def match(self, state: CellValue, county: CellValue, fips: CellValue) -> Match:
        """The place of a row with these cells, each as it was read."""
        if isinstance(fips, bool):  # True equals 1, which is Alabama.
            fips = str(fips)
        key = (state, county, fips)
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = self._match(state, county, fips)
        return found

    def _match(self, state: CellValue, county: CellValue, fips: CellValue) -> Match:
        if is_total(state) or is_total(county):
            return Match(skip=TOTALS)
        texts = []
        for field, cell in (("state", state), ("county", county)):
            try:
                texts.append(cells.text(cell, LONGEST_NAME))
            except CellError as error:
                return _stopped(Problem(Severity.ERROR, error.code, field, error.message))
        said, name = texts
        code = read_code(fips, self._gazetteer)
        usps = (state_usps(said) or "") if said else code.usps or _state_in(name)
        if skip := code.skip or _outside(said, name, usps):
            return Match(skip=skip, usps=usps)
        if said and not usps:
            return _stopped(_unknown_state(said))
        return replace(self._in_state(usps, name, code), usps=usps)

    def _in_state(self, usps: str, name: str, code: Code) -> Match:
        if (chosen := self._chosen(usps, name, code)) is not None:
            return chosen
        if code.problem:
            return self._badly_coded(usps, name, code, code.problem)
        whole = bool(name) and self._names_whole_state(name, usps)
        if code.fips:
            return self._coded(usps, name, whole, code)
        if code.state:
            if code.usps != usps or (name and not whole):
                return self._contradiction(usps, name, code)
            return self._whole_state(usps, "fips")
        if not usps:
            return self._without_state(name)
        return self._whole_state(usps, "county") if whole or not name else self._named(usps, name)

    def _chosen(self, usps: str, name: str, code: Code) -> Match | None:
        """What a person chose before for a row with this name and this code."""
        if not self._has_choices or not (name or code.given):
            return None
        choice = self._context.choice("county", choice_key(usps, name, code.fips or code.given))
        if choice is None:
            return None
        if choice == "":
            return Match(skip=LEFT_OUT)
        if choice in self._gazetteer.unified_jails:
            return Match(Place(choice))
        return Match(_county(choice)) if choice in self._gazetteer.known else None

    def _coded(self, usps: str, name: str, whole: bool, code: Code) -> Match:
        """A row with the code of a county: does the rest of it say the same?"""
        warnings = (code.warning,) if code.warning else ()
        only_county = self._only_county(usps) == code.fips
        if code.usps != usps or (whole and not only_county):
            return self._contradiction(usps, name, code)
        if not name or whole or name == self._gazetteer.county_names[code.fips]:
            return Match(_county(code.fips), warnings)
        found = match_county(name, usps, self._gazetteer.names)
        agrees = found.status != "none" and code.fips in found.candidates
        if agrees or self._context.choice("county", choice_key(usps, name)) == code.fips:
            return Match(_county(code.fips), warnings)
        if found.status == "none" and found.candidates[:1] == (code.fips,):
            label = self._gazetteer.label(code.fips)
            message = f"“{shown(name)}” was read as {label}, as its code says."
            misspelt = Problem(Severity.WARNING, "name_misspelt", "county", message)
            return Match(_county(code.fips), (*warnings, misspelt))
        return self._contradiction(usps, name, code)

    def _contradiction(self, usps: str, name: str, code: Code) -> Match:
        """The code means one place, the rest of the row another."""
        named = match_county(name, usps, self._gazetteer.names).candidates if name else ()
        coded = self._gazetteer.label(code.fips) if code.fips else _STATE_NAMES[code.usps]
        if code.usps != usps:
            coded = f"{coded} in {_STATE_NAMES[code.usps]}" if code.fips else coded
        said = ", ".join(part for part in (name, _STATE_NAMES[usps]) if part)
        message = (
            f"The code {code.given} is {coded}, but the row says “{shown(said)}”. "
            "Say which is meant."
        )
        labels = self._labels([code.fips, *named] if code.fips else named)
        if code.state and code.usps in self._gazetteer.unified_jails:
            labels = (f"the whole of {_STATE_NAMES[code.usps]} ({code.usps})", *labels)
        problem = Problem(Severity.QUESTION, "fips_contradicts_name", "fips", message, labels)
        return Match(problems=(problem,), key=choice_key(usps, name, code.fips or code.given))

    def _badly_coded(self, usps: str, name: str, code: Code, problem: Problem) -> Match:
        """The code is none of ours, or of several; what the name says is suggested, not taken."""
        likely = list(code.candidates)
        if usps and name:
            named = match_county(name, usps, self._gazetteer.names).candidates
            likely = sorted({*likely, *named}, key=lambda one: (one not in named, one))
        elif usps and re.fullmatch(r"[0-9]{3}", code.given):
            likely = [_STATE_FIPS[usps] + code.given]
        known = [fips for fips in likely if fips in self._gazetteer.known]
        return Match(
            problems=(replace(problem, suggestions=self._labels(known)),),
            key=choice_key(usps, name, code.given),
        )

    def _named(self, usps: str, name: str) -> Match:
        found = match_county(name, usps, self._gazetteer.names)
        if found.fips:
            return Match(_county(found.fips))
        code = "ambiguous_county" if found.status == "ambiguous" else "unknown_county"
        message = found.explanation
        if not found.candidates:
            message = f"{message.rstrip('.')}. Correct the name, or give the FIPS code."
        labels = self._labels(found.candidates)
        problem = Problem(Severity.QUESTION, code, "county", message, labels)
        return Match(problems=(problem,), key=choice_key(usps, name))

    def _without_state(self, name: str) -> Match:
        if not name:
            message = "The row names no place. Give a FIPS code, or state and county."
            return _stopped(Problem(Severity.ERROR, "no_place", "county", message))
        message = f"“{shown(name)}” may be in any state. Give the state, or the FIPS code."
        labels = tuple(
            f"{self._gazetteer.county_names[fips]}, {STATES[fips[:2]][0]} ({fips})"
            for fips in self._anywhere(name)[:MOST_SUGGESTIONS]
        )
        return _stopped(Problem(Severity.ERROR, "no_state", "state", message, labels))

    def _whole_state(self, usps: str, field: str) -> Match:
        """The record of a unified-jail state; DC, which is its own only county; or an error."""
        if usps in self._gazetteer.unified_jails:
            return Match(Place(usps))
        if only := self._only_county(usps):
            return Match(_county(only))
        message = (
            f"The row names no county of {_STATE_NAMES[usps]}. Only a state that runs all its "
            "jails itself has a record as a whole: give the county, or one row for each."
        )
        return _stopped(Problem(Severity.ERROR, "whole_state", field, message))

    def _names_whole_state(self, name: str, usps: str) -> bool:
        """Whether the county's cell names the state. "Utah" in Utah is a county."""
        if _STATEWIDE.match(name):
            return True
        if not usps or state_usps(name) != usps:
            return False
        if _STATE_OF.match(name) or self._only_county(usps):
            return True
        return match_county(name, usps, self._gazetteer.names).status == "none"

    def _only_county(self, usps: str) -> str:
        names = self._gazetteer.names.get(usps)
        return next(iter(names.full_names)) if names and len(names.full_names) == 1 else ""

    def _anywhere(self, name: str) -> list[str]:
        """The counties of that name in all states."""
        if not self._everywhere:
            everywhere = defaultdict(list)
            for names in self._gazetteer.names.values():
                for base, fips in [*names.counties.items(), *names.cities.items()]:
                    everywhere[base].append(fips)
            self._everywhere = dict(everywhere)
        return sorted(self._everywhere.get(split_name(name).base, []))

    def _labels(self, fips: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._gazetteer.label(one) for one in [*fips][:MOST_SUGGESTIONS])


def _county(fips: str) -> Place:
    state = fips[:2]
    # A copy: a cell's own text, if kept, keeps the memory of the rows that were read beside it.
    return Place(STATES[state][0], state + fips[2:])


def _stopped(problem: Problem) -> Match:
    return Match(problems=(problem,))


def _state_in(name: str) -> str:
    """The state that a county's cell names beside it: "Autauga, AL", "State of Rhode Island"."""
    head, comma, tail = name.rpartition(",")
    if comma and head.strip():
        return state_usps(tail) or ""
    return state_usps(name) or "" if _STATE_OF.match(name) else ""


def _outside(said: str, name: str, usps: str) -> Skip | None:
    """Why a row is left out: a territory, or the whole country; None if it is not."""
    named = usps or ("" if said else state_usps(name) or "")
    if is_territory(named):
        return outside_the_map(_STATE_NAMES[named])
    return WHOLE_COUNTRY if _COUNTRY.match(said) or _COUNTRY.match(name) else None


def _unknown_state(said: str) -> Problem:
    from rapidfuzz import fuzz, process  # loaded for misspellings alone: it takes 4 MB

    names = [_STATE_NAMES[usps] for usps in _STATE_FIPS]
    near = process.extract(said.title(), names, scorer=fuzz.ratio, score_cutoff=70, limit=3)
    message = f"“{shown(said)}” is not a state. Write its name, or two letters such as TX."
    labels = tuple(f"{name} ({state_usps(name)})" for name, _score, _at in near)
    return Problem(Severity.ERROR, "unknown_state", "state", message, labels)
