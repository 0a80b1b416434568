"""Publishing many drafts that succeed rows, in few queries: what `actions.take_effect` does to one.

Only of local policies, and only the plain ones: each alone about its question, and no correction
that moves a change of policy, with which other periods would have to move. Those, and all other
kinds of records, go one by one (`review_items.take_effect`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from policies import actions, fitness, overlaps, policy_writer, succession, versions
from policies.models import ChangeKind, Citation, LocalPolicy, RecordStatus
from policies.models.base import PublishedRecord

#: What makes two citations one place.
PLACE = tuple(name for name in policy_writer.CITED if name != "note")


@dataclass(slots=True)
class Step:
    """A draft, and the row that it succeeds, read afresh."""

    draft: LocalPolicy
    before: LocalPolicy

    @property
    def is_change(self) -> bool:
        return self.draft.change_kind == ChangeKind.POLICY_CHANGE

    @property
    def begins(self) -> bool:
        """Whether what held before is kept as a period of its own."""
        return self.is_change and self.draft.effective_from > self.before.effective_from

    @property
    def moves(self) -> bool:
        """Whether it corrects when something held, or whose it was."""
        return not self.is_change and any(
            getattr(self.draft, name) != getattr(self.before, name) for name in actions.PLACE
        )


def plain_steps(records: Iterable[PublishedRecord]) -> list[Step]:
    """Those of the records that can be published together. A few queries, and one for each
    version that the longest of their histories has."""
    drafts = [one for one in records if isinstance(one, LocalPolicy) and one.succeeds_id]
    rows = LocalPolicy.objects.select_related("county", "state").in_bulk(
        {draft.succeeds_id for draft in drafts}
    )
    steps = [Step(draft, rows[draft.succeeds_id]) for draft in drafts]
    about = Counter(q for step in steps for q in {step.draft.question, step.before.question})
    changed = _ever_changed([step.before for step in steps if step.moves])
    return [
        step
        for step in steps
        if about[step.draft.question] == about[step.before.question] == 1
        and step.before.pk not in changed
        and not (step.is_change and step.draft.question != step.before.question)
    ]


def _ever_changed(rows: Sequence[LocalPolicy]) -> set[int]:
    """Numbers of those with a change of policy in their history."""
    found: set[int] = set()
    heads = {row.pk: {row.pk} for row in rows}  # number of a version: whose history it is in
    while heads:
        earlier: dict[int, set[int]] = {}
        versions_of = LocalPolicy.objects.filter(pk__in=heads, succeeds__isnull=False)
        for number, kind, before in versions_of.values_list("pk", "change_kind", "succeeds_id"):
            if kind == ChangeKind.POLICY_CHANGE:
                found |= heads[number]
            else:
                earlier.setdefault(before, set()).update(heads[number])
        heads = earlier
    return found


def take_effect(
    steps: Sequence[Step], by, at: datetime
) -> tuple[dict[str, set[str] | None], dict[int, ValidationError]]:
    """Publish these drafts; of those that are not fit, none.

    Returns the FIPS of the counties touched (None: all) by kind of change, and what is wrong with
    drafts that are not fit, by their numbers. Writes no entry of the change log and no scores.
    """
    problems = fitness.problems_of_successors([(step.draft, step.before) for step in steps])
    fit = [step for step in steps if step.draft.pk not in problems]
    pairs = [(step.draft, step.before) for step in fit]
    problems |= overlaps.problems_of_successors(pairs)
    fit = [step for step in fit if step.draft.pk not in problems]
    policy_writer.close((step.before.pk for step in fit), RecordStatus.SUPERSEDED, by, at)
    _keep_evidence([step for step in fit if step.is_change and not step.begins])
    for chunk in policy_writer.chunks(step.draft.pk for step in fit):
        versions.end_before_later_periods(chunk)
        versions.set_published_together(LocalPolicy, chunk, by, at)
    _set_beside([step for step in fit if step.begins], by, at)
    return _touched(fit), problems


def _touched(steps: Iterable[Step]) -> dict[str, set[str] | None]:
    rows: dict[str, list[LocalPolicy]] = {}
    for step in steps:
        rows.setdefault(step.draft.change_kind, []).extend((step.draft, step.before))
    return {kind: actions.affected_by(of_kind) for kind, of_kind in rows.items()}


def _keep_evidence(steps: Sequence[Step]) -> None:
    """As `actions` keeps it for one: a change that only says when a policy ended speaks of the
    period that was observed."""
    if not steps:
        return
    cited = policy_writer.stored_citations(one.pk for s in steps for one in (s.draft, s.before))
    added = []
    for step in steps:
        actions.keep_observation(step.draft, step.before)
        own, earlier = cited.get(step.draft.pk, []), cited.get(step.before.pk, [])
        for citation in _not_yet(earlier, own):
            values = dict(zip(policy_writer.CITED, citation, strict=True))
            added.append(Citation(local_policy=step.draft, **values))
    LocalPolicy.objects.bulk_update(
        [step.draft for step in steps], actions.OBSERVATION, batch_size=1000
    )
    Citation.objects.bulk_create(added, batch_size=1000)


def _set_beside(steps: Sequence[Step], by, at: datetime) -> None:
    """The periods before the changes, and after those that were for a time."""
    if not steps:
        return
    changes = LocalPolicy.objects.in_bulk(
        [step.draft.pk for step in steps]
    )  # their ends may be new
    content = policy_writer.stored_content(step.before.pk for step in steps)
    cited = policy_writer.stored_citations(one.pk for s in steps for one in (s.draft, s.before))

    def periods() -> Iterator[policy_writer.Draft]:
        for step in steps:
            change, before = changes[step.draft.pk], step.before
            own, earlier = cited.get(change.pk, []), cited.get(before.pk, [])
            yield _draft(before, content, versions.end_at_change(before, change), earlier)
            if succession.is_for_a_time(change, before):
                again = versions.holding_again(change, before, before)
                yield _draft(before, content, again, [*earlier, *_not_yet(own, earlier)])

    policy_writer.insert(list(periods()), by=by, at=at)


def _draft(before: LocalPolicy, content, values: dict, citations: list) -> policy_writer.Draft:
    copied = policy_writer.copied(before.pk, content, **values)
    kind = ChangeKind.POLICY_CHANGE
    return policy_writer.Draft(copied, kind, before.pk, None, None, citations)


def _not_yet(citations: Iterable[tuple], among: Iterable[tuple]) -> list[tuple]:
    """Those whose place is not among the others."""
    places = {citation[: len(PLACE)] for citation in among}
    return [one for one in citations if one[: len(PLACE)] not in places]
