"""Who did what: all acts of people, by day and person."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from policies import roles
from tests.factories import LocalPolicyFactory, UserFactory, published

pytestmark = pytest.mark.django_db
ACTS = "admin:policies_changeevent_acts"


@pytest.fixture
def busy(editor):
    """An editor who began a draft, and somebody who published something."""
    old = published(LocalPolicyFactory, by=UserFactory(username="publisher"))
    name = "admin:policies_localpolicy_succeed"
    editor.post(reverse(name, args=[old.pk, "correction"]))
    return editor


def test_all_acts_by_person_and_day(staff, busy):
    text = staff.get(reverse(ACTS)).content.decode()
    assert "2020-01-01 · publisher" in text
    assert f"· {busy.user}" in text
    assert "Draft made from record" in text


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"until": "2020-01-01"}, {"publisher"}),
        ({"since": "2020-01-02"}, {"editor"}),
        ({"kind": "new"}, {"publisher"}),
        ({"kind": "added"}, {"editor"}),
        ({"kind": "deleted"}, set()),
    ],
)
def test_they_are_filtered(staff, busy, query, seen):
    text = staff.get(reverse(ACTS), query).content.decode()
    assert {who for who in ("publisher", "editor") if f"· {who}" in text} == seen


def test_by_person(staff, busy):
    text = staff.get(reverse(ACTS), {"by": busy.user.pk}).content.decode()
    assert "· editor" in text
    assert "· publisher" not in text


def test_a_bad_question_is_answered_with_a_reason(staff):
    page = staff.get(reverse(ACTS), {"since": "2020-02-01", "until": "2020-01-01"})
    assert page.status_code == 400
    assert "must not be before the start" in page.content.decode()


def test_only_acts_on_what_one_may_read(as_role, boss, busy):
    LogEntry.objects.log_actions(boss.pk, [boss], CHANGE, "Made a superuser.")
    seen = as_role(roles.VIEWERS, "viewer").get(reverse(ACTS)).content.decode()
    assert "Draft made from record" in seen
    assert "Made a superuser." not in seen
    assert as_role(roles.PARTNERS, "partner").get(reverse(ACTS)).status_code == 403


def test_many_acts_take_as_many_queries_as_few(staff, busy):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get(reverse(ACTS))
        return len(captured)

    queries()
    few = queries()
    for _number in range(5):
        published(LocalPolicyFactory)
    assert queries() == few < 20
