import re
from datetime import datetime

import pytest

from policies.imports.facts import Place, Source
from policies.imports.kinds.ilrc import COLUMNS, EVIDENCE_DATES, EVIDENCE_LIMITS, read
from policies.imports.tables import Severity
from policies.models import IceEngagement
from policies.rubric import FACTORS, Answer, Factor
from tests.counties.data import COUNTIES, STATES
from tests.policies.imports.gazetteer import context
from tests.policies.imports.made_tables import table

#: The sheet's headings, in its order.
HEADINGS = {
    "county": "County",
    "field_office": "Field Office",
    "state": "State",
    "jurisdiction": "Jurisdiction",
    "priority": "Priority",
    "stopped_accepting": "Month and Year Jurisdiction Began Not Accepting Detainers",
    "first_engaged_on": "Date of First Engagement between ERO and Local Government",
    "last_engaged_on": "Date of Last Engagement between ERO and Local Government",
    "met_by": "Who Met with the Local Government?",
    "acceptance": "Current Detainer/Notification Acceptance Status",
    "ice_comments": "ICE Comments",
    "follow_up": "Follow Up Meeting Scheduled",
    "next_meeting": "Next Meeting Date",
    "hq_priority": "HQ Priority Jurisdictions (187)",
    "analysis": "ILRC Analysis",
    "no_287g": "No 287(g)",
    "no_detention_contract": "No ICE Detention Contract",
    "limits_holds": "No ICE holds",
    "limits_notifications": "No ICE alerts",
    "limits_interrogations": "Limits on ICE interrogations in jail",
    "no_status_inquiry": "Prohibition on asking about immigration status",
    "no_general_assistance": "General prohibition on assistance to ICE",
    "stated_total": "ILRC Total",
    "path": "Path",
    "comments": "ILRC Comments",
    "title": "Title of Policy",
    "link": "LINK",
    "fips": "GEOID - FIPS",
}
#: A row in which everything is said, and said well.
FULL = {
    "county": "Autauga",
    "field_office": "NOL",
    "state": "AL",
    "jurisdiction": "Autauga Sheriffs Office",
    "priority": "D: Remaining jurisdictions",
    "stopped_accepting": "NaN",
    "first_engaged_on": "7/31/2015",
    "last_engaged_on": datetime.fromisoformat("2015-09-01"),
    "met_by": "FOD",
    "acceptance": "4: Willing to accept both (I-247N) and (I-247X)",
    "ice_comments": "Met & discussed &lt;PEP&gt;",
    "follow_up": "No",
    "next_meeting": "NaN",
    "hq_priority": False,
    "analysis": "None",
    "no_287g": 1,
    "no_detention_contract": 1,
    "limits_holds": 1,
    "limits_notifications": 0,
    "limits_interrogations": 0,
    "no_status_inquiry": 0,
    "no_general_assistance": 0,
    "stated_total": 3,
    "comments": "Called in May",
    "title": "Order 12",
    "link": "https://example.org/12.pdf",
    "fips": 1001,
}


def sheet(*rows, links=None):
    made = table(
        [{**FULL, **row} for row in rows], names=list(HEADINGS), headings=HEADINGS, links=links
    )
    return read(made, context(as_of="2016-12-01"))


def found(reading, severity=Severity.WARNING):
    return [
        (f.code, f.column, f.row)
        for f in reading.findings
        if f.severity == severity and f.code != "state_missing"
    ]


def sources(reading):
    return {fact.factor: fact.source for fact in reading.policies if fact.source}


def test_the_sheets_own_headings_are_known():
    def key(heading):
        return re.sub(r"[\W_]", "", heading).casefold()

    known = {key(h): c.name for c in COLUMNS for h in (c.name, *c.synonyms)}
    assert {name: known.get(key(heading)) for name, heading in HEADINGS.items()} == {
        name: name for name in HEADINGS
    }
    assert len(COLUMNS) == 28


def test_only_the_polygons_are_never_looked_at():
    assert [column.name for column in COLUMNS if column.big] == ["path"]


