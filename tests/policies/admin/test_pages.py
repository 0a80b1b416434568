"""Every page of the admin: it opens, with few queries and without giant selects."""

from datetime import UTC, date, datetime

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from counties.models import County, CountyAlias, FipsChange
from policies import roles
from policies.models import (
    DataNote,
    IceEngagement,
    LocalOption,
    LocalPolicy,
    LocalPower,
    PublishedFigure,
    ScorePeriod,
    SourceDocument,
)
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
    StateFactory,
    SubmissionFactory,
    UserFactory,
    WinFactory,
    published,
)
from tests.factories_queue import ErrorReportFactory, QualityItemFactory, RecordsRequestFactory
from tests.factories_review import ChangeItemFactory, ReviewNoteFactory

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
#: More than this, and a list of options is for a computer, not for a person.
LARGEST_SELECT = 110
#: Of a page's queries, whatever the number of rows.
MOST_QUERIES = 20


def name_of(model) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


def some_of_everything(tag: str) -> None:
    """One more row of every kind."""
    document = DocumentFactory()
    local = published(LocalPolicyFactory, county=CountyFactory(fips=f"06{ord(tag)}"))
    LocalPolicyFactory(county=local.county, factor="no_287g")
    AgreementFactory(counties=[local.county])
    number = IceListFactory._meta.model.objects.count() + 1
    IceListFactory(list_date=date(2020, 1, number), listed_counties=[local.county])
    WinFactory(counties=[local.county])
    claim = ClaimFactory()
    ExceptionFactory(provision=claim.provision, county=local.county)
    CountyAlias.objects.create(county=local.county, name=f"Name {tag}", key=f"name {tag}")
    FipsChange.objects.create(
        old_fips=f"9{len(FipsChange.objects.all()):04}",
        county=local.county,
        kind="renamed",
        certain=True,
        explanation="Renamed.",
    )
    order = LocalOption.objects.count()
    LocalOption.objects.create(
        key=f"o-{tag}", place="city", order=order, title="O", explanation="E", document=document
    )
    LocalPower.objects.create(
        key=f"p-{tag}",
        place="city",
        order=order,
        office="Mayor",
        powers="P",
        document=document,
        county=local.county,
        state=local.county.state,
    )
    PublishedFigure.objects.create(
        document=document, as_of=date(2019, 9, 1), table="by_score", code="7", label="Seven"
    )
    DataNote.objects.create(key=f"n-{tag}", kind="context", title="N", text="T", document=document)
    SubmissionFactory()
    file = SubmissionFactory(status="applied", decided_at=PUBLISHED_AT, decided_by=UserFactory())
    IceEngagement.objects.create(submission=file, row=2, county=local.county)
    ImportChoiceFactory()
    ChangeItemFactory(local_policy__county=local.county, local_policy__factor="no_status_inquiry")
    ReviewNoteFactory(change_set=ChangeItemFactory().change_set)
    QualityItemFactory(county=local.county, state=local.county.state, owner=UserFactory())
    RecordsRequestFactory(county=local.county)
    ErrorReportFactory(county=local.county)


@pytest.fixture
def everything(db):
    some_of_everything("d")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_lists_ask_as_much_for_many_rows_as_for_few(
    staff, everything, model, django_assert_max_num_queries, django_assert_num_queries
):
    url = reverse(f"{name_of(model)}_changelist")
    assert staff.get(url).status_code == 200  # caches of content types and permissions are warm
    with django_assert_max_num_queries(MOST_QUERIES - 1) as few:
        staff.get(url)
    for tag in "efgh":
        some_of_everything(tag)
    with django_assert_num_queries(len(few)):
        response = staff.get(url)
    assert response.status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_form_has_a_giant_select(staff, everything, model, selects_of):
    """With 120 more counties, so that a dropdown of counties would show."""
    state = StateFactory(usps="TX")
    County.objects.bulk_create(
        County(
            fips=f"48{number:03}",
            state=state,
            name=f"Name {number}",
            slug=f"name-{number}",
            kind="county",
            latitude=30,
            longitude=-100,
        )
        for number in range(LARGEST_SELECT + 20)
    )
    pages = [staff.get(reverse(f"{name_of(model)}_changelist"))]
    pages += [
        staff.get(reverse(f"{name_of(model)}_change", args=[row.pk]))
        for row in model._default_manager.all()[:3]
    ]
    add = staff.get(reverse(f"{name_of(model)}_add"))
    pages += [add] if add.status_code == 200 else []
    assert len(pages) > 1
    for page in pages:
        assert page.status_code == 200
        too_large = {n: size for n, size in selects_of(page).items() if size > LARGEST_SELECT}
        assert not too_large
        assert ' style="' not in page.content.decode()
        assert "<script>" not in page.content.decode()


@pytest.mark.parametrize("query", ["?q=place", "?_facets=True", "?q=x&_facets=True"])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_search_and_facets_work_everywhere(
    staff, everything, model, query, django_assert_max_num_queries
):
    url = reverse(f"{name_of(model)}_changelist")
    with django_assert_max_num_queries(MOST_QUERIES + 10):
        assert staff.get(url + query).status_code == 200


