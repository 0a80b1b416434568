"""Undoing a file: what held before holds again, exactly, where nobody has edited it since."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from policies import actions, score_periods, submissions
from policies.assessments import When, assess
from policies.models import ChangeEvent, ChangeKind, LocalPolicy, ScorePeriod
from policies.policy_writer import KEPT
from tests.factories import CountyFactory, LocalPolicyFactory, UserFactory, noon, published
from tests.policies.submissions.sheets import AS_OF, answer, applied

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    for fips, name in (("06001", "Alameda"), ("06003", "Alpine"), ("06075", "San Francisco")):
        CountyFactory(fips=fips, short_name=name)


def undo(submission, day="2020-03-01"):
    return submissions.undo(submission=submission, by=UserFactory(), at=noon(day))


def answers():
    """Everything that is known now, without numbers, and the words that each answer cites."""
    return sorted(
        (str(row), sorted(LocalPolicy.objects.get(pk=pk).citations.values_list("quote", "row")))
        for pk, *row in LocalPolicy.objects.published().values_list("pk", *KEPT)
    )


def periods():
    names = [field.attname for field in ScorePeriod._meta.concrete_fields if field.name != "id"]
    return sorted(ScorePeriod.objects.values_list(*names), key=str)


def test_a_new_answer_is_withdrawn():
    submission = applied(answer())
    assert undo(submission) == {"withdrawn": 1, "restored": 0, "left": []}
    assert not LocalPolicy.objects.published().exists()
    assert assess(When(AS_OF)) == {}


@pytest.mark.parametrize("value", ["yes", "none_found"])
def test_what_held_before_holds_again_exactly(value):
    published(LocalPolicyFactory, county_id="06001", county=None, effective_from=date(2017, 2, 1))
    before, scores = answers(), periods()
    submission = applied(answer(value=value), answer("06003"), at=noon("2020-02-01"))
    assert answers() != before
    undo(submission)
    assert answers() == before
    assert periods() == scores
    assert score_periods.differences() == []


def test_the_change_log_tells_both():
    submission = applied(answer())
    undo(submission)
    assert list(ChangeEvent.objects.order_by("pk").values_list("kind", flat=True)) == [
        "new",
        "undo",
    ]
    assert LocalPolicy.objects.get().status == "withdrawn"


def test_what_was_known_between_is_still_known():
    submission = applied(answer(), at=noon("2020-02-01"))
    undo(submission, "2020-03-01")
    known = assess(When(AS_OF, known_on=date(2020, 2, 15)))
    assert known["06001"].score.at_least == 1
    assert assess(When(AS_OF, known_on=date(2020, 3, 15))) == {}


def test_an_answer_that_was_edited_since_stays_and_is_told():
    submission = applied(answer(), answer("06003"))
    mine = LocalPolicy.objects.get(county="06001")
    by = UserFactory()
    draft = actions.draft_successor(record=mine, kind=ChangeKind.CORRECTION, by=by)
    draft.qualification = "Except felonies"
    actions.publish(record=draft, by=by, at=noon("2020-02-01"))
    report = undo(submission)
    assert (report["withdrawn"], report["restored"]) == (1, 0)
    assert [(one["place"], one["factor"]) for one in report["left"]] == [("06001", "limits_holds")]
    assert LocalPolicy.objects.published().get().qualification == "Except felonies"


def test_what_a_later_record_stands_in_the_way_of_stays():
    published(
        LocalPolicyFactory,
        county_id="06001",
        county=None,
        effective_from=date(2017, 2, 1),
    )
    submission = applied(
        answer(effective_from="2017-02-01", effective_until="2018-01-01"), at=noon("2020-02-01")
    )
    later = LocalPolicyFactory(
        county_id="06001", county=None, effective_from=date(2018, 6, 1), answer="none_found"
    )
    actions.publish(record=later, by=UserFactory(), at=noon("2020-02-02"))
    report = undo(submission)
    assert str(later.pk) in report["left"][0]["reason"]
    assert LocalPolicy.objects.published().count() == 2


def test_two_files_are_undone_one_after_the_other():
    before = answers()
    first = applied(answer(), at=noon("2020-02-01"))
    between = answers()
    second = applied(answer(value="none_found"), as_of=date(2019, 10, 1), at=noon("2020-02-02"))
    undo(second)
    assert answers() == between
    undo(first, "2020-03-02")
    assert answers() == before


def test_a_file_is_undone_once():
    submission = applied(answer())
    undo(submission)
    with pytest.raises(ValidationError):
        undo(submission)


def test_an_undone_file_can_be_sent_again():
    first = applied(answer())
    undo(first)
    assert applied(answer(), at=noon("2020-04-01")).report["new"] == 1
