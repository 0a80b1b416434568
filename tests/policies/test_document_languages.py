"""Documents keep their language, and say which it is to whoever reads another."""

from __future__ import annotations

import pytest

from tests.factories import DocumentFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "language", "said"),
    [
        ("/documents/", "en", "Jail Bureau</span>"),
        ("/documents/", "es", "Jail Bureau, Spanish</span>"),
        ("/documents/?q=Memo", "es", "Jail Bureau, Spanish</span>"),
        ("/es/documents/", "en", "Jail Bureau, Inglés</span>"),
        ("/es/documents/", "es", "Jail Bureau</span>"),
    ],
)
def test_the_library_names_a_language_that_is_not_the_readers(client, path, language, said):
    DocumentFactory(title="Memo", publisher="Jail Bureau", published_on=None, language=language)
    html = client.get(path).content.decode()

    assert said in html
    assert f'lang="{language}">Memo</a>' in html


def test_the_page_of_a_document_names_its_language(client):
    document = DocumentFactory(title="Memo", language="en")
    html = client.get(f"/es/documents/{document.pk}/").content.decode()

    assert "<dd>Inglés</dd>" in html
    assert '<h1 lang="en">Memo</h1>' in html
