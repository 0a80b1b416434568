"""Export, send back, nothing changes: whatever the record holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_export.formats import base_formats

from policies import actions, import_plans
from policies.import_plans import Received
from policies.models import Citation, LocalPolicy
from policies.resources import LocalPolicyResource
from policies.rubric import FACTORS
from tests.factories import (
    PUBLISHED_AT,
    CountyFactory,
    DocumentFactory,
    LocalPolicyFactory,
    StateFactory,
    UserFactory,
    published,
)

pytestmark = pytest.mark.django_db

AS_OF = date(2019, 9, 1)
TODAY = date(2026, 1, 1)
FORMATS = {"a.csv": base_formats.CSV, "a.xlsx": base_formats.XLSX}
#: Texts as people write them, and as a spreadsheet program misreads them.
texts = st.one_of(
    st.sampled_from(
        [
            "",
            "=1+1",
            "-",
            "@x",
            "'=1",
            "  +1",
            "1001",
            "0012",
            "yes",
            "N/A",
            "#REF!",
            '"a", b',
            "1.50",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=12).map(str.strip),
)
starts = st.dates(date(2012, 1, 1), date(2019, 8, 1))


@st.composite
def periods(draw):
    """Periods of one county and factor that do not overlap, the last of them perhaps open."""
    found, start = [], draw(starts)
    for _ in range(draw(st.integers(1, 3))):
        precision = draw(st.sampled_from(["day", "month", "year"]))
        day = {"day": start, "month": start.replace(day=1), "year": start.replace(day=1, month=1)}
        begin = day[precision]
        if found and begin <= found[-1]["effective_until"]:
            begin, precision = start, "day"
        end = begin + timedelta(days=draw(st.integers(1, 700)))
        found.append(
            {
                "effective_from": begin,
                "effective_from_precision": precision,
                "effective_until": end,
                "in_force_by": draw(st.booleans()),
                "answer": draw(st.sampled_from(["yes", "no", "none_found"])),
                "title": draw(texts),
                "qualification": draw(texts),
                "notes": draw(texts),
                "quote": draw(texts),
            }
        )
        start = end + timedelta(days=draw(st.integers(0, 400)))
    if draw(st.booleans()):
        found[-1]["effective_until"] = None
    return found


@pytest.fixture
def places():
    CountyFactory(fips="06001", short_name="Alameda")
    StateFactory(usps="RI")
    return {"by": UserFactory(), "document": DocumentFactory(title="=Ordinance", url="")}


def record(place: dict, factor: str, rows, by, document) -> None:
    drafts = []
    for row in rows:
        values = {name: value for name, value in row.items() if name != "quote"}
        draft = LocalPolicy.objects.create(**place, factor=factor, created_by=by, **values)
        Citation.objects.create(local_policy=draft, document=document, quote=row["quote"])
        drafts.append(draft)
    actions.publish_many(records=drafts, by=by, at=PUBLISHED_AT, summary="For the round trip")


def sent_back(name: str) -> dict[str, int]:
    data = LocalPolicyResource().export(LocalPolicy.objects.published().order_by("pk"))
    content = FORMATS[name]().export_data(data)
    content = content.encode() if isinstance(content, str) else content
    plan = import_plans.make(Received(content, name, "policies", AS_OF), TODAY)
    assert [one.message for one in plan.errors] == []
    return plan.counts()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=periods(), factor=st.sampled_from(FACTORS), name=st.sampled_from(sorted(FORMATS)))
def test_an_export_that_is_sent_back_changes_nothing(places, rows, factor, name):
    with transaction.atomic():
        record({"county_id": "06001"}, factor.value, rows, **places)
        counts = sent_back(name)
        transaction.set_rollback(True)
    assert (counts["new"], counts["changed"], counts["unchanged"]) == (0, 0, len(rows))


@pytest.mark.parametrize("name", FORMATS)
def test_a_states_own_record_comes_back(places, name):
    rows = [{"effective_from": date(2017, 2, 1), "answer": "yes", "quote": "shall not"}]
    record({"state_id": "RI"}, "limits_holds", rows, **places)
    counts = sent_back(name)
    assert (counts["new"], counts["changed"], counts["unchanged"]) == (0, 0, 1)


def test_no_text_that_goes_out_is_a_formula(places):
    published(LocalPolicyFactory, county_id="06001", county=None, title="=1+1", notes="@SUM(A1)")
    (row,) = LocalPolicyResource().export(LocalPolicy.objects.all()).dict
    assert (row["title"], row["notes"]) == ("'=1+1", "'@SUM(A1)")


def test_an_export_takes_as_few_queries_however_many_rows(places, django_assert_max_num_queries):
    for factor in FACTORS:
        published(LocalPolicyFactory, county_id="06001", county=None, factor=factor.value)
    with django_assert_max_num_queries(2):
        data = LocalPolicyResource().export(LocalPolicy.objects.all())
    assert len(data) == len(FACTORS)
