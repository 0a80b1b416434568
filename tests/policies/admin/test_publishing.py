"""From the form to today's map, and every reason why a draft stays a draft."""

from datetime import date

import pytest
from django.urls import reverse

from policies import clock
from policies.assessments import When, assess
from policies.models import ChangeEvent, LocalPolicy, RecordStatus
from tests.factories import (
    AgreementFactory,
    ClaimFactory,
    CountyFactory,
    DocumentFactory,
    IceListFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    WinFactory,
    published,
    published_provision,
)
from tests.policies.admin.posting import ADD, ALONE, CHANGE, filled, said


def test_a_cited_policy_is_published_and_moves_todays_map(staff, boss, fields_of):
    county, document = CountyFactory(), DocumentFactory()
    page = staff.get(reverse(ADD), {"county": county.pk, "factor": "limits_holds"})
    fields = fields_of(page)
    assert (fields["county"], fields["factor"]) == (county.pk, "limits_holds")

    response = staff.post(reverse(ADD), {**filled(fields, document), **ALONE}, follow=True)

    record = LocalPolicy.objects.get()
    assert (record.status, record.created_by, record.published_by) == ("published", boss, boss)
    assert record.main_citation.quote == "no holds"
    assert assess(When(clock.today()))[county.pk].score.at_least == 1
    assert "Published." in said(response)
    assert "score unknown → at least 1" in said(response)
    assert response.request["PATH_INFO"] == reverse(
        "admin:counties_county_change", args=[county.pk]
    )


def test_saving_a_draft_changes_nothing_public(staff, fields_of):
    county = CountyFactory()
    fields = fields_of(staff.get(reverse(ADD)))
    response = staff.post(
        reverse(ADD), {**filled(fields, county=county.pk), "_save": "1"}, follow=True
    )
    assert LocalPolicy.objects.get().status == RecordStatus.DRAFT
    assert not ChangeEvent.objects.exists()
    assert "Saved as a draft" in said(response)


def test_without_a_citation_the_draft_is_kept_and_the_reason_given(staff, fields_of):
    county = CountyFactory()
    fields = fields_of(staff.get(reverse(ADD)))
    response = staff.post(reverse(ADD), {**filled(fields, county=county.pk), **ALONE}, follow=True)
    record = LocalPolicy.objects.get()
    assert record.status == RecordStatus.DRAFT
    assert "Nothing is published without a citation" in said(response)
    assert "Saved as a draft, but not published" in said(response)
    assert fields_of(response)["effective_from"] == "2020-03-01"


def test_an_overlap_names_and_links_the_other_record(staff, fields_of):
    other = published(LocalPolicyFactory, effective_from=date(2017, 2, 1))
    fields = fields_of(staff.get(reverse(ADD)))
    data = filled(fields, DocumentFactory(), county=other.county_id)
    response = staff.post(reverse(ADD), {**data, **ALONE}, follow=True)
    assert f"This overlaps with published record {other.pk} (" in said(response)
    assert reverse(CHANGE, args=[other.pk]) in said(response)
    assert LocalPolicy.objects.exclude(pk=other.pk).get().status == RecordStatus.DRAFT


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"effective_until": "2020-03-01"}, "effective_until", "later than the start"),
        ({"effective_until": "2019-01-01"}, "effective_until", "later than the start"),
        ({"effective_from": "5025-01-01"}, "effective_from", "5025 is not plausible"),
        ({"effective_from": "0202-01-01"}, "effective_from", "202 is not plausible"),
        ({"observed_on": "2099-01-01"}, "observed_on", "still to come"),
        ({"last_verified": "2099-01-01"}, "last_verified", "still to come"),
        ({"county": ""}, "county", "Whose policy"),
        ({"county": "99999"}, "county", "Select a valid choice"),
    ],
)
def test_what_a_person_can_mend_is_said_on_the_field(staff, fields_of, values, field, message):
    county = CountyFactory()
    fields = fields_of(staff.get(reverse(ADD)))
    data = filled(fields, DocumentFactory(), **{"county": county.pk, **values})
    response = staff.post(reverse(ADD), {**data, "title": "Kept", **ALONE})
    form = response.context["adminform"].form
    assert list(form.errors) == [field]
    assert message in form.errors[field][0]
    assert fields_of(response)["title"] == "Kept"
    assert not LocalPolicy.objects.exists()


