"""Who has adopted a policy: counties under the words that carry it, each passage printed once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policies.assessments import Assessment
from policies.explanations import long_date, since
from policies.models import LocalPolicy
from policies.presenters.choice import Choice
from policies.presenters.sources import CitationItem, citation_items
from policies.rubric import FACTORS, Factor


@dataclass(frozen=True, slots=True)
class Adopter:
    """A county, at its answer to the factor."""

    name: str
    url: str
    preempted: bool
    at_risk: bool


@dataclass(frozen=True, slots=True)
class StateAdopters:
    """`for_all`: a state whose record answers for all its jails, so that no county is named."""

    name: str
    url: str
    counties: tuple[Adopter, ...]

    @property
    def for_all(self) -> bool:
        return not self.counties


@dataclass(frozen=True, slots=True)
class AdopterGroup:
    """Places whose policies are recorded alike: same title, days, exceptions and quoted words."""

    title: str
    since: str
    until: str
    qualification: str
    citations: tuple[CitationItem, ...]
    states: tuple[StateAdopters, ...]


def adopter_groups(
    policies: Iterable[LocalPolicy],
    factor: Factor,
    assessments: Mapping[str, Assessment],
    choice: Choice,
) -> tuple[AdopterGroup, ...]:
    """In the order of the policies, which come by state and county."""
    groups: dict[tuple, list[LocalPolicy]] = {}
    for policy in policies:
        groups.setdefault(_alike(policy), []).append(policy)
    return tuple(_group(rows, factor, assessments, choice) for rows in groups.values())


def _alike(policy: LocalPolicy) -> tuple:
    words = tuple((one.document_id, one.page, one.quote) for one in policy.citations.all())
    return policy.title, since(policy), policy.effective_until, policy.qualification, words


def _group(
    rows: list[LocalPolicy],
    factor: Factor,
    assessments: Mapping[str, Assessment],
    choice: Choice,
) -> AdopterGroup:
    first = rows[0]
    states: dict = {}
    for row in rows:
        state = row.county.state if row.county else row.state
        here = states.setdefault(state, [])
        if row.county:
            here.append(_adopter(row, factor, assessments.get(row.county_id), choice))
    return AdopterGroup(
        title=first.title,
        since=since(first),
        until=long_date(first.effective_until) if first.effective_until else "",
        qualification=first.qualification,
        citations=citation_items(first.citations.all(), choice),
        states=tuple(
            StateAdopters(state.name, choice.url("state", state.pk.lower()), tuple(counties))
            for state, counties in states.items()
        ),
    )


def _adopter(
    policy: LocalPolicy, factor: Factor, known: Assessment | None, choice: Choice
) -> Adopter:
    county, position = policy.county, FACTORS.index(factor)
    return Adopter(
        name=county.name,
        url=f"{choice.url('county', county.state_id.lower(), county.slug)}#{factor.value}",
        preempted=bool(known and known.preempted[position] == "1"),
        at_risk=bool(known and known.at_risk[position] == "1"),
    )
