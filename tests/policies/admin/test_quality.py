"""The queue of findings in the admin: reading it, taking, giving, deciding, looking again."""

import pytest
from django.urls import reverse

from policies.models import ErrorReport, PublicRecordsRequest, QualityItem
from tests.factories import (
    CountyFactory,
    LocalPolicyFactory,
    StateFactory,
    UserFactory,
    published,
)
from tests.factories_queue import ErrorReportFactory, QualityItemFactory
from tests.policies.admin.posting import said

pytestmark = pytest.mark.django_db

LIST = "admin:policies_qualityitem_changelist"
REFRESH = "admin:policies_qualityitem_refresh"


def act(client, action, *items, **values):
    data = {"action": action, "_selected_action": [item.pk for item in items], **values}
    return client.post(reverse(LIST), data, follow=True)


def shown(response) -> set[str]:
    return {item.key for item in response.context["cl"].result_list}


def test_the_list_links_each_finding_to_the_record_to_mend(staff):
    QualityItemFactory(about_pk="17")
    html = staff.get(reverse(LIST)).content.decode()
    assert reverse("admin:policies_sourcedocument_change", args=["17"]) in html
    assert "“A win” is about a city, but is tied to no county." in html


def test_errors_come_first(staff):
    QualityItemFactory(key="warning", check_name="known-in-part")
    QualityItemFactory(key="error", check_name="agency-without-county")
    rows = [item.key for item in staff.get(reverse(LIST)).context["cl"].result_list]
    assert rows == ["error", "warning"]


def test_the_chosen_check_is_explained_on_top(staff):
    page = staff.get(reverse(LIST), {"check": "no-longer-listed"})
    assert "ICE’s lists drop rows without saying why." in page.content.decode()
    assert str(page.context["title"]) == "No longer listed by ICE, without an explanation"


def test_an_unknown_check_or_owner_is_no_server_error(staff):
    for query in ({"check": "lost"}, {"standing": "lost"}, {"owner": "x"}, {"owner": "9" * 30}):
        assert staff.get(reverse(LIST), query, follow=True).status_code == 200


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({}, {"waits", "mine"}),
        ({"standing": "wont_fix"}, {"left"}),
        ({"standing": "gone"}, {"gone"}),
        ({"standing": "all"}, {"waits", "mine", "left", "gone"}),
        ({"owner": "mine"}, {"mine"}),
        ({"owner": "nobody"}, {"waits"}),
        ({"check": "to-verify"}, {"waits"}),
        ({"state": "TX"}, {"waits"}),
        ({"q": "Tarrant"}, {"mine"}),
    ],
)
def test_filters(staff, boss, query, keys):
    county = CountyFactory(short_name="Tarrant")
    QualityItemFactory(key="waits", check_name="to-verify", state=StateFactory(usps="TX"))
    QualityItemFactory(key="mine", owner=boss, county=county, state=county.state)
    then = QualityItemFactory._meta.model.objects.first().first_seen
    decided = {"decided_by": boss, "decided_at": then}
    QualityItemFactory(key="left", status="wont_fix", reason="Known.", **decided)
    QualityItemFactory(key="gone", gone_at=then)
    assert shown(staff.get(reverse(LIST), query)) == keys


def test_counts_stand_beside_the_filters(staff):
    QualityItemFactory(check_name="to-verify")
    assert "Published, but to be verified (1)" in staff.get(reverse(LIST)).content.decode()


def test_taking_makes_it_mine(staff, boss):
    item = QualityItemFactory()
    assert "Done: 1 finding." in said(act(staff, "take", item))
    item.refresh_from_db()
    assert item.owner == boss


def test_giving_it_to_somebody_and_to_nobody(staff):
    other = UserFactory(is_superuser=True)
    item = QualityItemFactory()
    act(staff, "give", item, to=other.pk)
    item.refresh_from_db()
    assert item.owner == other
    act(staff, "give", item, to="")
    item.refresh_from_db()
    assert item.owner is None


def test_it_cannot_be_given_to_one_who_may_not_mend(staff):
    item = QualityItemFactory()
    act(staff, "give", item, to=UserFactory().pk)
    item.refresh_from_db()
    assert item.owner is None


def test_resolved(staff, boss):
    item = QualityItemFactory()
    act(staff, "resolve", item)
    item.refresh_from_db()
    assert (item.status, item.decided_by) == ("resolved", boss)


def test_it_is_left_only_for_a_reason_which_the_list_shows(staff, boss):
    item = QualityItemFactory()
    assert "Say why" in said(act(staff, "leave", item, because=" "))
    item.refresh_from_db()
    assert item.status == "open"
    act(staff, "leave", item, because="Sealed by the court.")
    page = staff.get(reverse(LIST), {"standing": "wont_fix"})
    assert "because: Sealed by the court." in page.content.decode()


