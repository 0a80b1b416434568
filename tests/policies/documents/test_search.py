"""Words in documents are found, shown in their passage, and never an error."""

import pytest
from django.db import connection

from policies import document_search
from policies.models import DocumentPage, SourceDocument
from tests.factories import DocumentFactory

pytestmark = pytest.mark.django_db

FILLER = "Nothing of note was said in this part of the meeting. " * 40


def paged(*texts, **values):
    document = DocumentFactory(**values)
    for number, text in enumerate(texts, 1):
        DocumentPage.objects.create(document=document, number=number, text=text)
    return document


def found(words, **options):
    hits = document_search.search(words, limit=20, **options)
    return [(hit.document.title, hit.page) for hit in hits]


def marked(words):
    return [
        piece.text
        for hit in document_search.search(words, limit=20)
        for piece in hit.passage
        if piece.marked
    ]


@pytest.fixture
def order():
    return paged(
        "Order of the sheriff.",
        f"{FILLER}The jail shall not hold people on detainers in Doña Ana County. {FILLER}",
        title="Order",
    )


def test_a_word_with_its_page_and_passage(order):
    assert found("detainers") == [("Order", 2)]
    (hit,) = document_search.search("detainers", limit=5)
    passage = "".join(piece.text for piece in hit.passage)
    assert "hold people on detainers" in passage
    assert len(passage) < 600
    assert marked("detainers") == ["detainers"]


def test_stems_accents_and_case(order):
    assert found("DETAINER") == found("dona ana") == found("Doña") == [("Order", 2)]
    assert marked("dona") == ["Doña"]


def test_all_words_must_be_on_the_page_and_quoted_ones_together(order):
    assert found("sheriff detainers") == []
    assert found('"people on detainers"') == [("Order", 2)]
    assert found('"detainers people"') == []
    assert found("“hold people”") == [("Order", 2)]


@pytest.mark.parametrize(
    "typed",
    [
        *('"', '""', "'", "*", "a*", "^", "-", "NEAR(a b)", "text:detainers", "{text}: x"),
        *("AND", "OR NOT", "a OR", "(", ")", "a & b", "!", "a <-> b", ":*", "\\", "%", "%s"),
        *("'; DROP TABLE policies_sourcedocument; --", "“", "«»", "ñ", "́", "\x00", "a\x00b"),
        *("the", "🙂", "x" * 5000, "a " * 3000, '"unclosed words', "\ue000", "{asked}", "日本"),
    ],
)
def test_whatever_is_typed_is_no_error(order, typed):
    document_search.search(typed, limit=5)
    list(document_search.documents_with(typed, SourceDocument.objects.all()))
    list(document_search.titled(typed, SourceDocument.objects.all()))


def test_operators_are_words(order):
    assert found("detainers OR sheriff") == []
    assert found("text:detainers") == []
    assert found("detainers*") == [("Order", 2)]


def test_private_and_sealed_documents(order):
    SourceDocument.objects.update(is_public=False)
    assert found("detainers") == []
    assert found("detainers", public_only=False) == [("Order", 2)]


def test_in_pages_of_results_without_gaps_or_repeats(django_assert_num_queries):
    for number in range(5):
        paged("detainer", title=f"D{number}")
    with django_assert_num_queries(2):
        first = document_search.search("detainer", limit=3)
    rest = document_search.search("detainer", limit=3, offset=3)
    assert len({hit.document.pk for hit in [*first, *rest]}) == 5


def test_the_index_follows_what_is_changed_and_removed(order):
    page = order.pages.get(number=2)
    page.text = "Other words."
    page.save()
    assert (found("detainers"), found("other words")) == ([], [("Order", 2)])
    order.delete()
    assert found("other words") == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO policies_documentpage_words(policies_documentpage_words)"
                " VALUES ('integrity-check')"
            )


def test_titles_too(order):
    report = paged("nothing here", title="Report on detainers", publisher="Legal Center")
    every = SourceDocument.objects.all()
    assert set(document_search.documents_with("detainers", every)) == {order, report}
    assert list(document_search.titled("legal report", every)) == [report]


@pytest.mark.postgres_only
def test_the_index_is_used():
    """Of many pages, which the planner has counted: of none it may take any index."""
    document = DocumentFactory()
    DocumentPage.objects.bulk_create(
        DocumentPage(document=document, number=number, text=f"a{number} word")
        for number in range(1, 3001)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE policies_documentpage")
        sql, words = document_search._asked(document_search._POSTGRESQL_PAGES, (("a1",),))
        cursor.execute("EXPLAIN " + sql, words)
        assert "document_page_words" in str(cursor.fetchall())
