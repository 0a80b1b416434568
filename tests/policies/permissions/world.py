"""One row of everything that has an address in the admin, written by people whom nobody here is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Model

from counties.models import CountyAlias, FipsChange
from policies import (
    actions,
    clock,
    import_report,
    outside_readers,
    reviews,
    second_coding,
    submissions,
)
from policies.models import (
    AccountEvent,
    ChangeEvent,
    ChangeKind,
    DataNote,
    IceEngagement,
    LocalOption,
    LocalPower,
    PublishedFigure,
    ScorePeriod,
    SiteText,
)
from policies.rubric import Factor
from tests.factories import (
    PUBLISHED_AT,
    AgreementFactory,
    ClaimFactory,
    CountyFactory,
    DocumentFactory,
    ExceptionFactory,
    IceListFactory,
    ImportChoiceFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    UserFactory,
    WinFactory,
    correct,
    noon,
    withdraw,
)
from tests.factories_queue import ErrorReportFactory, QualityItemFactory, RecordsRequestFactory
from tests.policies.admin import sending
from tests.policies.admin.county import answered
from tests.policies.documents.files import archived, pdf
from tests.policies.permissions.people import SUPERUSER, People, everybody
from tests.policies.test_second_coding import all_coded

RECORDS = ("localpolicy", "stateprovision", "agreement", "icelist", "policywin")


@dataclass
class World:
    """Rows by name. Of a record `draft`, `published`, `withdrawn`, `overtaken` by its model."""

    people: People
    author: Model
    rows: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str):
        try:
            return self.rows[name]
        except KeyError:
            raise AttributeError(name) from None


def fill() -> World:
    people = everybody()
    author = people.add("author", "Editors")
    world = World(people, author)
    for model in RECORDS:
        for state in ("draft", "published", "withdrawn", "overtaken"):
            world.rows[f"{state}_{model}"] = _record(world, model, state)
    _places(world)
    _documents(world)
    _change_sets(world)
    _files(world)
    _codings(world)
    _queues(world)
    _texts(world)
    world.rows["county_form"] = answered(
        people.client(SUPERUSER),
        world.county,
        "no_status_inquiry",
        source__document=world.document.pk,
        source__starts="2019-07-22",
        no_status_inquiry__quote="held",
    )
    world.rows["event"] = ChangeEvent.objects.first()
    world.rows["period"] = ScorePeriod.objects.first()
    world.rows["seen"] = import_report.seen(world.planned.lines)
    world.rows["group"] = Group.objects.create(name="Interns")
    world.rows["account"] = world.author
    world.rows["account_event"] = AccountEvent.objects.create(at=PUBLISHED_AT, kind="signed_in")
    return world


def _made(model: str, number: int, author) -> Model:
    """A draft, in a place and of a day that no other one has."""
    county = CountyFactory(fips=f"06{501 + 2 * number}")
    if model == "localpolicy":
        return LocalPolicyFactory(county=county, created_by=author)
    if model == "agreement":
        return AgreementFactory(
            counties=[county], state=county.state, agency_name=f"Jail {number}", created_by=author
        )
    if model == "icelist":
        return IceListFactory(list_date=date(2019, 1, 1 + number), created_by=author)
    if model == "policywin":
        return WinFactory(counties=[county], state=county.state, created_by=author)
    provision = ProvisionFactory(state=county.state, created_by=author)
    ClaimFactory(provision=provision, factor=list(Factor)[number % 7].value)
    return provision


def _record(world: World, model: str, state: str) -> Model:
    number = len(world.rows)
    made = _made(model, number, world.author)
    if state == "draft":
        return made
    actions.publish(record=made, by=UserFactory(), at=PUBLISHED_AT)
    if state == "withdrawn":
        return withdraw(made)
    if state == "overtaken":
        draft = actions.draft_successor(record=made, kind=ChangeKind.CORRECTION, by=world.author)
        world.rows[f"live_{model}"] = correct(made, change_note="Misread.")
        return draft
    return made


def _places(world: World) -> None:
    sending.places()
    county = CountyFactory(fips="06001")
    world.rows |= {
        "county": county,
        "state": county.state,
        "alias": CountyAlias.objects.create(county=county, name="Other", key="other"),
        "fips_change": FipsChange.objects.create(
            old_fips="99999", county=county, kind="renamed", certain=True, explanation="Renamed."
        ),
        "claim": world.draft_stateprovision.claims.get(),
        "exception": ExceptionFactory(provision=world.draft_stateprovision, county=county),
    }


def _documents(world: World) -> None:
    document = DocumentFactory()
    about = {"document": document}
    world.rows |= {
        "document": archived(pdf("Nobody is held.")),
        "private": archived(pdf("Not for everybody."), is_public=False),
        "option": LocalOption.objects.create(
            key="o", place="city", order=1, title="O", explanation="E", **about
        ),
        "power": LocalPower.objects.create(
            key="p", place="city", order=1, office="Mayor", powers="P", **about
        ),
        "figure": PublishedFigure.objects.create(
            as_of=date(2019, 9, 1), table="by_score", code="7", label="Seven", counties=1, **about
        ),
        "note": DataNote.objects.create(key="n", kind="context", title="N", text="T", **about),
    }


def _change_sets(world: World) -> None:
    def made(title: str):
        record = LocalPolicyFactory(created_by=world.author)
        return reviews.open_set(title=title, by=world.author, at=clock.now(), records=[record])

    sent = reviews.submit(change_set=made("Sent"), by=world.author, at=clock.now())
    link = outside_readers.invite(
        change_set=sent,
        by=UserFactory(),
        at=clock.now(),
        name="Ada Bar",
        email="ada@example.org",
        site="https://example.org",
    )
    world.rows |= {"open_set": made("Open"), "sent_set": sent, "link": link}


def _files(world: World) -> None:
    """Sent by another partner: one that waits, and one that was applied."""
    sender = world.people.add("sender", "Partners")
    planned = sending.sent(sender, sending.MISSPELT)
    applied = sending.sent(sender, name="other.csv")
    submissions.apply(submission=applied, by=UserFactory(), at=clock.now(), today=clock.today())
    engagement = IceEngagement.objects.create(submission=applied, row=2, county=world.county)
    world.rows |= {
        "planned": planned,
        "applied": applied,
        "engagement": engagement,
        "choice": ImportChoiceFactory(),
    }


def _codings(world: World) -> None:
    """One that is to be coded, one that was, and differs from the record."""
    order, about = world.document, {"by": UserFactory(), "at": clock.now()}
    coder = world.people.add("coder", "Editors")
    waiting, coded = (
        second_coding.ask(county=county, documents=[order], coder=coder, **about)
        for county in (world.county, world.published_localpolicy.county)
    )
    by_coder = {"by": coder, "at": clock.now()}
    second_coding.save(task=coded, answers=all_coded(order), **by_coder)
    second_coding.submit(task=coded, **by_coder)
    world.rows |= {"coding": waiting, "coded": coded}


def _queues(world: World) -> None:
    world.rows |= {
        "finding": QualityItemFactory(county=world.county, state=world.state),
        "left": QualityItemFactory(
            status="wont_fix",
            reason="Known.",
            decided_by=world.author,
            decided_at=noon("2020-01-02"),
        ),
        "request": RecordsRequestFactory(county=world.county, state=world.state),
        "report": ErrorReportFactory(county=world.county),
    }


def _texts(world: World) -> None:
    world.rows["text"] = SiteText.objects.create(
        key="about", english="We.", spanish="Nos.", created_at=PUBLISHED_AT, created_by=world.author
    )
