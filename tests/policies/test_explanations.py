"""Why a county has the answers it has: the words, the records behind them and their citations."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from policies.assessments import When, agreements_of, assess, explain
from policies.explanations import long_date, sentence, since
from policies.models import LocalPolicy, Precision
from policies.resolution import Rule
from policies.rubric import FACTORS, Factor
from tests.factories import (
    AgreementFactory,
    CitationFactory,
    CountyFactory,
    DocumentFactory,
    IceListFactory,
    LocalPolicyFactory,
    StateFactory,
    change,
    noon,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db

HOLDS, F287 = Factor.LIMITS_HOLDS, Factor.NO_287G
TODAY = date(2021, 1, 1)


@pytest.fixture
def sf():
    return CountyFactory(fips="06075", short_name="San Francisco")


def explained(county, factor=HOLDS, as_of=TODAY, known_on=None):
    return explain(county, When(as_of, known_on)).factors[FACTORS.index(factor)]


def says(county, factor=HOLDS, as_of=TODAY):
    return sentence(explained(county, factor, as_of), county)


# --- Sentences ---------------------------------------------------------------------------------


def test_nothing_known(sf):
    assert says(sf) == "We have no record of what the county does. That is not a zero."


def test_the_countys_own_policy_with_its_title(sf):
    published(LocalPolicyFactory, county=sf, title="Ordinance 130764")
    assert says(sf) == (
        "San Francisco County has its own policy, since Feb. 1, 2017: Ordinance 130764."
    )


def test_the_countys_own_policy_without_a_title(sf):
    published(LocalPolicyFactory, county=sf)
    assert says(sf) == "San Francisco County has its own policy, since Feb. 1, 2017."


@pytest.mark.parametrize(
    ("month", "precision", "in_force_by", "words"),
    [
        (2, "day", False, "since Feb. 1, 2017"),
        (2, "month", False, "since February 2017"),
        (1, "year", False, "since 2017"),
        (2, "month", True, "in force by February 2017"),
    ],
)
def test_a_date_is_said_no_more_exactly_than_it_is_known(sf, month, precision, in_force_by, words):
    published(
        LocalPolicyFactory,
        county=sf,
        effective_from=date(2017, month, 1),
        effective_from_precision=precision,
        in_force_by=in_force_by,
    )
    assert f", {words}." in says(sf)


def test_a_documented_no(sf):
    published(LocalPolicyFactory, county=sf, answer="no")
    assert says(sf) == (
        "San Francisco County is documented doing the opposite, since Feb. 1, 2017."
    )


@pytest.mark.parametrize(
    ("observed", "words"), [(None, "Feb. 1, 2017"), (date(2017, 3, 1), "March 2017")]
)
def test_none_found_says_when_someone_looked(sf, observed, words):
    published(
        LocalPolicyFactory,
        county=sf,
        answer="none_found",
        observed_on=observed,
        observed_on_precision="month",
    )
    assert says(sf) == (
        f"Someone looked and found no such policy of San Francisco County ({words})."
    )


def test_the_record_of_a_unified_jail_state_names_its_department():
    county = CountyFactory(usps="RI")
    published(LocalPolicyFactory, county=None, state=StateFactory(usps="RI"))
    assert says(county).startswith("Rhode Island Department of Corrections has its own policy")


def test_an_agreement_names_the_agency(sf):
    published(AgreementFactory, counties=[sf])
    assert says(sf, F287) == (
        "Place County Sheriff's Office has a 287(g) agreement with ICE, since Jan. 1, 2019."
    )


def test_an_agreement_against_the_law_is_called_so(sf):
    published(AgreementFactory, counties=[sf])
    published_provision(claims=[{"factor": F287}])
    assert says(sf, F287).endswith("This is contrary to state law.")


def test_a_requirement_of_state_law(sf):
    published_provision(claims=[{}], title="California Values Act")
    assert says(sf) == "California law requires it since Jan. 1, 2018: California Values Act."


def test_a_mandate_that_preempts_the_countys_own_policy():
    travis = CountyFactory(fips="48453", usps="TX", short_name="Travis")
    published(LocalPolicyFactory, county=travis)
    published_provision(
        claims=[{"effect": "mandates", "effective_from": date(2017, 9, 25)}],
        state=StateFactory(usps="TX"),
        title="Senate Bill 4",
    )
    assert "has its own policy" in says(travis, as_of=date(2017, 8, 29))
    assert says(travis, as_of=date(2018, 6, 1)) == (
        "Texas law mandates the cooperation since Sept. 25, 2017: Senate Bill 4. "
        "The county's own policy is preempted by state law."
    )


def test_a_law_with_a_compliance_date(sf):
    published_provision(
        claims=[{"effect": "mandates", "compliance_date": date(2018, 7, 1)}], title="The Act"
    )
    assert says(sf, as_of=date(2018, 6, 30)).endswith(
        "State law decides this from July 1, 2018 on."
    )
    assert "since July 1, 2018: The Act" in says(sf, as_of=date(2018, 7, 1))


def test_a_local_policy_at_risk(sf):
    published(LocalPolicyFactory, county=sf)
    published_provision(claims=[{"effect": "forbids"}])
    assert says(sf).endswith("State law forbids such local policies, so this one is at risk.")


def test_absence_from_a_list_names_the_list(sf):
    published(IceListFactory, list_date=date(2020, 1, 1))
    assert says(sf, F287) == "Not on ICE's list of Jan. 1, 2020."


def test_there_is_a_sentence_in_spanish_too(sf):
    published(LocalPolicyFactory, county=sf)
    with translation.override("es"):
        assert all(sentence(one, sf) for one in explain(sf, When(TODAY)).factors)


def test_long_dates_and_since():
    assert long_date(date(2017, 2, 1), Precision.MONTH) == "February 2017"
    assert since(LocalPolicy(effective_from=date(2017, 2, 1))) == "since Feb. 1, 2017"


# --- The records behind an answer --------------------------------------------------------------


def test_the_record_that_decided_and_the_raw_local_one_are_both_given(sf):
    own = published(LocalPolicyFactory, county=sf)
    law = published_provision(claims=[{"effect": "mandates"}])
    found = explained(sf)
    assert (found.source, found.local) == (law.claims.get(), own)
    assert found.citations == (law.claims.get().citations.get(),)
    assert found.local_citations == (own.citations.get(),)


@pytest.mark.parametrize("factory", [AgreementFactory, IceListFactory])
def test_agreements_and_lists_bring_their_citations(sf, factory):
    row = published(factory, **({"counties": [sf]} if factory is AgreementFactory else {}))
    found = explained(sf, F287)
    assert (found.source, found.citations) == (row, (row.citations.get(),))


def test_conflicting_provisions_are_given(sf):
    published_provision(claims=[{}], level="constitution")
    weaker = published_provision(claims=[{"effect": "mandates"}])
    assert explained(sf).conflicts == (weaker.claims.get(),)


def test_a_citation_of_a_document_that_is_private_by_now_is_not_shown(sf):
    row = published(LocalPolicyFactory, county=sf)
    CitationFactory(local_policy=row, document=DocumentFactory(is_public=False))
    assert explained(sf).citations == (row.citations.order_by("pk").first(),)


def test_the_history_lists_every_stretch_oldest_first(sf):
    row = published(LocalPolicyFactory, county=sf)
    change(row, answer="no", effective_from=date(2019, 1, 1))
    found = [(str(first), decision.answer) for first, decision in explained(sf).history]
    assert found == [("2017-02-01", "yes"), ("2019-01-01", "no")]


def test_as_known_on_a_past_day_the_record_of_then_is_explained(sf):
    row = published(LocalPolicyFactory, county=sf, at=noon("2020-01-01"))
    change(row, answer="no", effective_from=date(2019, 1, 1), on="2020-06-01")
    assert explained(sf, known_on=date(2020, 5, 31)).source == row
    assert explained(sf, known_on=date(2019, 12, 31)).decision.rule == Rule.NONE


def test_the_explanation_says_what_the_assessment_says(sf):
    published(LocalPolicyFactory, county=sf)
    published(IceListFactory, list_date=date(2020, 1, 1))
    published_provision(claims=[{"factor": "no_status_inquiry"}])
    for as_of in (date(2017, 1, 31), date(2018, 1, 1), TODAY):
        found = explain(sf, When(as_of)).assessment
        stored = assess(When(as_of), fips=[sf.pk]).get(sf.pk)
        if stored:
            assert (found.answers, found.rules, found.stale) == (
                stored.answers,
                stored.rules,
                stored.stale,
            )
        else:
            assert found.score.known == 0


def test_explaining_takes_a_fixed_number_of_queries(sf):
    def count():
        with CaptureQueriesContext(connection) as captured:
            for one in explain(sf, When(TODAY)).factors:
                assert sentence(one, sf)
        return len(captured)

    def add(factors):
        for factor in factors:
            published(LocalPolicyFactory, county=sf, factor=factor)
            published_provision(claims=[{"factor": factor, "effect": "forbids"}])
        published_provision(claims=[{"factor": factor} for factor in factors[1:]])

    published(AgreementFactory, counties=[sf])
    published(IceListFactory, kind="detention")
    add(FACTORS[2:4])
    few = count()
    add(FACTORS[4:])
    assert count() == few


# --- Agreements of a county --------------------------------------------------------------------


def test_every_agreement_is_shown_deciding_or_not_newest_first(sf):
    first = published(AgreementFactory, counties=[sf])
    second = published(
        AgreementFactory,
        counties=[sf],
        agency_type="constable",
        effective_from=date(2020, 1, 1),
    )
    published(AgreementFactory, counties=[CountyFactory()])
    assert list(agreements_of(sf, When(TODAY))) == [second, first]
    assert list(agreements_of(sf, When(date(2019, 12, 31)))) == [first]


def test_a_unified_states_agreement_is_shown_for_its_counties_only_once():
    county = CountyFactory(usps="RI")
    row = published(
        AgreementFactory,
        state=county.state,
        agency_type="state_corrections",
        counties=[county, CountyFactory(usps="RI")],
    )
    assert list(agreements_of(county, When(TODAY))) == [row]
