"""Step 2: what state provisions do to an answer, and what happens where they conflict."""

import pytest

from policies.resolution import Level, Rule
from policies.rubric import Answer
from tests.policies.plain import agreement, claim, day, decision, excepted, ice_list, record, said

LOCAL = ["yes", "no", "none_found", None]
#: Only a county's own `yes` can be preempted or at risk.
FLAGGED = [("yes", True), ("no", False), ("none_found", False), (None, False)]


def local(answer):
    return {"county_records": record(answer, number=9)} if answer else {}


@pytest.mark.parametrize("answer", LOCAL)
def test_requires_is_yes_whatever_the_county_says(answer):
    found = decision("2018-01-01", claims=claim("requires"), **local(answer))
    assert (found.answer, found.rule) == (Answer.YES, Rule.STATE_PROVISION)
    assert not found.preempted


@pytest.mark.parametrize("answer", LOCAL)
def test_mandates_is_no_whatever_the_county_says(answer):
    found = decision("2018-01-01", claims=claim("mandates"), **local(answer))
    assert (found.answer, found.rule) == (Answer.NO, Rule.STATE_PROVISION)


@pytest.mark.parametrize(("answer", "preempted"), FLAGGED)
def test_only_a_local_yes_is_preempted_by_a_mandate(answer, preempted):
    found = decision("2018-01-01", claims=claim("mandates"), **local(answer))
    assert found.preempted is preempted
    assert found.local_answer == (answer or "unknown")


@pytest.mark.parametrize("answer", LOCAL)
def test_forbids_changes_no_answer(answer):
    found = decision("2018-01-01", claims=claim("forbids"), **local(answer))
    assert found.answer == (answer or "unknown")
    assert found.rule != Rule.STATE_PROVISION


@pytest.mark.parametrize(("answer", "at_risk"), FLAGGED)
def test_only_a_local_yes_is_at_risk_where_the_law_forbids(answer, at_risk):
    found = decision("2018-01-01", claims=claim("forbids"), **local(answer))
    assert found.at_risk is at_risk


def test_the_local_record_is_shown_beside_what_the_law_decides():
    found = decision("2018-01-01", claims=claim("mandates"), **local("yes"))
    assert (found.basis.id, found.local.id) == (1, 9)


def test_absence_from_a_list_is_the_raw_answer_where_the_law_mandates():
    found = decision("2018-07-01", claims=claim("mandates"), lists=ice_list())
    assert (found.answer, found.local_answer) == (Answer.NO, Answer.YES)


# --- Compliance dates --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "answer", "required_by"),
    [
        ("2017-12-31", "yes", None),
        ("2018-01-01", "yes", "2018-07-01"),
        ("2018-06-30", "yes", "2018-07-01"),
        ("2018-07-01", "no", None),
    ],
)
def test_a_mandate_decides_from_its_compliance_date_and_says_so_before(on, answer, required_by):
    law = claim("mandates", compliance="2018-07-01")
    found = decision(on, claims=law, county_records=record("yes"))
    assert found.answer == answer
    assert found.required_by == (day(required_by) if required_by else None)


def test_a_compliance_date_before_the_first_day_in_force_changes_nothing():
    law = claim("mandates", start="2018-01-01", compliance="2017-07-01")
    assert said("2017-12-31", claims=law) == ("unknown", "none")
    assert said("2018-01-01", claims=law) == ("no", "state_provision")


def test_a_claim_that_ends_before_its_compliance_date_never_decides():
    law = claim("mandates", until="2018-06-01", compliance="2018-07-01")
    days = ("2018-01-01", "2018-05-31", "2018-06-01", "2018-07-01")
    assert [said(on, claims=law)[0] for on in days] == ["unknown"] * 4


def test_a_later_stay_does_not_change_what_was_required_by_when():
    law = claim("mandates", until="2018-06-01", compliance="2018-07-01")
    assert decision("2018-02-01", claims=law).required_by == day("2018-07-01")


