"""Received files in the admin: sending one, the list, the page of one, what may be done with it.

Partners see their own files, and of others not even that they exist; reviewers see all. Each view
asks for its file through `get_object`, which looks only among those that the reader may see.
"""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from counties.models import County
from policies import clock, submission_writer, submissions, workbooks
from policies.admin.derived import ReadOnlyAdmin
from policies.admin.display import change_url, flag, link, workbook
from policies.admin.documents import DownloadMixin
from policies.admin.forms import CompactWidgets
from policies.admin.submission_acts import ActsMixin, may_apply
from policies.admin.submission_figures import figures_in_words
from policies.admin.submission_forms import UploadForm
from policies.admin.submission_pages import left_as_it_is, preview
from policies.assessments import revision
from policies.import_plans import KINDS, Received
from policies.import_report import headings_unsure
from policies.models import Submission
from policies.submission_intake import receive_once

REVIEW = "policies.review_submission"
#: Figures of the report that the list shows.
COUNTED = ("rows", "new", "changed", "unchanged", "rows_left_out")
#: Fields that no list shows.
LARGE = ("acts", "lines", "report")
#: How many of their own files the front page shows to those who only send.
#: What the upload script says of itself, so that it is told where to go instead of being sent.
SCRIPTED = "X-Requested-With"


