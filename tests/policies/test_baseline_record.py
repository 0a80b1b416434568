"""The shipped record answers as the documents say. Loads everything once, in one transaction."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from counties.models import County
from policies import actions, baseline_loader, explanations, score_periods
from policies.assessments import When, assess, explain, unknown
from policies.models import (
    Agreement,
    ChangeKind,
    Citation,
    IceList,
    ImportChoice,
    LocalPolicy,
    PolicyWin,
    StateProvision,
)
from policies.resolution import Rule
from policies.rubric import FACTORS, Answer, Factor
from tests.factories import UserFactory, rolled_back

FEBRUARY_2017 = When(date(2017, 2, 20))
LOADED_AT = datetime(2020, 1, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """The whole baseline, rolled back after this module."""
    with django_db_blocker.unblock(), rolled_back():
        call_command("load_reference", verbosity=0)
        baseline_loader.load(by=UserFactory(username="loader"), at=LOADED_AT)
        yield


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]


def at_least_five(when: When) -> dict[str, int]:
    found = assess(when)
    return {fips: a.score.value for fips, a in found.items() if (a.score.value or 0) >= 5}


def lacking(fips: str) -> set[str]:
    answers = assess(FEBRUARY_2017)[fips].answers
    return {f.value for f, answer in zip(FACTORS, answers, strict=True) if answer != Answer.YES}


def explained(fips: str, on: date, factor: Factor):
    county = County.objects.select_related("state").get(pk=fips)
    found = explain(county, When(on)).factors[FACTORS.index(factor)]
    return found, explanations.sentence(found, county)


def test_in_february_2017_eighty_four_counties_have_five_or_more():
    scores = at_least_five(FEBRUARY_2017)
    assert Counter(scores.values()) == {7: 2, 6: 7, 5: 75}
    assert {fips for fips, score in scores.items() if score == 7} == {"06075", "17031"}


def test_before_the_first_observation_nothing_is_known():
    assert assess(When(date(2016, 12, 31))) == {}


def test_editing_one_answer_is_seen_in_the_count():
    policy = LocalPolicy.objects.get(
        county="06003", factor="limits_holds", status="published", effective_until=None
    )
    by = UserFactory()
    wrong = actions.draft_successor(record=policy, kind=ChangeKind.CORRECTION, by=by)
    wrong.answer = Answer.NONE_FOUND
    wrong.save()
    actions.publish(record=wrong, by=by, at=datetime(2021, 1, 1, tzinfo=UTC))
    assert len(at_least_five(FEBRUARY_2017)) == 83


@pytest.mark.parametrize(
    ("fips", "missing"),
    [
        ("36061", {"no_general_assistance"}),
        ("35055", {"limits_notifications"}),
        ("35047", {"limits_notifications"}),
        ("50007", {"limits_interrogations", "limits_notifications"}),
        ("41051", {"limits_interrogations", "no_general_assistance"}),
        ("06003", {"no_status_inquiry", "no_general_assistance"}),
        ("22071", {"no_general_assistance", "limits_notifications"}),
        ("42101", {"limits_interrogations", "limits_notifications"}),
    ],
)
def test_each_county_lacks_what_the_article_says(fips, missing):
    assert lacking(fips) == missing


def test_travis_countys_hold_policy_counts_before_the_texan_mandate():
    found, _ = explained("48453", date(2017, 8, 29), Factor.LIMITS_HOLDS)
    assert (found.decision.answer, found.decision.rule) == (Answer.YES, Rule.COUNTY_RECORD)
    assert any("Sally Hernandez" in citation.quote for citation in found.citations)


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2017, 1, 31), Answer.UNKNOWN),
        (date(2017, 2, 1), Answer.YES),
        (date(2017, 8, 30), Answer.YES),  # the mandate is enjoined before it takes effect
        (date(2017, 9, 24), Answer.YES),
        (date(2017, 9, 25), Answer.NO),  # the injunction is stayed
    ],
)
def test_travis_countys_hold_policy_by_day(day, answer):
    assert explained("48453", day, Factor.LIMITS_HOLDS)[0].decision.answer == answer


def test_travis_countys_hold_policy_is_preempted_in_2018_and_says_so():
    found, sentence = explained("48453", date(2018, 6, 1), Factor.LIMITS_HOLDS)
    assert found.decision.preempted
    assert found.decision.local_answer == Answer.YES
    assert "preempted" in sentence
    assert "Texas law mandates" in sentence
    assert any("mandatory to comply with ICE detainers" in c.quote for c in found.citations)


@pytest.mark.parametrize(("day", "known"), [(date(2017, 12, 31), 1), (date(2018, 1, 1), 5)])
def test_a_californian_county_gains_by_state_law_on_its_first_day(day, known):
    assert (assess(When(day)).get("06001") or unknown("06001")).score.known == known


def test_the_facility_list_answers_for_the_whole_country_on_its_day():
    found = assess(When(date(2017, 11, 6)))
    answers = [a.answers[FACTORS.index(Factor.NO_DETENTION_CONTRACT)] for a in found.values()]
    assert Counter(answers) == {Answer.YES: 3143 - 150, Answer.NO: 150}


@pytest.mark.parametrize(
    ("fips", "answer", "rule"),
    [
        ("36001", Answer.NO, Rule.AGREEMENT),  # Albany, listed under Kings
        ("36047", Answer.YES, Rule.ABSENT_FROM_LIST),
        ("13259", Answer.NO, Rule.AGREEMENT),  # Stewart: run by a company, owned by the county
        ("16067", Answer.NO, Rule.AGREEMENT),  # Minidoka: the jail is shared with Cassia
        ("51510", Answer.NO, Rule.AGREEMENT),  # Alexandria, an independent city
        ("48479", Answer.YES, Rule.ABSENT_FROM_LIST),  # Webb: a company's own facilities only
    ],
)
def test_whose_contract_it_is_decides(fips, answer, rule):
    decision = explained(fips, date(2017, 11, 6), Factor.NO_DETENTION_CONTRACT)[0].decision
    assert (decision.answer, decision.rule) == (answer, rule)


def test_the_californian_gain_explains_itself_with_words_and_source():
    found, sentence = explained("06001", date(2018, 1, 1), Factor.LIMITS_HOLDS)
    assert found.decision.rule == Rule.STATE_PROVISION
    assert "California law requires it since Jan. 1, 2018" in sentence
    assert any("limiting the detention or transfer" in c.quote for c in found.citations)


@pytest.mark.parametrize("state", ["NY", "OR", "VT"])
def test_what_binds_only_state_agencies_decides_no_county(state):
    claims = StateProvision.objects.filter(
        state=state, binds_county_agencies=True, claims__isnull=False
    )
    assert not claims.exists()


@pytest.mark.parametrize("state", ["MS", "GA", "IN", "TN"])
def test_preemption_statutes_forbid_and_impose_nothing(state):
    effects = StateProvision.objects.filter(state=state).values_list("claims__effect", flat=True)
    assert set(effects) - {None} == {"forbids"}
    here = County.objects.filter(state=state).values_list("pk", flat=True)
    found = assess(When(date(2019, 12, 31)), fips=list(here)).values()
    assert not any("p" in assessment.rules for assessment in found)


def test_both_of_our_tables_add_up_to_the_same_points():
    complete = [a for a in assess(When(date(2019, 9, 30))).values() if a.score.value is not None]
    by_factor = sum(answer == Answer.YES for a in complete for answer in a.answers)
    assert by_factor == sum(a.score.value for a in complete)


def test_loading_again_adds_nothing():
    again = baseline_loader.load(by=UserFactory(), at=LOADED_AT)
    assert (again.documents, again.records, again.texts) == (0, 0, 0)


def test_loading_again_leaves_what_staff_corrected():
    test_editing_one_answer_is_seen_in_the_count()
    baseline_loader.load(by=UserFactory(), at=LOADED_AT)
    assert len(at_least_five(FEBRUARY_2017)) == 83


def test_everything_published_is_cited():
    for model in (LocalPolicy, StateProvision, PolicyWin, Agreement, IceList):
        assert not model.objects.published().filter(citations__isnull=True).exists()
    assert not StateProvision.objects.filter(
        claims__isnull=False, claims__citations__isnull=True
    ).exists()
    assert Citation.objects.exclude(quote="").count() > 600


def test_an_earlier_answer_ends_where_the_ballot_initiative_begins():
    policies = LocalPolicy.objects.published().filter(
        county="06023", factor="no_general_assistance"
    )
    periods = list(policies.order_by("effective_from").values_list("answer", "effective_until"))
    assert len(periods) == 2
    assert periods[0][0] == "none_found"
    assert periods[0][1] is not None
    assert periods[1] == ("yes", None)


@pytest.mark.parametrize(
    ("day", "agreement"),
    [
        # Counties of deciding agencies, and the thirty of Alaska, whose jails are the state's.
        (date(2025, 2, 21), 131 + 30),
        # Three signed by that day whom the list does not have yet.
        (date(2025, 7, 18), 417 + 30 + 3),
        (date(2026, 5, 18), 780 + 30),
    ],
)
def test_from_the_first_list_on_every_county_is_known_to_agree_or_decline(day, agreement):
    answers = Counter(assessment.answers[0] for assessment in assess(When(day)).values())
    assert answers == {Answer.NO: agreement, Answer.YES: 3143 - agreement}


@pytest.mark.parametrize(
    ("fips", "day", "answer", "rule"),
    [
        ("24021", date(2019, 6, 1), Answer.UNKNOWN, Rule.NONE),
        ("24021", date(2020, 6, 9), Answer.NO, Rule.AGREEMENT),
        ("24021", date(2026, 5, 17), Answer.NO, Rule.AGREEMENT),
        ("24021", date(2026, 5, 18), Answer.YES, Rule.ABSENT_FROM_LIST),
        ("48281", date(2025, 7, 18), Answer.NO, Rule.AGREEMENT),
        ("02013", date(2020, 7, 24), Answer.NO, Rule.AGREEMENT),
        ("51720", date(2026, 5, 18), Answer.NO, Rule.AGREEMENT),
        ("36025", date(2026, 5, 18), Answer.YES, Rule.ABSENT_FROM_LIST),
    ],
)
def test_agreements_and_absence_from_the_lists_answer_the_first_factor(fips, day, answer, rule):
    found, _ = explained(fips, day, Factor.NO_287G)
    assert (found.decision.answer, found.decision.rule) == (answer, rule)


def test_an_agreement_cites_each_list_that_has_it_and_the_one_that_does_not():
    ended = Agreement.objects.get(
        agency_name="Frederick County Sheriff's Office", effective_until=date(2026, 5, 18)
    )
    cited = list(ended.citations.order_by("pk").values_list("document__key", "row", "note"))
    assert [(key, row) for key, row, _ in cited] == [
        ("ice-287g-2025-07-18", 447),
        ("ice-287g-2025-02-21", 80),
        ("ice-287g-2026-05-18", None),
    ]
    assert cited[0][2].startswith("Agreement: https://www.ice.gov/")
    assert (ended.ended_as, ended.main_citation.row) == ("not_listed", 447)


def test_what_a_person_decided_is_remembered_for_the_next_list():
    chosen = ImportChoice.objects.get(scope="agency", key="TX|lampass county sheriff")
    assert chosen.value == "sheriff:48281"


def test_what_rests_on_general_knowledge_is_to_be_verified():
    jail = Agreement.objects.filter(agency_name__startswith="Southwest Virginia")
    assert jail.exists()
    assert all(one.needs_verification and one.verification_note for one in jail)


def test_stored_scores_are_those_computed_afresh():
    assert score_periods.differences() == []


@pytest.mark.parametrize("day", [date(2017, 2, 20), date(2018, 6, 1), date(2026, 1, 1)])
def test_as_known_today_and_as_known_now_agree(day):
    stored, computed = assess(When(day)), assess(When(day, date(2020, 1, 2)))
    assert {k: (a.answers, a.rules, a.stale) for k, a in stored.items()} == {
        k: (a.answers, a.rules, a.stale) for k, a in computed.items()
    }


def test_before_the_record_was_published_nothing_was_known():
    assert assess(When(date(2018, 1, 1), date(2019, 12, 31))) == {}
