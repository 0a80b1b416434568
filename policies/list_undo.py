"""Takes back a list by ICE: agreements are worked out anew from the lists that remain.

So it does not matter which lists arrived since. What a person edited by hand stays, and is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from counties.models import County
from policies import agreement_writer, versions
from policies.imports import agreement_plan
from policies.imports.agreement_plan import PlannedAgreement, StoredAgreement
from policies.list_plans import AGREEMENT_KIND, dated, stored_agreements
from policies.models import (
    Agreement,
    ChangeKind,
    IceList,
    ImportChoice,
    RecordStatus,
    Submission,
)
from policies.policy_undo import Undone


def undo(submission: Submission, by, at: datetime) -> Undone:
    """Withdraw the list that the file brought, restore the one it corrected, follow with the
    agreements. A fixed number of queries, batches aside."""
    kind = AGREEMENT_KIND[submission.kind]
    withdrawn, restored = _undo_list(submission, by, at)
    stored = stored_agreements(kind)
    planned = _what_remains(kind, stored)
    acting = [one for one in planned if one.act is not None]
    agreement_writer.write_agreements(
        acting, submission=None, arrived=None, by=by, at=at, undoing=True
    )
    remaining = {one.before.pk for one in planned if one.before}
    orphans = [one for one in stored if one.pk not in remaining]
    gone = [one.pk for one in orphans if not one.edited]
    agreement_writer.close(gone, Agreement, RecordStatus.WITHDRAWN, by, at)
    left = [
        {"place": one.state, "factor": one.agency_name, "reason": _("It was changed since.")}
        for one in orphans
        if one.edited
    ]
    touched = set(County.objects.values_list("pk", flat=True)) if withdrawn else set()
    return Undone(withdrawn + len(gone), restored + len(acting), left, touched)


def _undo_list(submission: Submission, by, at: datetime) -> tuple[int, int]:
    """How many lists were withdrawn, and how many that they had corrected were restored."""
    withdrawn = restored = 0
    for one in IceList.objects.published().filter(submission=submission):
        versions.close(one, RecordStatus.WITHDRAWN, by, at)
        withdrawn += 1
        if one.succeeds_id:
            before = IceList.objects.get(pk=one.succeeds_id)
            again = versions.copy(
                before,
                succeeds_id=before.succeeds_id,
                change_kind=ChangeKind.UNDO,
                submission_id=before.submission_id,
                created_by=by,
            )
            versions.set_published(again, by, at)
            restored += 1
    return withdrawn, restored


def _what_remains(kind: str, stored: Sequence[StoredAgreement]) -> list[PlannedAgreement]:
    """The agreements that the lists still published speak of, compared with those published.

    What was cited of the list that is taken back goes with it: the others are cited afresh.
    """
    lists = [dated(one) for one in IceList.objects.published().filter(kind=kind)]
    choices = {
        ("rename", key): value
        for key, value in ImportChoice.objects.filter(scope="rename").values_list("key", "value")
    }
    derived = agreement_plan.derive(lists, choices)
    # Whose agency or county no remaining list tells was published only thanks to this one.
    unplaced = {key for one in derived.agreements if one.unresolved for key in one.keys}
    list_on = {one.list_date: one.id for one in lists}
    return [
        replace(
            one,
            cites=one.agreement.listings,
            ended_by=list_on.get(one.agreement.effective_until, ""),
        )
        for one in agreement_plan.plan(derived.agreements, stored, lists)
        if not one.before or one.before.edited or one.before.list_key not in unplaced
    ]
