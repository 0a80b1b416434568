"""The database itself refuses what the rules forbid, whoever writes and however."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import UniqueConstraint

from policies.models import Agreement, LocalPolicy, PolicyWin
from tests.factories import (
    AgreementFactory,
    ClaimFactory,
    ExceptionFactory,
    IceListFactory,
    LocalPolicyFactory,
    WinFactory,
    published,
)
from tests.policies.models import (  # noqa: F401  (they register)
    breaking_coding,
    breaking_law,
    breaking_outside,
    breaking_queue,
    breaking_review,
    breaking_rows,
    breaking_texts,
)
from tests.policies.models.breaking import CASES, as_published, insert_like

CONSTRAINTS = {
    constraint.name: constraint
    for model in apps.get_app_config("policies").get_models()
    for constraint in model._meta.constraints
}


def test_every_constraint_of_every_model_has_a_row_that_breaks_it():
    assert set(CASES) == set(CONSTRAINTS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "case"),
    [
        pytest.param(name, case, id=f"{name}-{number}")
        for name, cases in sorted(CASES.items())
        for number, case in enumerate(cases, 1)
    ],
)
def test_the_database_refuses_it(constraint, case):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        case()
    unique = isinstance(CONSTRAINTS[constraint], UniqueConstraint)
    named = "UNIQUE constraint failed" if unique and connection.vendor == "sqlite" else constraint
    assert named in str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [LocalPolicyFactory, AgreementFactory, WinFactory])
def test_the_rows_that_the_broken_ones_are_made_from_are_accepted(factory):
    draft = factory()
    insert_like(draft)
    as_published(draft)


@pytest.mark.django_db
def test_a_status_that_is_none_of_the_five_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        as_published(LocalPolicyFactory(), status="no such")


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["1900-01-01", "2099-12-31"])
def test_the_first_and_last_plausible_day_are_accepted(first):
    LocalPolicyFactory(effective_from=first)


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["1900-01-01", "2099-12-31"])
def test_the_first_and_last_plausible_day_are_accepted_in_every_record(day):
    LocalPolicyFactory(observed_on=day, last_verified=day)
    AgreementFactory(signed_on=day, last_listed_on=day)
    IceListFactory(list_date=day)
    ClaimFactory(effective_from=day, compliance_date=day, provision__last_verified=day)
    ExceptionFactory(effective_from=day)
    WinFactory(date_earliest=day, date_latest=day)


@pytest.mark.django_db
@pytest.mark.parametrize("factor", ["", "limits_holds"])
def test_an_exception_may_be_from_one_factor_or_from_all(factor):
    ExceptionFactory(factor=factor)


@pytest.mark.django_db
def test_a_period_of_one_day_is_accepted():
    LocalPolicyFactory(effective_from="2018-03-01", effective_until="2018-03-02")


@pytest.mark.django_db
def test_an_undated_win_is_accepted():
    assert published(WinFactory, date_earliest=None).status == "published"


@pytest.mark.django_db
def test_origins_are_unique_but_may_be_missing():
    LocalPolicyFactory(origin=None)
    LocalPolicyFactory(origin=None)
    LocalPolicyFactory(origin="sheet:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        LocalPolicyFactory(origin="sheet:1")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "factory"),
    [(LocalPolicy, LocalPolicyFactory), (Agreement, AgreementFactory), (PolicyWin, WinFactory)],
)
def test_a_published_row_cannot_lose_its_citation_by_an_update(model, factory):
    row = published(factory)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(main_citation=None)
