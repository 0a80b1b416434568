import pytest

from policies.imports.facts import Place
from policies.imports.places import LEFT_OUT, PlaceMatcher, choice_key
from policies.imports.tables import Severity
from tests.counties.data import COUNTIES
from tests.policies.imports.gazetteer import context


def match(state=None, county=None, fips=None, choices=None):
    return PlaceMatcher(context(choices=choices)).match(state, county, fips)


def only_problem(*cells, **options):
    found = match(*cells, **options)
    assert found.place is None
    assert not found.skip
    (problem,) = found.problems
    return problem


@pytest.mark.parametrize(
    ("state", "county", "fips", "expected"),
    [
        (None, None, "01001", "01001"),
        (None, None, 1001.0, "01001"),
        (None, None, "'01001", "01001"),
        ("AL", "Autauga", None, "01001"),
        ("TEXAS ", "Lampasas County ", None, "48281"),
        (48, "Lampasas", None, "48281"),
        ("TX", "LAMPASAS", "48281", "48281"),
        ("Louisiana", "Orleans County", 22071, "22071"),
        ("MO", "St. Louis", 29510, "29510"),
        ("UT", "Utah", None, "49049"),
        ("HI", "Hawaii", None, "15001"),
        ("DC", None, None, "11001"),
        ("DC", "District of Columbia", 11, "11001"),
        ("DC", "District of Columbia", 11001, "11001"),
        (None, "Autauga County, Alabama", None, "01001"),
        ("TX", "NaN", "48281", "48281"),
    ],
)
def test_the_county_of_a_row(state, county, fips, expected):
    found = match(state, county, fips)
    assert found.place is not None
    assert found.place.fips == expected
    assert found.problems == ()


@pytest.mark.parametrize(
    "cells",
    [
        ("RI", "State of Rhode Island", 44),
        ("RI", "State of Rhode Island", "44000"),
        ("Rhode Island", None, None),
        ("RI", "Rhode Island", None),
        (None, "State of Rhode Island", None),
        (None, None, "44"),
        ("RI", "Statewide", None),
    ],
)
def test_a_unified_jail_state_as_a_whole(cells):
    assert match(*cells).place == Place("RI")


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (("TX", None, None), "county"),
        (("TX", "State of Texas", None), "county"),
        (("TX", "All counties", None), "county"),
        ((None, None, 48), "fips"),
    ],
)
def test_any_other_state_as_a_whole_is_an_error(cells, field):
    problem = only_problem(*cells)
    assert (problem.severity, problem.code) == (Severity.ERROR, "whole_state")
    assert problem.field == field


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (("PR", "Adjuntas", 72001), "Puerto Rico"),
        (("Puerto Rico", None, None), "Puerto Rico"),
        ((None, "Guam", None), "Guam"),
        ((None, None, "66010"), "Guam"),
        ((None, None, 72), "Puerto Rico"),
        ((None, "Total", None), "totals"),
        (("Grand total", None, None), "totals"),
        (("TX", "Texas Total", None), "totals"),
        ((None, None, "Totals"), "totals"),
        (("US", None, None), "whole country"),
        ((None, "United States", 0), "whole country"),
    ],
)
def test_rows_that_are_no_county_are_left_out_with_a_reason(cells, reason):
    found = match(*cells)
    assert reason in found.skip.message
    assert (found.place, found.problems) == (None, ())


@pytest.mark.parametrize(
    ("cells", "code", "suggestions"),
    [
        (("TX", "Lampass", None), "unknown_county", ("Lampasas County (48281)",)),
        (("TX", "Nowhere At All", None), "unknown_county", ()),
        (
            ("MO", "St. Louis", None),
            "ambiguous_county",
            ("St. Louis County (29189)", "St. Louis city (29510)"),
        ),
        (
            ("TX", "Lamar", "48281"),
            "fips_contradicts_name",
            ("Lampasas County (48281)", "Lamar County (48277)"),
        ),
        (
            ("CA", "San Francisco", "48281"),
            "fips_contradicts_name",
            ("Lampasas County (48281)", "San Francisco County (06075)"),
        ),
        (
            ("MD", "Baltimore County", "24510"),
            "fips_contradicts_name",
            ("Baltimore city (24510)", "Baltimore County (24005)"),
        ),
        (
            ("RI", "Providence", "44"),
            "fips_contradicts_name",
            ("the whole of Rhode Island (RI)", "Providence County (44007)"),
        ),
        (
            ("RI", "State of Rhode Island", "44001"),
            "fips_contradicts_name",
            ("Bristol County (44001)",),
        ),
        (
            (None, None, "02261"),
            "ambiguous_fips",
            ("Chugach Census Area (02063)", "Copper River Census Area (02066)"),
        ),
        (
            ("AK", "Copper River", "02261"),
            "ambiguous_fips",
            ("Copper River Census Area (02066)", "Chugach Census Area (02063)"),
        ),
        (("TX", "Lamar", "48999"), "unknown_fips", ("Lamar County (48277)",)),
    ],
)
def test_what_a_person_must_say(cells, code, suggestions):
    problem = only_problem(*cells)
    assert (problem.severity, problem.code) == (Severity.QUESTION, code)
    assert problem.suggestions == suggestions


