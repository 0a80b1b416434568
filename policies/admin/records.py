"""The life of a record in the admin: draft, send to review, change, correct, withdraw.

Drafts are edited like any other form. A published row is read-only; its buttons make a draft that
succeeds it. Every change of status is a call of `policies.reviews` or `policies.actions`.
"""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies import actions, clock, reviews, succession
from policies.admin.display import NOTHING, change_url, flag, link, person, public_url
from policies.admin.forms import PUBLISH, REASON, SEND, RecordForm
from policies.admin.guard import GuardedAdmin
from policies.admin.history import HistoryMixin
from policies.admin.overtaken import OvertakenMixin
from policies.admin.publishing import (
    explained,
    may_publish_alone,
    may_withdraw,
    moved,
    outcome,
    resumed,
)
from policies.admin.sending import SendingMixin
from policies.models import ChangeKind, RecordStatus

#: What each button on a published record makes a draft of, and whether it keeps the citations.
SUCCESSIONS = {"change": ChangeKind.POLICY_CHANGE, "correction": ChangeKind.CORRECTION}

REVIEW_FIELDSET = (
    gettext_lazy("Note and verification"),
    {"fields": ("change_note", "needs_verification", "verification_note")},
)
LIFE_FIELDSET = (
    gettext_lazy("Life of this record"),
    {
        "fields": (
            ("status", "change_kind"),
            ("predecessor", "successor"),
            ("created_at", "author"),
            ("published_at", "publisher"),
            ("closed_at", "closer"),
            ("main_citation", "origin"),
        ),
        "classes": ("collapse", "life"),
    },
)
LIFE_FIELDS = (
    *("status", "change_kind", "predecessor", "successor", "created_at", "author"),
    *("published_at", "publisher", "closed_at", "closer", "main_citation", "origin"),
)


