"""What happens to a received file: kept, compared, applied or rejected, and undone.

Named actions, each in one transaction. A file is kept under its SHA-256 before anything is read,
and nothing is ever half-applied: the rows, the change log and the scores follow in one transaction,
behind the same lock as every other act of publishing.
"""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from policies import (
    actions,
    import_layout,
    import_packing,
    import_plans,
    import_report,
    list_undo,
    policy_undo,
    score_periods,
    submission_mail,
    submission_writer,
)
from policies.bulk import collector_paused
from policies.import_plans import Plan, Received
from policies.imports.memory import give_back
from policies.imports.tables import FileError
from policies.models import ChangeKind, Submission

Status = Submission.Status
#: Nobody has decided about these yet.
UNDECIDED = (Status.RECEIVED, Status.PLANNED)


class PreviewOutdatedError(ValidationError):
    """The record, or a choice, changed since the preview: the file would now do other things."""


@transaction.atomic
def receive(
    *,
    received: Received,
    source_title: str,
    source_url: str = "",
    message: str = "",
    by,
    at: datetime,
) -> Submission:
    """Keep a file under its SHA-256, one copy however often it is sent, before it is read."""
    return Submission.objects.create(
        kind=received.kind,
        file=_archived(received),
        filename=kept_name(received),
        sha256=received.sha256,
        as_of=received.as_of,
        source_title=source_title,
        source_url=source_url,
        sheet=received.sheet,
        message=message,
        received_at=at,
        received_from=by,
    )


def kept_name(received: Received) -> str:
    """The file's name as a submission keeps it: its end, which tells what it is."""
    return received.filename[-200:]


def _archived(received: Received) -> str:
    suffix = received.filename.rpartition(".")[2].lower()
    suffix = suffix if suffix.isalnum() and len(suffix) <= 5 else "bin"
    name = f"submissions/{received.sha256}.{suffix}"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(received.data))
    return name


def received_file(submission: Submission) -> Received:
    """The submission's file, read back from where it is kept."""
    with submission.file.open("rb") as file:
        data = file.read()
    return Received(
        data=data,
        filename=submission.filename,
        kind=submission.kind,
        as_of=submission.as_of,
        sheet=submission.sheet,
        partner_id=submission.received_from_id,
    )


@collector_paused()
@transaction.atomic
def compare(*, submission: Submission, today: date, plan: Plan | None = None) -> Plan | None:
    """Read the file, compare it with the record as it is now, and keep the preview.

    None if the file cannot be read; its report then says why. `plan`: made before, if nothing was
    published since.
    """
    _require(submission, *UNDECIDED)
    try:
        plan = plan or import_plans.make(received_file(submission), today)
    except FileError as error:
        submission.report = import_report.report_of_error(submission.kind, submission.sha256, error)
        submission.report |= import_layout.found(received_file(submission), error)
        submission.status = Status.RECEIVED
        submission.lines = submission.acts = b""
        plan = None
    else:
        _keep(plan, submission)
        submission.status = Status.PLANNED
    submission.save()
    return plan