@pytest.mark.parametrize(
    ("cells", "code", "field", "suggestions"),
    [
        ((None, None, None), "no_place", "county", ()),
        ((" ", "NaN", "n/a"), "no_place", "county", ()),
        ((None, "Autauga", None), "no_state", "state", ("Autauga County, AL (01001)",)),
        (("Texass", "Lamar", None), "unknown_state", "state", ("Texas (TX)",)),
        (("TX", "Lamar", "6.08E+03"), "bad_fips", "fips", ("Lamar County (48277)",)),
        (("TX", None, "281"), "bad_fips", "fips", ("Lampasas County (48281)",)),
        ((None, None, True), "bad_fips", "fips", ()),
        (("TX", "Lamar", "#REF!"), "error_cell", "fips", ("Lamar County (48277)",)),
        (("TX", "#N/A", "48281"), "error_cell", "county", ()),
        (("TX", "x" * 300, None), "too_long", "county", ()),
    ],
)
def test_what_must_be_corrected_in_the_file(cells, code, field, suggestions):
    problem = only_problem(*cells)
    assert (problem.severity, problem.code) == (Severity.ERROR, code)
    assert (problem.field, problem.suggestions) == (field, suggestions)


def test_a_changed_code_is_taken_with_a_warning_where_its_meaning_is_certain():
    found = match("AK", "Wade Hampton", "2270")
    assert found.place == Place("AK", "02158")
    assert [(p.severity, p.code) for p in found.problems] == [(Severity.WARNING, "changed_fips")]


def test_a_misspelt_name_is_taken_with_a_warning_where_the_code_is_its_own():
    found = match("TX", "Lampass", "48281")
    assert found.place == Place("TX", "48281")
    assert [(p.severity, p.code) for p in found.problems] == [(Severity.WARNING, "name_misspelt")]


@pytest.mark.parametrize(
    "cells",
    [("TX", "Lampass", None), ("TX", "Lamar", "48281"), ("TX", None, "48999")],
)
def test_a_remembered_choice_answers_the_question_it_was_made_for(cells):
    key = match(*cells).key
    assert match(*cells, choices={("county", key): "48001"}).place == Place("TX", "48001")
    assert match(*cells, choices={("county", key): ""}).skip == LEFT_OUT


def test_a_choice_about_a_name_wins_over_the_name():
    choices = {("county", choice_key("TX", "Lamar County")): "48281"}
    assert match("TX", "LAMAR", choices=choices).place == Place("TX", "48281")


def test_a_choice_about_a_name_does_not_overrule_another_code():
    choices = {("county", choice_key("TX", "Lamar")): "48281"}
    assert match("TX", "Lamar", "48277", choices=choices).place == Place("TX", "48277")


def test_a_whole_state_can_be_chosen():
    key = match("RI", "Providence", "44").key
    assert match("RI", "Providence", "44", {("county", key): "RI"}).place == Place("RI")


def test_every_county_of_ours_is_found_by_its_code_by_its_name_and_by_both():
    matcher = PlaceMatcher(context())
    for county in COUNTIES:
        expected = Place(county["state"], county["fips"])
        assert matcher.match(None, None, int(county["fips"])).place == expected
        assert matcher.match(county["state"], county["name"], None).place == expected
        both = matcher.match(county["state"], county["short_name"], county["fips"])
        assert (both.place, both.problems) == (expected, ())


def test_the_state_is_told_even_where_the_county_is_not():
    assert match("Texas", "Lampass").usps == "TX"
    assert match("PR").usps == "PR"