class RecordAdmin(HistoryMixin, OvertakenMixin, SendingMixin, GuardedAdmin):
    form = RecordForm
    readonly_fields = LIFE_FIELDS
    change_form_template = "admin/policies/record_change_form.html"
    view_on_site = False
    save_on_top = False
    list_per_page = 50
    #: Whether the evidence of the old policy stays on the draft of a changed one.
    change_keeps_citations = True

    # --- What the list shows -------------------------------------------------------------------

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state_of_record(self, record):
        return format_html(
            '<span class="status status-{}">{}</span>', record.status, record.get_status_display()
        )

    @admin.display(description=gettext_lazy("to do"), ordering="needs_verification", empty_value="")
    def to_do(self, record):
        return flag(_("verify")) if record.needs_verification else ""

    author = person("created_by", gettext_lazy("created by"))
    publisher = person("published_by", gettext_lazy("published by"))
    closer = person("closed_by", gettext_lazy("closed by"))

    @admin.display(description=gettext_lazy("succeeds"))
    def predecessor(self, record):
        return link(record.succeeds, _numbered(record.succeeds)) if record.succeeds_id else NOTHING

    @admin.display(description=gettext_lazy("succeeded by"))
    def successor(self, record):
        rows = record.successors.order_by("pk") if record.pk else ()
        links = ((link(row, _numbered(row)),) for row in rows)
        return format_html_join(", ", "{}", links) or NOTHING

    # --- The form ------------------------------------------------------------------------------

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self._joined())

    def _joined(self) -> list[str]:
        return [name for name in ("state", "county") if name in {f.name for f in self.opts.fields}]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        record = None if add else obj
        editable = add or record is None or record.is_open_to_editing
        published = record is not None and record.status == RecordStatus.PUBLISHED
        sending = self.sending_context(request, record)
        context |= {
            "record": record,
            **sending,
            "may_send": sending["may_send"] and editable,
            "may_publish": may_publish_alone(request.user)
            and editable
            and not sending["change_set"],
            "may_succeed": published and self.may_change_model(request),
            "may_withdraw": published and may_withdraw(request.user),
            "public_address": public_url(record) if published else None,
            "overtaken_url": self.overtaken_url(record),
            "drafts": record.successors.filter(status=RecordStatus.DRAFT) if published else (),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _changeform_view(self, request, object_id, form_url, extra_context):
        self.refuse_sending(request)
        if PUBLISH in request.POST and not may_publish_alone(request.user):
            raise PermissionDenied
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        return self._respond(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._respond(request, obj) or super().response_change(request, obj)

    def _respond(self, request, obj):
        if PUBLISH in request.POST:
            return self._publish(request, obj)
        if SEND in request.POST:
            return self._send(request, obj)
        if "_save" in request.POST:
            messages.success(request, _("Saved as a draft. The public sees nothing of it yet."))
            return HttpResponseRedirect(change_url(obj))
        return None

    # --- Publishing ----------------------------------------------------------------------------

    def _publish(self, request, obj):
        """A superuser publishes what was just saved without a second reader, and says why.

        If it is not fit, it stays a draft.
        """
        record = self.model.objects.get(pk=obj.pk)
        today = clock.today()

        def act():
            reason = request.POST.get(REASON, "")
            reviews.publish_alone(record=record, by=request.user, at=clock.now(), reason=reason)

        try:
            moves = moved(act, record, today)
        except ValidationError as error:
            messages.warning(request, _("Saved as a draft, but not published:"))
            for sentence in explained(error, record):
                messages.error(request, sentence)
            return HttpResponseRedirect(change_url(obj))
        record.refresh_from_db()
        self.log_change(request, record, _("Published."))
        messages.success(request, outcome(_("Published."), record, moves, today))
        if again := resumed(record):
            messages.info(request, again)
        return HttpResponseRedirect(self.after_publishing(record))

    def after_publishing(self, record) -> str:
        return change_url(record)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/succeed/<str:how>/", wrap(self.succeed_view), name=f"{name}_succeed"),
            path("<int:pk>/withdraw/", wrap(self.withdraw_view), name=f"{name}_withdraw"),
            *super().get_urls(),
        ]

    @transaction.atomic
    def succeed_view(self, request, pk, how):
        """Make the draft that is to succeed a published record, and open it."""
        if request.method != "POST" or how not in SUCCESSIONS:
            return HttpResponseNotAllowed(["POST"])
        if not self.may_change_model(request):
            raise PermissionDenied
        record = self.get_object(request, str(pk))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        kind = SUCCESSIONS[how]
        waiting = record.successors.filter(status=RecordStatus.DRAFT, change_kind=kind).first()
        if waiting:
            messages.info(request, _("This draft was already begun; carry on with it."))
            return HttpResponseRedirect(change_url(waiting))
        keeps = kind == ChangeKind.CORRECTION or self.change_keeps_citations
        try:
            draft = actions.draft_successor(
                record=record, kind=kind, by=request.user, with_citations=keeps
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(change_url(record))
        self.log_addition(request, draft, _("Draft made from record %(pk)s.") % {"pk": record.pk})
        return HttpResponseRedirect(change_url(draft))

    @transaction.atomic
    def withdraw_view(self, request, pk):
        """Ask for the reason, then withdraw."""
        if not (may_withdraw(request.user) and self.has_view_permission(request)):
            raise PermissionDenied
        record = self.get_object(request, str(pk))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        problem, reason = "", request.POST.get("reason", "")
        if request.method == "POST":
            today = clock.today()

            def act():
                actions.withdraw(record=record, by=request.user, at=clock.now(), reason=reason)

            try:
                moves = moved(act, record, today)
            except ValidationError as error:
                problem = " ".join(error.messages)
            else:
                self.log_change(request, record, _("Withdrawn: %(reason)s") % {"reason": reason})
                messages.success(request, outcome(_("Withdrawn."), record, moves, today))
                return HttpResponseRedirect(change_url(record))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Withdraw this record?"),
            "subtitle": str(record),
            "opts": self.opts,
            "record": record,
            "record_url": change_url(record),
            "list_url": reverse(f"admin:policies_{self.opts.model_name}_changelist"),
            "goes_on": succession.goes_on_without(record),
            "problem": problem,
            "reason": reason,
        }
        return TemplateResponse(request, "admin/policies/withdraw.html", context)


def _numbered(record) -> str:
    return _("record %(number)s (%(status)s)") % {
        "number": record.pk,
        "status": record.get_status_display(),
    }
