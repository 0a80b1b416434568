"""Lists in any number and order: who was there when does not depend on how they came."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from policies.imports.agreement_plan import DatedList, StoredAgreement, derive, plan
from policies.imports.planned_policies import Act, Outcome
from tests.policies.imports.ice_rows import entry

FIRST = date(2025, 1, 1)
APART = ("Kerr County Sheriff", "Nixon Police", "Office 2")
NAMES = (*APART, "Lampass County Sheriff", "Lampasas County Sheriff")
MODELS = ("Task Force Model", "Jail Enforcement Model")

days = st.integers(0, 300).map(lambda number: FIRST + timedelta(days=number))
signings = st.none() | st.integers(-60, 300).map(lambda number: FIRST + timedelta(days=number))


def on_a_list(names):
    rows = st.builds(
        lambda name, model, signed, unresolved: entry(
            name, signed and signed.isoformat(), model=model, unresolved=unresolved
        ),
        st.sampled_from(names),
        st.sampled_from(MODELS),
        signings,
        st.booleans(),
    )
    return st.lists(rows, max_size=4, unique_by=lambda row: (row.agency, row.model))


@st.composite
def some_lists(draw, names=NAMES):
    dates = draw(st.lists(days, min_size=1, max_size=5, unique=True))
    return [DatedList(str(day), day, tuple(draw(on_a_list(names)))) for day in dates]


@given(some_lists(), st.randoms())
def test_the_order_of_arrival_never_matters(lists, random):
    mixed = list(lists)
    random.shuffle(mixed)
    assert derive(mixed) == derive(lists)


@given(some_lists())
def test_spells_of_an_agreement_do_not_overlap_and_end_after_they_begin(lists):
    by_key = {}
    for one in derive(lists).agreements:
        by_key.setdefault(one.list_key, []).append(one)
    for spells in by_key.values():
        for before, after in pairwise(spells):
            assert before.effective_until is not None
            assert before.effective_until <= after.effective_from
        for one in spells:
            assert one.effective_until is None or one.effective_from < one.effective_until


@given(some_lists())
def test_on_the_day_of_a_list_what_is_on_it_is_in_force_and_nothing_that_was_before(lists):
    found = derive(lists).agreements
    for one in lists:
        on_it = {(e.agency, e.model) for e in one.entries}
        for agreement in found:
            names = {(row.entry.agency, row.entry.model) for row in agreement.listings}
            over = agreement.effective_until is not None and (
                agreement.effective_until <= one.list_date
            )
            in_force = agreement.effective_from <= one.list_date and not over
            if any(row.list_id == one.id for row in agreement.listings):
                assert in_force
            elif in_force:
                # Only a signing before a list that did not have it yet.
                assert not names & on_it
                assert one.list_date < agreement.listings[0].list_date


@given(some_lists(APART), st.data())
def test_one_list_more_changes_nothing_before_the_older_ones(lists, data):
    """What an older list has held and holds on its day, and what had ended ended when it did."""
    ordered = sorted(lists, key=lambda one: one.list_date)
    newest = ordered[-1].list_date + timedelta(days=data.draw(st.integers(1, 60)))
    more = DatedList("newest", newest, tuple(data.draw(on_a_list(APART))))
    before, after = derive(ordered), derive([*ordered, more])
    for one in ordered:
        assert _listed(before, one) == _listed(after, one)
    for one in after.agreements:
        # An ending by the new list, or none; never another day.
        if one.effective_until is None or one.effective_until == newest:
            continue
        assert one.effective_until in {a.effective_until for a in before.agreements}


def _listed(derived, one):
    """Which rows of the list are carried by an agreement in force on its day."""
    return {
        (row.entry.agency, row.entry.model)
        for agreement in derived.agreements
        for row in agreement.listings
        if row.list_id == one.id
        and agreement.effective_from <= one.list_date
        and (agreement.effective_until is None or one.list_date < agreement.effective_until)
    }


@given(some_lists())
def test_what_was_written_is_unchanged_when_compared_again(lists):
    derived = derive(lists).agreements
    published = [
        StoredAgreement(
            number,
            one.agreement.list_key,
            one.agreement.state,
            one.agreement.agency_name,
            one.agreement.agency_type,
            one.agreement.fips,
            one.agreement.model,
            one.agreement.signed_on,
            one.agreement.effective_from,
            one.agreement.in_force_by,
            one.agreement.effective_until,
            one.agreement.ended_as,
            one.agreement.last_listed_on,
        )
        for number, one in enumerate(plan(derived, [], lists))
        if one.act == Act.NEW
    ]
    again = plan(derived, published, lists, lists[0].id)
    assert {one.outcome for one in again} <= {Outcome.UNCHANGED, Outcome.ERROR}
    assert not any(one.withdraws for one in again)
