"""Texts that were kept with their documents become pages, and back."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from policies import document_search
from tests.factories import PUBLISHED_AT

#: Models that the old ones refer to.
OTHERS = [("auth", "0012_alter_user_first_name_max_length")]


def migrate(*targets):
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    executor.loader.build_graph()
    return executor.loader.project_state([*targets, *OTHERS]).apps


@pytest.mark.django_db(transaction=True)
def test_texts_become_pages_that_are_found():
    graph = MigrationExecutor(connection).loader.graph
    (ours,) = (key for key in graph.nodes if key[1].endswith("_document_texts"))
    before = [one.key for one in graph.node_map[ours].parents if one.key[0] == "policies"]
    latest = graph.leaf_nodes("policies")
    try:
        apps = migrate(*before)
        Document = apps.get_model("policies", "SourceDocument")
        user = apps.get_model("auth", "User").objects.create(username="clerk")
        order = Document.objects.create(
            title="Order", kind="news", extracted_text="no holds " * 20_000
        )
        Document.objects.create(title="Empty", kind="news")
        Document.objects.create(
            title="Sealed",
            kind="news",
            extracted_text="sealed words",
            sealed_at=PUBLISHED_AT,
            sealed_by=user,
            sealed_reason="Order",
        )

        migrate(*latest)

        hits = document_search.search("holds", limit=5)
        assert [(hit.document.pk, hit.page) for hit in hits] == [(order.pk, 1), (order.pk, 2)]
        assert hits[0].document.text_state == "read"
        assert document_search.search("sealed", public_only=False, limit=5) == []

        apps = migrate(*before)
        again = apps.get_model("policies", "SourceDocument").objects.get(title="Order")
        assert again.extracted_text.replace("\n\n", "") == "no holds " * 20_000
    finally:
        migrate(*latest)
