"""Quotes are held against the pages they cite."""

import pytest

from policies.quotes_check import unfound_quotes
from tests.factories import CitationFactory, LocalPolicyFactory
from tests.policies.documents.test_search import paged

pytestmark = pytest.mark.django_db


def cite(document, quote, page=""):
    policy = LocalPolicyFactory(cited=None)
    return CitationFactory(local_policy=policy, document=document, quote=quote, page=page)


def test_quotes_on_their_page_elsewhere_and_nowhere():
    order = paged("First page.", "No holds for ICE are", "honored here.", title="Order")
    good = cite(order, "no holds for ICE", "2")
    overleaf = cite(order, "are honored here", "2")
    anywhere = cite(order, "honored here", "section 4")
    elsewhere = cite(order, "First page", "2")
    next_page = cite(order, "No holds for ICE", "1")
    nowhere = cite(order, "all holds", "3")

    found = {one.citation.pk: one for one in unfound_quotes()}

    assert found.keys() == {elsewhere.pk, next_page.pk, nowhere.pk}
    assert {good.pk, overleaf.pk, anywhere.pk}.isdisjoint(found)
    assert str(found[elsewhere.pk]) == "“First page” is not on page 2 of Order, but on page 1."
    assert found[next_page.pk].found_on == 2
    assert str(found[nowhere.pk]) == "“all holds” was not found on page 3 of Order."


def test_documents_without_words_cannot_be_checked():
    cite(paged(""), "anything", "1")
    cite(paged(), "anything", "1")
    assert list(unfound_quotes()) == []


def test_two_queries_however_many(django_assert_num_queries):
    for number in range(6):
        cite(paged(f"text {number}", "more"), "missing", "1")
    with django_assert_num_queries(2):
        assert len(list(unfound_quotes())) == 6
