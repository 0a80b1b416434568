"""Records of every kind and in every state, so that each page shows what it can show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from counties.models import County
from policies import clock, review_links, reviews, roles, second_coding, site_text_actions
from policies import submissions as received_files
from policies.models import (
    ChangeKind,
    ChangeSet,
    CodingTask,
    IceEngagement,
    LocalPolicy,
    SourceDocument,
    StateProvision,
    Submission,
)
from policies.quality import queue
from policies.rubric import FACTORS
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    IceListFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    StateFactory,
    UserFactory,
    WinFactory,
    correct,
    noon,
    published,
    published_provision,
)
from tests.factories_queue import ErrorReportFactory, RecordsRequestFactory
from tests.factories_review import ReviewNoteFactory
from tests.policies import hidden
from tests.policies.admin.sending import BAD_DATE, GOOD, MISSPELT, sent
from tests.policies.documents import files
from tests.policies.outside import a_reviewer, asked, invited
from tests.policies.reviewing import draft_of, in_review, set_of
from tests.policies.signing_in import person
from tests.policies.test_second_coding import all_coded

WORDS = "shall not hold any person"
NOTE = "The sheriff calls it a practice, not a policy."


@dataclass
class World:
    """What addresses are made with."""

    boss: object
    held: hidden.Held
    county: County
    order: SourceDocument
    policy: LocalPolicy
    draft: LocalPolicy
    overtaken: LocalPolicy
    law: StateProvision
    law_draft: StateProvision
    sets: dict[str, ChangeSet]
    files: dict[str, Submission]
    tasks: dict[str, CodingTask]
    letters: dict[str, str]


def make() -> World:
    """In the database."""
    roles.make_groups()
    held = hidden.fill()
    boss = person("boss", is_superuser=True, email="boss@example.org")
    county = CountyFactory(fips="06075", short_name="San Francisco")
    CountyFactory(fips="48453", usps="TX", short_name="Travis")
    order = files.archived(
        files.pdf("Cover", f"The jail {WORDS}\nfor ICE", labels=True),
        title="Order 3 of the sheriff",
        is_public=True,
    )
    policies = _policies(county, order)
    law, law_draft = _law(county)
    author = a_reviewer(username="ana", email="ana@example.org")
    overtaken = draft_of(policies[1], author, title="Mine")
    correct(policies[1], title="Theirs")
    draft = draft_of(policies[2], author, ChangeKind.POLICY_CHANGE, answer="no")
    draft.effective_from = date(2020, 7, 1)
    draft.save()
    sets = _sets(author, boss, policies, county)
    _queues(county, boss)
    return World(
        boss=boss,
        held=held,
        county=county,
        order=order,
        policy=policies[0],
        draft=draft,
        overtaken=overtaken,
        law=law,
        law_draft=law_draft,
        sets=sets,
        files=_files(boss),
        tasks=_tasks(county, order, boss),
        letters=_letters(sets, county, author),
    )


def _policies(county: County, order: SourceDocument) -> list[LocalPolicy]:
    """All seven of one county, and what stands beside them."""
    cited = {"cited__document": order, "cited__page": "1", "cited__quote": WORDS}
    policies = [
        published(LocalPolicyFactory, county=county, factor=factor.value, **cited)
        for factor in FACTORS
    ]
    published(LocalPolicyFactory, county_id="48453", county=None, **cited)
    state = county.state
    published(AgreementFactory, state=state, counties=[county])
    published(WinFactory, state=state, counties=[county], title="No more holds")
    published(IceListFactory, list_date=date(2020, 2, 1), listed_counties=[county])
    AgreementFactory(state=state, counties=[county])
    WinFactory(state=state, counties=[county])
    return policies


def _law(county: County) -> tuple[StateProvision, StateProvision]:
    """A law in force, and the draft of one that moves counties."""
    texas = StateFactory(usps="TX")
    law = published_provision(
        state=texas, title="Senate Bill 4", claims=[{"effect": "mandates"}], summary="Bars limits."
    )
    draft = ProvisionFactory(state=county.state, title="A bill")
    draft.claims.create(factor="limits_holds", effect="mandates", effective_from=date(2021, 1, 1))
    return law, draft


def _sets(author, boss, policies, county: County) -> dict[str, ChangeSet]:
    """Change-sets: still open, read by others, and approved."""

    def draft(number: int, **values):
        kind = ChangeKind.CORRECTION
        return draft_of(policies[number], author, kind, answer="no", **values)

    sets = {
        "open": set_of(author, draft(3), title="Order 3"),
        "in_review": set_of(author, draft(4), title="Order 4"),
    }
    reviews.submit(change_set=sets["in_review"], by=author, at=clock.now())
    reviews.claim(change_set=sets["in_review"], by=boss, at=clock.now())
    ReviewNoteFactory(change_set=sets["in_review"], author=author, text=NOTE)
    approved = in_review(author, draft(5))
    sets["approved"] = reviews.approve(change_set=approved, by=boss, at=noon("2020-02-02"))
    return sets


def _queues(county: County, boss) -> None:
    """What waits, found by the checks themselves; reports, requests, and texts of the site."""
    RecordsRequestFactory(county=county, state=county.state)
    ErrorReportFactory(county=county)
    queue.refresh(found=queue.look(today=clock.today()), at=clock.now())
    words = {"english": "Will they hold anybody?", "spanish": "¿Retendrán a alguien?"}
    site_text_actions.write(
        key="factor.limits_holds.question", by=boss, at=clock.now(), seen=None, **words
    )


def _files(boss) -> dict[str, Submission]:
    """Received files: with questions, applied, and with rows that nothing can mend."""
    sender = UserFactory(username="partner", email="partner@example.org")
    questions, bad, good = (
        sent(sender, text, f"{name}.csv")
        for name, text in (("questions", MISSPELT), ("bad", BAD_DATE), ("good", GOOD))
    )
    applied = sent(sender, GOOD.replace("limits_holds", "no_status_inquiry"), "applied.csv")
    received_files.apply(submission=applied, by=boss, at=clock.now(), today=clock.today())
    IceEngagement.objects.create(submission=applied, row=2, county_id="06001")
    return {"questions": questions, "bad": bad, "good": good, "applied": applied}


def _tasks(county: County, order: SourceDocument, boss) -> dict[str, CodingTask]:
    """Second codings: one that waits for the superuser, and one to compare."""
    asker = a_reviewer(username="ben", email="ben@example.org")
    at = clock.now()
    about = {"county": county, "documents": [order], "at": at}
    waits = second_coding.ask(coder=boss, by=asker, due_on=clock.today(), **about)
    done = second_coding.ask(coder=asker, by=boss, **about)
    answers = all_coded(order, limits_holds="no")
    second_coding.save(task=done, by=asker, at=at, answers=answers)
    second_coding.submit(task=done, by=asker, at=at)
    return {"waits": waits, "done": done}


def _letters(sets, county: County, author) -> dict[str, str]:
    """Paths of letters to people outside."""
    inviter = a_reviewer(username="carla", email="carla@example.org")
    at = clock.now()
    lawyer = invited(author, inviter, change_set=sets["in_review"], at=at)
    due = clock.today() + timedelta(days=9)
    clerk = asked(sets["in_review"], county, inviter, at=at, due_on=due)
    return {
        "outside-review": review_links.token_of(lawyer),
        "county-reply": review_links.token_of(clerk),
    }