def test_answers_of_a_row():
    reading = sheet({})
    assert [fact.answer for fact in reading.policies] == [
        *[Answer.YES] * 3,
        *[Answer.NONE_FOUND] * 4,
    ]
    assert {fact.place for fact in reading.policies} == {Place("AL", "01001")}
    assert [fact.cell for fact in reading.policies] == [f"{c}2" for c in "PQRSTUV"]
    assert found(reading) == []


def test_zero_is_no_for_agreements_and_blank_is_no_record():
    reading = sheet({"no_287g": 0, "no_detention_contract": "", "stated_total": 1})
    answers = {fact.factor: fact.answer for fact in reading.policies}
    assert answers[Factor.NO_287G] == Answer.NO
    assert Factor.NO_DETENTION_CONTRACT not in answers


def test_evidence_of_a_row():
    (engagement,) = sheet({}).engagements
    assert (engagement.row, engagement.place) == (2, Place("AL", "01001"))
    assert engagement.values == {
        "field_office": "NOL",
        "jurisdiction": "Autauga Sheriffs Office",
        "priority": "D: Remaining jurisdictions",
        "first_engaged_on": "2015-07-31",
        "last_engaged_on": "2015-09-01",
        "met_by": "FOD",
        "acceptance": "4: Willing to accept both (I-247N) and (I-247X)",
        "ice_comments": "Met & discussed &lt;PEP&gt;",
        "follow_up": "No",
        "hq_priority": "FALSE",
        "comments": "Called in May",
        "stated_total": "3",
    }


def test_evidence_has_the_fields_and_limits_of_its_model():
    fields = {f.name: f for f in IceEngagement._meta.get_fields()}
    assert {name: fields[name].max_length for name in EVIDENCE_LIMITS} == EVIDENCE_LIMITS
    assert all(fields[name].get_internal_type() == "DateField" for name in EVIDENCE_DATES)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"first_engaged_on": "7/312015"}, "not_a_date"),
        ({"first_engaged_on": "July 2015"}, "imprecise_date"),
        ({"last_engaged_on": "1/1/2205"}, "implausible_year"),
        ({"ice_comments": "#REF!"}, "error_cell"),
        ({"met_by": "x" * 201}, "too_long"),
    ],
)
def test_bad_evidence_is_a_warning_and_stops_no_row(row, code):
    reading = sheet(row)
    (name,) = row
    assert found(reading) == [(code, HEADINGS[name], 2)]
    assert len(reading.policies) == 7
    assert len(reading.engagements[0].values.get(name, "")) <= 200


@pytest.mark.parametrize("total", [8, 31, "2", 0])
def test_a_total_that_is_not_the_sum_is_a_warning(total):
    reading = sheet({"stated_total": total})
    assert found(reading) == [("total_contradicts", "ILRC Total", 2)]
    assert len(reading.policies) == 7
    assert reading.engagements[0].values["stated_total"] == str(total)


def test_a_total_is_compared_with_what_is_known_where_factors_are_blank():
    assert found(sheet({"no_287g": None, "stated_total": 2})) == []
    reading = sheet({"no_287g": None})
    assert found(reading) == [("total_contradicts", "ILRC Total", 2)]
    assert "blank: 1" in reading.findings[0].message


@pytest.mark.parametrize("total", [None, "NaN"])
def test_a_missing_total_contradicts_nothing(total):
    assert found(sheet({"stated_total": total})) == []


def test_a_total_that_is_no_number_is_a_warning():
    assert found(sheet({"stated_total": "three"})) == [("not_a_number", "ILRC Total", 2)]


def test_the_policy_goes_with_the_yes_answers_that_have_a_text():
    reading = sheet({})
    policy = Source("Order 12", "https://example.org/12.pdf")
    assert sources(reading) == {Factor.LIMITS_HOLDS: policy}
    assert [fact.title for fact in reading.policies] == ["", "", "Order 12", "", "", "", ""]


