import pytest

from policies import versions
from tests.factories import (
    AgreementFactory,
    CitationFactory,
    ClaimFactory,
    CountyFactory,
    ExceptionFactory,
    IceListFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    WinFactory,
    published,
)

pytestmark = pytest.mark.django_db

FACTORIES = [
    LocalPolicyFactory,
    ProvisionFactory,
    AgreementFactory,
    IceListFactory,
    WinFactory,
]


def own_content(record):
    return {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.name not in versions.OWN_FIELDS
    }


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_copy_says_the_same_and_is_a_draft_of_its_own(factory):
    record = published(factory)
    clone = versions.copy(record)
    assert clone.pk != record.pk
    assert own_content(clone) == own_content(record)
    assert (clone.status, clone.published_at, clone.main_citation) == ("draft", None, None)


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_copy_has_citations_of_its_own(factory):
    record = published(factory)
    [copied] = versions.copy(record).citations.all()
    original = record.citations.get()
    assert copied.pk != original.pk
    assert (copied.document, copied.page, copied.quote) == (
        original.document,
        original.page,
        original.quote,
    )


def test_citations_can_be_left_out():
    record = published(LocalPolicyFactory)
    assert not versions.copy(record, with_citations=False).citations.exists()


def test_a_copy_is_not_the_baseline_entry_that_its_original_is():
    record = published(LocalPolicyFactory, origin="baseline:1")
    assert versions.copy(record).origin is None


def test_a_copy_of_a_provision_has_its_claims_exceptions_and_their_citations():
    claim = ClaimFactory()
    exception = ExceptionFactory(provision=claim.provision)
    CitationFactory(exception=exception)
    clone = versions.copy(claim.provision)
    assert clone.claims.get().pk != claim.pk
    assert clone.claims.get().citations.count() == 1
    assert clone.exceptions.get().citations.count() == 1
    assert claim.provision.claims.get() == claim


@pytest.mark.parametrize(
    ("factory", "relation"),
    [
        (AgreementFactory, "counties"),
        (WinFactory, "counties"),
        (IceListFactory, "listed_counties"),
    ],
)
def test_a_copy_is_about_the_same_counties(factory, relation):
    county = CountyFactory()
    clone = versions.copy(factory(**{relation: [county]}))
    assert list(getattr(clone, relation).all()) == [county]


def test_a_copy_of_a_win_touches_the_same_factors():
    win = WinFactory()
    win.win_factors.create(factor="limits_holds")
    assert versions.copy(win).win_factors.get().factor == "limits_holds"


def test_values_given_are_set_on_the_copy():
    record = LocalPolicyFactory(answer="yes")
    assert versions.copy(record, answer="no").answer == "no"
    record.refresh_from_db()
    assert record.answer == "yes"


@pytest.mark.parametrize("factory", FACTORIES)
def test_no_child_of_a_record_is_forgotten_in_copies(factory):
    model = factory._meta.model
    children = {
        field.get_accessor_name()
        for field in model._meta.related_objects
        # What comes after a row, and its place in a review, are not parts of it.
        if field.get_accessor_name()
        and field.name not in ("successors", "change_items")
        and not field.hidden
    } | {field.name for field in model._meta.many_to_many}
    assert children == set(model.copied_children)
