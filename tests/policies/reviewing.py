"""Change-sets as the tests of reviews make them."""

from __future__ import annotations

from datetime import date

from policies import actions, reviews
from policies.models import ChangeKind
from tests.factories import noon

AT, LATER, TODAY = noon("2020-02-01"), noon("2020-02-02"), date(2020, 2, 1)


def set_of(author, *records, title="Ordinance 12"):
    return reviews.open_set(title=title, by=author, at=AT, records=records)


def in_review(author, *records, **values):
    return reviews.submit(change_set=set_of(author, *records), by=author, at=AT, **values)


def approved(change_set, reader, **values):
    return reviews.approve(change_set=change_set, by=reader, at=LATER, **values)


def statuses(*records):
    return [type(record).objects.get(pk=record.pk).status for record in records]


def draft_of(old, author, kind=ChangeKind.CORRECTION, **values):
    draft = actions.draft_successor(record=old, kind=kind, by=author)
    for name, value in {"change_note": "Misread.", **values}.items():
        setattr(draft, name, value)
    draft.save()
    return draft
