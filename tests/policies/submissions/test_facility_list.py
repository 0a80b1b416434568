"""ICE's facility list over the one that ships: nothing changes, unless something is different."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.management import call_command
from openpyxl import Workbook

from policies import baseline_loader, import_lines, import_plans, import_report, submissions
from policies.baseline_files import read_table
from policies.import_plans import Received
from policies.imports.kinds import ice_detention
from policies.imports.planned_policies import Act, Outcome
from policies.models import Agreement, ChangeEvent, IceList, ScorePeriod
from tests.factories import PUBLISHED_AT, UserFactory, rolled_back
from tests.policies.submissions.sheets import TODAY

LIST_DATE = date(2017, 11, 6)
LAST_ROW = 1694
REDACTED = {"DETLOC": "Redacted", "Name": "Redacted"}


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """The whole baseline, rolled back after this module."""
    with django_db_blocker.unblock(), rolled_back():
        call_command("load_reference", verbosity=0)
        baseline_loader.load(by=UserFactory(username="loader"), at=PUBLISHED_AT)
        yield


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]


def shipped_rows() -> dict[int, dict[str, object]]:
    """Row number -> cells, as the published list has them."""
    return {
        int(row["row 2017-11-06"]): _cells(row) for row in read_table("detention_contracts_2017")
    }


def _cells(row) -> dict[str, object]:
    kind, _, detail = row["type_as_listed"].partition(" / ")
    return {
        **{"DETLOC": row["code"], "Name": row["agency"], "City": row["city"]},
        **{"County": row["county_as_listed"], "State": row["state"], "Zip": row["zip_code"]},
        **{"Type": kind, "Type Detailed": detail, "Facility Operator": row["operator"]},
        # Its cells hold more digits than it shows.
        **{"Facility Owner": row["owner"], "FY17 ADP": float(row["population"]) + 0.0012345},
    }


def plan(rows) -> import_plans.Plan:
    return import_plans.make(received(rows), TODAY)


def received(rows) -> Received:
    return Received(workbook(rows), "list.xlsx", "ice-detention", LIST_DATE)


def workbook(rows) -> bytes:
    """The rows in their places, under a header on the ninth row."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Facility List - Main"
    headings = [one.synonyms[0] for one in ice_detention.COLUMNS if not one.big]
    for number, cells in {9: dict(zip(headings, headings, strict=True)), **rows}.items():
        for column, heading in enumerate(headings, start=1):
            sheet.cell(number, column, cells.get(heading))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def whole_list() -> dict[int, dict[str, object]]:
    """The contracts that ship, and others: below one a day, no contract, redacted."""
    rows = shipped_rows()
    free = [number for number in range(10, LAST_ROW) if number not in rows]
    little = {"DETLOC": "LITTLE", "Name": "LITTLE COUNTY JAIL", "State": "TX", "County": "KERR"}
    little |= {"Type": "IGSA", "FY17 ADP": 0.4}
    hold = little | {"DETLOC": "HOLD", "Type": "Other", "FY17 ADP": 30}
    return rows | {free[0]: little, free[1]: hold, free[2]: REDACTED}


def test_the_shipped_list_sent_again_changes_nothing():
    made = plan(whole_list())
    assert not made.changes_something
    assert {one.outcome for one in made.ice_list.agreements} == {Outcome.UNCHANGED}
    assert "list_corrected" not in {finding.code for finding in made.findings}


def test_its_counts_add_up_to_its_rows():
    report = import_report.report(plan(whole_list()))
    counted = ("new", "changed", "unchanged", "removed", "skipped")
    assert {name: report[name] for name in counted} == {
        **{"new": 0, "changed": 0, "unchanged": 169, "removed": 0, "skipped": 3}
    }
    assert report["rows"] == 172
    figures = report["figures"]
    assert (figures["deciding"], figures["non_deciding"], figures["unresolved"]) == (146, 26, 0)


def test_its_preview_says_why_a_facility_does_not_count():
    found = [one for one in import_lines.lines(plan(whole_list())) if one.outcome == "skipped"]
    assert [one.message for one in found] == [
        ice_detention.REASONS[reason] for reason in ("not_in_use", "not_a_contract", "redacted")
    ]


def test_applying_it_again_publishes_nothing():
    def counted():
        return [model.objects.count() for model in (IceList, Agreement, ChangeEvent, ScorePeriod)]

    before = counted()
    by = UserFactory()
    submission = submissions.receive(
        received=received(whole_list()), source_title="ICE's list", by=by, at=PUBLISHED_AT
    )
    submissions.apply(submission=submission, by=by, at=PUBLISHED_AT, today=TODAY)
    assert submission.status == "applied"
    assert counted() == before


def test_a_list_that_differs_is_said_to_take_the_others_place():
    rows = shipped_rows()
    number = min(rows)
    made = plan(rows | {number: rows[number] | {"Facility Operator": "COUNTY (SHERIFF), NEW"}})
    [finding] = [one for one in made.warnings if one.code == "list_corrected"]
    assert f"1 of the rows that count ({number})" in finding.message
    assert made.ice_list.act == Act.CORRECTION
