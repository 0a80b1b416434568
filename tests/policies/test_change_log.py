"""The public change log: kinds told apart, by place, up to a day."""

from datetime import date

import pytest

from policies.models import ChangeEvent, ChangeKind
from tests.factories import (
    CountyFactory,
    LocalPolicyFactory,
    StateFactory,
    UserFactory,
    change,
    correct,
    noon,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/data/changes/"


@pytest.fixture
def policy():
    county = CountyFactory(fips="06041", short_name="Marin", slug="marin")
    return published(LocalPolicyFactory, county=county, at=noon("2020-01-02"))


def shown(client, **query):
    page = client.get(ADDRESS, query)
    assert page.status_code == 200
    return page


def codes(page):
    return [entry.code for entry in page.context["entries"]]


def test_policy_changes_corrections_and_method_are_told_apart(client, policy):
    changed = change(policy, on="2020-06-01", answer="no", effective_from=date(2020, 5, 1))
    correct(changed, on="2020-07-01", answer="none_found")
    assert codes(shown(client)) == ["correction", "policy_change", "new"]
    assert codes(shown(client, kind="correction")) == ["correction"]
    counted = {kind.code: kind.count for kind in shown(client).context["kinds"]}
    assert counted == {"policy_change": 1, "correction": 1, "method": 0, "new": 1}


def test_every_kind_of_change_has_its_meaning():
    from policies.presenters.change_log import MEANINGS

    assert set(MEANINGS) == set(ChangeKind)


def test_counts_stay_those_of_all_kinds_when_one_is_chosen(client, policy):
    counted = {k.code: k.count for k in shown(client, kind="correction").context["kinds"]}
    assert counted["new"] == 1


def test_it_ends_with_the_day_that_was_known(client, policy):
    correct(policy, on="2020-07-01", answer="none_found")
    assert codes(shown(client, known_on="2020-06-30")) == ["new"]
    assert codes(shown(client, known_on="2020-07-01")) == ["correction", "new"]


def test_of_one_county_and_of_one_state(client, policy):
    published(LocalPolicyFactory, county=CountyFactory(usps="AL"))
    published_provision(state=StateFactory(usps="CA"), title="Values Act", claims=[{}])
    assert len(codes(shown(client))) == 3
    assert len(codes(shown(client, county="06041"))) == 2
    assert len(codes(shown(client, state="CA"))) == 2
    assert len(codes(shown(client, state="AL"))) == 1


def test_a_few_counties_are_named_and_many_counted(client, policy):
    (entry,) = shown(client).context["entries"]
    assert [place.name for place in entry.places] == ["Marin County, CA"]
    CountyFactory.create_batch(5)
    published_provision(state=StateFactory(usps="CA"), claims=[{}])
    entry = shown(client).context["entries"][0]
    assert (entry.places, entry.counties) == ((), 6)


@pytest.mark.parametrize(
    "query",
    [{"kind": "lies"}, {"state": "XX"}, {"county": "00000"}, {"colour": "red"}, {"as_of": "x"}],
)
def test_what_means_nothing_is_refused(client, policy, query):
    assert client.get(ADDRESS, query).status_code == 400


def test_as_many_queries_for_many_entries_as_for_few(client, policy, django_assert_num_queries):
    shown(client)  # reads the texts of this revision
    with django_assert_num_queries(7):
        shown(client)
    actor = UserFactory()
    for day in range(1, 25):
        event = ChangeEvent.objects.create(
            at=noon(f"2021-01-{day:02}"), kind="new", summary="x", actor=actor
        )
        event.counties.add("06041")
    shown(client)
    with django_assert_num_queries(7):
        shown(client)


def test_pages_follow_each_other(client, policy):
    actor = UserFactory()
    ChangeEvent.objects.bulk_create(
        ChangeEvent(at=noon("2021-01-01"), kind="new", summary="x", actor=actor) for _ in range(60)
    )
    first = shown(client)
    assert len(codes(first)) == 50
    assert len(codes(client.get(ADDRESS + first.context["next_url"]))) == 11


def test_summaries_are_text_and_nothing_else(client, policy):
    ChangeEvent.objects.create(
        at=noon("2021-01-01"), kind="new", summary="<script>x</script>", actor=UserFactory()
    )
    assert "<script>x" not in shown(client).content.decode()