def test_what_only_forbids_is_not_said_to_require_anything_from_its_compliance_date():
    law = claim("forbids", compliance="2018-07-01")
    assert decision("2018-02-01", claims=law).required_by is None


def test_before_its_compliance_date_a_mandate_does_not_preempt():
    law = claim("mandates", compliance="2018-07-01")
    assert not decision("2018-06-30", claims=law, county_records=record("yes")).preempted


def test_the_earliest_of_several_compliance_dates_is_the_one_shown():
    laws = [
        claim("mandates", compliance="2019-01-01"),
        claim("mandates", compliance="2018-07-01", number=2),
    ]
    assert decision("2018-02-01", claims=laws).required_by == day("2018-07-01")


def test_a_compliance_date_is_shown_beside_the_answer_of_another_provision():
    laws = [claim("requires"), claim("mandates", compliance="2019-01-01", number=2)]
    found = decision("2018-02-01", claims=laws)
    assert (found.answer, found.required_by) == (Answer.YES, day("2019-01-01"))


# --- Stays, injunctions and exceptions ---------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        ("2017-08-31", "yes"),  # enjoined: the county's own policy counts
        ("2017-09-24", "yes"),
        ("2017-09-25", "no"),  # the injunction was stayed
        ("2018-06-01", "no"),
    ],
)
def test_an_enjoined_mandate_decides_from_the_day_of_the_stay(on, answer):
    law = claim("mandates", start="2017-09-25")
    assert said(on, claims=law, county_records=record("yes"))[0] == answer


def test_an_injunction_ends_a_period_and_a_later_ruling_opens_another():
    law = [
        claim("mandates", "2018-01-01", "2018-03-01"),
        claim("mandates", "2018-06-01", number=2),
    ]
    days = ("2017-12-31", "2018-02-28", "2018-03-01", "2018-05-31", "2018-06-01")
    found = [decision(on, claims=law, county_records=record("yes")) for on in days]
    assert [x.answer.value for x in found] == ["yes", "no", "yes", "yes", "no"]
    assert [x.preempted for x in found] == [False, True, False, False, True]


def test_an_excepted_county_keeps_its_own_answer():
    found = said(
        "2018-06-01",
        claims=claim("mandates"),
        exceptions=excepted(1),
        county_records=record("yes"),
    )
    assert found == ("yes", "county_record")


def test_an_exception_from_one_claim_leaves_the_others():
    laws = [claim("mandates"), claim("mandates", number=2)]
    found = decision("2018-06-01", claims=laws, exceptions=excepted(1))
    assert (found.answer, found.basis.id) == (Answer.NO, 2)


def test_an_excepted_county_is_not_at_risk():
    found = decision(
        "2018-06-01",
        claims=claim("forbids"),
        exceptions=excepted(1),
        county_records=record("yes"),
    )
    assert not found.at_risk


def test_an_excepted_county_is_not_told_that_it_must_comply_by_a_date():
    law = claim("mandates", compliance="2018-07-01")
    found = decision("2018-06-01", claims=law, exceptions=excepted(1))
    assert found.required_by is None


# --- Conflicts ---------------------------------------------------------------------------------

NEIGHBOURS = [
    (Level.CONSTITUTION, Level.STATUTE),
    (Level.STATUTE, Level.REGULATION),
    (Level.REGULATION, Level.DIRECTIVE),
]


@pytest.mark.parametrize(("higher", "lower"), NEIGHBOURS)
@pytest.mark.parametrize(
    ("winner", "loser", "answer"), [("requires", "mandates", "yes"), ("mandates", "requires", "no")]
)
def test_the_higher_source_wins_even_if_it_is_older(higher, lower, winner, loser, answer):
    laws = [
        claim(winner, "2010-01-01", level=higher, number=1),
        claim(loser, "2018-01-01", level=lower, number=2),
    ]
    found = decision("2019-01-01", claims=laws)
    assert found.answer == answer
    assert [c.id for c in found.conflicts] == [2]


