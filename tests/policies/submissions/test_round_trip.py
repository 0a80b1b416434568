"""Export, send back, nothing changes: whatever the record holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies import actions, import_plans
from policies.import_plans import Received
from policies.imports.kinds import policies
from policies.models import Citation, LocalPolicy
from policies.resources import (
    LONG,
    LocalPolicyResource,
    LocalPolicyVersionsResource,
    LocalPolicyWideResource,
)
from policies.rubric import FACTORS
from policies.spreadsheet_formats import Csv, Ods, Xlsx
from tests.factories import (
    PUBLISHED_AT,
    CountyFactory,
    DocumentFactory,
    LocalPolicyFactory,
    StateFactory,
    UserFactory,
    change,
    published,
)

pytestmark = pytest.mark.django_db

#: Later than anything in the record: a file of this day confirms what it repeats.
AS_OF = date(2025, 12, 1)
TODAY = date(2026, 1, 1)
FORMATS = {"a.csv": Csv, "a.xlsx": Xlsx, "a.ods": Ods}
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
            "two\r\nlines",
            "a\u00a0b",
            "a\x0bb",
            "a\tb",
            "\u202eback",
            "<b>bold</b> & more",
            "a  b",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=12).map(str.strip),
)
TODAYS = {"effective_from": date(2017, 2, 1), "answer": "yes", "quote": "shall not"}
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
    assert [one.message for one in plan.findings] == []
    assert not plan.changes_something
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


def test_the_columns_of_an_export_are_all_known_to_the_importer():
    assert set(LONG) <= {column.name for column in policies.COLUMNS}
    assert LocalPolicyResource().get_export_headers() == list(LONG)


def test_drafts_and_superseded_rows_are_in_the_list_of_versions_alone(places):
    row = published(LocalPolicyFactory, county_id="06001", county=None, effective_until=None)
    change(row, answer="none_found", effective_from=date(2019, 1, 1))
    LocalPolicyFactory(county_id="06001", county=None, factor="no_287g")
    rows = LocalPolicy.objects.order_by("pk")
    answers = LocalPolicyResource().export(rows).dict
    assert sorted(one["answer"] for one in answers) == ["none_found", "yes"]
    versions = LocalPolicyVersionsResource().export(rows).dict
    statuses = sorted(one["status"] for one in versions)
    assert statuses == ["draft", "published", "published", "superseded"]


def test_the_wide_form_has_the_answers_of_today_a_county_a_row(places):
    record({"county_id": "06001"}, "no_287g", [{**TODAYS, "answer": "no"}], **places)
    record({"county_id": "06001"}, "limits_holds", [{**TODAYS, "answer": "no"}], **places)
    over = {**TODAYS, "effective_until": date(2018, 1, 1)}
    record({"county_id": "06001"}, "no_status_inquiry", [over], **places)
    record({"state_id": "RI"}, "no_287g", [TODAYS], **places)
    rows = LocalPolicyWideResource().export(LocalPolicy.objects.all()).dict
    told = [(row["fips"], row["no_287g"], row["limits_holds"]) for row in rows]
    assert told == [("06001", "no", "documented no"), ("44", "yes", "")]
    assert rows[0]["no_status_inquiry"] == ""


def test_the_wide_form_comes_back_with_the_same_answers(places):
    for factor in FACTORS:
        record({"county_id": "06001"}, factor.value, [{**TODAYS, "answer": "no"}], **places)
    data = Csv().export_data(LocalPolicyWideResource().export(LocalPolicy.objects.all()))
    plan = import_plans.make(Received(data.encode(), "a.csv", "policies", AS_OF), TODAY)
    assert (plan.findings, plan.counts()["unchanged"]) == ([], len(FACTORS))
