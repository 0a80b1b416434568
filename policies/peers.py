"""Counties to look at beside one: those like it, and those with the same answers. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from policies.resolution import Rule
from policies.rubric import Answer, Factor


class Assessed(Protocol):
    """What is read of a county here."""

    @property
    def fips(self) -> str: ...
    @property
    def answers(self) -> tuple[Answer, ...]: ...
    def answer(self, factor: Factor) -> Answer: ...
    def rule(self, factor: Factor) -> Rule: ...


Populations = Mapping[str, int | None]


def likeness(fips: str, populations: Populations) -> Callable[[str], tuple]:
    """A key that sorts other counties: the same state first, then by how close the population is.

    Of two sizes what counts is how many times the one is the other.
    """
    own = populations.get(fips)

    def key(other: str) -> tuple:
        size = populations.get(other)
        apart = round(abs(math.log(size / own)), 6) if size and own else math.inf
        return other[:2] != fips[:2], apart, other

    return key


def with_own_policy(
    fips: str,
    factors: Iterable[Factor],
    assessed: Iterable[Assessed],
    populations: Populations,
    most: int,
) -> dict[Factor, list[str]]:
    """For each factor, the counties most like this one that have it by their own record."""
    wanted = list(factors)
    found: dict[Factor, list[str]] = {factor: [] for factor in wanted}
    for one in assessed:
        if one.fips == fips:
            continue
        for factor in wanted:
            if one.answer(factor) == Answer.YES and one.rule(factor) == Rule.COUNTY_RECORD:
                found[factor].append(one.fips)
    key = likeness(fips, populations)
    return {factor: sorted(codes, key=key)[:most] for factor, codes in found.items()}


def twins(
    fips: str, answers: Sequence[Answer], assessed: Iterable[Assessed], populations: Populations
) -> list[str]:
    """Counties with the same seven answers, unknown where this one is; the most like it first."""
    same = [one.fips for one in assessed if one.fips != fips and one.answers == tuple(answers)]
    return sorted(same, key=likeness(fips, populations))