@pytest.mark.parametrize("field", ["link", "title"])
def test_the_address_behind_a_cell_counts(field):
    row = {"link": "link" if field == "link" else None}
    reading = sheet(row, links={(2, field): "https://example.org/behind"})
    assert sources(reading) == {
        Factor.LIMITS_HOLDS: Source("Order 12", "https://example.org/behind")
    }
    assert found(reading) == []


def test_a_link_that_is_no_address_is_kept_as_words():
    reading = sheet({"title": None, "link": "Order 12 (paper)"})
    assert sources(reading) == {Factor.LIMITS_HOLDS: Source("Order 12 (paper)")}
    assert [fact.title for fact in reading.policies] == [""] * 7
    assert found(reading) == [("not_a_url", "LINK", 2)]


def test_a_policy_without_an_answer_is_a_warning():
    reading = sheet({"limits_holds": 0, "stated_total": 2})
    assert sources(reading) == {}
    assert found(reading) == [("policy_unused", "Title of Policy", 2)]


@pytest.mark.parametrize("value", ["Yes?", 0.5, "#REF!", 2])
def test_a_factor_that_cannot_be_read_stops_its_row(value):
    reading = sheet({"limits_holds": value}, {"county": "Baldwin", "fips": 1003})
    assert reading.bad_rows == {2}
    assert {fact.row for fact in reading.policies} == {3}
    assert [engagement.row for engagement in reading.engagements] == [3]


def test_a_whole_state_in_the_first_row():
    reading = sheet({"county": "State of Rhode Island", "state": "RI", "fips": 44})
    assert {fact.place for fact in reading.policies} == {Place("RI")}


def test_territories_are_left_out_with_their_reason():
    reading = sheet(
        {"county": "Adjuntas", "state": "PR", "fips": 72001},
        {"county": "Guam", "state": "GU", "fips": 66},
    )
    assert reading.skipped == {
        2: ("outside_map", "Puerto Rico is outside the map."),
        3: ("outside_map", "Guam is outside the map."),
    }
    assert (reading.rows, reading.policies, found(reading)) == (2, (), [])


def test_a_row_that_says_nothing_is_left_out():
    row = dict.fromkeys(FULL) | {"county": "Autauga", "state": "AL", "fips": 1001}
    assert list(sheet(row).skipped) == [2]


def test_a_row_without_answers_is_still_evidence():
    row = dict.fromkeys([factor.value for factor in FACTORS]) | {"stated_total": None}
    reading = sheet({**row, "title": None, "link": None})
    assert (len(reading.policies), len(reading.engagements), reading.skipped) == (0, 1, {})


def full_size():
    """A row for every county outside Wyoming, with the troubles that such sheets have."""
    rows = [{"county": "State of Rhode Island", "state": "RI", "fips": 44}]
    rows += [
        {
            "county": f"{county['short_name']} ",
            "state": county["state"],
            "fips": float(county["fips"]),
        }
        for county in COUNTIES
        if county["state"] not in ("RI", "WY") and county["short_name"]
    ]
    rows[10]["stated_total"], rows[20]["stated_total"] = 8, 31
    rows += [
        {"county": "Adjuntas", "state": "PR", "fips": 72001},
        {"county": "Guam", "state": "Guam", "fips": 66010},
        {"county": "Total", "state": None, "fips": None, "stated_total": 7133},
    ]
    return rows


def test_a_sheet_of_full_size_goes_in_whole():
    rows = full_size()
    reading = sheet(*rows)
    places = len(rows) - 3
    assert reading.rows == len(rows)
    assert len(reading.policies) == places * 7
    assert len({fact.place.key for fact in reading.policies}) == places
    assert len(reading.skipped) == 3
    assert reading.bad_rows == frozenset()
    assert found(reading) == [
        ("total_contradicts", "ILRC Total", 12),
        ("total_contradicts", "ILRC Total", 22),
    ]
    missing = [f.value for f in reading.findings if f.code == "state_missing"]
    assert missing == ["WY"]


def test_every_state_without_a_row_is_told_once():
    missing = [f for f in sheet({}).findings if f.code == "state_missing"]
    assert len(missing) == len(STATES) - 1
    assert {f.row for f in missing} == {None}