@admin.register(Submission)
class SubmissionAdmin(ActsMixin, DownloadMixin, CompactWidgets, ReadOnlyAdmin):
    form = UploadForm
    change_form_template = "admin/policies/submission_add.html"
    list_display = ("filename", "kind", "state_of_file", "outcome", "as_of", "sent", "sender")
    list_filter = ("status", "kind")
    search_fields = ("filename", "source_title", "=sha256", "received_from__username")
    search_help_text = gettext_lazy("Name of the file, source, sender or SHA-256.")
    date_hierarchy = "received_at"
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": ("file", "kind", "as_of")}),
        (gettext_lazy("What it is"), {"fields": ("source_title", "source_url")}),
        (gettext_lazy("For whoever reviews it"), {"fields": ("sheet", "message")}),
    )

    # --- Who may do what -----------------------------------------------------------------------

    def is_reviewer(self, request) -> bool:
        return request.user.has_perm(REVIEW)

    def has_add_permission(self, request):
        return request.user.has_perm("policies.add_submission")

    def has_view_permission(self, request, obj=None):
        if self.is_reviewer(request):
            return True
        allowed = request.user.has_perm("policies.view_submission")
        return allowed and (obj is None or obj.received_from_id == request.user.pk)

    def get_queryset(self, request):
        # What applying needs is large, and no page shows it.
        rows = super().get_queryset(request).defer("acts")
        rows = rows.select_related("received_from", "decided_by")
        if not self.is_reviewer(request):
            rows = rows.filter(received_from=request.user)
        return rows

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Also what nobody else's guess may find out."""
        raise Http404

    # --- The list ------------------------------------------------------------------------------

    def get_list_filter(self, request):
        return (*self.list_filter, "received_from") if self.is_reviewer(request) else ("status",)

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        # Lines and errors are large; the list shows a few figures of them.
        figures = {f"{name}_count": F(f"report__{name}") for name in COUNTED}
        changelist.result_list = changelist.result_list.defer(*LARGE).annotate(**figures)
        return changelist

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state_of_file(self, submission):
        words = submission.get_status_display()
        if submission.status == Submission.Status.RECEIVED:
            return flag(_("could not be read"))
        return format_html('<span class="status status-{}">{}</span>', submission.status, words)

    @admin.display(description=gettext_lazy("outcome"))
    def outcome(self, submission):
        if not submission.rows_count:
            return ""
        words = _("%(new)s new, %(changed)s changed, %(unchanged)s unchanged") % {
            name: f"{getattr(submission, f'{name}_count'):,}"
            for name in ("new", "changed", "unchanged")
        }
        if bad := submission.rows_left_out_count:
            bad_rows = ngettext("%(count)d bad row", "%(count)d bad rows", bad) % {"count": bad}
            words = format_html("{}; {}", words, flag(bad_rows))
        return words

    @admin.display(description=gettext_lazy("sent"), ordering="received_at")
    def sent(self, submission):
        return clock.day_of(submission.received_at).isoformat()

    @admin.display(description=gettext_lazy("from"), ordering="received_from")
    def sender(self, submission):
        return submission.received_from

    # --- Sending one ---------------------------------------------------------------------------

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form_class = self.get_form(request)
        if request.method == "POST":
            form = form_class(request.POST, request.FILES)
            if form.is_valid():
                return self._received(request, form.cleaned_data)
        else:
            form = form_class(initial=self.get_changeform_initial_data(request))
        return self._upload_page(request, form, form_url, extra_context)

    def _received(self, request, sent: dict):
        """Keep the file, then look into it: nothing that is in it can lose it."""
        received = Received(
            data=sent["file"].read(),
            filename=sent["file"].name,
            kind=sent["kind"],
            as_of=sent["as_of"],
            sheet=sent["sheet"],
            partner_id=request.user.pk,
        )
        about = {name: sent[name] for name in ("source_title", "source_url", "message")}
        submission, is_new = receive_once(
            received=received, by=request.user, at=clock.now(), **about
        )
        if is_new:
            self.log_addition(request, submission, _("Received."))
            submissions.compare(submission=submission, today=clock.today())
            messages.success(request, _("Received: your file is kept as you sent it."))
        else:
            messages.info(request, _("This file had just been received; here it is."))
        address = change_url(submission)
        if request.headers.get(SCRIPTED):
            return JsonResponse({"location": address}, status=201)
        return HttpResponseRedirect(address)

    def _upload_page(self, request, form, form_url, extra_context):
        fieldsets = admin.helpers.AdminForm(
            form, list(self.get_fieldsets(request)), {}, (), model_admin=self
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Send a spreadsheet"),
            "subtitle": None,
            "adminform": fieldsets,
            "errors": admin.helpers.AdminErrorList(form, []),
            "media": self.media + fieldsets.media,
            "inline_admin_formsets": [],
            "is_popup": False,
            "templates": [(label, address) for _name, label, address in self.templates()],
            **(extra_context or {}),
        }
        return self.render_change_form(request, context, add=True, form_url=form_url)

    def templates(self) -> list[tuple[str, str, str]]:
        """(code, name, address) of the empty workbook of each kind."""
        return [
            (name, label, reverse("admin:policies_submission_template", args=[name]))
            for name, label in workbooks.TEMPLATES.items()
        ]

    def template_view(self, request, name):
        """An empty workbook to fill in."""
        if name not in workbooks.TEMPLATES:
            raise Http404
        if not self.has_add_permission(request):
            raise PermissionDenied
        return workbook(workbooks.template(name), f"{name}.xlsx")

    # --- The page of one -----------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        submission = self.seen_or_404(request, object_id)
        reviewer = self.is_reviewer(request)
        show, page = request.GET.get("show", ""), request.GET.get("p", "")
        may_open = self.may_open(request)
        shown = preview(submission, show, page, links=may_open)
        left = submission.undo_report.get("left", ())
        undecided = submission.status in submissions.UNDECIDED
        context = {
            **self.admin_site.each_context(request),
            **shown,
            "title": submission.filename,
            "subtitle": None,
            "opts": self.opts,
            "submission": submission,
            "is_reviewer": reviewer,
            "may_apply": reviewer and may_apply(request.user, submission),
            "undecided": undecided,
            "may_place": undecided and self.may_place(request, submission),
            "outdated": undecided
            and submission.planned_revision is not None
            and submission.planned_revision != revision(),
            "left": left_as_it_is(submission, left, links=may_open),
            "left_count": len(left),
            "same_file": self._same_file(request, submission),
            "document": link(submission.document) if reviewer and submission.document else "",
            "worth_applying": _worth_applying(submission),
            "kind_is_known": submission.kind in KINDS,
            "counted": figures_in_words(submission.report),
            "downloads": self.downloads(request, submission),
        }
        return TemplateResponse(request, "admin/policies/submission.html", context)

    def may_open(self, request) -> bool:
        """Whether places lead to their counties in the admin, else to the public pages."""
        return self.admin_site.get_model_admin(County).has_view_permission(request)

    def downloads(self, request, submission) -> list[tuple[str, str]]:
        """(name, address): the file, its bad rows, and empty templates while it can be mended."""
        found = [(_("the file as sent"), self.url_of(submission, "file"))]
        if any(error["row"] for error in submission.report.get("errors", ())):
            found.append((_("the bad rows, marked"), self.url_of(submission, "bad_rows")))
        if submission.report.get("errors") and self.has_add_permission(request):
            found += [
                (_("empty template: %(name)s") % {"name": label}, address)
                for name, label, address in self.templates()
                if name.startswith(submission.kind)
            ]
        return found

    def _same_file(self, request, submission) -> list[Submission]:
        """Other submissions of the very same file, as far as the reader may see them."""
        rows = self.get_queryset(request).filter(sha256=submission.sha256)
        return list(rows.exclude(pk=submission.pk).defer(*LARGE).order_by("pk")[:5])

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path(
                f"<int:pk>/{name}/",
                wrap(getattr(self, f"{name}_view")),
                name=f"policies_submission_{name}",
            )
            for name in self.ACTS
        ] + [
            path(
                "template/<slug:name>/",
                wrap(self.template_view),
                name="policies_submission_template",
            ),
            *super().get_urls(),
        ]

    def url_of(self, submission, act: str) -> str:
        return reverse(f"admin:policies_submission_{act}", args=[submission.pk])


def _worth_applying(submission: Submission) -> bool:
    """Whether the good rows alone would do something, and nothing holds up the whole file."""
    report = submission.report
    if headings_unsure(report):
        return False
    by_list = submission.kind in submission_writer.ICE_KINDS
    return by_list or any(report.get(name) for name in ("new", "changed", "confirmed"))