@pytest.mark.parametrize("term", ["san fr", "06075", "6075", "SAN FRANCISCO ca", "frisco"])
def test_a_county_is_found_as_people_write_it(staff, term):
    county = CountyFactory(fips="06075", short_name="San Francisco")
    CountyFactory(short_name="Alameda")
    CountyAlias.objects.create(county=county, name="Frisco", key="frisco")
    response = staff.get(
        reverse("admin:autocomplete"),
        {
            "term": term,
            "app_label": "policies",
            "model_name": "localpolicy",
            "field_name": "county",
        },
    )
    assert [row["id"] for row in response.json()["results"]] == ["06075"]


def test_only_unified_jail_states_are_offered_for_a_states_own_record(staff):
    StateFactory(usps="RI"), StateFactory(usps="CA")
    response = staff.get(
        reverse("admin:autocomplete"),
        {"term": "", "app_label": "policies", "model_name": "localpolicy", "field_name": "state"},
    )
    assert [row["id"] for row in response.json()["results"]] == ["RI"]


def test_a_countys_page_says_why_and_where_to_record_a_change(staff):
    record = published(LocalPolicyFactory, effective_from=date(2017, 2, 1))
    page = staff.get(reverse("admin:counties_county_change", args=[record.county_id]))
    html = page.content.decode()
    assert [row.answer for row in page.context["factors"]].count("yes") == 1
    row = page.context["factors"][2]
    assert (row.answer_word, row.rule) == ("yes", "the county’s own record")
    assert row.since == date(2017, 2, 1)
    assert reverse("admin:policies_localpolicy_change", args=[record.pk]) in html
    assert reverse("admin:counties_county_record", args=[record.county_id]) in html
    assert f"?county={record.county_id}&amp;factor=no_287g" in html
    assert "at least 1" in html


def test_since_counts_from_the_first_day_of_the_same_answer(staff):
    """A record that only renews an answer does not start it afresh; a past one does not count."""
    county = CountyFactory()
    for start, end, answer in (
        (date(2015, 1, 1), date(2016, 1, 1), "yes"),
        (date(2016, 1, 1), date(2017, 1, 1), "no"),
        (date(2017, 1, 1), date(2018, 1, 1), "yes"),
        (date(2018, 1, 1), None, "yes"),
    ):
        published(
            LocalPolicyFactory,
            county=county,
            effective_from=start,
            effective_until=end,
            answer=answer,
        )
    page = staff.get(reverse("admin:counties_county_change", args=[county.pk]))
    assert page.context["factors"][2].since == date(2017, 1, 1)


def test_the_front_page_lists_every_model_in_working_order(staff):
    page = staff.get(reverse("admin:index"))
    groups = [group["name"] for group in page.context["app_list"]]
    assert [str(name) for name in groups[:3]] == ["Places", "Policies", "To do"]
    listed = {model["model"] for group in page.context["app_list"] for model in group["models"]}
    assert listed == set(MODELS)


def test_what_is_computed_or_logged_is_read_only(staff):
    published(LocalPolicyFactory)
    for model in (ScorePeriod, LocalPolicy._meta.apps.get_model("policies", "ChangeEvent")):
        row = model.objects.first()
        url = reverse(f"{name_of(model)}_change", args=[row.pk])
        assert staff.get(url).status_code == 200
        assert staff.post(url, {}).status_code == 403
        assert staff.get(reverse(f"{name_of(model)}_add")).status_code == 403


def test_an_uploaded_file_is_hashed_and_handed_only_to_staff(
    staff, client, fields_of, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    url = reverse("admin:policies_sourcedocument_add")
    data = fields_of(staff.get(url))
    data |= {"kind": "ordinance", "title": "Ordinance 12", "_save": "1"}
    staff.post(url, {**data, "file": SimpleUploadedFile("o.html", b"<p>text</p>")})
    document = SourceDocument.objects.get()
    assert document.sha256.startswith("8494656c")
    address = reverse("admin:policies_sourcedocument_file", args=[document.pk])
    response = staff.get(address)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(response.streaming_content) == b"<p>text</p>"
    client.logout()
    assert client.get(address).status_code == 302


def test_dates_are_written_as_exactly_as_they_are_known(staff):
    published(
        LocalPolicyFactory,
        effective_from=date(2017, 2, 1),
        effective_from_precision="month",
        in_force_by=True,
        at=datetime(2020, 1, 1, tzinfo=UTC),
    )
    html = staff.get(reverse("admin:policies_localpolicy_changelist")).content.decode()
    assert "by February 2017, in force" in html


def test_no_page_leads_a_reviewer_to_an_account_that_they_may_not_see(everything, as_role):
    reviewer = as_role(roles.REVIEWERS, "reviewer")
    for model in MODELS:
        newest = model._default_manager.order_by("-pk").first()
        if newest is None:
            continue
        page = reviewer.get(reverse(f"{name_of(model)}_change", args=[newest.pk]))
        if page.status_code == 200:
            assert "/admin/auth/user/" not in page.content.decode(), model
