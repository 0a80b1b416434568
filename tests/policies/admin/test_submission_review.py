"""A reviewer's work on a file: seen, mended, applied, rejected, undone."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from policies import clock, submissions
from policies.assessments import When, assess
from policies.models import ChangeEvent, ImportChoice, LocalPolicy, Submission
from tests.factories import LocalPolicyFactory, UserFactory, published
from tests.policies.admin.sending import (
    BAD_DATE,
    GOOD,
    HEADER,
    MISSPELT,
    agree,
    now,
    places,
    said,
    sent,
    url,
)

pytestmark = pytest.mark.django_db
QUESTION = {"scope": "county", "key": "CA|sanfransico"}
#: Queries of the page of a file, whatever its size.
MOST_QUERIES = 10


@pytest.fixture(autouse=True)
def _places(db):
    places()


@pytest.fixture
def sender(db):
    return UserFactory(username="sender", email="sender@example.org")


def page_of(client, submission, **query):
    return client.get(url(submission), query)


# --- The page ----------------------------------------------------------------------------------


def test_the_page_tells_what_the_file_would_do(reviewer, sender):
    published(LocalPolicyFactory, county_id="06001", county=None, answer="none_found")
    page = page_of(reviewer, sent(sender, MISSPELT))
    figures = {one.show: one.count for one in page.context["figures"]}
    assert figures["errors"] == "2"
    assert (figures["changed"], figures["new"], figures["moved"]) == ("1", "0", "1")
    (line,) = page.context["lines"]
    assert (line.place.name, strip_tags(line.before), strip_tags(line.after)) == (
        "Alameda County, CA",
        "none found, from 2017-02-01",
        "yes, from 2018-01-01",
    )
    (moved,) = page.context["moved"]
    assert "sq-yes" in moved.after
    assert "sq-yes" not in moved.before


def test_equal_errors_are_one_with_their_rows(reviewer, sender):
    (problem,) = page_of(reviewer, sent(sender, MISSPELT)).context["errors"]
    assert problem.row_words == "3, 4"
    assert (problem.column, problem.value) == ("county", "San Fransico")
    assert ("06075", "San Francisco County (06075)") in problem.suggestions


def test_a_heading_that_is_not_known_is_told_with_the_fields_it_may_mean(reviewer, sender):
    text = "fips,factor,answer,My notes\n06001,limits_holds,yes,x\n"
    (problem,) = page_of(reviewer, sent(sender, text)).context["warnings"]
    assert (problem.code, problem.scope, problem.key) == ("unknown_heading", "column", "My notes")
    assert ("notes", "notes") in problem.suggestions


def test_a_heading_meant_for_a_field_holds_the_file_up_until_it_is_answered(reviewer, sender):
    text = "fips,factor,answer,effectve_from\n06001,limits_holds,yes,2018-01-01\n"
    submission = sent(sender, text)
    page = page_of(reviewer, submission)
    (problem,) = page.context["errors"]
    assert (problem.scope, problem.suggestions) == (
        "column",
        [("effective_from", "effective_from")],
    )
    assert url(submission, "apply") not in page.content.decode()
    data = {"scope": problem.scope, "key": problem.key, "value": "effective_from"}
    page = reviewer.post(url(submission, "choose"), data, follow=True)
    assert "“effectve_from” is effective_from" in said(page)
    (line,) = page.context["lines"]
    assert strip_tags(line.after) == "yes, from 2018-01-01"
    assert url(submission, "apply") in page.content.decode()


@pytest.mark.parametrize("show", ["errors", "warnings", "moved", "new", "changed", "removed"])
def test_each_figure_leads_to_its_list(reviewer, sender, show):
    page = page_of(reviewer, sent(sender, MISSPELT), show=show)
    assert page.status_code == 200
    assert [one.show for one in page.context["figures"] if one.current] == [show]


@pytest.mark.parametrize(
    "query", [{"show": "x"}, {"p": "x"}, {"p": "99"}, {"show": "new", "p": "0"}]
)
def test_a_made_up_address_shows_a_page_all_the_same(reviewer, sender, query):
    assert page_of(reviewer, sent(sender), **query).status_code == 200


def many(rows: int) -> str:
    factors = ("limits_holds", "limits_notifications", "limits_interrogations")
    lines = [
        f"06{number:03},,,{factors[number % 3]},yes,2018-01-01" for number in range(1, rows + 1)
    ]
    return HEADER + "\n".join(lines) + "\n"


def test_a_large_file_takes_as_few_queries_as_a_small_one(
    reviewer, sender, django_assert_max_num_queries, django_assert_num_queries
):
    small, large = sent(sender), sent(sender, many(600))
    page_of(reviewer, small)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        page_of(reviewer, small)
    with django_assert_num_queries(len(few)):
        page_of(reviewer, large)


def test_pages_hold_a_hundred_lines(reviewer, sender):
    submission = sent(sender, many(250).replace(",yes,", ",perhaps so,"))
    page = page_of(reviewer, submission, show="errors", p="2")
    assert len(page.context["errors"].object_list) <= 100
    assert "page" in page.content.decode()


def test_a_file_with_markup_in_it_is_shown_as_text(reviewer, sender):
    text = GOOD + "06075,,,limits_holds,<script>alert(1)</script>,2018-01-01\n"
    html = page_of(reviewer, sent(sender, text, name="<b>x</b>.csv")).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "<b>x</b>" not in html


# --- Mending -----------------------------------------------------------------------------------


def test_a_suggestion_is_taken_with_one_button(reviewer, sender):
    submission = sent(sender, MISSPELT)
    page = reviewer.post(url(submission, "choose"), {**QUESTION, "value": "06075"}, follow=True)
    assert "“San Fransico” is San Francisco County, CA. No errors are left." in said(page)
    choice = ImportChoice.objects.get()
    assert (choice.partner, choice.kind, choice.value) == (None, "", "06075")
    assert now(submission).report["new"] == 3


def test_another_county_is_found_by_searching(reviewer, sender):
    submission = sent(sender, MISSPELT)
    page = reviewer.get(url(submission, "choose"), QUESTION)
    assert "admin-autocomplete" in page.content.decode()
    assert reviewer.get(
        reverse("admin:autocomplete"),
        {
            "term": "alp",
            "app_label": "policies",
            "model_name": "provisionexception",
            "field_name": "county",
        },
    ).json()["results"] == [{"id": "06003", "text": "Alpine County, CA"}]
    reviewer.post(url(submission, "choose"), {**QUESTION, "counties": "06003"})
    choice = ImportChoice.objects.get()
    assert (choice.value, choice.partner) == ("06003", sender)


def test_rows_are_left_out_on_purpose(reviewer, sender):
    submission = sent(sender, MISSPELT)
    reviewer.post(url(submission, "choose"), {**QUESTION, "leave_out": "1", "everybody": "1"})
    assert ImportChoice.objects.get().value == ""
    assert now(submission).report["skipped"] == 2


@pytest.mark.parametrize(
    "data",
    [
        {**QUESTION, "value": "99999"},
        {**QUESTION, "value": "06075,06001"},
        {**QUESTION, "value": "limits_holds"},
        {"scope": "county", "key": "CA|nobody asked", "value": "06075"},
        {"scope": "rename", "key": "CA|sanfransico", "value": "same"},
        {"scope": "", "key": "", "value": ""},
        {**QUESTION, "counties": "99999"},
        QUESTION,
    ],
)
def test_what_is_no_answer_is_not_remembered(reviewer, sender, data):
    submission = sent(sender, MISSPELT)
    response = reviewer.post(url(submission, "choose"), data)
    assert response.status_code in (200, 302)
    assert not ImportChoice.objects.exists()
    assert now(submission).status == "planned"


def test_choosing_otherwise_takes_the_place_of_the_first_choice(reviewer, sender):
    submission, other = sent(sender, MISSPELT), sent(sender, MISSPELT)
    reviewer.post(url(submission, "choose"), {**QUESTION, "value": "06075"})
    reviewer.post(url(other, "choose"), {**QUESTION, "value": "06003"})
    assert ImportChoice.objects.get().value == "06003"


# --- Applying ----------------------------------------------------------------------------------


def test_apply_all(reviewer, sender):
    submission = sent(sender)
    page = agree(reviewer, submission)
    assert "Applied: 1 new, 0 changed. Counties moved: 1." in said(page)
    assert now(submission).status == "applied"
    assert now(submission).decided_by == reviewer.user
    assert assess(When(clock.today()))["06001"].score.at_least == 1


def test_a_file_with_errors_is_not_applied_as_a_whole(reviewer, sender):
    submission = sent(sender, BAD_DATE)
    assert "Apply all" not in page_of(reviewer, submission).content.decode()
    page = agree(reviewer, submission)
    assert "rows have errors" in said(page)
    assert now(submission).status == "planned"
    assert not LocalPolicy.objects.exists()


def test_the_good_rows_alone(reviewer, sender):
    submission = sent(sender, BAD_DATE)
    asked = reviewer.get(url(submission, "apply"), {"skip": "1"}).content.decode()
    assert "Left out because of errors: 1 row" in asked
    page = agree(reviewer, submission, skip="1")
    assert "Left out: 1 row." in said(page)
    assert now(submission).skip_bad_rows
    assert LocalPolicy.objects.published().count() == 1


def test_what_would_do_something_else_by_now_is_shown_again_instead(reviewer, sender):
    submission = sent(sender)
    seen = reviewer.get(url(submission, "apply")).context["form"]["seen"].value()
    published(LocalPolicyFactory, county_id="06001", county=None, answer="none_found")
    page = reviewer.post(url(submission, "apply"), {"seen": seen}, follow=True)
    assert "Nothing was applied. It was compared again" in said(page)
    assert now(submission).status == "planned"
    assert [line.outcome for line in page.context["lines"]] == ["changed"]
    assert "Applied" in said(agree(reviewer, submission))


def test_a_change_elsewhere_does_not_ask_for_consent_again(reviewer, sender):
    submission = sent(sender)
    seen = reviewer.get(url(submission, "apply")).context["form"]["seen"].value()
    published(LocalPolicyFactory, county_id="06003", county=None)
    assert "changed since this was compared" in page_of(reviewer, submission).content.decode()
    assert "Applied" in said(reviewer.post(url(submission, "apply"), {"seen": seen}, follow=True))


def test_a_choice_made_meanwhile_does_not_change_what_was_agreed(reviewer, sender):
    submission, other = sent(sender, MISSPELT), sent(sender, MISSPELT)
    seen = reviewer.get(url(submission, "apply"), {"skip": "1"}).context["form"]["seen"].value()
    reviewer.post(url(other, "choose"), {**QUESTION, "value": "06075"})
    data = {"seen": seen, "skip": "1"}
    assert "Left out: 2 rows." in said(reviewer.post(url(submission, "apply"), data, follow=True))
    assert LocalPolicy.objects.published().count() == 1


def test_applying_twice_does_it_once(reviewer, sender):
    submission = sent(sender)
    seen = reviewer.get(url(submission, "apply")).context["form"]["seen"].value()
    for _time in range(2):
        page = reviewer.post(url(submission, "apply"), {"seen": seen}, follow=True)
    assert "Nothing was done: the file is applied." in said(page)
    assert ChangeEvent.objects.count() == 1


def test_somebody_else_decided_between_two_looks(reviewer, sender, monkeypatch):
    submission = sent(sender)
    page = reviewer.get(url(submission, "apply"))
    seen = page.context["form"]["seen"].value()
    apply = submissions.apply

    def rejected_first(**given):
        stored = Submission.objects.get(pk=submission.pk)
        submissions.reject(submission=stored, by=UserFactory(), at=clock.now(), reason="No.")
        return apply(**given)

    monkeypatch.setattr(submissions, "apply", rejected_first)
    page = reviewer.post(url(submission, "apply"), {"seen": seen}, follow=True)
    assert "cannot be done" in said(page)
    assert now(submission).status == "rejected"
    assert not LocalPolicy.objects.exists()


def test_somebody_else_applies_the_file_that_a_reviewer_sent(reviewer):
    submission = sent(reviewer.user)
    page = reviewer.get(url(submission))
    assert url(submission, "apply") not in page.content.decode()
    page = agree(reviewer, submission, reason="Nobody else is in this week.")
    assert "somebody else has to approve it" in said(page)
    assert now(submission).status == "planned"


def test_a_superusers_own_file_takes_a_reason_which_is_logged(staff, boss):
    submission = sent(boss)
    page = agree(staff, submission)
    assert page.context["form"].errors["reason"]
    assert now(submission).status == "planned"
    agree(staff, submission, reason="Nobody else is in this week.")
    assert now(submission).status == "applied"
    assert "by its sender without a review: Nobody else" in ChangeEvent.objects.get().summary


# --- Rejecting and undoing ---------------------------------------------------------------------


def test_reject_with_a_reason(reviewer, sender):
    submission = sent(sender)
    page = reviewer.post(url(submission, "reject"), {"reason": " "})
    assert page.context["form"].errors
    page = reviewer.post(url(submission, "reject"), {"reason": "Which resolution?"}, follow=True)
    assert "Rejected" in said(page)
    assert "Which resolution?" in page.content.decode()
    assert (now(submission).status, now(submission).reason) == ("rejected", "Which resolution?")
    page = agree(reviewer, submission)
    assert "Nothing was done: the file is rejected." in said(page)


def test_undo_says_first_what_it_would_do(reviewer, sender):
    submission = sent(sender, GOOD + "06075,,,limits_holds,yes,2018-01-01\n")
    agree(reviewer, submission)
    edited = LocalPolicy.objects.get(county_id="06075")
    published(
        LocalPolicyFactory,
        county_id="06075",
        county=None,
        answer="no",
        effective_from=edited.effective_from,
        succeeds=edited,
        change_kind="correction",
        change_note="Wrong.",
        at=clock.now(),
    )
    asked = reviewer.get(url(submission, "undo"))
    assert asked.context["withdrawn"] == "1"
    left = "San Francisco County, CA</a>, 3 Limits holds (row 3): It was changed since."
    assert left in asked.content.decode()
    assert now(submission).status == "applied"
    assert LocalPolicy.objects.published().count() == 2

    page = reviewer.post(url(submission, "undo"), follow=True)
    assert "1 stays, because it was edited since." in said(page)
    assert left in page.content.decode()
    assert "<b>Applied</b>" in page.content.decode()
    assert list(LocalPolicy.objects.published().values_list("county_id", "answer")) == [
        ("06075", "no")
    ]
    page = reviewer.post(url(submission, "undo"), follow=True)
    assert "Nothing was done: the file is undone." in said(page)


def test_compare_again_shows_the_record_as_it_is_now(reviewer, sender):
    submission = sent(sender)
    published(LocalPolicyFactory, county_id="06001", county=None, answer="none_found")
    page = reviewer.post(url(submission, "compare"), follow=True)
    assert "Compared with the record as it is now." in said(page)
    assert not page.context["outdated"]
    assert [line.outcome for line in page.context["lines"]] == ["changed"]


@pytest.mark.parametrize("act", ["compare", "sheet", "choose"])
def test_what_was_decided_is_not_looked_at_again(reviewer, sender, act):
    submission = sent(sender, MISSPELT)
    agree(reviewer, submission, skip="1")
    before = now(submission).lines
    data = {**QUESTION, "value": "06075", "sheet": "x"}
    page = reviewer.post(url(submission, act), data, follow=True)
    assert "applied" in said(page)
    assert (now(submission).lines, now(submission).sheet) == (before, "")
    assert not ImportChoice.objects.exists()


def test_the_original_is_handed_out_under_its_name(reviewer, sender):
    response = reviewer.get(url(sent(sender, name="Übersicht 2019.csv"), "file"))
    assert b"".join(response.streaming_content) == GOOD.encode()
    assert "attachment" in response.headers["Content-Disposition"]
    assert "bersicht%202019.csv" in response.headers["Content-Disposition"]


def test_the_front_page_counts_what_waits(reviewer, partner, sender):
    sent(sender)
    sent(sender, "nonsense")
    waiting = reviewer.get(reverse("admin:index")).context["waiting"]
    assert [(one.count, one.words) for one in waiting] == [
        (1, "files to review"),
        (1, "files that could not be read"),
    ]
    assert "to review" not in partner.get(reverse("admin:index")).content.decode()
