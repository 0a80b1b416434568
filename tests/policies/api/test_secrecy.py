"""No path ever gives away a draft, what was superseded, or a document that is not public."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from policies import actions
from policies.api_urls import LISTS
from policies.models import ChangeKind, LocalOption, SourceDocument
from tests.factories import (
    AgreementFactory,
    CitationFactory,
    ClaimFactory,
    CountyFactory,
    DocumentFactory,
    IceListFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    UserFactory,
    WinFactory,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db

HIDDEN = "HIDDEN"
PATHS = [*(f"{name}/" for name in LISTS), "counties/06001/", "counties/06001/history/"]
CLOCKS = [
    "",
    "as_of=2019-06-01",
    "known_on=2020-06-01",
    "known_on=2021-06-01",
    "as_of=2019-06-01&known_on=2021-06-01",
]


def texts(client):
    """What every path answers, in every format and at every clock."""
    for path in PATHS:
        for clock in CLOCKS:
            for form in ("json", "csv"):
                query = f"{clock}&format={form}"
                if path == "reports/changes/":
                    query = f"from=2016-01-01&format={form}"
                response = client.get(f"/api/v1/{path}?{query}")
                if response.status_code == 400:
                    continue  # a path without clocks, or not a list
                assert response.status_code == 200
                body = getattr(response, "streaming_content", None)
                yield path, query, (b"".join(body) if body else response.content).decode()


@pytest.fixture
def county():
    return CountyFactory(fips="001")


def test_drafts(client, county):
    state = county.state
    document = DocumentFactory(title="Open")
    for record in (
        LocalPolicyFactory(county=county, title=HIDDEN, qualification=HIDDEN),
        AgreementFactory(counties=[county], state=state, agency_name=HIDDEN),
        WinFactory(counties=[county], title=HIDDEN, summary=HIDDEN),
        ProvisionFactory(state=state, title=HIDDEN),
        IceListFactory(document=document),
    ):
        record.change_note = HIDDEN
        record.save()
    ClaimFactory(provision__title=HIDDEN, provision__state=state, qualification=HIDDEN)

    found = list(texts(client))
    assert len(found) > 60
    for path, query, text in found:
        assert HIDDEN not in text, (path, query)
    assert client.get("/api/v1/counties/06001/").json()["factors_known"] == 0
    assert client.get("/api/v1/counties/06001/?known_on=2021-06-01").json()["factors_known"] == 0


def test_what_a_draft_would_change_stays_as_it_is(client, county):
    record = published(LocalPolicyFactory, county=county)
    draft = actions.draft_successor(record=record, kind=ChangeKind.POLICY_CHANGE, by=UserFactory())
    draft.answer, draft.qualification, draft.effective_from = "no", HIDDEN, date(2018, 1, 1)
    draft.save()

    for path, query, text in texts(client):
        assert HIDDEN not in text, (path, query)
    assert client.get("/api/v1/counties/06001/").json()["limits_holds"] == "yes"


def test_what_was_superseded_is_shown_only_as_known_then(client, county):
    wrong = published(LocalPolicyFactory, county=county, qualification="WRONG")
    wrong_win = published(WinFactory, counties=[county], title="WRONG")
    for record in (wrong, wrong_win):
        draft = actions.draft_successor(record=record, kind=ChangeKind.CORRECTION, by=UserFactory())
        for name in ("qualification", "title"):
            setattr(draft, name, "right")
        draft.save()
        actions.publish(record=draft, by=UserFactory(), at=datetime(2021, 1, 1, 12, tzinfo=UTC))

    for path, query, text in texts(client):
        as_known_then = "known_on=2020" in query and path in ("counties/06001/", "wins/")
        # The change log names both versions of a record.
        if not path.endswith(("history/", "change-log/")):
            assert ("WRONG" in text) == as_known_then, (path, query)


def test_withdrawn(client, county):
    win = published(WinFactory, counties=[county], title="WITHDRAWN")
    policy = published(LocalPolicyFactory, county=county)
    for record in (win, policy):
        actions.withdraw(
            record=record,
            by=UserFactory(),
            at=datetime(2020, 3, 1, 12, tzinfo=UTC),
            reason="Invented.",
        )

    for path, query, text in texts(client):
        if path == "wins/":
            assert "WITHDRAWN" not in text, query
    assert client.get("/api/v1/counties/06001/").json()["factors_known"] == 0
    assert client.get("/api/v1/counties/06001/?known_on=2020-02-29").json()["factors_known"] == 1


def test_documents_that_are_not_public_and_their_quotes(client, county):
    private = DocumentFactory(title=HIDDEN, summary=HIDDEN, url="https://example.org/HIDDEN")
    words = {"document": private, "quote": HIDDEN, "note": HIDDEN}
    policy = LocalPolicyFactory(county=county)
    win = WinFactory(counties=[county])
    agreement = AgreementFactory(counties=[county], state=county.state)
    ice_list = IceListFactory(document=private, kind="detention")
    provision = ProvisionFactory(state=county.state)
    claim = ClaimFactory(provision=provision)
    for name, record in (
        ("local_policy", policy),
        ("win", win),
        ("agreement", agreement),
        ("ice_list", ice_list),
        ("provision", provision),
        ("claim", claim),
    ):
        CitationFactory(**{name: record}, **words)
    for record in (policy, win, agreement, ice_list, provision):
        actions.publish(record=record, by=UserFactory(), at=datetime(2020, 1, 1, tzinfo=UTC))
    LocalOption.objects.create(
        key="o", place="city", order=1, title="t", explanation="e", document=private
    )
    assert any(HIDDEN in text for _, _, text in texts(client)), "the test must see it while public"

    SourceDocument.objects.filter(pk=private.pk).update(is_public=False)

    for path, query, text in texts(client):
        assert HIDDEN not in text, (path, query)


def test_sealed_documents_leave_a_tombstone(client, county):
    sealed = DocumentFactory(
        title="Settlement",
        summary=HIDDEN,
        url="https://example.org/HIDDEN",
        archived_url="https://example.org/HIDDEN",
        sha256="a" * 64,
    )
    policy = LocalPolicyFactory(county=county)
    policy.citations.all().delete()
    CitationFactory(local_policy=policy, document=sealed, quote=HIDDEN, note=HIDDEN)
    actions.publish(record=policy, by=UserFactory(), at=datetime(2020, 1, 1, tzinfo=UTC))
    SourceDocument.objects.filter(pk=sealed.pk).update(
        sealed_at=datetime(2020, 2, 1, tzinfo=UTC), sealed_by=UserFactory(), sealed_reason="Order"
    )

    for path, query, text in texts(client):
        assert HIDDEN not in text, (path, query)
    holds = client.get("/api/v1/counties/06001/").json()["factors"][2]
    assert holds["answer"] == "yes"
    assert holds["citations"][0]["sealed"] is True
    assert holds["citations"][0]["sha256"] == "a" * 64
    document = client.get("/api/v1/documents/?q=settlement").json()["results"][0]
    assert document["sealed_reason"] == "Order"


def test_notes_for_staff_stay_with_them(client, county):
    published(LocalPolicyFactory, county=county, notes=HIDDEN)
    published_provision(state=county.state, claims=[{}])

    for path, query, text in texts(client):
        assert HIDDEN not in text, (path, query)
