"""The life of a finding: found, owned, decided, gone, back."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from policies.models import QualityItem
from policies.quality import queue
from policies.quality.base import Finding
from policies.quality.checks import BY_NAME, CHECKS
from policies.quality.words import address, detail
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    DocumentFactory,
    IceListFactory,
    LocalPolicyFactory,
    UserFactory,
    WinFactory,
    noon,
    published,
    published_provision,
)
from tests.factories_queue import ErrorReportFactory, RecordsRequestFactory
from tests.policies.quality.found import TODAY

pytestmark = pytest.mark.django_db

CHECK = BY_NAME["error-report"]
DAYS = [noon(f"2020-03-0{n}") for n in range(1, 7)]


def seen(*keys, day=0, text="words", county=None):
    """Refresh the queue as if the check had found these keys on that day."""
    found = {
        CHECK: [
            Finding(key, ("policies.errorreport", "1"), "%(text)s", {"text": text}, county)
            for key in keys
        ]
    }
    return queue.refresh(found=found, at=DAYS[day])


def item(key="a"):
    return QualityItem.objects.get(key=key)


def all_of(**which):
    return QualityItem.objects.filter(**which)


def test_what_is_found_is_kept_open_with_its_county_and_state():
    county = CountyFactory()
    done = seen("a", county=county.pk)
    assert (done.found, done.new, done.reopened, done.gone) == (1, 1, 0, 0)
    kept = item()
    assert (kept.status, kept.county_id, kept.state_id) == ("open", county.pk, "CA")
    assert kept.first_seen == kept.last_seen == DAYS[0]


def test_what_is_found_again_is_the_same_item_with_newer_words():
    seen("a")
    assert seen("a", day=1, text="newer").new == 0
    kept = item()
    assert (kept.first_seen, kept.last_seen) == (DAYS[0], DAYS[1])
    assert detail(kept.sentence, kept.values) == "newer"


def test_what_is_found_no_longer_is_gone_and_stays_so():
    seen("a", "b")
    assert seen("b", day=1).gone == 1
    assert seen("b", day=2).gone == 0
    assert (item().gone_at, item().last_seen) == (DAYS[1], DAYS[0])


@pytest.mark.parametrize("decision", ["none", "resolved", "wont_fix"])
def test_what_comes_back_is_open_again_with_its_owner(decision):
    owner = UserFactory()
    seen("a")
    queue.give(items=all_of(), owner=owner)
    if decision == "resolved":
        queue.resolve(items=all_of(), by=owner, at=DAYS[1])
    if decision == "wont_fix":
        queue.leave(items=all_of(), by=owner, at=DAYS[1], reason="Known.")
    seen(day=2)
    assert seen("a", day=3).reopened == 1
    kept = item()
    assert (kept.status, kept.gone_at, kept.decided_by) == ("open", None, None)
    assert (kept.owner, kept.last_seen) == (owner, DAYS[3])


def test_what_somebody_called_resolved_but_is_still_found_is_open_again():
    seen("a")
    queue.resolve(items=all_of(), by=UserFactory(), at=DAYS[1])
    assert seen("a", day=2).reopened == 1
    assert item().status == "open"


def test_what_is_left_for_a_reason_stays_so_while_it_is_found():
    seen("a")
    queue.leave(items=all_of(), by=UserFactory(), at=DAYS[1], reason=" Known. ")
    assert seen("a", day=2).reopened == 0
    assert (item().status, item().reason, item().last_seen) == ("wont_fix", "Known.", DAYS[2])


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nothing_is_left_without_a_reason(reason):
    seen("a")
    with pytest.raises(ValidationError):
        queue.leave(items=all_of(), by=UserFactory(), at=DAYS[1], reason=reason)
    assert item().status == "open"


def test_what_was_decided_is_not_decided_again():
    seen("a")
    first = UserFactory()
    queue.resolve(items=all_of(), by=first, at=DAYS[1])
    assert queue.leave(items=all_of(), by=UserFactory(), at=DAYS[2], reason="No.") == 0
    assert item().decided_by == first


def test_a_decision_can_be_taken_back():
    seen("a")
    queue.leave(items=all_of(), by=UserFactory(), at=DAYS[1], reason="Known.")
    assert queue.reopen(items=all_of()) == 1
    assert (item().status, item().reason) == ("open", "Known.")


def test_only_what_waits_is_given_to_somebody():
    seen("a", "b")
    queue.resolve(items=all_of(key="a"), by=UserFactory(), at=DAYS[1])
    assert queue.give(items=all_of(), owner=UserFactory()) == 1
    assert item("a").owner is None


def test_errors_count_unless_they_are_left_for_a_reason():
    check = BY_NAME["agency-without-county"]
    found = {check: [Finding(key, ("policies.agreement", "1"), "x") for key in "ab"]}
    queue.refresh(found=found, at=DAYS[0])
    assert queue.errors_left(found) == 2
    queue.leave(items=all_of(key="a"), by=UserFactory(), at=DAYS[1], reason="Known.")
    assert queue.errors_left(found) == 1
    queue.resolve(items=all_of(key="b"), by=UserFactory(), at=DAYS[1])
    assert queue.errors_left(found) == 1


def test_warnings_are_no_errors():
    assert queue.errors_left({CHECK: [Finding("a", ("policies.errorreport", "1"), "x")]}) == 0


def some_findings(number: int) -> None:
    """At least one finding of most checks."""
    county = CountyFactory()
    published(LocalPolicyFactory, county=county, needs_verification=True)
    published(AgreementFactory, agency_name=f"Sheriff {number}")
    published(WinFactory, place="Springfield")
    published(
        IceListFactory,
        list_date=f"2018-01-{number + 1:02}",
        entries=[{"usps": "CA", "agency": f"A {number}", "row": 2, "unresolved": True}],
    )
    document = DocumentFactory(text="nothing of the kind")
    published(LocalPolicyFactory, county=county, factor="no_287g", cited__document=document)
    for effect in ("requires", "mandates"):
        published_provision(claims=[{"effect": effect}], title=f"{effect} {number}")
    RecordsRequestFactory()
    ErrorReportFactory()


def test_looking_asks_as_much_for_many_as_for_few_and_keeping_hardly_more():
    some_findings(0)
    with CaptureQueriesContext(connection) as few:
        queue.look(today=TODAY)
    for number in range(1, 5):
        some_findings(number)
    with CaptureQueriesContext(connection) as many:
        found = queue.look(today=TODAY)
    assert len(many) == len(few) <= 35
    with CaptureQueriesContext(connection) as keeping:
        queue.refresh(found=found, at=DAYS[0])
    assert QualityItem.objects.count() > 30
    assert len(keeping) <= 8


def test_every_finding_leads_to_a_page_and_reads_in_both_languages():
    some_findings(0)
    for findings in queue.look(today=TODAY).values():
        for one in findings:
            assert address(*one.about).startswith("/admin/")
            english = detail(one.sentence, one.values)
            with override("es"):
                assert detail(one.sentence, one.values) != english or one.sentence.startswith("“")


def test_checks_have_unlike_names_and_say_what_they_are_for():
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    assert all(str(check.title) and str(check.explanation) for check in CHECKS)


def test_a_record_without_a_page_has_no_address():
    assert address("policies.citation", "1") == ""
