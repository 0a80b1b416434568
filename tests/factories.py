"""Records for tests. Factories make drafts with one citation; `published` publishes them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import factory
from django.contrib.auth import get_user_model
from django.db import transaction
from factory.django import DjangoModelFactory

from counties.models import County, State
from counties.state_codes import STATES
from policies import actions
from policies.models import (
    AgencyType,
    Agreement,
    AgreementKind,
    ChangeKind,
    Citation,
    DocumentKind,
    DocumentPage,
    IceList,
    ImportChoice,
    LocalOption,
    LocalPolicy,
    LocalPower,
    PolicyWin,
    ProvisionClaim,
    ProvisionException,
    SourceDocument,
    StateProvision,
    Submission,
    WinKind,
)

#: When tests publish, unless they say otherwise.
PUBLISHED_AT = datetime(2020, 1, 1, 12, tzinfo=UTC)

_STATES = {usps: (fips, name) for fips, (usps, name) in STATES.items()}


@contextmanager
def rolled_back() -> Iterator[None]:
    """Nothing that is written inside is there afterwards. For what a whole module shares."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def noon(day: str) -> datetime:
    """A moment on that day, written YYYY-MM-DD, which is the same day in New York."""
    return datetime.fromisoformat(f"{day}T17:00:00+00:00")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"user{n}")
    is_staff = True


class StateFactory(DjangoModelFactory):
    class Meta:
        model = State
        django_get_or_create = ("usps",)

    usps = "CA"
    fips = factory.LazyAttribute(lambda o: _STATES[o.usps][0])
    name = factory.LazyAttribute(lambda o: _STATES[o.usps][1])
    unified_jail = factory.LazyAttribute(lambda o: o.usps in {"RI", "VT"})
    jail_authority = factory.LazyAttribute(
        lambda o: f"{o.name} Department of Corrections" if o.unified_jail else ""
    )


class CountyFactory(DjangoModelFactory):
    class Meta:
        model = County
        django_get_or_create = ("fips",)

    class Params:
        usps = "CA"

    state = factory.LazyAttribute(lambda o: StateFactory(usps=o.usps))
    # Even numbers, which no real county has: they never meet a county that a test names.
    fips = factory.Sequence(lambda n: f"{n % 499 * 2 + 2:03d}")
    short_name = factory.LazyAttribute(lambda o: f"Place {o.fips}")
    name = factory.LazyAttribute(lambda o: f"{o.short_name} County")
    slug = factory.LazyAttribute(lambda o: o.short_name.lower().replace(" ", "-"))
    kind = County.Kind.COUNTY
    population = 1000
    population_year = 2023
    latitude = 37.0
    longitude = -120.0

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        if len(kwargs["fips"]) == 3:
            kwargs["fips"] = kwargs["state"].fips + kwargs["fips"]
        return kwargs


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = SourceDocument
        skip_postgeneration_save = True

    kind = DocumentKind.ORDINANCE
    title = factory.Sequence(lambda n: f"Ordinance {n}")
    publisher = "County Board"
    published_on = date(2017, 1, 1)

    @factory.post_generation
    def text(self, create, extracted, **kwargs):
        """The words of its only page."""
        if create and extracted:
            DocumentPage.objects.create(document=self, number=1, text=extracted)


class CitationFactory(DjangoModelFactory):
    class Meta:
        model = Citation

    document = factory.SubFactory(DocumentFactory)
    page = "1"
    quote = "shall not hold any person"


class LocalPolicyFactory(DjangoModelFactory):
    class Meta:
        model = LocalPolicy
        skip_postgeneration_save = True

    county = factory.SubFactory(CountyFactory)
    factor = "limits_holds"
    answer = "yes"
    effective_from = date(2017, 2, 1)
    cited = factory.RelatedFactory(CitationFactory, factory_related_name="local_policy")


class StateRecordFactory(LocalPolicyFactory):
    """What a unified-jail state does in its jails."""

    county = None
    state = factory.LazyFunction(lambda: StateFactory(usps="RI"))


class ProvisionFactory(DjangoModelFactory):
    """A provision without claims; add them with ClaimFactory before publishing."""

    class Meta:
        model = StateProvision
        skip_postgeneration_save = True

    state = factory.SubFactory(StateFactory)
    title = factory.Sequence(lambda n: f"Act {n}")
    level = "statute"
    binds_county_agencies = True
    summary = "Limits what local agencies do."
    last_verified = date(2019, 12, 17)
    cited = factory.RelatedFactory(CitationFactory, factory_related_name="provision")


class ClaimFactory(DjangoModelFactory):
    class Meta:
        model = ProvisionClaim
        skip_postgeneration_save = True

    provision = factory.SubFactory(ProvisionFactory)
    factor = "limits_holds"
    effect = "requires"
    effective_from = date(2018, 1, 1)
    cited = factory.RelatedFactory(CitationFactory, factory_related_name="claim")