def test_a_policy_that_state_law_overrides_says_so(staff, fields_of):
    county = CountyFactory()
    published_provision(claims=[{"effect": "mandates"}], state=county.state)
    fields = fields_of(staff.get(reverse(ADD)))
    data = filled(fields, DocumentFactory(), county=county.pk)
    response = staff.post(reverse(ADD), {**data, **ALONE}, follow=True)
    assert "3 Limits holds is decided by state law" in said(response)


@pytest.mark.parametrize("factory", [AgreementFactory, WinFactory, IceListFactory])
def test_every_kind_of_record_is_published_from_its_form(staff, fields_of, factory):
    record = factory()
    url = reverse(f"admin:policies_{record._meta.model_name}_change", args=[record.pk])
    response = staff.post(url, {**fields_of(staff.get(url)), **ALONE}, follow=True)
    record.refresh_from_db()
    assert record.status == RecordStatus.PUBLISHED, said(response)


def test_a_provision_waits_until_each_claim_quotes_its_words(staff, fields_of):
    county = CountyFactory()
    claim = ClaimFactory(provision=ProvisionFactory(state=county.state))
    claim.citations.all().delete()
    url = reverse("admin:policies_stateprovision_change", args=[claim.provision_id])
    page = staff.get(url)
    assert "No words quoted yet" in page.content.decode()
    response = staff.post(url, {**fields_of(page), **ALONE}, follow=True)
    assert "Each factor must quote the words" in said(response)

    part = reverse("admin:policies_provisionclaim_change", args=[claim.pk])
    data = fields_of(staff.get(part))
    data |= {"citations-0-document": str(DocumentFactory().pk), "citations-0-quote": "shall not"}
    assert staff.post(part, {**data, "_save": "1"}).headers["Location"] == url

    response = staff.post(url, {**fields_of(staff.get(url)), **ALONE}, follow=True)
    assert f"{county}</a>: score unknown → at least 1" in said(response)


def test_an_agreement_that_ended_says_when_and_how(staff, fields_of):
    record = AgreementFactory()
    url = reverse("admin:policies_agreement_change", args=[record.pk])
    fields = fields_of(staff.get(url))
    response = staff.post(url, {**fields, "ended_as": "terminated", "_save": "1"})
    assert "Say when it ended" in str(response.context["errors"])
    response = staff.post(url, {**fields, "effective_until": "2020-01-01", "_save": "1"})
    assert "Say how it ended" in str(response.context["errors"])


def test_a_list_takes_fips_codes_line_by_line(staff, fields_of):
    county = CountyFactory(fips="06075")
    record = IceListFactory()
    url = reverse("admin:policies_icelist_change", args=[record.pk])
    fields = fields_of(staff.get(url))
    response = staff.post(
        url, {**fields, "listed_counties": "6075 San Francisco\n99999", "_save": ""}
    )
    assert "Not one of our counties: 99999" in str(response.context["errors"])
    staff.post(url, {**fields, "listed_counties": "6075 San Francisco", "_save": "1"})
    assert list(record.listed_counties.all()) == [county]


def test_a_second_list_of_one_day_is_refused_by_name(staff, fields_of):
    first = published(IceListFactory)
    second = IceListFactory()
    url = reverse("admin:policies_icelist_change", args=[second.pk])
    response = staff.post(url, {**fields_of(staff.get(url)), **ALONE})
    assert f"Record {first.pk} (" in str(response.context["errors"])
