"""ICE's list of 287(g) agreements, read row by row."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from policies.imports.kinds import ice_287g
from policies.imports.tables import FileError, Row, Severity, Table
from tests.policies.imports.gazetteer import context


def at(*day):
    """A day as workbooks give it: with a time, and no zone."""
    return datetime(*day)  # noqa: DTZ001


HEADINGS = {
    "state": "STATE",
    "agency": "LAW ENFORCEMENT AGENCY",
    "type": "TYPE",
    "county": "COUNTY",
    "model": "SUPPORT TYPE",
    "signed": "SIGNED",
    "moa": "MOA",
    "addendum": "ADDENDUM",
}
ETOWAH = {
    "state": "ALABAMA",
    "agency": "Etowah County Sheriff's Office ",
    "type": "County ",
    "county": "Etowah County",
    "model": "Jail Enforcement Model ",
    "signed": at(2020, 6, 9),
    "moa": "link",
}
ALACHUA = {
    "state": "FLORIDA",
    "agency": "Alachua Police Department",
    "type": "County",
    "county": "Alachua County",
    "model": "Task Force Model",
    "signed": at(2025, 7, 2),
}
LAMPASS = {
    "state": "TEXAS ",
    "agency": "Lampass County Sheriff's Office",
    "county": "Lampass County",
    "model": "Warrant Service Officer",
    "signed": at(2025, 7, 15),
}


def table(*rows, links=None, without=()):
    headings = {name: text for name, text in HEADINGS.items() if name not in without}
    return Table(
        "Sheet1",
        1,
        headings,
        dict(zip(headings, "ABCDEFGH", strict=False)),
        [Row(number, row, (links or {}).get(number, {})) for number, row in enumerate(rows, 2)],
    )


def read(*rows, choices=None, **more):
    return ice_287g.read(table(*rows, **more), context("2025-07-18", "2025-08-01", choices))


def found(reading):
    return [(one.row, one.severity.value, one.code) for one in reading.findings]


def test_a_row_becomes_an_entry():
    (entry,) = read(ETOWAH).entries
    assert (entry.sheet, entry.row, entry.usps) == ("Sheet1", 2, "AL")
    assert (entry.agency, entry.type_as_listed) == ("Etowah County Sheriff's Office", "County")
    assert (entry.model, entry.signed_on) == ("Jail Enforcement Model", date(2020, 6, 9))
    assert (entry.agency_type, entry.fips, entry.unresolved) == ("sheriff", ("01055",), False)


def test_city_and_state_agencies_are_kept():
    police = {
        "state": "ARKANSAS",
        "agency": "Arkansas State Police Department",
        "county": "#N/A",
        "model": "Task Force Model",
        "signed": at(2025, 7, 1),
    }
    types = [entry.agency_type for entry in read(ALACHUA, police).entries]
    assert types == ["city_police", "state_agency"]


def test_an_open_question_keeps_its_row_as_unresolved():
    reading = read(ETOWAH, LAMPASS)
    assert [entry.unresolved for entry in reading.entries] == [False, True]
    assert reading.bad_rows == {3}
    assert found(reading) == [(3, "question", "which_county")]
    assert "48281" in reading.entries[1].fips


def test_a_question_is_answered_by_what_was_chosen_before():
    choices = {("agency", "TX|lampass county sheriff"): "sheriff:48281"}
    (entry,) = read(LAMPASS, choices=choices).entries
    assert (entry.fips, entry.unresolved) == (("48281",), False)


def test_what_was_left_out_on_purpose_is_skipped():
    reading = read(LAMPASS, choices={("agency", "TX|lampass county sheriff"): ""})
    assert (reading.entries, list(reading.skipped)) == ((), [2])


def test_deciding_and_non_deciding_and_unresolved_are_all_rows():
    guam = {"state": "GUAM", "agency": "Office Of The Attorney General", "model": "X"}
    reading = read(ETOWAH, ALACHUA, LAMPASS, guam, ETOWAH, {"agency": "Nowhere Police"})
    figures = reading.figures
    counted = [figures[name] for name in ("deciding", "non_deciding", "unresolved")]
    assert counted == [2, 2, 2]
    assert sum(counted) == reading.rows == 6
    assert (figures["counties_deciding"], figures["outside_map"]) == (1, 1)


def test_a_corrections_department_decides_in_a_state_with_one_jail_system():
    row = ETOWAH | {"state": "ALASKA", "agency": "Department of Corrections", "county": ""}
    figures = read(row).figures
    assert (figures["deciding"], figures["states_deciding"]) == (1, ["AK"])


def test_territories_are_left_out_and_said_so():
    reading = read({"state": "GUAM", "agency": "Guam Police", "model": "Task Force Model"})
    assert "outside this map" in reading.skipped[2].message
    assert (reading.entries, reading.findings) == ((), ())


@pytest.mark.parametrize(
    ("written", "likely"),
    [
        ("7/72025", ("2025-07-07",)),
        ("05/082025", ("2025-05-08",)),
        (at(5025, 7, 7), ("2025-07-07",)),
        ("soon", ()),
        (at(1996, 1, 1), ()),
    ],
)
def test_a_bad_date_keeps_the_agreement_and_names_the_likely_day(written, likely):
    reading = read(ETOWAH | {"signed": written})
    assert reading.entries[0].signed_on is None
    assert found(reading) == [(2, "warning", "bad_date")]
    assert reading.findings[0].suggestions == likely
    assert reading.findings[0].column == "SIGNED"
    assert not reading.bad_rows


def test_no_date_is_no_finding():
    reading = read(ETOWAH | {"signed": None})
    assert (reading.entries[0].signed_on, reading.findings) == (None, ())
    assert reading.figures["undated"] == 1


def test_signed_after_the_list_is_a_warning():
    reading = read(ETOWAH | {"signed": at(2025, 7, 19)})
    assert reading.entries[0].signed_on == date(2025, 7, 19)
    assert found(reading) == [(2, "warning", "signed_after_list")]


MOA = "https://www.ice.gov/doclib/287gMOA/EtowahCoAL_JEM_MOA_"


@pytest.mark.parametrize(
    ("name", "signed", "codes"),
    [
        ("06092020.pdf", date(2020, 6, 9), []),
        # The year is mistyped in one of the two: nothing is dated back by it.
        ("06092021.pdf", None, ["date_unlike_file"]),
        ("06092019.pdf", date(2020, 6, 9), []),
        # Another day is another paper, such as an agreement renewed.
        ("04052026.pdf", date(2020, 6, 9), []),
    ],
)
def test_a_year_that_differs_from_the_agreements_file(name, signed, codes):
    reading = read(ETOWAH, links={2: {"moa": MOA + name}})
    assert reading.entries[0].signed_on == signed
    assert [one.code for one in reading.findings] == codes


def test_the_same_row_twice_counts_once():
    reading = read(ETOWAH, ETOWAH | {"agency": "ETOWAH COUNTY SHERIFF’S OFFICE"})
    assert len(reading.entries) == 1
    assert reading.skipped == {3: ("duplicate_row", "The same as row 2.")}


def test_one_agreement_with_two_dates_is_kept_twice_with_a_warning():
    reading = read(ETOWAH, ETOWAH | {"signed": at(2025, 3, 1)})
    assert len(reading.entries) == 2
    assert found(reading) == [(3, "warning", "listed_twice")]


def test_one_agency_may_have_several_models():
    reading = read(ETOWAH, ETOWAH | {"model": "Warrant Service Officer"})
    assert [entry.model for entry in reading.entries] == [
        "Jail Enforcement Model",
        "Warrant Service Officer",
    ]


def test_a_list_without_dates_and_agreements_is_one_of_pending_applications():
    with pytest.raises(FileError) as refused:
        read(ETOWAH, without=("signed", "moa", "addendum"))
    assert refused.value.code == "pending_list"
    assert "not agreements" in refused.value.message


def test_a_list_without_a_county_column_is_read():
    (entry,) = read({k: v for k, v in ETOWAH.items() if k != "county"}, without=("county",)).entries
    assert entry.fips == ("01055",)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (ETOWAH | {"state": "Alabamma"}, "unknown_state"),
        (ETOWAH | {"agency": None}, "no_agency"),
        (ETOWAH | {"model": " "}, "no_model"),
        ({"county": "Etowah County"}, "empty_row"),
    ],
)
def test_a_row_without_the_essentials_is_an_error(row, code):
    reading = read(row)
    assert found(reading) == [(2, "error", code)]
    assert (reading.entries, reading.bad_rows) == ((), {2})


def test_a_wrong_county_of_city_police_is_only_a_warning():
    reading = read(ALACHUA | {"county": "Alachwa County"})
    assert reading.findings[0].severity == Severity.WARNING
    assert not reading.bad_rows


def test_addresses_behind_links():
    wrapped = (
        "https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.ice.gov%2Fa.pdf"
        "&data=05%7C02%7Cpost%40example.org%7C1"
    )
    (entry,) = read(ETOWAH, links={2: {"moa": wrapped, "addendum": "https://ice.gov/b"}}).entries
    assert (entry.url, entry.addendum_url) == ("https://www.ice.gov/a.pdf", "https://ice.gov/b")


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("Task Force Model ", "Task Force Model"),
        ("TASK FORCE", "Task Force Model"),
        ("JEM", "Jail Enforcement Model"),
        ("Warrant Service Officer Program", "Warrant Service Officer"),
        ("Warrant Service Officer Model", "Warrant Service Officer"),
        ("Tribal Task Force Model", "Tribal Task Force Model"),
    ],
)
def test_models_have_one_name_each(listed, expected):
    assert ice_287g.model_name(listed) == expected
