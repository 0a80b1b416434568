"""Requests for public records, and what readers report as wrong."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies import clock, error_reports
from policies.admin.display import flag, person
from policies.admin.forms import CompactWidgets, DatedForm
from policies.admin.meanwhile import NoticingForm, NoticingMixin
from policies.models import ErrorReport, PublicRecordsRequest


class AnswerFilter(admin.SimpleListFilter):
    title = gettext_lazy("answer")
    parameter_name = "answer"

    def lookups(self, request, model_admin):
        return [
            ("overdue", _("overdue")),
            ("waiting", _("waiting")),
            ("answered", _("answered")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "answered":
            return queryset.filter(answered_on__isnull=False)
        waiting = queryset.filter(answered_on__isnull=True)
        if self.value() == "overdue":
            return waiting.filter(due_on__lt=clock.today())
        return waiting if self.value() == "waiting" else queryset


class RequestForm(DatedForm):
    def clean(self):
        cleaned = super().clean()
        county, state = cleaned.get("county"), cleaned.get("state")
        if county and state and county.state_id != state.pk:
            self.add_error("county", _("This county lies in another state."))
        today = clock.today()
        for name in ("sent_on", "answered_on"):
            if (day := cleaned.get(name)) and day > today:
                self.add_error(name, _("This day is still to come (today is %s).") % today)
        return cleaned


@admin.register(PublicRecordsRequest)
class PublicRecordsRequestAdmin(NoticingMixin, CompactWidgets, admin.ModelAdmin):
    form = RequestForm
    list_display = ("agency", "state", "county", "sent_on", "due", "answered_on", "sent_by")
    list_select_related = ("state", "county__state", "sent_by")
    list_filter = (AnswerFilter, ("state", admin.RelatedOnlyFieldListFilter))
    search_fields = ("agency", "reference", "county__name", "=state__usps")
    search_help_text = gettext_lazy("Agency, reference, county or state.")
    autocomplete_fields = ("state", "county", "document")
    date_hierarchy = "sent_on"
    show_full_result_count = False
    fields = (
        *("agency", ("state", "county"), "asked_for", "reference"),
        *(("sent_on", "due_on"), "answered_on", "document", "note"),
    )

    @admin.display(description=gettext_lazy("due"), ordering="due_on")
    def due(self, one):
        late = one.answered_on is None and one.due_on < clock.today()
        return flag(one.due_on) if late else one.due_on.isoformat()

    def save_model(self, request, obj, form, change):
        if not change:
            obj.sent_by = request.user
        super().save_model(request, obj, form, change)


class ReportForm(NoticingForm):
    def clean_status(self):
        status = self.cleaned_data["status"]
        if status == ErrorReport.Status.OPEN:
            raise ValidationError(_("Say what came of it."))
        return status


@admin.register(ErrorReport)
class ErrorReportAdmin(NoticingMixin, CompactWidgets, admin.ModelAdmin):
    """Read as it came; answered once."""

    form = ReportForm
    list_display = ("received", "beginning", "county", "page", "language", "status", "handled_by")
    list_display_links = ("received", "beginning")
    list_select_related = ("county__state", "handled_by")
    list_filter = ("status", "language")
    search_fields = ("text", "page", "county__name", "reply_to")
    show_full_result_count = False
    readonly_fields = (
        *("received_at", "county", "page", "text", "reply_to", "language"),
        *("handler", "handled_at"),
    )
    handler = person("handled_by", gettext_lazy("handled by"))
    fields = (
        *("text", "page", "county", ("received_at", "language"), "reply_to"),
        *("status", "answer", ("handler", "handled_at")),
    )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        waits = obj is None or obj.status == ErrorReport.Status.OPEN
        return waits and super().has_change_permission(request, obj)

    @admin.display(description=gettext_lazy("received"), ordering="received_at")
    def received(self, report):
        return clock.day_of(report.received_at).isoformat()

    @admin.display(description=gettext_lazy("what is wrong"))
    def beginning(self, report):
        return report.text if len(report.text) <= 120 else f"{report.text[:120]}…"

    def save_model(self, request, obj, form, change):
        error_reports.handle(
            report=obj,
            status=form.cleaned_data["status"],
            answer=form.cleaned_data["answer"],
            by=request.user,
            at=clock.now(),
        )
