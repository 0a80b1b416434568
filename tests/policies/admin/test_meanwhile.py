"""Two people edit one row: the second is told, shown what differs, and loses nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from policies.models import (
    Citation,
    DataNote,
    LocalOption,
    LocalPolicy,
    LocalPower,
    PublishedFigure,
)
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CountyFactory,
    DocumentFactory,
    IceListFactory,
    LocalPolicyFactory,
    WinFactory,
)

pytestmark = pytest.mark.django_db


def change_of(record) -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])


def option():
    return LocalOption.objects.create(
        key="one",
        place="county_jail",
        order=1,
        title="T",
        explanation="E",
        document=DocumentFactory(),
    )


def power():
    return LocalPower.objects.create(
        key="one", place="county", order=1, office="Sheriff", powers="P", document=DocumentFactory()
    )


def figure():
    return PublishedFigure.objects.create(
        document=DocumentFactory(), as_of=date(2019, 9, 1), table="headline", code="a", label="L"
    )


def note():
    return DataNote.objects.create(key="one", kind="context", title="T", text="Words")


#: What makes a row that two people may edit, and a field of its form.
EDITED = {
    "draft": (LocalPolicyFactory, "title"),
    "win": (WinFactory, "summary"),
    "claim": (ClaimFactory, "qualification"),
    "document": (DocumentFactory, "summary"),
    "option": (option, "page"),
    "power": (power, "page"),
    "figure": (figure, "label"),
    "note": (note, "text"),
}


@pytest.mark.parametrize("kind", EDITED)
def test_the_second_who_saves_is_told_shown_and_loses_nothing(staff, fields_of, kind):
    make, field = EDITED[kind]
    record = make()
    url = change_of(record)
    loaded = fields_of(staff.get(url))
    staff.post(url, {**loaded, field: "Theirs", "_save": "1"})
    record.refresh_from_db()
    assert getattr(record, field) == "Theirs"

    told = staff.post(url, {**loaded, field: "Mine", "_save": "1"})
    record.refresh_from_db()
    assert getattr(record, field) == "Theirs"
    text = told.content.decode()
    assert "Somebody else saved this" in text
    (row,) = told.context["three_ways"]
    assert (row.theirs, row.mine, row.is_contested) == ("Theirs", "Mine", True)
    assert "Take theirs" in text

    again = fields_of(told)
    assert again[field] == "Mine"
    assert staff.post(url, {**again, "_save": "1"}).status_code == 302
    record.refresh_from_db()
    assert getattr(record, field) == "Mine"


def test_what_only_they_changed_is_taken_over(staff, fields_of):
    record = LocalPolicyFactory(title="Old", qualification="Old")
    url = change_of(record)
    loaded = fields_of(staff.get(url))
    staff.post(url, {**loaded, "title": "Theirs", "needs_verification": "on", "_save": "1"})
    told = staff.post(url, {**loaded, "qualification": "Mine", "_save": "1"})
    assert {row.label for row in told.context["three_ways"] if row.only_theirs} == {
        "Title of the policy",
        "Needs verification",
    }
    staff.post(url, {**fields_of(told), "_save": "1"})
    record.refresh_from_db()
    found = (record.title, record.qualification, record.needs_verification)
    assert found == ("Theirs", "Mine", True)


def test_nobody_is_told_of_their_own_saving(staff, fields_of):
    record = LocalPolicyFactory()
    url = change_of(record)
    for title in ("One", "Two"):
        data = {**fields_of(staff.get(url)), "title": title, "_save": "1"}
        assert staff.post(url, data).status_code == 302


def test_counties_are_told_by_name(staff):
    record = IceListFactory(listed_counties=[CountyFactory()])
    url = change_of(record)
    page = staff.get(url)
    seen = page.context["seen"]
    theirs, mine = CountyFactory(), CountyFactory()
    record.listed_counties.set([theirs])
    data = {
        "kind": record.kind,
        "list_date": record.list_date,
        "document": record.document_id,
        "listed_counties": f"{mine.pk} whatever",
        "citations-TOTAL_FORMS": "0",
        "citations-INITIAL_FORMS": "0",
        "_seen": seen,
        "_save": "1",
    }
    rows = {row.label: row for row in staff.post(url, data).context["three_ways"]}
    row = rows["Counties on the list"]
    assert (row.theirs, row.mine) == (str(theirs), str(mine))


# --- Parts -------------------------------------------------------------------------------------


def test_a_citation_that_somebody_changed_is_noticed(staff, fields_of):
    record = LocalPolicyFactory()
    url = change_of(record)
    loaded = fields_of(staff.get(url))
    staff.post(url, {**loaded, "citations-0-quote": "theirs", "_save": "1"})
    told = staff.post(url, {**loaded, "title": "Mine", "_save": "1"})
    rows = {row.label: row for row in told.context["three_ways"]}
    assert "theirs" in rows["Citation"].theirs
    assert rows["Citation"].only_theirs
    staff.post(url, {**fields_of(told), "_save": "1"})
    record.refresh_from_db()
    assert (record.title, record.citations.get().quote) == ("Mine", "theirs")


def test_a_citation_that_somebody_added_stays(staff, fields_of):
    record = LocalPolicyFactory()
    url = change_of(record)
    loaded = fields_of(staff.get(url))
    CitationFactory(local_policy=record, quote="theirs")
    told = staff.post(url, {**loaded, "citations-0-quote": "mine", "_save": "1"})
    assert staff.post(url, {**fields_of(told), "_save": "1"}).status_code == 302
    assert set(record.citations.values_list("quote", flat=True)) == {"mine", "theirs"}


@pytest.mark.parametrize(("quote", "left"), [("mine", {"mine"}), (None, set())])
def test_a_citation_that_somebody_deleted_comes_back_only_if_it_was_edited(
    staff, fields_of, quote, left
):
    record = LocalPolicyFactory()
    url = change_of(record)
    loaded = fields_of(staff.get(url))
    Citation.objects.all().delete()
    typed = {"title": "Mine"} | ({"citations-0-quote": quote} if quote else {})
    told = staff.post(url, {**loaded, **typed, "_save": "1"})
    assert told.status_code == 200
    assert staff.post(url, {**fields_of(told), "_save": "1"}).status_code == 302
    assert LocalPolicy.objects.get().title == "Mine"
    assert set(record.citations.values_list("quote", flat=True)) == left


def test_of_another_name_of_a_county(staff, fields_of):
    county = CountyFactory()
    url = change_of(county)
    loaded = fields_of(staff.get(url))
    county.aliases.create(name="Old Place", key="old place")
    data = {**loaded, "aliases-TOTAL_FORMS": "1", "aliases-0-name": "New", "aliases-0-note": ""}
    told = staff.post(url, {**data, "_save": "1"})
    assert "Old Place" in "".join(row.theirs for row in told.context["three_ways"])
    staff.post(url, {**data, "_seen": fields_of(told)["_seen"], "_save": "1"})
    assert set(county.aliases.values_list("name", flat=True)) == {"Old Place", "New"}


# --- Bad input ---------------------------------------------------------------------------------


def test_what_is_not_of_our_making_is_as_if_all_had_changed(staff, fields_of):
    record = LocalPolicyFactory(title="Stored")
    url = change_of(record)
    data = {**fields_of(staff.get(url)), "title": "Mine", "_seen": "made up", "_save": "1"}
    assert "Somebody else saved this" in staff.post(url, data).content.decode()
    record.refresh_from_db()
    assert record.title == "Stored"


def test_a_file_has_to_be_chosen_again_and_that_is_said(staff, fields_of):
    document = DocumentFactory(summary="Old")
    url = change_of(document)
    loaded = fields_of(staff.get(url))
    staff.post(url, {**loaded, "summary": "Theirs", "_save": "1"})
    upload = SimpleUploadedFile("order.txt", b"The sheriff shall not hold any person.")
    told = staff.post(url, {**loaded, "file": upload, "_save": "1"})
    assert "has to be chosen again" in told.content.decode()
    document.refresh_from_db()
    assert not document.file
