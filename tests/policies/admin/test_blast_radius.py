"""The page that says what a state law would move, before it is published."""

from datetime import date

import pytest
from django.urls import reverse

from policies.models import ChangeEvent, RecordStatus
from tests.factories import (
    ClaimFactory,
    CountyFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    UserFactory,
    published,
    published_provision,
)

EFFECT = "admin:policies_stateprovision_effect"


@pytest.fixture
def draft(db):
    provision = ProvisionFactory(title="Trust Act")
    ClaimFactory(provision=provision, effect="mandates")
    return provision


def test_counties_are_listed_with_what_they_lose(staff, draft):
    county = CountyFactory(short_name="Napa")
    published(LocalPolicyFactory, county=county, factor="limits_holds", answer="yes")
    page = staff.get(reverse(EFFECT, args=[draft.pk]))
    text = page.content.decode()
    assert "Napa County" in text
    assert "preempted" in text
    assert "3 Limits holds" in text
    (line,) = page.context["radius"].lines
    assert line.points == "−1"


def test_it_says_in_words_from_what_to_what_and_for_how_many(staff, draft):
    own = published(LocalPolicyFactory, county=CountyFactory(), factor="limits_holds", answer="no")
    other = CountyFactory()
    page = staff.get(reverse(EFFECT, args=[draft.pk]))
    radius = page.context["radius"]
    silent, lawful = (
        "3 Limits holds: unknown → no",
        ("3 Limits holds: still no; the county’s own record → state law"),
    )
    assert radius.changes == [(lawful, 1), (silent, 1)]
    assert {line.county: line.changes for line in radius.lines} == {
        own.county.name: (lawful,),
        other.name: (silent,),
    }
    assert silent in page.content.decode()


def test_looking_publishes_nothing(staff, draft):
    CountyFactory()
    staff.get(reverse(EFFECT, args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.status == RecordStatus.DRAFT
    assert not ChangeEvent.objects.exists()


def test_the_map_has_each_county_of_the_state_twice_and_outlines_those_that_move(staff, draft):
    CountyFactory(fips="06075", short_name="San Francisco")
    page = staff.get(reverse(EFFECT, args=[draft.pk]))
    shown = page.context["radius"].map
    assert shown.before.count("<path") == shown.after.count("<path") == 58
    assert shown.after.count(" moved") == 1


def test_another_day_can_be_chosen_and_nonsense_is_not_followed(staff, draft):
    CountyFactory()
    page = staff.get(reverse(EFFECT, args=[draft.pk]), {"day": "2018-01-01"})
    assert page.context["day"] == date(2018, 1, 1)
    page = staff.get(reverse(EFFECT, args=[draft.pk]), {"day": "5025-01-01"})
    assert page.context["day"] == page.context["today"]


def test_a_draft_that_is_not_fit_says_what_is_missing(staff, db):
    provision = ProvisionFactory()
    ClaimFactory(provision=provision, cited=None)
    page = staff.get(reverse(EFFECT, args=[provision.pk]))
    assert page.status_code == 200
    assert page.context["problems"]
    assert page.context["radius"] is None


def test_a_published_law_shows_what_its_withdrawal_would_move(staff, db):
    CountyFactory()
    law = published_provision(claims=[{}])
    page = staff.get(reverse(EFFECT, args=[law.pk]))
    assert "withdrawing" in page.context["title"]
    law.refresh_from_db()
    assert law.status == RecordStatus.PUBLISHED


def test_the_form_leads_to_it(staff, draft):
    page = staff.get(reverse("admin:policies_stateprovision_change", args=[draft.pk]))
    assert reverse(EFFECT, args=[draft.pk]) in page.content.decode()


@pytest.mark.parametrize("logged_in", [True, False])
def test_others_do_not_see_it(client, draft, logged_in):
    if logged_in:
        client.force_login(UserFactory())
    response = client.get(reverse(EFFECT, args=[draft.pk]))
    assert response.status_code == (404 if logged_in else 302)


def test_a_wrong_number_is_not_found(staff):
    assert staff.get(reverse(EFFECT, args=[99])).status_code == 404
