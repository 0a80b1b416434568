"""A list by ICE on its page: what waits for an answer, and what would change, come first."""

from datetime import date

import pytest

from counties.models import State
from policies import clock, submissions
from policies.import_plans import Received
from policies.models import Submission
from tests.factories import UserFactory, noon
from tests.policies.admin.sending import now, places, said, url

pytestmark = pytest.mark.django_db

HEADER = "STATE,LAW ENFORCEMENT AGENCY,TYPE,COUNTY,SUPPORT TYPE,SIGNED,MOA\n"
ALAMEDA = "CALIFORNIA,Alameda County Sheriff,County,Alameda County,Task Force Model,1/1/2019,x\n"
ALPINE = "CALIFORNIA,Alpine County Sheriff,County,Alpine County,Task Force Model,2/1/2019,x\n"


@pytest.fixture(autouse=True)
def _places(db):
    places()


@pytest.fixture
def sender(db):
    return UserFactory(username="sender")


def received(by, text: str, day: date) -> Submission:
    submission = submissions.receive(
        received=Received((HEADER + text).encode(), "list.csv", "ice-287g", day),
        source_title="A list",
        by=by,
        at=noon("2020-01-01"),
    )
    submissions.compare(submission=submission, today=clock.today())
    return submission


def applied(by, text: str, day: date) -> None:
    submission = received(by, text, day)
    submissions.apply(submission=submission, by=by, at=noon("2020-01-02"), today=clock.today())


def test_what_would_change_comes_before_what_stays(reviewer, sender):
    applied(sender, ALAMEDA, date(2019, 9, 1))
    city = "CALIFORNIA,Alpine Police Department,Municipality,,Task Force Model,2/1/2019,x\n"
    submission = received(sender, ALAMEDA + city, date(2019, 10, 1))
    page = reviewer.get(url(submission))
    shown = [(line.outcome, line.delta) for line in page.context["lines"]]
    assert shown == [("new", 0), ("confirmed", 0)]


def test_an_open_question_comes_first_and_is_announced(reviewer, sender):
    applied(sender, ALAMEDA + ALPINE, date(2019, 9, 1))
    renamed = ALPINE.replace("Alpine County Sheriff", "Alpne County Sheriff")
    misspelt = ALAMEDA.replace("Alameda County,", "Alamda County,")
    submission = received(sender, misspelt + renamed, date(2019, 10, 1))
    page = reviewer.get(url(submission))
    codes = [problem.code for problem in page.context["warnings"]]
    assert codes == ["rename", "misspelt", "misspelt"]
    assert "1 question is open." in page.content.decode()


def test_whether_two_names_are_one_agency_is_asked_and_answered_in_words(reviewer, sender):
    applied(sender, ALPINE, date(2019, 9, 1))
    renamed = ALPINE.replace("Alpine County Sheriff", "Alpne County Sheriff")
    submission = received(sender, renamed, date(2019, 10, 1))
    page = reviewer.get(url(submission))
    problem = next(one for one in page.context["warnings"] if one.code == "rename")
    assert problem.suggestions == [("same", "the same agency"), ("different", "two agencies")]
    data = {"scope": problem.scope, "key": problem.key, "value": "same"}
    page = reviewer.post(url(submission, "choose"), data, follow=True)
    assert "is the same agency." in said(page)
    assert now(submission).report["open_questions"] == 0


def test_an_agreement_of_several_counties_is_shown_under_its_state(reviewer, sender):
    name = State.objects.get(pk="CA").name
    submission = received(
        sender,
        "CALIFORNIA,Highway Patrol of California,State Agency,,Task Force Model,2/1/2019,x\n",
        date(2019, 9, 1),
    )
    page = reviewer.get(url(submission))
    assert [line.place.name for line in page.context["lines"]] == [name]
