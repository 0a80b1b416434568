"""Which counties are set beside one: those like it with a policy, and its twins."""

from dataclasses import dataclass

from policies.peers import likeness, twins, with_own_policy
from policies.resolution import Rule
from policies.rubric import FACTORS, Answer, Factor

HOLDS, HELP = Factor.LIMITS_HOLDS, Factor.NO_GENERAL_ASSISTANCE
SIZES = {"35001": 1000, "35003": 9000, "35005": 1100, "06001": 1000, "06003": None, "06005": 3000}


@dataclass(frozen=True)
class One:
    fips: str
    yes: tuple[Factor, ...] = ()
    by: Rule = Rule.COUNTY_RECORD

    @property
    def answers(self):
        return tuple(Answer.YES if f in self.yes else Answer.UNKNOWN for f in FACTORS)

    def answer(self, factor):
        return self.answers[FACTORS.index(factor)]

    def rule(self, factor):
        return self.by if factor in self.yes else Rule.NONE


def test_the_same_state_comes_first_then_the_nearest_size_then_what_has_no_size():
    order = sorted([code for code in SIZES if code != "35001"], key=likeness("35001", SIZES))
    assert order == ["35005", "35003", "06001", "06005", "06003"]


def test_a_tenth_is_as_far_as_ten_times():
    sizes = {"06001": 100, "06003": 10, "06005": 1000}
    key = likeness("06001", sizes)
    assert key("06003")[1] == key("06005")[1]


def test_of_a_county_without_population_the_state_still_comes_first():
    order = sorted(["35001", "06001"], key=likeness("06003", SIZES))
    assert order == ["06001", "35001"]


def test_only_counties_with_a_policy_of_their_own_are_followed():
    everyone = [
        One("06001", (HOLDS, HELP)),
        One("35003", (HOLDS,)),
        One("35005", (HOLDS,), Rule.STATE_PROVISION),
        One("06005", (HELP,)),
        One("35001", (HOLDS,)),
    ]
    found = with_own_policy("35001", [HOLDS, HELP], everyone, SIZES, most=3)
    assert found == {HOLDS: ["35003", "06001"], HELP: ["06001", "06005"]}


def test_no_more_than_asked_for():
    everyone = [One(code, (HOLDS,)) for code in SIZES]
    assert with_own_policy("35001", [HOLDS], everyone, SIZES, most=1) == {HOLDS: ["35005"]}


def test_twins_answer_alike_and_are_unknown_alike():
    everyone = [One("06001", (HOLDS,)), One("35005", (HOLDS,)), One("06005", (HOLDS, HELP))]
    assert twins("35001", One("35001", (HOLDS,)).answers, everyone, SIZES) == ["35005", "06001"]
