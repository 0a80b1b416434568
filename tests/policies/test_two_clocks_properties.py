"""Random acts: what we said on a day is what `known_on` says of it for ever, and a withdrawn
change leaves no trace in the answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies import evidence
from policies.assessments import When, assess, explain
from policies.models import LocalPolicy
from policies.resolution import FactorEvidence, resolve
from policies.rubric import FACTORS
from policies.score_periods import differences
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    IceListFactory,
    LocalPolicyFactory,
    StateFactory,
    change,
    correct,
    noon,
    published,
    published_provision,
    withdraw,
)

FIRST = date(2019, 1, 1)
PLACES = ("06001", "06003", "44001", "44003")
USED = ("no_287g", "limits_holds", "no_status_inquiry")

months = st.integers(0, 11).map(lambda n: date(2018, 1 + n, 1))
ends = st.none() | months
factors = st.sampled_from(USED)
answers = st.sampled_from(["yes", "no", "none_found"])
some_places = st.lists(st.sampled_from(PLACES), max_size=2, unique=True)
pick = st.integers(0, 20)


def spans():
    return st.tuples(months, ends).map(
        lambda span: (span[0], span[1] if span[1] and span[1] > span[0] else None)
    )


acts = st.one_of(
    st.tuples(st.just("record"), st.sampled_from([*PLACES, "RI"]), factors, answers, spans()),
    st.tuples(st.just("change"), pick, answers, spans()),
    st.tuples(st.just("end"), pick, months),
    st.tuples(st.just("correct"), pick, answers, spans()),
    st.tuples(st.just("withdraw"), pick),
    st.tuples(
        st.just("law"),
        st.sampled_from(["CA", "RI"]),
        factors,
        st.sampled_from(["requires", "mandates", "forbids"]),
        spans(),
        st.booleans(),
        some_places,
    ),
    st.tuples(
        st.just("agreement"),
        st.sampled_from(["sheriff", "constable", "state_corrections"]),
        some_places,
        spans(),
    ),
    st.tuples(st.just("list"), months, some_places),
)


def usps_of(place):
    return "CA" if place.startswith("06") else "RI"


def county(fips):
    return CountyFactory(fips=fips, usps=usps_of(fips))


def perform(act, on):
    """Do one act on a day. Raises ValidationError where it is refused."""
    kind, *rest = act
    at = noon(on)
    if kind == "record":
        place, factor, answer, (start, end) = rest
        whose = (
            {"county": None, "state": StateFactory(usps="RI")}
            if place == "RI"
            else {"county": county(place)}
        )
        period = {"effective_from": start, "effective_until": end}
        published(LocalPolicyFactory, at=at, factor=factor, answer=answer, **whose, **period)
    elif kind in ("change", "end", "correct", "withdraw"):
        rows = list(LocalPolicy.objects.published().order_by("pk"))
        if not rows:
            return
        row = rows[rest[0] % len(rows)]
        if kind == "withdraw":
            withdraw(row, on=on)
        elif kind == "end":
            change(row, on=on, effective_until=rest[1])
        else:
            start, end = rest[2]
            act = change if kind == "change" else correct
            act(row, on=on, answer=rest[1], effective_from=start, effective_until=end)
    elif kind == "law":
        usps, factor, effect, (start, end), binds, excepted = rest
        claim = {"factor": factor, "effect": effect}
        published_provision(
            at=at,
            state=StateFactory(usps=usps),
            binds_county_agencies=binds,
            claims=[claim | {"effective_from": start, "effective_until": end}],
            exceptions=[{"county": county(fips)} for fips in excepted if usps_of(fips) == usps],
        )
    elif kind == "agreement":
        agency_type, places, (start, end) = rest
        usps = usps_of(places[0]) if places else "RI"
        published(
            AgreementFactory,
            at=at,
            state=StateFactory(usps=usps),
            agency_type=agency_type,
            counties=[county(fips) for fips in places],
            effective_from=start,
            effective_until=end,
            ended_as="expired" if end else "",
        )
    else:
        on_list, places = rest
        published(
            IceListFactory,
            at=at,
            list_date=on_list,
            listed_counties=[county(fips) for fips in places],
        )


DAYS = [date(2018, month, day) for month in (1, 6, 12) for day in (1, 15)] + [
    date(2020, 3, 1),
    date(2021, 6, 1),
]


def everything(known_on=None):
    """All assessments on some days, without the first day that only stored periods know."""
    return {
        as_of: {
            fips: replace(found, since=None)
            for fips, found in assess(When(as_of, known_on)).items()
        }
        for as_of in DAYS
    }


@pytest.mark.django_db
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(acts, min_size=1, max_size=7))
def test_what_we_said_on_a_day_is_what_we_know_that_we_said(the_acts):
    with transaction.atomic():
        for fips in PLACES:
            county(fips)
        said = {}
        for number, act in enumerate(the_acts):
            on = FIRST + timedelta(days=number)
            try:
                with transaction.atomic():
                    perform(act, str(on))
            except ValidationError:
                pass  # refused, as it may be; nothing has changed
            assert differences() == []
            said[on] = everything()
        for on, then in said.items():
            assert everything(known_on=on) == then
        assert everything(known_on=FIRST - timedelta(days=1)) == {on: {} for on in DAYS}
        check_roads_agree()
        transaction.set_rollback(True)


def check_roads_agree():
    """One county's evidence, its explanation and the stored score say the same."""
    whole = evidence.load()
    for fips in PLACES:
        alone = evidence.load(fips=[fips])
        for as_of in DAYS[::3]:
            for factor in FACTORS:
                one, other = (
                    road.of(fips).get(factor, FactorEvidence()) for road in (alone, whole)
                )
                assert resolve(one, as_of) == resolve(other, as_of)
            stored = assess(When(as_of), fips=[fips]).get(fips)
            explained = explain(county(fips), When(as_of)).assessment
            assert explained.score.known == (stored.score.known if stored else 0)
            assert stored is None or replace(stored, since=None) == explained


changes = st.one_of(
    st.tuples(st.just("change"), pick, answers, spans()), st.tuples(st.just("end"), pick, months)
)


def answers_now():
    return {
        as_of: {fips: found.answers for fips, found in assess(When(as_of)).items()}
        for as_of in [date(2018, month, day) for month in range(1, 13) for day in (1, 15)]
    }


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(spans(), st.lists(changes, max_size=3), changes)
def test_a_change_that_is_withdrawn_brings_every_answer_back(first, earlier, last):
    with transaction.atomic():
        published(
            LocalPolicyFactory,
            at=noon(str(FIRST)),
            county=county(PLACES[0]),
            factor=USED[1],
            effective_from=first[0],
            effective_until=first[1],
        )
        for act in earlier:
            try:
                with transaction.atomic():
                    perform(act, str(FIRST))
            except ValidationError:
                pass
        before, known = answers_now(), set(LocalPolicy.objects.values_list("pk", flat=True))
        try:
            with transaction.atomic():
                perform(last, str(FIRST))
        except ValidationError:
            pass
        made = LocalPolicy.objects.published().exclude(pk__in=known).order_by("pk").first()
        if made:  # the draft was made before the periods beside it
            withdraw(made)
            assert answers_now() == before
            assert differences() == []
        transaction.set_rollback(True)
