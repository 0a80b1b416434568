"""The page of a document: opened where it is cited, with the words marked, and nothing active."""

import io

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from PIL import Image

from policies import actions
from policies.documents import page_images
from policies.models import SourceDocument
from tests.factories import (
    PUBLISHED_AT,
    CitationFactory,
    LocalPolicyFactory,
    UserFactory,
    published,
)
from tests.policies.documents import files

pytestmark = pytest.mark.django_db

PAGES = ("Order of the sheriff", "We shall not hold\nany person for ICE", "The end")


@pytest.fixture
def order():
    return files.archived(files.pdf(*PAGES), title="Order")


def cite(document, *, quote="shall not hold any person", page="2", publish=True):
    policy = LocalPolicyFactory(cited=None)
    citation = CitationFactory(local_policy=policy, document=document, quote=quote, page=page)
    if publish:
        actions.publish(record=policy, by=UserFactory(), at=PUBLISHED_AT)
    return citation


def test_it_opens_at_the_cited_page_with_the_words_marked(client, order):
    citation = cite(order)

    page = client.get(f"/documents/{order.pk}/?page=2&cite={citation.pk}")

    text = page.content.decode()
    assert page.context["page"].number == 2
    assert "<mark>shall not hold\nany person</mark>" in text
    assert text.count("<rect") == 2  # the sentence stands on two lines
    assert f"/documents/{order.pk}/pages/2.png" in text


def test_the_rectangles_are_where_the_words_are(order):
    image = page_images.page_image(order, 2)
    first, second = image.marks("shall not hold any person")

    pixels = Image.open(image.path).convert("L")
    for box in (first, second):
        inside = pixels.crop((box.x, box.y, box.x + box.width, box.y + box.height))
        assert inside.getextrema()[0] < 100, "there is ink in it"
    assert second.y > first.y
    # What stands before "shall" is not marked.
    before = pixels.crop((0, first.y, first.x, first.y + first.height))
    assert before.getextrema()[0] < 100


def test_words_on_another_page_are_shown_there_and_it_says_so(client, order):
    citation = cite(order, page="1")
    page = client.get(f"/documents/{order.pk}/?page=1&cite={citation.pk}")
    assert page.context["page"].number == 2
    assert "The citation says page 1; the words stand here." in page.content.decode()


def test_words_that_are_nowhere(client, order):
    citation = cite(order, quote="all are held", page="3")
    page = client.get(f"/documents/{order.pk}/?cite={citation.pk}")
    assert page.context["page"].number == 3
    assert "were not found" in page.content.decode()


def test_printed_numbers_are_understood(client):
    order = files.archived(files.pdf(*PAGES, labels=True))
    citation = cite(order, page="1")
    page = client.get(f"/documents/{order.pk}/?page=1&cite={citation.pk}")
    assert (page.context["page"].number, page.context["page"].notice) == (2, "")


@pytest.mark.parametrize(
    "query", ["page=0", "page=4", "page=x", "page=²", "cite=x", "cite=" + "9" * 99]
)
def test_numbers_that_are_none_are_refused_readably(client, order, query):
    assert client.get(f"/documents/{order.pk}/?{query}").status_code == 400


def test_the_quote_of_a_draft_is_for_staff(client, order):
    citation = cite(order, publish=False)
    address = f"/documents/{order.pk}/?cite={citation.pk}"
    assert "<mark>" not in client.get(address).content.decode()

    client.force_login(UserFactory(is_superuser=True))
    page = client.get(address)
    assert "<mark>" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"


def test_every_citation_links_to_its_words(client, order):
    policy = published(LocalPolicyFactory, cited__document=order, cited__page="2")
    citation = policy.citations.get()
    page = client.get(f"/counties/ca/{policy.county.slug}/")
    assert f"/documents/{order.pk}/?page=2&amp;cite={citation.pk}" in page.content.decode()


def test_words_of_an_html_file_are_text_and_nothing_else(client):
    page = b"<html><body><p>No &lt;script&gt;alert(1)&lt;/script&gt; holds</p></body></html>"
    document = files.archived(page, "a.html")
    citation = cite(document, quote="alert", page="")
    text = client.get(f"/documents/{document.pk}/?cite={citation.pk}").content.decode()
    assert "&lt;script&gt;<mark>alert</mark>(1)&lt;/script&gt;" in text
    assert "<script>alert" not in text


def test_a_picture_is_drawn_anew(client):
    out = io.BytesIO()
    Image.new("RGB", (20, 10), "white").save(out, "JPEG", comment=b"<script>alert(1)</script>")
    assert b"<script>" in out.getvalue()
    document = files.archived(out.getvalue(), "a.jpg")

    got = client.get(f"/documents/{document.pk}/pages/1.png")

    assert (got["Content-Type"], got.content[:4]) == ("image/png", b"\x89PNG")
    assert b"<script>" not in got.content
    assert "sandbox" in got["Content-Security-Policy"]


