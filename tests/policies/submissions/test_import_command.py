"""`import_spreadsheet` and `undo_submission`, as the contract states them."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from policies.models import ChangeEvent, LocalPolicy, SourceDocument, Submission
from tests.factories import CountyFactory, UserFactory
from tests.policies.imports.corpus import BAD_FILES
from tests.policies.submissions.sheets import answer, csv_bytes

pytestmark = pytest.mark.django_db

KEYS = {
    *("kind", "sha256", "rows", "new", "changed", "unchanged", "removed", "skipped"),
    *("errors", "warnings", "applied", "submission"),
}
ERROR_KEYS = {"sheet", "row", "column", "value", "code", "message", "suggestions"}


@pytest.fixture(autouse=True)
def places():
    for fips, name in (("06001", "Alameda"), ("06003", "Alpine")):
        CountyFactory(fips=fips, short_name=name)


class Outcome:
    def __init__(self, code: int, text: str, report: dict | None):
        self.code, self.text, self.report = code, text, report


@pytest.fixture
def run(tmp_path):
    """Run the command on a file; its exit code, words and report."""

    def run(data, *options, name="sheet.csv", kind="policies", as_of="2019-09-01") -> Outcome:
        path = tmp_path / name
        if data is not None:
            path.write_bytes(data)
        out = tmp_path / "out.json"
        words = StringIO()
        code, message = 0, ""
        try:
            call_command(
                *("import_spreadsheet", str(path), f"--kind={kind}", f"--as-of={as_of}"),
                *("--source=A sheet", f"--report={out}", *options),
                stdout=words,
            )
        except CommandError as error:
            code, message = error.returncode, str(error)
        report = json.loads(out.read_text()) if out.exists() else None
        out.unlink(missing_ok=True)
        return Outcome(code, words.getvalue() + message, report)

    return run


def nothing_was_written() -> bool:
    return not any(m.objects.exists() for m in (LocalPolicy, Submission, SourceDocument))


def test_without_apply_nothing_is_written(run):
    done = run(csv_bytes([answer(), answer("06003")]))
    assert done.code == 0
    assert set(done.report) >= KEYS
    assert (done.report["rows"], done.report["new"], done.report["applied"]) == (2, 2, False)
    assert done.report["submission"] is None
    assert nothing_was_written()


def test_apply_publishes_as_a_logged_override(run):
    UserFactory(username="sofia")
    done = run(csv_bytes([answer()]), "--apply", "--as=sofia", "--reason=Agreed by telephone.")
    submission = Submission.objects.get()
    assert (done.code, done.report["applied"]) == (0, True)
    assert done.report["submission"] == submission.pk
    assert LocalPolicy.objects.get().published_by.username == "sofia"
    assert "Agreed by telephone." in ChangeEvent.objects.get().summary


def test_apply_is_the_system_accounts_without_a_name(run):
    run(csv_bytes([answer()]), "--apply")
    assert LocalPolicy.objects.get().published_by.username == "system"


def test_bad_rows_exit_with_1_and_leave_nothing(run):
    done = run(csv_bytes([answer(), answer("06999", value="perhaps")]), "--apply")
    assert done.code == 1
    assert not done.report["applied"]
    assert nothing_was_written()
    assert all(set(error) >= ERROR_KEYS for error in done.report["errors"])
    assert {error["row"] for error in done.report["errors"]} == {3}
    assert {error["column"] for error in done.report["errors"]} == {"fips", "answer"}


def test_bad_rows_without_apply_exit_with_1_too(run):
    assert run(csv_bytes([answer("06999")])).code == 1


def test_good_rows_alone(run):
    done = run(csv_bytes([answer(), answer("06999")]), "--apply", "--skip-bad-rows")
    assert (done.code, done.report["applied"], done.report["new"]) == (0, True, 1)
    assert LocalPolicy.objects.count() == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"as_of": "2019-13-01"}, "not a date"),
        ({"as_of": "2999-01-01"}, "future"),
        ({"name": "missing.csv", "data": None}, "no file"),
        ({"options": ("--as=nobody", "--apply")}, "nobody"),
        ({"options": ("--sheet=Feuille 2",), "name": "sheet.csv"}, "sheet"),
    ],
)
def test_a_call_that_cannot_be_used_exits_with_2(run, options, words):
    options = {"data": csv_bytes([answer()]), "options": (), **options}
    done = run(options.pop("data"), *options.pop("options"), **options)
    assert done.code == 2
    assert words in done.text
    assert nothing_was_written()


def test_a_file_over_the_limit_is_refused_before_it_is_read(run, settings):
    settings.LARGEST_UPLOAD = 10
    done = run(csv_bytes([answer()]), "--apply")
    assert (done.code, done.report) == (2, None)
    assert "at most" in done.text


@pytest.mark.parametrize("kind", ["policies", "ilrc", "ice-287g", "ice-detention"])
@pytest.mark.parametrize(
    "bad", [pytest.param(bad, id=bad.name) for bad in BAD_FILES if not bad.options]
)
def test_every_bad_file_is_refused_with_a_reason(run, bad, kind):
    done = run(bad.make(), "--apply", name=bad.filename, kind=kind)
    assert done.code in (1, 2)  # 1: read, but no row of it is good
    assert done.report["errors"][0]["code"]
    assert done.report["errors"][0]["message"] in done.text
    assert nothing_was_written()


def test_undo_submission_takes_it_back(run):
    number = run(csv_bytes([answer()]), "--apply").report["submission"]
    words = StringIO()
    call_command("undo_submission", str(number), stdout=words)
    assert "1 records withdrawn" in words.getvalue()
    assert not LocalPolicy.objects.published().exists()


def test_a_submission_that_is_not_there_cannot_be_undone():
    with pytest.raises(CommandError, match="no submission 12"):
        call_command("undo_submission", "12")


def test_it_says_what_may_have_been_meant(run):
    row = b"fips,factor,answer,effective_from\n06001,3,yes,7/72019\n"
    assert "if no more is known. Meant: 2019-07-07?" in run(row).text


def test_figures_are_words_and_not_code(run):
    head = b"STATE,LAW ENFORCEMENT AGENCY,TYPE,COUNTY,SUPPORT TYPE,SIGNED,MOA\n"
    row = b"CALIFORNIA,Alameda County Sheriff,County,Alameda County,Task Force Model,1/1/2019,x\n"
    done = run(head + row, kind="ice-287g")
    assert done.code == 0
    assert "states_deciding: none\n" in done.text


def test_the_report_says_which_rows_were_left_out_on_purpose_and_why(run):
    rows = [answer(), answer(), answer("72001"), answer("06003", value="")]
    report = run(csv_bytes(rows)).report
    assert report["skipped"] == len(report["skipped_rows"]) == 3
    assert report["skipped_rows"] == [
        {"sheet": "", "row": 3, "code": "duplicate_row", "message": "The same as row 2."},
        {
            **{"sheet": "", "row": 4, "code": "outside_map"},
            "message": "Puerto Rico is outside the map.",
        },
        {"sheet": "", "row": 5, "code": "no_answer", "message": "No answer."},
    ]


def test_a_row_that_repeats_several_answers_is_told_once(run):
    rows = [{"fips": "06001", "no_287g": 1, "limits_holds": 1}] * 2
    report = run(csv_bytes(rows)).report
    assert (report["skipped"], len(report["skipped_rows"])) == (2, 1)


def test_a_row_with_an_error_is_not_left_out_on_purpose(run):
    assert run(csv_bytes([answer("06999")])).report["skipped_rows"] == []
    assert run(b"").report["skipped_rows"] == []


def test_reasons_are_told_with_how_many_and_the_first_rows(run):
    rows = [answer(), *[answer() for _ in range(6)], answer("06003", value="")]
    text = run(csv_bytes(rows)).text
    assert "Left out on purpose:\n" in text
    assert "  6 duplicate_row (rows 3, 4, 5, 6, 7, ...): The same as row 2.\n" in text
    assert "  1 no_answer (row 9): No answer.\n" in text


def test_more_errors_than_are_shown_are_told_by_reason(run):
    rows = [answer("06999", notes=str(number)) for number in range(21)]
    text = run(csv_bytes([*rows, answer(value="perhaps")])).text
    assert "  21 unknown_fips (rows 2, 3, 4, 5, 6, ...): " in text
    assert "  1 uncertain_answer (row 23): " in text


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (("yes", "2014-01-01", "2016-01-01"), ("none_found", "2015-01-01", ""), "overlap"),
        (("yes", "2014-01-01", ""), ("none_found", "2014-01-01", ""), "contradictory_rows"),
    ],
)
def test_rows_that_cannot_stand_together_stay_out_however_often_they_are_sent(
    run, first, second, code
):
    rows = [
        answer("06003", value=value, effective_from=start, effective_until=end)
        for value, start, end in (first, second)
    ]
    data = csv_bytes([answer(effective_from="2014-01-01"), *rows])
    once = run(data, "--apply", "--skip-bad-rows").report
    again = run(data, "--apply", "--skip-bad-rows").report
    assert [(one["row"], one["code"]) for one in once["errors"]] == [(3, code), (4, code)]
    assert "row 4" in once["errors"][0]["message"]
    assert "row 3" in once["errors"][1]["message"]
    assert again["errors"] == once["errors"]
    assert (once["new"], again["new"], again["changed"], again["unchanged"]) == (1, 0, 0, 1)
    assert LocalPolicy.objects.get().county_id == "06001"


def test_undo_is_logged_under_the_name_that_is_given(run):
    UserFactory(username="sofia")
    number = run(csv_bytes([answer()]), "--apply").report["submission"]
    call_command("undo_submission", str(number), "--as=sofia", stdout=StringIO())
    assert Submission.objects.get().undone_by.username == "sofia"


def test_nobody_undoes_under_a_name_that_is_not_there(run):
    number = run(csv_bytes([answer()]), "--apply").report["submission"]
    with pytest.raises(CommandError, match="no active user “nobody”"):
        call_command("undo_submission", str(number), "--as=nobody")
    assert Submission.objects.get().status == "applied"
