"""Many successors published together: as if one by one, in as many queries as for few."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies import actions, review_items, successors
from policies.models import ChangeKind, Citation, LocalPolicy
from policies.score_periods import differences, rebuild
from tests.factories import (
    AgreementFactory,
    CitationFactory,
    CountyFactory,
    DocumentFactory,
    LocalPolicyFactory,
    StateRecordFactory,
    UserFactory,
    change,
    correct,
    noon,
    published,
    rolled_back,
)
from tests.policies.reviewing import AT, TODAY, draft_of, in_review

pytestmark = pytest.mark.django_db
CHANGE, CORRECTION = ChangeKind.POLICY_CHANGE, ChangeKind.CORRECTION
FROM, UNTIL = date(2019, 1, 1), date(2019, 6, 1)
LEFT_OUT = ("id", "succeeds_id", "main_citation_id", "created_at")


def changed(author, factory=LocalPolicyFactory, before=None, **values):
    values = {"answer": "no", "effective_from": FROM} | values
    return draft_of(published(factory, **before or {}), author, CHANGE, **values)


def corrected(author, before=None, **values):
    return draft_of(published(LocalPolicyFactory, **before or {}), author, CORRECTION, **values)


def with_its_own_document(author, **values):
    draft = changed(author, answer="yes", before={"last_verified": date(2018, 6, 1)}, **values)
    draft.citations.all().delete()
    CitationFactory(local_policy=draft, quote="is hereby repealed")
    return draft


def before_a_later_period(author):
    row = published(LocalPolicyFactory, effective_until=date(2018, 1, 1))
    published(LocalPolicyFactory, county=row.county, answer="no", effective_from=FROM)
    return draft_of(row, author, effective_until=None)


PLAIN = {
    "a change": changed,
    "a change of a unified-jail state": lambda by: changed(by, StateRecordFactory),
    "a change known to the month": lambda by: changed(by, effective_from_precision="month"),
    "a change for a time": lambda by: changed(by, effective_until=UNTIL),
    "for a time, seen since": lambda by: changed(
        by, effective_until=UNTIL, before={"last_verified": UNTIL}
    ),
    "adopted again after a gap": lambda by: changed(
        by, answer="yes", before={"effective_until": date(2018, 1, 1)}, effective_until=None
    ),
    "an end": lambda by: changed(
        by,
        answer="yes",
        effective_from=date(2017, 2, 1),
        effective_until=UNTIL,
        before={"last_verified": date(2018, 6, 1), "in_force_by": True},
    ),
    "an end by a document of its own": lambda by: with_its_own_document(
        by, effective_from=date(2017, 2, 1), effective_until=UNTIL
    ),
    "for a time by a document of its own": lambda by: with_its_own_document(
        by, effective_until=UNTIL
    ),
    "a correction": lambda by: corrected(by, answer="none_found"),
    "a correction of the start": lambda by: corrected(by, effective_from=date(2014, 6, 1)),
    "a correction of the factor": lambda by: corrected(by, factor="no_287g"),
    "a correction of the end": before_a_later_period,
}


@pytest.fixture
def all_plain(author):
    return [make(author) for make in PLAIN.values()]


def left_in_the_record():
    """All rows but their numbers, with what they cite, and which row they succeed."""
    rows = []
    for row in LocalPolicy.objects.order_by("county", "state", "factor", "effective_from", "pk"):
        fields = {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if field.attname not in LEFT_OUT
        }
        cited = [(one.document_id, one.quote, one.page) for one in row.citations.order_by("pk")]
        main = row.main_citation and row.main_citation.quote
        before = row.succeeds and (row.succeeds.effective_from, row.succeeds.answer)
        rows.append((fields, cited, main, before))
    return sorted(rows, key=str)


def one_by_one(drafts, by, at):
    for draft in drafts:
        actions.take_effect(LocalPolicy.objects.get(pk=draft.pk), by, at)


def test_together_leaves_what_one_by_one_leaves(author, all_plain):
    with rolled_back():
        one_by_one(all_plain, author, AT)
        expected = left_in_the_record()
    steps = successors.plain_steps(all_plain)
    assert len(steps) == len(PLAIN)
    _touched, unfit = successors.take_effect(steps, author, AT)
    assert unfit == {}
    assert left_in_the_record() == expected
    rebuild()
    assert differences() == []


def test_each_kind_names_whom_it_touches(author):
    moved = corrected(author, county=CountyFactory())
    other = changed(author)
    touched = review_items.take_effect([moved, other], author, AT)
    assert touched == {
        CORRECTION: {moved.county_id, moved.succeeds.county_id},
        CHANGE: {other.county_id},
    }


def counted(queries):
    """How many, those aside that insert so many rows a statement."""
    return sum("times: INSERT" not in query["sql"] for query in queries)


def test_as_many_queries_for_many_as_for_few(author):
    def queries(number):
        drafts = [changed(author, effective_until=UNTIL) for _ in range(number)]
        drafts += [corrected(author, answer="none_found") for _ in range(number)]
        drafts += [PLAIN["an end"](author) for _ in range(number)]
        with CaptureQueriesContext(connection) as to_send:
            change_set = in_review(author, *drafts)
        with CaptureQueriesContext(connection) as to_foresee:
            review_items.effect_of(change_set, TODAY)
        return counted(to_send), counted(to_foresee)

    assert queries(2) == queries(12)


# --- What goes one by one ----------------------------------------------------------------------


def test_a_correction_that_moves_a_change_goes_one_by_one(author):
    row = change(published(LocalPolicyFactory), answer="no", effective_from=FROM)
    again = correct(row, answer="none_found")
    assert successors.plain_steps([draft_of(again, author, effective_from=UNTIL)]) == []
    assert successors.plain_steps([draft_of(again, author, answer="yes")])


def test_two_about_one_question_go_one_by_one(author):
    row = published(LocalPolicyFactory, effective_until=date(2018, 1, 1))
    other = published(LocalPolicyFactory, county=row.county, effective_from=FROM)
    drafts = [draft_of(one, author, answer="no") for one in (row, other)]
    assert successors.plain_steps(drafts) == []
    review_items.take_effect(drafts, author, AT)
    assert LocalPolicy.objects.published().filter(answer="no").count() == 2


def test_other_records_go_one_by_one(author):
    draft = draft_of(published(AgreementFactory), author)
    assert successors.plain_steps([draft]) == []


# --- What is refused ---------------------------------------------------------------------------


def uncited(author):
    draft = corrected(author)
    draft.citations.all().delete()
    return draft


def hidden(author):
    draft = corrected(author)
    Citation.objects.filter(local_policy=draft).update(document=DocumentFactory(is_public=False))
    return draft


def overtaken(author):
    draft = corrected(author)
    correct(draft.succeeds, answer="no")
    return draft


def decided(author):
    draft = corrected(author)
    actions.publish(record=draft, by=UserFactory(), at=noon("2020-01-20"))
    return LocalPolicy.objects.get(pk=draft.pk)


def overlapping(author):
    draft = before_a_later_period(author)
    draft.effective_until = UNTIL
    draft.save()
    return draft


def without_a_day_of_change(author):
    return changed(author, effective_from=date(2017, 2, 1))


REFUSED = {
    uncited: "without a citation",
    hidden: "is not public",
    overtaken: "changed meanwhile",
    overlapping: "overlaps with published record",
    without_a_day_of_change: "Say from when the policy changed",
}


@pytest.mark.parametrize("make", REFUSED)
def test_what_is_not_fit_is_named_and_nothing_is_published(author, make):
    bad, good = make(author), changed(author)
    with pytest.raises(ValidationError) as error:
        review_items.refuse_unless_fit([bad, good], author, AT)
    (message,) = error.value.messages
    assert REFUSED[make] in message
    assert str(bad.county) in message
    assert LocalPolicy.objects.get(pk=good.pk).status == "draft"


def test_all_that_are_not_fit_are_named(author):
    bad = [make(author) for make in REFUSED]
    with pytest.raises(ValidationError) as error:
        review_items.refuse_unless_fit(bad, author, AT)
    assert len(error.value.messages) == len(REFUSED)


def test_a_decided_one_is_not_published_again(author):
    bad = decided(author)
    with pytest.raises(ValidationError, match="changed meanwhile"):
        review_items.take_effect([bad, changed(author)], author, AT)
