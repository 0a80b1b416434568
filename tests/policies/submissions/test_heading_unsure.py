"""A heading that was most likely meant for a field: nothing is applied until it is answered."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from policies import import_choices, submissions
from policies.models import LocalPolicy, Submission
from tests.factories import PUBLISHED_AT, CountyFactory, UserFactory
from tests.policies.submissions.sheets import TODAY, answer, csv_bytes, plan, sent

pytestmark = pytest.mark.django_db
ROW = answer(effectve_from="2018-01-01")
QUESTION = {"scope": "column", "key": "effectve_from"}


@pytest.fixture(autouse=True)
def county():
    return CountyFactory(fips="06001", short_name="Alameda")


def compared() -> Submission:
    submission = sent(ROW)
    submissions.compare(submission=submission, today=TODAY)
    return submission


def apply(submission, **more) -> None:
    submissions.apply(submission=submission, by=UserFactory(), at=PUBLISHED_AT, today=TODAY, **more)


def choose(submission, value: str) -> None:
    import_choices.remember(
        submission=submission,
        **QUESTION,
        value=value,
        everybody=False,
        by=UserFactory(),
        at=PUBLISHED_AT,
    )
    submissions.compare(submission=submission, today=TODAY)


def test_the_rows_are_good_but_the_file_has_an_error():
    made = plan(ROW)
    assert [(one.code, one.suggestions) for one in made.errors] == [
        ("heading_unsure", ("effective_from",))
    ]
    assert (made.counts()["new"], made.blocked) == (1, frozenset())


@pytest.mark.parametrize("skip_bad_rows", [False, True])
def test_it_is_not_applied_not_even_its_good_rows(skip_bad_rows):
    with pytest.raises(ValidationError, match="“effectve_from”") as refused:
        apply(compared(), skip_bad_rows=skip_bad_rows)
    assert refused.value.code == "heading_unsure"
    assert not LocalPolicy.objects.exists()


def test_once_it_is_said_what_the_column_is_its_values_count():
    submission = compared()
    choose(submission, "effective_from")
    apply(submission)
    assert LocalPolicy.objects.get().effective_from.isoformat() == "2018-01-01"


def test_once_it_is_left_out_on_purpose_the_rest_is_applied():
    submission = compared()
    choose(submission, "")
    apply(submission)
    assert LocalPolicy.objects.get().effective_from.isoformat() == "2019-09-01"


@pytest.mark.parametrize("options", [(), ("--apply",), ("--apply", "--skip-bad-rows")])
def test_the_command_says_what_to_do_and_applies_nothing(tmp_path, options):
    path = tmp_path / "sheet.csv"
    path.write_bytes(csv_bytes([ROW]))
    with pytest.raises(CommandError, match=r"what “effectve_from” means\. Rename") as refused:
        call_command(
            *("import_spreadsheet", str(path), "--kind=policies", "--as-of=2019-09-01"),
            *("--source=A sheet", *options),
        )
    assert refused.value.returncode == 1
    assert not LocalPolicy.objects.exists()
    assert not Submission.objects.exists()