@collector_paused()
@transaction.atomic
def apply(
    *,
    submission: Submission,
    by,
    at: datetime,
    today: date,
    reason: str = "",
    skip_bad_rows: bool = False,
    reviewed: str | None = None,
) -> None:
    """Publish what the file changes. Raises ValidationError if it has bad rows that are not to be
    left out, or if it was decided already; FileError if it cannot be read.

    What was planned before is used if nothing was published since, else the file is compared afresh
    (always for a list by ICE).
    `reviewed`: `import_report.seen` of the preview that a person agreed to; PreviewOutdatedError if
    it would show something else by now. None: nobody looked, so there is nothing to hold it to.
    """
    actions.lock()
    _require(submission, *UNDECIDED)
    kept = plan = None
    if submission.acts and submission.planned_revision == import_plans.revision():
        kept = import_packing.unpack(submission.acts)
    else:
        plan = import_plans.make(received_file(submission), today)
        _keep(plan, submission)
    if reviewed is not None and reviewed != import_report.seen(submission.lines):
        raise PreviewOutdatedError(
            _("The record changed since this was compared, and the file would now do other things.")
        )
    report = submission.report
    if unsure := import_report.headings_unsure(report):
        raise ValidationError(
            _("Say first what these columns are, or that they are left out: %(headings)s."),
            code="heading_unsure",
            params={"headings": ", ".join(f"“{heading}”" for heading in unsure)},
        )
    if report["errors"] and not skip_bad_rows:
        raise ValidationError(
            _("%(count)s rows have errors. Mend them, or apply the good rows only."),
            code="bad_rows",
            params={"count": report["rows_left_out"] or len(report["errors"])},
        )
    if plan is not None and plan.ice_list:
        submission_writer.apply_list(plan.ice_list, submission, by, at, reason)
    else:
        touched = submission_writer.apply_policies(kept or plan, submission, by, at, reason)
        kept = plan = None
        give_back()
        if touched:
            score_periods.rebuild(touched)
    submission.report = {**report, "applied": True}
    submission.status = Status.APPLIED
    submission.skip_bad_rows = skip_bad_rows
    submission.reason = reason
    submission.decided_at, submission.decided_by = at, by
    submission.save()
    submission_mail.tell_outcome(submission, by)


def _keep(plan: Plan, submission: Submission) -> None:
    """Keep how the file was read, what it would do, and that as a person sees it."""
    submission.report = import_report.report(plan, submission=submission.pk)
    submission.column_map = plan.headings
    submission.lines = import_report.pack(plan)
    submission.planned_revision = plan.revision
    by_list = plan.ice_list is not None
    submission.acts = b"" if by_list else import_packing.pack(plan.policies, plan.engagements)


@transaction.atomic
def reject(*, submission: Submission, by, at: datetime, reason: str) -> None:
    """Send the file back. The reason goes to its sender."""
    _require(submission, *UNDECIDED)
    if not reason.strip():
        raise ValidationError(_("Say why the file is rejected: the sender reads it."))
    submission.status = Status.REJECTED
    submission.reason = reason
    submission.decided_at, submission.decided_by = at, by
    submission.save()
    submission_mail.tell_outcome(submission, by)


@transaction.atomic
def undo(*, submission: Submission, by, at: datetime) -> dict:
    """Take back what the file brought, where nobody has edited it since.

    Returns {"withdrawn", "restored", "left": [...]}. What held before holds again, exactly; the
    change log keeps both events.
    """
    actions.lock()
    _require(submission, Status.APPLIED)
    undone = _undo_records(submission, by, at)
    if undone.touched:
        summary = _("Undone: %(what)s") % {"what": submission_writer.name_of(submission)}
        submission_writer.log_event(ChangeKind.UNDO, summary, by, at, undone.touched)
        score_periods.rebuild(undone.touched)
    submission.undo_report = undone.as_report()
    submission.status = Status.UNDONE
    submission.undone_at, submission.undone_by = at, by
    submission.save()
    submission_mail.tell_outcome(submission, by)
    return submission.undo_report


@transaction.atomic
def what_undo_would_do(submission: Submission, by, at: datetime) -> dict:
    """The report that `undo` would return now: it is done, and rolled back."""
    actions.lock()
    undone = _undo_records(submission, by, at)
    transaction.set_rollback(True)
    return undone.as_report()


def _undo_records(submission: Submission, by, at: datetime) -> policy_undo.Undone:
    if submission.kind in submission_writer.ICE_KINDS:
        return list_undo.undo(submission, by, at)
    return policy_undo.undo(submission, by, at)


def _require(submission: Submission, *statuses: str) -> None:
    """Raise if the submission, as it is stored now, has another status."""
    now = Submission.objects.select_for_update().values_list("status", flat=True)
    status = now.get(pk=submission.pk)
    if status not in statuses:
        raise ValidationError(
            _("Submission %(number)s is %(status)s; this cannot be done with it."),
            code="wrong_status",
            params={"number": submission.pk, "status": Status(status).label},
        )
