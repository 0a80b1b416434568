"""What the pages of a file say and offer: figures in words, downloads, whom a decision reaches."""

import pytest
from django.urls import reverse

from policies.admin.submission_figures import figures_in_words
from policies.admin.submission_pages import _in_words
from tests.factories import UserFactory
from tests.policies.admin.sending import BAD_DATE, GOOD, places, sent, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    places()


@pytest.fixture
def sender(db):
    return UserFactory(username="sender", email="sender@example.org")


def asked(client, submission, act="apply", **query) -> str:
    return client.get(url(submission, act), query).content.decode()


def test_the_sender_is_told_what_was_left_out(reviewer, sender):
    assert "The sender is told." in asked(reviewer, sent(sender, BAD_DATE), skip="1")


def test_nobody_is_told_who_has_no_address(reviewer):
    page = asked(reviewer, sent(UserFactory(email=""), BAD_DATE), skip="1")
    assert "Left out because of errors: 1 row." in page
    assert "The sender is told." not in page


def test_who_rejects_their_own_file_is_not_told_that_the_sender_reads_it(reviewer, sender):
    assert "the sender reads your reason" in asked(reviewer, sent(sender), "reject")
    assert "the sender" not in asked(reviewer, sent(reviewer.user), "reject")


@pytest.mark.parametrize(("text", "query", "main"), [(GOOD, {}, 1), (BAD_DATE, {"skip": "1"}, 0)])
def test_leaving_rows_out_is_not_offered_as_the_main_thing(reviewer, sender, text, query, main):
    submission = sent(sender, text)
    assert asked(reviewer, submission, **query).count("plain-button default") == main
    assert asked(reviewer, submission, "change").count("plain-button default") == main


def test_a_file_with_errors_offers_its_bad_rows_and_empty_templates(reviewer, sender):
    submission = sent(sender, BAD_DATE)
    page = reviewer.get(url(submission))
    assert [address for _words, address in page.context["downloads"]] == [
        url(submission, "file"),
        url(submission, "bad_rows"),
        reverse("admin:policies_submission_template", args=["policies"]),
        reverse("admin:policies_submission_template", args=["policies-wide"]),
    ]


def test_a_good_file_offers_itself_alone(reviewer, sender):
    submission = sent(sender)
    page = reviewer.get(url(submission))
    assert [address for _words, address in page.context["downloads"]] == [url(submission, "file")]


def test_a_day_stays_on_one_line():
    assert _in_words("none_found, by 2017-02-01 to 2018-01-01") == (
        'none found, by <span class="number">2017-02-01</span>'
        ' to <span class="number">2018-01-01</span>'
    )


def test_what_is_no_day_is_escaped():
    assert _in_words("<b>, from 2017-02-01").startswith("&lt;b&gt;, from <span")


def test_figures_are_told_in_words_and_add_up():
    figures = {
        "deciding": 1460,
        "non_deciding": 224,
        "unresolved": 1,
        "unified_states_deciding": [],
    }
    figures |= {"non_deciding_by_reason": {"not_in_use": 200, "private": 24}, "odd": "x"}
    assert figures_in_words({"rows": 1685, "figures": figures}) == [
        ("deciding + not deciding + unresolved", "1,460 + 224 + 1 = 1,685"),
        ("rows that decide an answer", "1,460"),
        ("rows that decide none", "224"),
        ("rows with an error or an open question", "1"),
        ("states whose jails decide", "none"),
        ("why rows decide none", "average below one 200; private operator 24"),
        ("odd", "x"),
    ]


def test_a_sum_that_does_not_add_up_is_not_claimed():
    figures = {"deciding": 1, "non_deciding": 1, "unresolved": 1}
    told = figures_in_words({"rows": 4, "figures": figures})
    assert len(told) == 3


def test_a_file_without_figures_has_none():
    assert figures_in_words({"rows": 4}) == []
