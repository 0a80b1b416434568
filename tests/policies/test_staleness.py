"""How long evidence of each kind stays fresh."""

from datetime import date

import pytest

from policies.resolution import UNKNOWN, resolve
from policies.rubric import Factor
from policies.timeline import fresh_until, is_stale
from tests.policies.plain import agreement, claim, day, evidence, ice_list, record

HOLDS, F287, DETENTION = Factor.LIMITS_HOLDS, Factor.NO_287G, Factor.NO_DETENTION_CONTRACT


def seen_in(kind, on):
    """A decision by evidence of that day."""
    found = {
        "record": lambda: evidence(county_records=record(evidence=on)),
        "state record": lambda: evidence(state_records=record(evidence=on)),
        "law": lambda: evidence(claims=claim(start="2016-01-01", evidence=on)),
        "list": lambda: evidence(lists=ice_list(on)),
        "signed text": lambda: evidence(agreements=agreement(on)),
        "listed agreement": lambda: evidence(agreements=agreement(on, listed=True)),
    }
    return resolve(found[kind](), max(day(on), day("2018-01-01")))


@pytest.mark.parametrize(
    ("factor", "kind", "seen", "last_fresh", "first_stale"),
    [
        (HOLDS, "record", "2017-02-01", "2019-02-01", "2019-02-02"),
        (HOLDS, "state record", "2017-02-01", "2019-02-01", "2019-02-02"),
        (HOLDS, "law", "2018-12-31", "2020-12-31", "2021-01-01"),
        (HOLDS, "record", "2020-02-29", "2022-02-28", "2022-03-01"),
        (HOLDS, "record", "2018-02-28", "2020-02-28", "2020-02-29"),
        (F287, "record", "2017-02-01", "2019-02-01", "2019-02-02"),
        (F287, "list", "2020-01-01", "2020-03-31", "2020-04-01"),
        (F287, "list", "2019-01-01", "2019-04-01", "2019-04-02"),
        (F287, "listed agreement", "2019-01-01", "2019-04-01", "2019-04-02"),
        (F287, "signed text", "2019-01-01", "2021-01-01", "2021-01-02"),
        (F287, "law", "2019-01-01", "2021-01-01", "2021-01-02"),
        (DETENTION, "signed text", "2017-11-06", "2019-11-06", "2019-11-07"),
        (DETENTION, "listed agreement", "2017-11-06", "2019-11-06", "2019-11-07"),
        (DETENTION, "list", "2017-11-06", "2019-11-06", "2019-11-07"),
    ],
)
def test_evidence_goes_stale_after_24_months_and_a_287g_list_after_90_days(
    factor, kind, seen, last_fresh, first_stale
):
    decision = seen_in(kind, seen)
    assert decision.evidence_on == day(seen)
    assert fresh_until(factor, day(seen), from_list=decision.from_list) == day(last_fresh)
    assert not is_stale(factor, decision, day(last_fresh))
    assert is_stale(factor, decision, day(first_stale))


def test_what_has_no_evidence_is_not_stale():
    assert not is_stale(HOLDS, UNKNOWN, date(2099, 1, 1))


def test_a_day_before_the_evidence_is_not_stale():
    assert not is_stale(HOLDS, seen_in("record", "2017-02-01"), date(2000, 1, 1))
