"""What was reviewed is what is written: the packed acts lose nothing that the writer reads."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from policies.import_packing import TOGETHER, pack, unpack
from policies.imports.facts import Engagement, Place, PolicyFact, Source
from policies.imports.planned_policies import Act, Outcome, PlannedPolicy, StoredPolicy
from policies.rubric import Answer, Factor

SOURCE = Source("Ordinance 12", "https://example.org/12", date(2014, 5, 1), "month", "3", "shall")
FACT = PolicyFact(
    "Sheet 1",
    7,
    "E7",
    Place("CA", "06001"),
    Factor.LIMITS_HOLDS,
    Answer.YES,
    "Except felonies",
    "Ordinance",
    "A note",
    date(2014, 5, 1),
    "month",
    date(2019, 1, 1),
    "year",
    source=SOURCE,
    in_force_by=True,
    seen_on=date(2018, 6, 1),
)
BEFORE = StoredPolicy(12, Answer.NONE_FOUND, date(2013, 1, 1), None, False, date(2013, 1, 1))
PLANNED = PlannedPolicy(
    FACT,
    Outcome.CHANGED,
    Act.POLICY_CHANGE,
    12,
    date(2014, 5, 1),
    date(2014, 5, 1),
    date(2019, 1, 1),
    "year",
    False,
    BEFORE,
)


def through(*planned):
    return unpack(pack(planned, ())).policies


def test_the_answer_here_has_every_field_filled():
    empty = PolicyFact("", 0, "", Place("CA"), Factor.LIMITS_HOLDS, Answer.YES)
    assert [f.name for f in fields(FACT) if getattr(FACT, f.name) == getattr(empty, f.name)] == [
        *("factor", "answer")
    ]


def test_every_field_of_an_answer_comes_back():
    (again,) = through(PLANNED)
    assert again.fact == FACT
    for field in fields(PlannedPolicy):
        if field.name != "before":
            assert getattr(again, field.name) == getattr(PLANNED, field.name), field.name
    assert again.before.answer == BEFORE.answer


def test_what_is_empty_comes_back_empty():
    bare = replace(
        PLANNED,
        fact=PolicyFact("", 2, "B2", Place("RI"), Factor.NO_287G, Answer.NO),
        act=Act.NEW,
        succeeds=None,
        keeps_until=None,
        ends=None,
        before=None,
    )
    (again,) = through(bare)
    assert again == bare


def test_what_changes_nothing_is_not_kept():
    assert through(replace(PLANNED, act=None)) == []


def test_engagements_come_back():
    note = Engagement("Sheet 1", 3, Place("RI"), {"field_office": "BOS"})
    assert unpack(pack((), (note,))).engagements == [note]


def test_more_answers_than_are_unpacked_at_once_keep_their_order():
    several = [
        replace(PLANNED, fact=replace(FACT, row=number), before=None)
        for number in range(2 * TOGETHER + 1)
    ]
    assert through(*several) == several
