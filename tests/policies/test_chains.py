"""The whole life of a record, read in a fixed number of queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies import chains, reviews
from policies.models import ReviewNote
from policies.three_way import three_ways
from tests.factories import (
    AgreementFactory,
    CitationFactory,
    CountyFactory,
    LocalPolicyFactory,
    WinFactory,
    change,
    correct,
    published,
    withdraw,
)
from tests.policies.reviewing import approved, draft_of, in_review

pytestmark = pytest.mark.django_db


def test_every_branch_of_a_chain_is_in_it_and_nothing_else(author):
    old = published(LocalPolicyFactory)
    new = change(old, answer="no", effective_from=date(2019, 1, 1))
    draft = draft_of(new, author)
    published(LocalPolicyFactory)
    expected = {old.pk, new.pk, draft.pk, *old.successors.values_list("pk", flat=True)}
    for row in (old, new, draft):
        assert set(chains.numbers_of(row)) == expected


def test_versions_come_newest_first_with_what_differs():
    old = published(LocalPolicyFactory, title="Old")
    new = correct(old, title="New")
    found = chains.versions_of(old)
    assert [version.record for version in found] == [new, old]
    assert [(one.before, one.after) for one in found[0].differences] == [("Old", "New")]
    assert found[1].before is None
    assert found[1].is_past


def test_a_citation_that_came_is_a_difference(author):
    draft = draft_of(published(LocalPolicyFactory), author)
    CitationFactory(local_policy=draft, quote="and not a day longer")
    (found,) = chains.versions_of(draft)[0].differences
    assert "and not a day longer" in found.after


def test_who_let_it_out_and_what_the_change_log_says(author, reader):
    draft = LocalPolicyFactory(created_by=author)
    made = approved(in_review(author, draft), reader, reason="Read it.")
    (version,) = chains.versions_of(draft)
    assert version.change_set == made
    assert [(one.author, one.kind) for one in version.decisions] == [(reader, "approved")]
    assert [event.kind for event in version.opened] == ["new"]


def test_an_outside_reader_is_named(author, reader):
    draft = LocalPolicyFactory(created_by=author)
    reviews.approve(
        change_set=in_review(author, draft),
        by=reader,
        at=draft.created_at,
        approver_name="A. Lawyer",
    )
    (version,) = chains.versions_of(draft)
    (note,) = version.decisions
    assert (note.who, note.kind) == ("A. Lawyer", ReviewNote.Kind.OUTSIDE_APPROVAL)


def test_why_it_was_withdrawn():
    record = withdraw(published(LocalPolicyFactory), reason="About another county.")
    (version,) = chains.versions_of(record)
    assert "About another county." in version.closed[0].summary


def test_of_one_moment_only_the_entries_that_name_the_record_are_told():
    one, other = published(WinFactory, title="One"), published(WinFactory, title="Other")
    for record in (one, other):
        ((event,),) = [version.opened for version in chains.versions_of(record)]
        assert event.summary.startswith(record.title)


def test_a_county_has_all_that_was_ever_about_it():
    county, elsewhere = CountyFactory(), CountyFactory()
    policy = published(LocalPolicyFactory, county=elsewhere)
    moved = correct(policy, county=county)
    agreement = published(AgreementFactory, counties=[county])
    win = withdraw(published(WinFactory, counties=[county]))
    found = chains.versions_of_county(county)
    assert {version.record for version in found} == {moved, agreement, win}
    assert next(one for one in found if one.record == moved).before == policy


def test_long_chains_take_as_many_queries_as_short_ones(django_assert_num_queries):
    short, long = published(LocalPolicyFactory), published(LocalPolicyFactory)
    short, long = correct(short), correct(long)
    for number in range(4):
        long = correct(long, title=f"Version {number}", on=f"2020-07-0{number + 1}")
    with CaptureQueriesContext(connection) as captured:
        chains.versions_of(short)
    with django_assert_num_queries(len(captured)):
        assert len(chains.versions_of(long)) == 6
    assert len(captured) < 12


def test_three_versions_are_told_apart_field_by_field(author):
    old = published(LocalPolicyFactory, title="Old", qualification="As it was")
    mine = draft_of(old, author, title="Mine", qualification="As it was")
    theirs = correct(old, title="Theirs", qualification="Theirs alone")
    rows = {row.label: row for row in three_ways(old, theirs, mine)}
    title, words = rows["Title of the policy"], rows["Qualification"]
    assert (title.loaded, title.theirs, title.mine) == ("Old", "Theirs", "Mine")
    assert title.is_contested
    assert words.only_theirs
    assert not words.is_contested
    assert rows.keys() == {"Title of the policy", "Qualification"}


def test_citations_are_part_of_the_three(author):
    old = published(LocalPolicyFactory)
    mine = draft_of(old, author)
    CitationFactory(local_policy=mine, quote="mine only")
    (row,) = three_ways(old, old, mine)
    assert "mine only" in row.mine