class ExceptionFactory(DjangoModelFactory):
    class Meta:
        model = ProvisionException

    provision = factory.SubFactory(ProvisionFactory)
    county = factory.SubFactory(CountyFactory)
    reason = "An injunction limited to its parties."
    effective_from = date(2018, 1, 1)


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    kind = AgreementKind.PROGRAM_287G
    state = factory.SubFactory(StateFactory)
    agency_name = "Place County Sheriff's Office"
    agency_type = AgencyType.SHERIFF
    model = "Jail Enforcement Model"
    effective_from = date(2019, 1, 1)
    cited = factory.RelatedFactory(CitationFactory, factory_related_name="agreement")

    @factory.post_generation
    def counties(self, create, extracted, **kwargs):
        if create and extracted:
            self.counties.set(extracted)


class IceListFactory(DjangoModelFactory):
    class Meta:
        model = IceList
        skip_postgeneration_save = True

    kind = AgreementKind.PROGRAM_287G
    list_date = date(2020, 1, 1)
    document = factory.SubFactory(DocumentFactory, kind=DocumentKind.ICE_LIST)
    cited = factory.RelatedFactory(CitationFactory, factory_related_name="ice_list")

    @factory.post_generation
    def listed_counties(self, create, extracted, **kwargs):
        if create and extracted:
            self.listed_counties.set(extracted)


class WinFactory(DjangoModelFactory):
    class Meta:
        model = PolicyWin
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Win {n}")
    summary = "The county stopped holding people for ICE."
    kind = WinKind.LOCAL_POLICY
    state = factory.SubFactory(StateFactory)
    date_earliest = date(2019, 7, 1)
    cited = factory.RelatedFactory(CitationFactory, factory_related_name="win")

    @factory.post_generation
    def counties(self, create, extracted, **kwargs):
        if create and extracted:
            self.counties.set(extracted)


def published(factory_class, *, at: datetime = PUBLISHED_AT, by=None, **values):
    """Make a draft and publish it. Returns the record."""
    record = factory_class(**values)
    return actions.publish(record=record, by=by or UserFactory(), at=at)


def published_provision(*, claims, at: datetime = PUBLISHED_AT, exceptions=(), **values):
    """A published provision with claims and exceptions given as keyword dictionaries."""
    provision = ProvisionFactory(**values)
    for claim in claims:
        ClaimFactory(provision=provision, **claim)
    for exception in exceptions:
        ExceptionFactory(provision=provision, **exception)
    return actions.publish(record=provision, by=UserFactory(), at=at)


def succeed(record, kind, *, on: str, **changes):
    """Publish a successor of a published record that differs in `changes`, on the day `on`."""
    draft = actions.draft_successor(record=record, kind=kind, by=UserFactory())
    for name, value in changes.items():
        setattr(draft, name, value)
    return actions.publish(record=draft, by=UserFactory(), at=noon(on))


def change(record, *, on: str = "2020-06-01", **changes):
    """The policy changed."""
    return succeed(record, ChangeKind.POLICY_CHANGE, on=on, **changes)


def correct(record, *, on: str = "2020-06-01", **changes):
    """We were wrong."""
    return succeed(record, ChangeKind.CORRECTION, on=on, **changes)


def withdraw(record, *, on: str = "2020-06-01", reason: str = "About another county."):
    return actions.withdraw(record=record, by=UserFactory(), at=noon(on), reason=reason)


class OptionFactory(DjangoModelFactory):
    """An option of the catalogue, in both languages, that earns the third point."""

    class Meta:
        model = LocalOption

    key = factory.Sequence(lambda n: f"option-{n}")
    place = "county_jail"
    order = factory.Sequence(lambda n: n)
    factor = "limits_holds"
    title = "No holds"
    explanation = "The jail lets people go on time."
    model_wording = "Nobody shall be held."
    who_can_adopt = "The sheriff."
    routes = ["sheriff_order", "board_ordinance"]
    spanish = factory.LazyFunction(
        lambda: {
            "title": "Sin retenciones",
            "explanation": "La cárcel deja salir a tiempo.",
            "model_wording": "No se retendrá a nadie.",
            "who_can_adopt": "El sheriff.",
        }
    )
    document = factory.SubFactory(DocumentFactory)


class PowerFactory(DjangoModelFactory):
    class Meta:
        model = LocalPower

    key = factory.Sequence(lambda n: f"power-{n}")
    place = "county"
    order = factory.Sequence(lambda n: n)
    office = "Sheriff"
    powers = "Runs the jail."
    spanish = factory.LazyFunction(lambda: {"office": "Sheriff", "powers": "Lleva la cárcel."})
    document = factory.SubFactory(DocumentFactory)


class SubmissionFactory(DjangoModelFactory):
    class Meta:
        model = Submission

    kind = "policies"
    file = "submissions/sheet.csv"
    filename = "sheet.csv"
    sha256 = "0" * 64
    as_of = date(2019, 9, 1)
    source_title = "A partner's sheet"
    received_at = PUBLISHED_AT
    received_from = factory.SubFactory(UserFactory)


class ImportChoiceFactory(DjangoModelFactory):
    class Meta:
        model = ImportChoice

    scope = "county"
    key = factory.Sequence(lambda n: f"FL|name {n}")
    value = "12086"
    chosen_at = PUBLISHED_AT
    chosen_by = factory.SubFactory(UserFactory)
