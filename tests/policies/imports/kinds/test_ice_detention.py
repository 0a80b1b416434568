"""ICE's facility list, read row by row."""

from datetime import date

import pytest

from policies.imports.context import Context
from policies.imports.facts import Reading
from policies.imports.kinds import ice_detention
from policies.imports.shipped import shipped_gazetteer
from policies.imports.tables import Row, Severity, Skip, Table
from policies.models import AgencyType

FIRST_ROW = 10  # the header is on the ninth
HEADINGS = {column.name: column.synonyms[0] for column in ice_detention.COLUMNS if not column.big}
ETOWAH = {
    "code": "ETOWAAL",
    "name": "ETOWAH COUNTY JAIL (ALABAMA)",
    "city": "GADSDEN",
    "county": "ETOWAH ",
    "state": "AL",
    "zip": 35901.0,
    "type": "USMS IGA",
    "type_detailed": "USMS IGA",
    "population": 301.09,
    "operator": "COUNTY (SHERIFF)",
    "owner": "COUNTY",
}
ALBANY = ETOWAH | {
    "code": "ALBCONY",
    "name": "ALBANY COUNTY JAIL",
    "city": "ALBANY",
    "county": "KINGS",
    "state": "NY",
    "zip": 12211.0,
    "population": 28.5,
}
BROWARD = ETOWAH | {
    "code": "BROCRFL",
    "name": "BROWARD CORRECTIONAL",
    "city": "PEMBROKE PINES",
    "county": "CHARLES MIX",
    "state": "FL",
    "zip": 33332.0,
    "population": 0.0,
}
SANTA_ANA = ETOWAH | {
    "code": "SACITCA",
    "name": "SANTA ANA CITY JAIL",
    "city": "SANTA ANA",
    "county": "ORANGE",
    "state": "CA",
    "zip": 92701.0,
    "type": "IGSA",
    "type_detailed": "IGSA",
    "operator": "CITY",
    "owner": "CITY",
}
STEWART = ETOWAH | {
    "code": "STWRTGA",
    "name": "STEWART DETENTION CENTER",
    "city": "LUMPKIN",
    "county": "STEWART",
    "state": "GA",
    "zip": 31815.0,
    "type": "IGSA",
    "type_detailed": "DIGSA",
    "operator": "CCA",
}
GEO_OWNED = ETOWAH | {
    "code": "RGRNDTX",
    "name": "RIO GRANDE DETENTION CENTER",
    "city": "LAREDO",
    "county": "WEBB",
    "state": "TX",
    "zip": 78046.0,
    "operator": "GEO",
    "owner": "GEO",
}
ANCHORAGE = ETOWAH | {
    "code": "ANCHOAK",
    "name": "ANCHORAGE CORRECTIONAL COMPLEX",
    "city": "ANCHORAGE",
    "county": "ANCHORAGE",
    "state": "AK",
    "zip": 99501.0,
    "operator": "COUNTY (CORRECTIONS)",
}
REDACTED = dict.fromkeys(ETOWAH, "Redacted")
GUAM = ETOWAH | {"code": "GUDOCHG", "county": "GUAM", "state": "GU", "zip": 96910.0}


def read(*rows, choices=None) -> Reading:
    table = Table(
        sheet="Facility List - Main",
        header_row=FIRST_ROW - 1,
        headings=HEADINGS,
        letters={},
        rows=[Row(number, values) for number, values in enumerate(rows, FIRST_ROW)],
    )
    context = Context(
        as_of=date(2017, 11, 6),
        today=date(2019, 1, 1),
        gazetteer=shipped_gazetteer(),
        choices={("facility", code): choice for code, choice in (choices or {}).items()},
    )
    return ice_detention.read(table, context)


def codes(reading: Reading) -> list[tuple[str, str]]:
    return [(finding.severity, finding.code) for finding in reading.findings]


def test_a_county_jail_in_use_is_an_active_contract():
    reading = read(ETOWAH)
    [entry] = reading.entries
    assert (entry.active, entry.unresolved, entry.agency_type) == (True, False, "sheriff")
    assert (entry.usps, entry.fips, entry.model) == ("AL", ("01055",), "USMS IGA")
    assert (entry.code, entry.agency) == ("ETOWAAL", "ETOWAH COUNTY JAIL (ALABAMA)")
    assert (entry.population, entry.row, entry.zip_code) == (301.09, FIRST_ROW, "35901")
    assert entry.county_as_listed == "ETOWAH"
    assert entry.signed_on is None
    assert reading.findings == ()


