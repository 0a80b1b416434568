"""Published periods of one county and factor never overlap, on SQLite and PostgreSQL alike."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from policies.models import LocalPolicy
from policies.models.constraints import NoOverlap
from tests.factories import CountyFactory, LocalPolicyFactory, StateFactory, published
from tests.policies.models.breaking import insert_like

pytestmark = pytest.mark.django_db

START, END = date(2018, 3, 1), date(2018, 9, 1)
COUNTY_RULE = "localpolicy_county_no_overlap"
STATE_RULE = "localpolicy_state_no_overlap"

#: (start, end, whether it fits beside a period from START until before END)
BESIDE_A_CLOSED_PERIOD = [
    ("2018-01-01", "2018-03-01", True),  # ends where the other starts
    ("2018-01-01", "2018-03-02", False),
    ("2018-01-01", None, False),
    ("2018-03-01", "2018-03-02", False),
    ("2018-03-01", "2018-09-01", False),
    ("2018-04-01", "2018-05-01", False),  # within
    ("2018-01-01", "2019-01-01", False),  # around
    ("2018-08-31", "2018-12-01", False),  # shares the last day
    ("2018-09-01", "2018-12-01", True),  # starts where the other ends
    ("2018-09-01", None, True),
]
BESIDE_AN_OPEN_PERIOD = [
    ("2018-01-01", "2018-03-01", True),
    ("2018-01-01", "2018-03-02", False),
    ("2018-01-01", None, False),
    ("2030-01-01", "2031-01-01", False),
    ("2030-01-01", None, False),
]


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.fixture
def existing(db):
    return published(LocalPolicyFactory, effective_from=START, effective_until=END)


def write(row, how, **period):
    """Bring a second published row with this period into the table, in one of many ways."""
    if how == "insert":
        insert_like(row, **period)
        return
    if how == "bulk_create":
        copy = LocalPolicy.objects.get(pk=row.pk)
        copy.pk = None
        for name, value in period.items():
            setattr(copy, name, value)
        LocalPolicy.objects.bulk_create([copy])
        return
    elsewhere = {"effective_from": date(1990, 1, 1), "effective_until": date(1991, 1, 1)}
    insert_like(row, **elsewhere)
    moved = LocalPolicy.objects.get(**elsewhere)
    if how == "update":
        LocalPolicy.objects.filter(pk=moved.pk).update(**period)
        return
    for name, value in period.items():
        setattr(moved, name, value)
    if how == "save":
        moved.save()
    else:
        LocalPolicy.objects.bulk_update([moved], list(period))


HOW = ["insert", "bulk_create", "save", "update", "bulk_update"]


def check(row, how, start, end, fits):
    period = {"effective_from": day(start), "effective_until": day(end)}
    if fits:
        write(row, how, **period)
        assert LocalPolicy.objects.published().filter(effective_from=day(start)).exists()
    else:
        with pytest.raises(IntegrityError, match=COUNTY_RULE), transaction.atomic():
            write(row, how, **period)


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(("start", "end", "fits"), BESIDE_A_CLOSED_PERIOD)
def test_beside_a_closed_period(existing, how, start, end, fits):
    check(existing, how, start, end, fits)


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(("start", "end", "fits"), BESIDE_AN_OPEN_PERIOD)
def test_beside_an_open_period(how, start, end, fits):
    check(published(LocalPolicyFactory, effective_from=START), how, start, end, fits)


def test_two_rows_of_one_bulk_create_must_not_overlap_each_other(existing):
    copies = [LocalPolicy.objects.get(pk=existing.pk) for _ in range(2)]
    for copy, month in zip(copies, (1, 2), strict=True):
        copy.pk = None
        copy.effective_from = date(2020, month, 1)
        copy.effective_until = date(2021, 1, 1)
    with pytest.raises(IntegrityError, match=COUNTY_RULE), transaction.atomic():
        LocalPolicy.objects.bulk_create(copies)


def test_two_rows_of_one_update_must_not_overlap_each_other(existing):
    insert_like(existing, effective_from=END, effective_until=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        LocalPolicy.objects.update(effective_until=date(2030, 1, 1))


def test_publishing_a_draft_by_hand_is_refused_where_it_overlaps(existing):
    draft = LocalPolicyFactory(county=existing.county, effective_from=START)
    with pytest.raises(IntegrityError, match=COUNTY_RULE), transaction.atomic():
        LocalPolicy.objects.filter(pk=draft.pk).update(
            status="published",
            published_at=existing.published_at,
            published_by=existing.published_by,
            main_citation=draft.citations.get(),
        )


def test_moving_a_row_to_another_county_is_refused_where_it_overlaps(existing):
    other = published(LocalPolicyFactory, effective_from=START)
    with pytest.raises(IntegrityError, match=COUNTY_RULE), transaction.atomic():
        LocalPolicy.objects.filter(pk=other.pk).update(county=existing.county)


def test_a_row_may_be_saved_again_as_it_is(existing):
    existing.save()
    LocalPolicy.objects.filter(pk=existing.pk).update(notes="checked")


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_drafts_may_overlap(existing, status):
    draft = {"published_at": None, "published_by": None, "main_citation": None}
    insert_like(existing, status=status, **draft)
    insert_like(existing, status=status, **draft)


@pytest.mark.parametrize("status", ["superseded", "withdrawn"])
def test_closed_rows_may_overlap(existing, status):
    insert_like(existing, status=status, closed_at=existing.published_at)
    insert_like(existing, status=status, closed_at=existing.published_at)


def test_other_factors_and_other_counties_may_overlap(existing):
    insert_like(existing, factor="limits_notifications")
    insert_like(existing, county=CountyFactory())


def test_an_empty_county_or_state_never_conflicts(existing):
    """The record of a state and that of its county stand side by side."""
    state = StateFactory(usps="RI")
    insert_like(existing, county=None, state=state)
    insert_like(existing, county=CountyFactory(state=state))
    insert_like(existing, county=None, state=StateFactory(usps="VT"))


@pytest.mark.parametrize(("start", "end", "fits"), BESIDE_A_CLOSED_PERIOD)
def test_the_same_holds_for_the_records_of_a_state(existing, start, end, fits):
    insert_like(existing, county=None, state=StateFactory(usps="RI"))
    row = LocalPolicy.objects.get(state="RI")
    period = {"effective_from": day(start), "effective_until": day(end)}
    if fits:
        insert_like(row, **period)
    else:
        with pytest.raises(IntegrityError, match=STATE_RULE), transaction.atomic():
            insert_like(row, **period)


# --- The message -------------------------------------------------------------------------------


def test_validation_names_the_record_that_it_overlaps(existing):
    copy = LocalPolicy.objects.get(pk=existing.pk)
    copy.pk = None
    with pytest.raises(ValidationError) as refused:
        copy.validate_constraints()
    assert f"number {existing.pk}" in str(refused.value)


@pytest.mark.parametrize(("start", "end", "fits"), BESIDE_A_CLOSED_PERIOD)
def test_validation_and_database_agree(existing, start, end, fits):
    copy = LocalPolicy(
        county=existing.county,
        factor=existing.factor,
        effective_from=day(start),
        effective_until=day(end),
    )
    [rule] = [c for c in LocalPolicy._meta.constraints if c.name == COUNTY_RULE]
    assert (rule.conflicting(LocalPolicy, copy) is None) == fits


def test_a_rule_is_written_into_migrations_as_it_is():
    rule = NoOverlap(name="x", equal=("county", "factor"))
    _, args, kwargs = rule.deconstruct()
    assert NoOverlap(*args, **kwargs) == rule
    assert rule != NoOverlap(name="x", equal=("state", "factor"))


# --- SQLite rebuilds tables: the triggers must come along --------------------------------------


def triggers():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%overlap%'"
            " ORDER BY name"
        )
        return [name for (name,) in cursor.fetchall()]


ALL_TRIGGERS = [
    f"{rule}_{when}" for rule in (COUNTY_RULE, STATE_RULE) for when in ("insert", "update")
]


def still_guarded(row):
    assert triggers() == ALL_TRIGGERS
    for how in ("insert", "update"):
        with pytest.raises(IntegrityError, match=COUNTY_RULE), transaction.atomic():
            write(row, how, effective_from=START, effective_until=END)


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_the_triggers_survive_a_rebuild_of_the_table(existing):
    with connection.schema_editor() as editor:
        editor._remake_table(LocalPolicy)
    still_guarded(existing)


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_the_triggers_survive_adding_and_removing_a_field(existing):
    field = models.IntegerField(default=0)
    field.set_attributes_from_name("temporary")
    field.model = LocalPolicy
    with connection.schema_editor() as editor:
        editor.add_field(LocalPolicy, field)
    try:
        assert triggers() == ALL_TRIGGERS
    finally:
        with connection.schema_editor() as editor:
            editor.remove_field(LocalPolicy, field)
    still_guarded(existing)
