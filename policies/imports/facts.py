"""What the rows of a file say, understood and matched, but not yet compared with the record. Pure.

A kind's module makes a `Reading` of a `Table`; the planners compare it with the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from policies.imports.tables import Finding, Skip
from policies.rubric import Answer, Factor


@dataclass(frozen=True, slots=True)
class Place:
    """A county of ours (`fips`), or a whole unified-jail state (`fips` empty)."""

    usps: str
    fips: str = ""

    @property
    def key(self) -> str:
        """FIPS of the county, or postal code of the state."""
        return self.fips or self.usps


@dataclass(frozen=True, slots=True)
class Source:
    """The document that a row names as its own; the row itself is cited where it names none."""

    title: str
    url: str = ""
    published_on: date | None = None
    published_on_precision: str = "day"
    page: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class PolicyFact:
    """One answer to one factor, as a row of a file states it.

    `effective_from` is None where the row does not say: it then counts from the day on which it
    was seen. `in_force_by`: it is only the day on which it was seen. `seen_on`: the newest day on
    which someone saw it hold, where the row says so; else the day of the file.
    `cell` is the column letter and row of the answer, such as R12.
    """

    sheet: str
    row: int
    cell: str
    place: Place
    factor: Factor
    answer: Answer
    qualification: str = ""
    title: str = ""
    notes: str = ""
    effective_from: date | None = None
    effective_from_precision: str = "day"
    effective_until: date | None = None
    effective_until_precision: str = "day"
    source: Source | None = None
    in_force_by: bool = False
    seen_on: date | None = None


@dataclass(frozen=True, slots=True)
class Engagement:
    """What the organisation's sheet repeats of ICE's own notes on a jurisdiction. Decides nothing.

    `values`: the fields of `models.IceEngagement`, as text, or ISO dates.
    """

    sheet: str
    row: int
    place: Place
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list by ICE, matched as far as it could be.

    287(g): `model` is the support type, `signed_on` the signing date. Facilities: `code` is
    DETLOC, `model` the contract type, `population` the average of the fiscal year.
    `agency_type`: a value of models.AgencyType, "" if it could not be told. `fips`: counties that
    the agency belongs to (several for a regional jail); empty if unknown, or for a state agency.
    `unresolved`: nobody could tell yet what or where it is; the reason is in a finding. `fips` then
    holds the counties that it might be in: none of them is taken for absent from the list.
    `active`: facilities: a contract that counts. 287(g): always True.
    """

    sheet: str
    row: int
    usps: str
    agency: str
    type_as_listed: str = ""
    county_as_listed: str = ""
    model: str = ""
    signed_on: date | None = None
    url: str = ""
    addendum_url: str = ""
    agency_type: str = ""
    fips: tuple[str, ...] = ()
    code: str = ""
    city: str = ""
    zip_code: str = ""
    operator: str = ""
    owner: str = ""
    population: float | None = None
    active: bool = True
    unresolved: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a file says. `rows`: rows of data, blank ones left out.

    `skipped`: row number -> why it was left out on purpose (totals, territories, duplicates).
    `bad_rows`: rows with an error or an open question; none of their facts is in the lists.
    `list_date`: the day an ICE list speaks for, if the file itself says so.
    """

    rows: int
    policies: tuple[PolicyFact, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()
    skipped: Mapping[int, Skip] = field(default_factory=dict)
    bad_rows: frozenset[int] = frozenset()
    list_date: date | None = None
    #: Figures that the kind reports beside the counts, such as counties by contract type.
    figures: Mapping[str, object] = field(default_factory=dict)