def test_a_private_company_running_a_countys_facility_is_the_countys_contract():
    [entry] = read(STEWART).entries
    assert (entry.active, entry.agency_type, entry.fips) == (True, "county_jail", ("13259",))
    assert entry.note == "Owned by the county, run by CCA."


@pytest.mark.parametrize(
    ("row", "agency", "reason"),
    [
        (SANTA_ANA, "city_police", "city_police"),
        (GEO_OWNED, "private", "private"),
        (ETOWAH | {"operator": "FEDERAL", "owner": ""}, "other", "other"),
    ],
)
def test_active_contracts_of_others_are_kept_but_decide_no_county(row, agency, reason):
    reading = read(row)
    [entry] = reading.entries
    assert (entry.active, entry.agency_type) == (True, agency)
    assert reading.figures["non_deciding_by_reason"] == {reason: 1}
    assert reading.figures["counties_deciding"] == 0


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"population": 0.99}, "not_in_use"),
        ({"population": None}, "not_in_use"),
        ({"type": "Other", "type_detailed": "HOLD"}, "not_a_contract"),
        ({"type": "CDF", "type_detailed": "CDF"}, "not_a_contract"),
    ],
)
def test_a_facility_without_a_contract_in_use_is_left_out_with_the_reason(changes, reason):
    reading = read(ETOWAH | changes)
    assert (reading.entries, reading.bad_rows) == ((), frozenset())
    assert reading.skipped == {FIRST_ROW: Skip(reason, ice_detention.REASONS[reason])}
    assert reading.figures["non_deciding_by_reason"] == {reason: 1}


def test_every_row_is_an_entry_or_left_out_or_bad():
    rows = (ETOWAH, ALBANY, BROWARD, SANTA_ANA, GEO_OWNED, REDACTED, GUAM, ETOWAH)
    reading = read(*rows, ETOWAH | {"code": ""}, STEWART | {"population": None})
    entries = {entry.row for entry in reading.entries if not entry.unresolved}
    assert len(entries) + len(reading.skipped) + len(reading.bad_rows) == reading.rows
    assert entries | set(reading.skipped) | reading.bad_rows == {*range(10, 20)}


def test_an_average_that_only_looks_like_one_is_below_one():
    assert read(ETOWAH | {"population": 0.9972602739726028}).entries == ()


def test_unified_jail_states_answer_with_their_corrections_department():
    reading = read(ANCHORAGE)
    [entry] = reading.entries
    assert (entry.active, entry.agency_type, entry.fips) == (True, "state_corrections", ())
    assert reading.figures["deciding"] == 1
    assert reading.figures["unified_states_deciding"] == ["AK"]


def test_a_county_that_contradicts_the_rest_of_the_row_is_a_question():
    reading = read(ALBANY)
    [finding] = reading.findings
    assert (finding.severity, finding.code) == (Severity.QUESTION, "county_contradicts")
    assert (finding.row, finding.column, finding.value) == (FIRST_ROW, "County", "KINGS")
    assert finding.suggestions[0] == "Albany County (36001)"
    assert reading.bad_rows == {FIRST_ROW}
    [entry] = reading.entries
    assert (entry.unresolved, entry.fips) == (True, ("36001", "36047"))


@pytest.mark.parametrize(
    ("choice", "fips", "deciding"),
    [("36001", ("36001",), 1), ("36001,36083", ("36001", "36083"), 1), ("", (), 0)],
)
def test_a_remembered_choice_answers_the_question(choice, fips, deciding):
    reading = read(ALBANY, choices={"ALBCONY": choice})
    assert reading.entries[0].fips == fips
    assert (reading.findings, reading.bad_rows) == ((), frozenset())
    assert reading.figures["deciding"] == deciding


def test_a_remembered_choice_overrides_a_county_that_nothing_contradicts():
    assert read(ETOWAH, choices={"ETOWAAL": "01055,01019"}).entries[0].fips == ("01055", "01019")


def test_a_choice_that_names_no_county_is_asked_again():
    assert codes(read(ALBANY, choices={"ALBCONY": "36999"})) == [
        (Severity.QUESTION, "county_contradicts")
    ]


