"""What is decided about a received file: applied, rejected, undone.

Thin: each view asks, calls one action of `policies.submissions`, and says what came of it. Errors
of the actions become messages, and nothing is done twice by posting twice.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies import clock, import_plans, import_report, submission_mail, submissions
from policies.admin.display import change_url, workbook
from policies.admin.publishing import may_publish_alone
from policies.admin.submission_forms import (
    ApplyForm,
    ReasonForm,
)
from policies.admin.submission_pages import (
    grouped,
    left_as_it_is,
    rows_left_out,
)
from policies.admin.submission_questions import QuestionsMixin
from policies.bad_rows import bad_rows
from policies.imports.tables import FileError
from policies.models import Submission

Status = Submission.Status


def may_apply(user, submission: Submission) -> bool:
    """Of those who review: not who sent it, unless they may publish without a second reader."""
    return submission.received_from_id != user.pk or may_publish_alone(user)


class ActsMixin(QuestionsMixin):
    """Views of single acts."""

    ACTS = ("apply", "reject", "undo", "compare", "sheet", "choose", "bad_rows")

    # --- Deciding ------------------------------------------------------------------------------

    def apply_view(self, request, pk):
        """Ask for consent to what the preview showed, then publish it."""
        submission = self.reviewed_or_403(request, pk)
        if submission.status != Status.PLANNED:
            return self._already(request, submission)
        own = submission.received_from_id == request.user.pk
        if not may_apply(request.user, submission):
            words = _("You wrote or sent some of it, so somebody else has to approve it.")
            return self._refused(request, submission, ValidationError(words))
        skip = request.POST.get("skip", request.GET.get("skip")) in ("1", "True")
        form = ApplyForm(
            request.POST or None,
            own=own,
            initial={"seen": import_report.seen(submission.lines), "skip": skip},
        )
        if request.method == "POST" and form.is_valid():
            return self._apply(request, submission, form.cleaned_data)
        context = {
            "title": _("Apply this file?"),
            "form": form,
            "own": own,
            "sender_is_told": submission_mail.tells(submission, request.user),
            "skip": skip,
            "report": submission.report,
            "left_out": rows_left_out(submission.report),
            "counted": {
                name: grouped(submission.report[name])
                for name in ("new", "changed", "confirmed", "removed", "counties_moved")
            },
        }
        return self._page(request, submission, "submission_apply.html", context)

    def _apply(self, request, submission, agreed: dict):
        today, reason = clock.today(), ""
        if why := agreed.get("reason"):
            reason = _("Applied by its sender without a review: %(why)s") % {"why": why}
        try:
            submissions.apply(
                submission=submission,
                by=request.user,
                at=clock.now(),
                today=today,
                reason=reason,
                skip_bad_rows=agreed["skip"],
                reviewed=agreed["seen"],
            )
        except submissions.PreviewOutdatedError as error:
            submissions.compare(submission=submission, today=today)
            messages.warning(request, " ".join(error.messages))
            messages.warning(
                request, _("Nothing was applied. It was compared again: look, then apply it.")
            )
        except FileError as error:
            messages.error(request, error.message)
        except ValidationError as error:
            return self._refused(request, submission, error)
        else:
            self.log_change(request, submission, _("Applied."))
            messages.success(request, self._applied_words(submission))
        return HttpResponseRedirect(change_url(submission))

    def _applied_words(self, submission) -> str:
        report = submission.report
        words = _("Applied: %(new)s new, %(changed)s changed. Counties moved: %(moved)s.") % {
            "new": grouped(report["new"]),
            "changed": grouped(report["changed"]),
            "moved": grouped(report["counties_moved"]),
        }
        if submission.skip_bad_rows and report["rows_left_out"]:
            left_out = _("Left out: %(rows)s.") % {"rows": rows_left_out(report)}
            words = f"{words} {left_out}"
        return words

    def bad_rows_view(self, request, pk):
        """The bad rows as a workbook, for whoever is to mend them."""
        submission = self.seen_or_404(request, pk)
        received = submissions.received_file(submission)
        chosen = import_plans.columns_among(
            import_plans.remembered(submission.kind, submission.received_from_id)
        )
        columns = import_plans.KINDS[submission.kind].COLUMNS
        try:
            content = bad_rows(received, columns, chosen, submission.report)
        except FileError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(change_url(submission))
        stem = submission.filename.rpartition(".")[0] or submission.filename
        return workbook(content, f"{stem} - bad rows.xlsx")

    def reject_view(self, request, pk):
        """Ask for the reason, which goes to the sender."""
        submission = self.reviewed_or_403(request, pk)
        if submission.status not in submissions.UNDECIDED:
            return self._already(request, submission)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            try:
                submissions.reject(
                    submission=submission, by=request.user, at=clock.now(), reason=reason
                )
            except ValidationError as error:
                return self._refused(request, submission, error)
            self.log_change(request, submission, _("Rejected: %(why)s") % {"why": reason})
            messages.success(request, _("Rejected. Nothing of it was published."))
            return HttpResponseRedirect(change_url(submission))
        own = submission.received_from_id == request.user.pk
        context = {"title": _("Reject this file?"), "form": form, "own": own}
        return self._page(request, submission, "submission_reject.html", context)

    def undo_view(self, request, pk):
        """Say what an undo would do, then do it."""
        submission = self.reviewed_or_403(request, pk)
        if submission.status != Status.APPLIED:
            return self._already(request, submission)
        if request.method == "POST":
            try:
                done = submissions.undo(submission=submission, by=request.user, at=clock.now())
            except ValidationError as error:
                return self._refused(request, submission, error)
            self.log_change(request, submission, _("Undone."))
            messages.success(request, _undone_words(done))
            return HttpResponseRedirect(change_url(submission))
        would = submissions.what_undo_would_do(submission, request.user, clock.now())
        context = {
            "title": _("Undo this file?"),
            "withdrawn": grouped(would["withdrawn"]),
            "restored": grouped(would["restored"]),
            "left_count": len(would["left"]),
            "left": left_as_it_is(submission, would["left"], links=self.may_open(request)),
        }
        return self._page(request, submission, "submission_undo.html", context)


def _undone_words(done: dict) -> str:
    left = len(done["left"])
    words = _("Undone: %(withdrawn)s answers taken back, %(restored)s hold again.") % {
        "withdrawn": grouped(done["withdrawn"]),
        "restored": grouped(done["restored"]),
    }
    if left:
        stays = ngettext(
            "%(count)d stays, because it was edited since.",
            "%(count)d stay, because they were edited since.",
            left,
        )
        words = f"{words} {stays % {'count': left}}"
    return words
