"""Invented records for every county, for training, benchmarks and pictures. Never real.

Their scores on 1 September 2019 follow the distribution that the ILRC published for that month
exactly (2,960 counties analysed); which county gets which score is made up from a fixed seed,
leaning by state so that the map looks like a map.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from counties.models import County
from policies import actions
from policies.models import Citation, DocumentKind, LocalPolicy, SourceDocument
from policies.rubric import FACTORS, Answer

SEED = 2019
OBSERVED = date(2016, 11, 1)
ORIGIN = "demo:"
#: Counties by score as of September 2019 (ILRC, Growing the Resistance, December 2019).
COUNTIES_BY_SCORE = {7: 121, 6: 21, 5: 57, 4: 106, 3: 357, 2: 2109, 1: 162, 0: 27}
#: About as many as the report says changed between 2016 and 2019.
CHANGED = 760
#: Of the counties left over, this many are known in part.
PARTIAL = 60
LEANING = {
    **dict.fromkeys(("CA", "CT", "WA", "NJ", "DC", "VT"), 3.0),
    **dict.fromkeys(("OR", "IL", "NY", "CO", "MA", "RI", "NM", "MD", "HI"), 1.5),
    **dict.fromkeys(("TX", "FL", "IA", "TN", "MS", "GA", "SC", "AL", "NC"), -1.0),
}
#: In the order in which counties usually adopt them.
ADOPTED = (0, 1, 2, 4, 5, 3, 6)


@transaction.atomic
def load(*, by, at: datetime) -> int:
    """Fill an empty database. Returns the number of records. Raises if there are real ones."""
    real = LocalPolicy.objects.exclude(origin__startswith=ORIGIN)
    if real.exists() or LocalPolicy.objects.filter(origin__isnull=True).exists():
        raise RuntimeError("This database holds real records; invented ones do not go into it.")
    if LocalPolicy.objects.exists():
        return 0
    document = SourceDocument.objects.create(
        key="demo-invented",
        kind=DocumentKind.OTHER,
        title="Invented record, for training",
        publisher="Nobody",
        published_on=date(2019, 9, 1),
        summary="Made up by a program from a fixed seed. It says nothing about any county.",
    )
    policies = LocalPolicy.objects.bulk_create(list(_policies(by)))
    Citation.objects.bulk_create(
        [
            Citation(document=document, local_policy=policy, quote="These words are invented.")
            for policy in policies
        ]
    )
    return actions.publish_many(records=policies, by=by, at=at, summary="Invented records.")


def _policies(by) -> Iterator[LocalPolicy]:
    chance = random.Random(SEED)  # noqa: S311  made-up data, not a secret
    ranked = sorted(
        County.objects.order_by("pk").values_list("pk", "state_id"),
        key=lambda row: LEANING.get(row[1], 0.0) + chance.gauss(0, 1),
        reverse=True,
    )
    scores = [score for score, count in COUNTIES_BY_SCORE.items() for _ in range(count)]
    chance_changed = CHANGED / len(scores)
    for (fips, _state), score in zip(ranked, scores, strict=False):
        vector = _vector(score, chance)
        before = None
        if chance.random() < chance_changed:
            before = _vector(max(0, score - chance.choice((-1, 1, 1, 1, 2, 3)) % 8), chance)
        changed_on = date(2017, 1, 1) + timedelta(days=chance.randrange(960))
        for index, factor in enumerate(FACTORS):
            if before and before[index] != vector[index]:
                yield _policy(fips, factor, before[index], OBSERVED, changed_on, by)
                yield _policy(fips, factor, vector[index], changed_on, None, by)
            else:
                yield _policy(fips, factor, vector[index], OBSERVED, None, by)
    for fips, _state in ranked[len(scores) :][:PARTIAL]:
        vector = _vector(2, chance)
        for index in range(chance.choice((2, 3, 5, 6))):
            yield _policy(fips, FACTORS[index], vector[index], OBSERVED, None, by)


def _vector(score: int, chance: random.Random) -> list[Answer]:
    """Seven answers with exactly `score` times `yes`."""
    order = list(ADOPTED)
    if score < 2 and chance.random() < 0.3:
        order[0], order[1] = order[1], order[0]
    elif 2 <= score < 7 and chance.random() < 0.03:
        lost = order.pop(chance.randrange(2))
        order.append(lost)
    adopted = set(order[:score])
    return [
        Answer.YES if index in adopted else (Answer.NO if index < 2 else Answer.NONE_FOUND)
        for index in range(len(FACTORS))
    ]


def _policy(fips, factor, answer, start, end, by) -> LocalPolicy:
    return LocalPolicy(
        origin=f"{ORIGIN}{fips}:{factor}:{start}",
        county_id=fips,
        factor=factor,
        answer=answer,
        effective_from=start,
        effective_until=end,
        in_force_by=start == OBSERVED,
        observed_on=date(2019, 9, 1),
        last_verified=date(2019, 9, 1),
        created_by=by,
    )