@pytest.mark.parametrize(
    ("later", "earlier", "answer"),
    [("requires", "mandates", "yes"), ("mandates", "requires", "no")],
)
def test_between_equals_the_later_effective_wins(later, earlier, answer):
    laws = [
        claim(later, "2018-01-02", number=1),
        claim(earlier, "2018-01-01", number=2),
    ]
    assert said("2018-01-02", claims=laws)[0] == answer


def test_between_equals_of_the_same_day_the_answer_is_no():
    laws = [claim("requires", number=1), claim("mandates", number=2)]
    found = decision("2018-01-01", claims=laws)
    assert (found.answer, [c.id for c in found.conflicts]) == (Answer.NO, [1])


def test_later_effective_means_the_day_from_which_a_provision_decides():
    laws = [
        claim("mandates", "2017-01-01", compliance="2018-07-01"),
        claim("requires", "2018-01-01", number=2),
    ]
    assert [said(on, claims=laws)[0] for on in ("2018-06-30", "2018-07-01")] == ["yes", "no"]


def test_a_governors_order_ranks_as_a_directive():
    laws = [
        claim("requires", "2018-01-01", level=Level.EXECUTIVE_ORDER),
        claim("mandates", "2018-01-02", level=Level.DIRECTIVE, number=2),
    ]
    assert Level.EXECUTIVE_ORDER == Level.DIRECTIVE
    assert said("2018-01-02", claims=laws)[0] == "no"


@pytest.mark.parametrize(
    ("on", "answer", "conflicts"),
    [("2018-01-01", "no", []), ("2018-06-30", "no", []), ("2018-07-01", "yes", [1])],
)
def test_a_higher_source_wins_only_from_its_compliance_date(on, answer, conflicts):
    laws = [
        claim("mandates", "2017-01-01", number=1),
        claim("requires", compliance="2018-07-01", level=Level.CONSTITUTION, number=2),
    ]
    found = decision(on, claims=laws)
    assert found.answer == answer
    assert [c.id for c in found.conflicts] == conflicts


def test_when_the_winning_provision_ends_the_other_decides():
    laws = [
        claim("requires", until="2019-01-01", level=Level.CONSTITUTION),
        claim("mandates", number=2),
    ]
    assert said("2018-12-31", claims=laws)[0] == "yes"
    assert said("2019-01-01", claims=laws)[0] == "no"


def test_an_excepted_provision_is_no_conflict():
    laws = [claim("requires"), claim("mandates", number=2)]
    found = decision("2018-06-01", claims=laws, exceptions=excepted(2))
    assert (found.answer, found.conflicts) == (Answer.YES, ())


def test_provisions_that_agree_are_no_conflict():
    laws = [claim("requires"), claim("requires", number=2)]
    assert decision("2018-06-01", claims=laws).conflicts == ()


def test_of_provisions_that_agree_the_one_with_the_newest_evidence_is_shown():
    laws = [claim(evidence="2022-01-01", number=1), claim(evidence="2018-01-01", number=2)]
    found = [decision("2018-06-01", claims=order) for order in (laws, laws[::-1])]
    assert [x.basis.id for x in found] == [1, 1]


def test_a_requirement_and_a_prohibition_of_protection_are_listed_as_a_conflict():
    laws = [claim("requires"), claim("forbids", level=Level.CONSTITUTION, number=2)]
    found = decision("2018-06-01", claims=laws)
    assert (found.answer, [c.id for c in found.conflicts]) == (Answer.YES, [2])


def test_a_mandate_and_a_prohibition_of_protection_do_not_conflict():
    laws = [claim("mandates"), claim("forbids", number=2)]
    assert decision("2018-06-01", claims=laws).conflicts == ()


def test_conflicting_provisions_are_listed_where_an_agreement_decides_as_well():
    laws = [claim("requires"), claim("mandates", level=Level.DIRECTIVE, number=2)]
    found = decision("2020-01-01", claims=laws, agreements=agreement())
    assert (found.rule, [c.id for c in found.conflicts]) == (Rule.AGREEMENT, [2])