def test_a_wrong_county_of_a_facility_that_decides_nothing_is_only_a_warning():
    reading = read(BROWARD)
    [finding] = reading.findings
    assert (finding.severity, finding.code) == (Severity.WARNING, "county_contradicts")
    assert "“CHARLES MIX”, which is no county of FL" in finding.message
    assert finding.suggestions == ("Broward County (12011)",)
    assert reading.bad_rows == frozenset()


def test_redacted_rows_and_territories_are_left_out_with_a_reason():
    reading = read(REDACTED, GUAM)
    assert reading.skipped == {
        FIRST_ROW: ("redacted", "Redacted by ICE."),
        FIRST_ROW + 1: ("outside_map", "Outside the map: territories are not covered."),
    }
    assert reading.entries == ()


def test_the_same_row_twice_counts_once():
    reading = read(ETOWAH, ETOWAH)
    assert len(reading.entries) == 1
    assert reading.skipped[FIRST_ROW + 1].code == "duplicate_row"


def test_two_rows_that_contradict_each_other_are_an_error():
    reading = read(ETOWAH, ETOWAH | {"population": 3.0})
    assert codes(reading) == [(Severity.ERROR, "contradictory_rows")]
    assert len(reading.entries) == 1


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"code": None}, "missing_code", "DETLOC"),
        ({"name": "  "}, "missing_name", "Name"),
        ({"state": "ZZ"}, "unknown_state", "State"),
        ({"state": None}, "unknown_state", "State"),
        ({"population": "many"}, "not_a_number", "FY17 ADP"),
        ({"population": "#REF!"}, "error_cell", "FY17 ADP"),
        ({"population": -1}, "negative", "FY17 ADP"),
    ],
)
def test_a_row_that_cannot_be_read_is_an_error(changes, code, column):
    reading = read(ETOWAH | changes)
    [finding] = reading.findings
    assert (finding.severity, finding.code, finding.column) == (Severity.ERROR, code, column)
    assert reading.bad_rows == {FIRST_ROW}
    assert reading.entries == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"type": "IGSAA"}, "unknown_type"),
        ({"name": "GADSDEN ACADEMY", "operator": "", "owner": ""}, "operator_unknown"),
    ],
)
def test_what_keeps_a_facility_from_counting_is_said(changes, code):
    assert codes(read(ETOWAH | changes)) == [(Severity.WARNING, code)]


def test_deciding_and_not_deciding_and_unresolved_are_all_rows():
    rows = (ETOWAH, ALBANY, BROWARD, SANTA_ANA, STEWART, GEO_OWNED, ANCHORAGE, REDACTED, GUAM)
    figures = read(*rows, ETOWAH, ETOWAH | {"code": ""}).figures
    assert (figures["deciding"], figures["unresolved"]) == (3, 2)
    assert figures["non_deciding"] == sum(figures["non_deciding_by_reason"].values()) == 6


def test_counties_are_counted_by_type_beside_the_report_of_2019():
    second = ETOWAH | {"code": "ETOWAA2", "type": "IGSA", "type_detailed": "FAMILY"}
    little = STEWART | {"population": 0.002}
    figures = read(ETOWAH, second, little, SANTA_ANA).figures
    assert figures["facilities_by_type"] == {"IGSA": 1, "USMS IGA": 1}
    assert figures["counties_by_type"] == {"IGSA": 1, "USMS IGA": 1}
    assert figures["counties_only_by_type"] == {"IGSA": 0, "USMS IGA": 0}
    assert figures["counties_deciding"] == 1
    assert figures["counties_only_below_one_a_day"] == 1
    assert figures["counties_only_with_city_or_private_contract"] == 1
    assert figures["report_2019"]["with_contract"] == 190
    assert figures["fewer_than_report_2019"] == 189


def test_agency_types_are_those_of_the_record():
    rows = (ETOWAH, SANTA_ANA, STEWART, GEO_OWNED, ANCHORAGE)
    assert {entry.agency_type for entry in read(*rows).entries} <= set(AgencyType.values)


def test_no_heading_is_declared_twice():
    headings = [
        synonym.casefold() for column in ice_detention.COLUMNS for synonym in column.synonyms
    ]
    assert len(headings) == len(set(headings))
    assert len([column for column in ice_detention.COLUMNS if column.big]) == 124