def test_a_decision_is_taken_back(staff):
    item = QualityItemFactory()
    act(staff, "resolve", item)
    staff.post(
        f"{reverse(LIST)}?standing=resolved", {"action": "reopen", "_selected_action": [item.pk]}
    )
    item.refresh_from_db()
    assert item.status == "open"


def test_looking_again_fills_the_queue(staff):
    published(LocalPolicyFactory)
    page = staff.post(reverse(REFRESH), follow=True)
    assert "Looked:" in said(page)
    assert QualityItem.objects.filter(check_name="no-archived-copy").exists()


def test_looking_again_is_never_done_by_a_link(staff):
    assert staff.get(reverse(REFRESH)).status_code == 405


def test_one_who_may_only_read_can_do_nothing(login_with):
    client, item = login_with("view_qualityitem"), QualityItemFactory()
    page = client.get(reverse(LIST))
    assert "Look again now" not in page.content.decode()
    for action in ("take", "give", "resolve", "leave", "reopen"):
        act(client, action, item, because="x")
    item.refresh_from_db()
    assert (item.status, item.owner) == ("open", None)
    assert client.post(reverse(REFRESH)).status_code == 403


def test_partners_see_no_queue(partner):
    assert partner.get(reverse(LIST)).status_code == 403
    assert partner.post(reverse(REFRESH)).status_code == 403


def test_reviewers_work_in_it(reviewer):
    item = QualityItemFactory()
    act(reviewer, "take", item)
    item.refresh_from_db()
    assert item.owner == reviewer.user


def test_the_list_asks_little_also_for_one_whose_rights_come_from_a_role(
    reviewer, django_assert_max_num_queries
):
    for number in range(3):
        QualityItemFactory(owner=UserFactory(), state=StateFactory(usps=["CA", "TX", "AL"][number]))
    reviewer.get(reverse(LIST))
    with django_assert_max_num_queries(14):
        reviewer.get(reverse(LIST))


def test_findings_are_never_edited_added_or_deleted(staff):
    item = QualityItemFactory()
    url = reverse("admin:policies_qualityitem_change", args=[item.pk])
    assert staff.get(url).status_code == 200
    assert staff.post(url, {"reason": "x"}).status_code == 403
    assert staff.get(reverse("admin:policies_qualityitem_add")).status_code == 403


# --- Requests and reports ----------------------------------------------------------------------


def send_request(client, fields_of, **values):
    url = reverse("admin:policies_publicrecordsrequest_add")
    state = StateFactory()
    about = {"agency": "Sheriff", "state": state.pk, "sent_on": "2020-01-01"}
    fields = fields_of(client.get(url)) | about | {"due_on": "2020-01-11", **values}
    return client.post(url, fields)


def test_a_request_says_who_sent_it(staff, boss, fields_of):
    assert send_request(staff, fields_of).status_code == 302
    assert PublicRecordsRequest.objects.get().sent_by == boss


@pytest.mark.parametrize(
    "wrong",
    [{"due_on": "2019-12-31"}, {"answered_on": "2019-12-31"}, {"sent_on": "2090-01-01"}],
)
def test_a_request_with_impossible_days_is_refused(staff, fields_of, wrong):
    assert send_request(staff, fields_of, **wrong).status_code == 200
    assert not PublicRecordsRequest.objects.exists()


def test_a_county_of_another_state_is_refused(staff, fields_of):
    county = CountyFactory(usps="TX")
    page = send_request(staff, fields_of, county=county.pk)
    assert "This county lies in another state." in page.content.decode()


def test_a_report_is_answered_once(staff, boss, fields_of):
    report = ErrorReportFactory()
    url = reverse("admin:policies_errorreport_change", args=[report.pk])
    fields = fields_of(staff.get(url))
    assert "Say what came of it." in staff.post(url, fields).content.decode()
    staff.post(url, fields | {"status": "mended", "answer": "Thank you."})
    report.refresh_from_db()
    assert (report.status, report.handled_by, report.answer) == ("mended", boss, "Thank you.")
    assert staff.post(url, fields | {"status": "right"}).status_code == 403


def test_what_a_reader_wrote_is_not_edited(staff, fields_of):
    report = ErrorReportFactory()
    url = reverse("admin:policies_errorreport_change", args=[report.pk])
    staff.post(url, {"status": "right", "answer": "", "text": "Something else."})
    assert ErrorReport.objects.get().text == report.text
