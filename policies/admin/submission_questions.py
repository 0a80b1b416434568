"""Whose file it is, and the views that look at it again: another sheet, columns, a place chosen.

Base of `submission_acts.py`, which decides about the file.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies import clock, import_choices, submissions
from policies.admin.display import change_url
from policies.admin.submission_findings import meaning, questions, suggested
from policies.admin.submission_forms import ChoiceForm, SheetForm, suggested_scope
from policies.import_plans import KINDS
from policies.models import Submission


class QuestionsMixin:
    """The admin gives `is_reviewer` and the rows that may be seen."""

    # --- Whose file it is ----------------------------------------------------------------------

    def seen_or_404(self, request, number) -> Submission:
        """The submission, if the reader may see it; else nothing is to be found there."""
        submission = self.get_object(request, unquote(str(number)))
        if submission is None:
            raise Http404
        if not self.has_view_permission(request, submission):
            raise PermissionDenied
        return submission

    def reviewed_or_403(self, request, number) -> Submission:
        submission = self.seen_or_404(request, number)
        if not self.is_reviewer(request):
            raise PermissionDenied
        return submission

    def may_place(self, request, submission) -> bool:
        """Say which sheet and columns are meant: who sent it knows, and a reviewer may."""
        return self.is_reviewer(request) or submission.received_from_id == request.user.pk

    # --- Looking again -------------------------------------------------------------------------

    def compare_view(self, request, pk):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        submission = self.seen_or_404(request, pk)
        if not self.may_place(request, submission):
            raise PermissionDenied
        return self._compared(request, submission, "")

    def sheet_view(self, request, pk):
        """Read another sheet of the workbook."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        submission = self.seen_or_404(request, pk)
        if not self.may_place(request, submission):
            raise PermissionDenied
        form = SheetForm(request.POST)
        if submission.status in submissions.UNDECIDED and form.is_valid():
            submission.sheet = form.cleaned_data["sheet"]
        return self._compared(request, submission, "")

    def _compared(self, request, submission, done: str):
        try:
            plan = submissions.compare(submission=submission, today=clock.today())
        except ValidationError as error:
            return self._refused(request, submission, error)
        if plan is None:
            messages.warning(request, done or _("It still cannot be read: see below."))
            return HttpResponseRedirect(change_url(submission))
        errors = len(plan.errors)
        left = ngettext("%(count)d error is left.", "%(count)d errors are left.", errors)
        words = left % {"count": errors} if errors else _("No errors are left.")
        messages.success(request, f"{done or _('Compared with the record as it is now.')} {words}")
        return HttpResponseRedirect(change_url(submission))

    # --- Answering -----------------------------------------------------------------------------

    def choose_view(self, request, pk):
        """Answer one question of the file; remembered, and the file compared again.

        A suggestion's button posts `value`; the page, which is for all other answers, its fields.
        """
        submission = self.seen_or_404(request, pk)
        asked = request.POST or request.GET
        scope, key = asked.get("scope", ""), asked.get("key", "")
        about, question = questions(submission.report).get((scope, key), (None, None))
        reviewer = self.is_reviewer(request)
        # Who sent a file knows its columns; where a place is, is for staff to say.
        if not reviewer and not (scope == "column" and self.may_place(request, submission)):
            raise PermissionDenied
        if submission.status not in submissions.UNDECIDED:
            return self._already(request, submission)
        if about is None or submission.kind not in KINDS:
            messages.info(request, _("This question is not open any more."))
            return HttpResponseRedirect(change_url(submission))
        if request.method == "POST" and "value" in request.POST:
            everybody = reviewer and suggested_scope(scope)
            return self._chosen(request, submission, scope, key, request.POST["value"], everybody)
        form = ChoiceForm(
            request.POST or None,
            submission=submission,
            scope=scope,
            by_partner=not reviewer,
            initial={
                **{"scope": scope, "key": key, "field": asked.get("field", "")},
                "everybody": "1" if suggested_scope(scope) else "",
            },
        )
        if request.method == "POST" and form.is_valid():
            everybody = reviewer and form.cleaned_data.get("everybody", False)
            value = form.cleaned_data["value"]
            return self._chosen(request, submission, scope, key, value, everybody)
        context = {
            "title": _("What is meant?"),
            "form": form,
            "about": about,
            "scope": scope,
            "key": key,
            "suggestions": [one for one in suggested(about, question) if one[0]],
        }
        return self._page(request, submission, "submission_choose.html", context)

    def _chosen(self, request, submission, scope, key, value, everybody):
        try:
            choice = import_choices.remember(
                submission=submission,
                scope=scope,
                key=key,
                value=value,
                everybody=everybody,
                by=request.user,
                at=clock.now(),
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(change_url(submission))
        self.log_change(request, submission, _("Chosen: %(what)s") % {"what": choice})
        said = questions(submission.report)[scope, key][0]["value"] or key
        words = _("Remembered: “%(said)s” is %(meant)s.") % {
            "said": said,
            "meant": meaning(scope, value),
        }
        return self._compared(request, submission, words)

    # --- Pages and refusals --------------------------------------------------------------------

    def _page(self, request, submission, template: str, context: dict):
        context = {
            **self.admin_site.each_context(request),
            "subtitle": str(submission),
            "opts": self.opts,
            "submission": submission,
            "record": submission,
            "record_url": change_url(submission),
            "list_url": reverse("admin:policies_submission_changelist"),
            **context,
        }
        return TemplateResponse(request, f"admin/policies/{template}", context)

    def _already(self, request, submission):
        """Nothing is done: somebody was faster, or the same button was pressed twice."""
        messages.info(
            request,
            _("Nothing was done: the file is %(status)s.")
            % {"status": submission.get_status_display()},
        )
        return HttpResponseRedirect(change_url(submission))

    def _refused(self, request, submission, error: ValidationError):
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(change_url(submission))