def test_pictures_are_drawn_once_and_kept_within_bounds(order, settings, monkeypatch):
    assert page_images.page_image(order, 1)
    monkeypatch.setattr(page_images.sandbox, "draw", None)
    assert page_images.page_image(order, 1)

    settings.LARGEST_PAGE_IMAGES = 0
    page_images.make_room()
    assert not any(path.is_file() for path in settings.PAGE_IMAGES.rglob("*"))


def test_there_is_no_picture_of_a_page_that_is_not(client, order):
    for number in (0, 4, 10**9):
        assert client.get(f"/documents/{order.pk}/pages/{number}.png").status_code == 404


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (files.pdf("x"), "a.pdf", "application/pdf"),
        (b"<html><script>alert(1)</script>x", "a.html", "application/octet-stream"),
        (files.picture("PNG"), "a.png", "application/octet-stream"),
    ],
)
def test_the_original_is_for_saving(client, data, name, kind):
    document = files.archived(data, name, title="Order of “May”")
    got = client.get(f"/documents/{document.pk}/file/")

    assert b"".join(got.streaming_content) == data
    assert got["Content-Type"] == kind
    assert got["Content-Disposition"] == f'attachment; filename="order-of-may.{name[2:]}"'
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_document_without_a_file_is_only_told_of(client):
    document = files.DocumentFactory(url="https://example.org/order")
    page = client.get(f"/documents/{document.pk}/")
    assert page.context["page"] is None
    assert client.get(f"/documents/{document.pk}/file/").status_code == 404


def test_a_lost_file_is_no_error(client, order):
    order.file.storage.delete(order.file.name)
    assert client.get(f"/documents/{order.pk}/").context["page"].picture is None
    assert client.get(f"/documents/{order.pk}/file/").status_code == 404


# --- Private documents --------------------------------------------------------------------------


def roads(document):
    address = f"/documents/{document.pk}/"
    return [
        address,
        f"/es{address}",
        f"{address}?page=2",
        f"{address}file/",
        f"{address}pages/2.png",
    ]


def someone(*permissions, **values):
    user = UserFactory(**values)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def private():
    return files.archived(files.pdf("SECRET one", "SECRET two"), title="SECRET", is_public=False)


def test_strangers_find_nothing_at_any_road(client, private):
    page_images.page_image(private, 2)  # already drawn for staff
    strangers = [client, someone(), someone("view_sourcedocument", is_staff=False)]
    for stranger in strangers:
        for address in roads(private):
            got = stranger.get(address)
            assert got.status_code == 404, address
            assert b"SECRET" not in got.content
        for address in (
            *("/documents/", "/documents/?q=SECRET", "/es/documents/?q=SECRET", "/wins/feed/"),
            *("/api/v1/documents/", "/api/v1/documents/?q=SECRET", "/api/v1/documents/?format=csv"),
        ):
            got = stranger.get(address)
            assert got.status_code == 200, address
            body = got.content if not got.streaming else b"".join(got.streaming_content)
            assert b"SECRET one" not in body, address
            assert f"/documents/{private.pk}/".encode() not in body, address
            assert f'"id":{private.pk},'.encode() not in body.replace(b" ", b""), address


def test_staff_see_it_and_no_cache_keeps_it(private):
    reader = someone("view_sourcedocument")
    for address in roads(private):
        got = reader.get(address)
        assert got.status_code == 200, address
        assert got["Cache-Control"] == "private, no-store"
        assert "Cookie" in got["Vary"]
    assert "Not public." in reader.get(roads(private)[0]).content.decode()


def test_pages_of_public_documents_do_not_look_at_who_reads(client, order):
    got = client.get(f"/documents/{order.pk}/")
    assert got["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in got.get("Vary", "")


def test_what_was_made_private_is_gone_at_once(client, order):
    address = f"/documents/{order.pk}/pages/1.png"
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    SourceDocument.objects.update(is_public=False)
    assert client.get(address, headers={"if-none-match": etag}).status_code == 404


def test_the_search_page(client, order):
    page = client.get("/documents/?q=person+ICE")
    text = page.content.decode()
    assert f"/documents/{order.pk}/?page=2#page" in text
    assert "<mark>ICE</mark>" in text
    assert client.get("/documents/?q=person&page=0").status_code == 400
    assert "No public document" in client.get("/documents/?q=%22%27*").content.decode()


def test_queries_do_not_grow_with_pages_or_citations(client, django_assert_max_num_queries):
    order = files.archived(files.pdf(*PAGES, *["More"] * 30))
    for _ in range(6):
        citation = cite(order)
    with django_assert_max_num_queries(8):
        client.get(f"/documents/{order.pk}/?cite={citation.pk}")
