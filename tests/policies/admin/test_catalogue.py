"""The catalogue in the admin: structure is edited there, words only as texts of the site."""

import pytest
from django.urls import reverse

from policies.models import LocalOption, LocalPower, SiteText
from tests.factories import DocumentFactory, OptionFactory, PowerFactory
from tests.policies.admin.posting import said

pytestmark = pytest.mark.django_db


def change_of(row) -> str:
    return reverse(f"admin:policies_{row._meta.model_name}_change", args=[row.pk])


@pytest.mark.parametrize("make", [OptionFactory, PowerFactory])
def test_words_are_shown_side_by_side_and_lead_to_where_they_are_changed(staff, make):
    row = make(key="one")
    html = staff.get(change_of(row)).content.decode()
    for column in row.words:
        key = f"{'option' if make is OptionFactory else 'power'}.one.{column}"
        assert f"/admin/policies/sitetext/text/{key}/" in html
    assert next(iter(row.spanish.values())) in html


@pytest.mark.parametrize(("make", "column"), [(OptionFactory, "title"), (PowerFactory, "powers")])
def test_words_that_are_posted_are_not_taken(staff, fields_of, make, column):
    row = make()
    loaded = fields_of(staff.get(change_of(row)))
    assert column not in loaded
    staff.post(change_of(row), {**loaded, column: "Mine", "page": "chapter 9", "_save": "1"})
    before, after = getattr(row, column), type(row).objects.get(pk=row.pk)
    assert (getattr(after, column), after.page) == (before, "chapter 9")


def test_an_option_is_added_without_words_and_not_shown(staff, client):
    document = DocumentFactory()
    new = {
        "key": "new", "place": "city", "order": 9, "factor": "", "routes": "chief_order",
        "also_factors": "", "document": document.pk, "page": "",
    }  # fmt: skip
    staff.post(reverse("admin:policies_localoption_add"), new)
    option = LocalOption.objects.get()
    assert (option.title, option.routes) == ("", ["chief_order"])
    assert client.get("/options/new/").status_code == 404
    assert staff.get("/admin/policies/sitetext/text/option.new.title/").status_code == 200


def test_codes_keep_their_order_and_unknown_ones_are_refused(staff, fields_of):
    option = OptionFactory(routes=["sheriff_order"])
    loaded = fields_of(staff.get(change_of(option)))
    assert loaded["routes"].strip() == "sheriff_order"
    good = {**loaded, "routes": "board_ordinance\nsheriff_order", "_save": "1"}
    staff.post(change_of(option), good)
    option.refresh_from_db()
    assert option.routes == ["board_ordinance", "sheriff_order"]
    loaded = fields_of(staff.get(change_of(option)))
    response = staff.post(change_of(option), {**loaded, "routes": "king_edict", "_save": "1"})
    assert "Unknown: king_edict" in response.content.decode()
    option.refresh_from_db()
    assert option.routes == ["board_ordinance", "sheriff_order"]


def test_a_wording_is_written_with_preview_and_published_by_a_second_reader(staff, client):
    OptionFactory(key="holds")
    url = "/admin/policies/sitetext/text/option.holds.model_wording/"
    words = {"english": "New *words*.", "spanish": "Texto *nuevo*.", "note": "Clearer."}
    shown = staff.post(
        "/admin/policies/sitetext/preview/", {"key": "option.holds.model_wording", **words}
    ).json()
    assert "<em>words</em>" in shown["english"]
    assert "Saved as a draft" in said(staff.post(url, words, follow=True))
    assert "Nobody shall be held." in client.get("/options/holds/").content.decode()
    version = SiteText.objects.get()
    publish = reverse("admin:policies_sitetext_publish", args=[version.pk])
    staff.post(publish, {"reason": "A typing error."})
    assert "New <em>words</em>." in client.get("/options/holds/").content.decode()
    assert "Texto <em>nuevo</em>." in client.get("/es/options/holds/").content.decode()


def test_every_text_of_the_catalogue_is_in_the_list(staff):
    OptionFactory(title="No holds")
    PowerFactory(office="Sheriff")
    pages = staff.get("/admin/policies/sitetext/").context["pages"]
    assert len(pages["Local options: No holds"]) == len(LocalOption.words)
    assert len(pages["Who holds power: Sheriff"]) == len(LocalPower.words)
