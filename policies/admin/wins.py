"""Policy wins."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from policies import resources
from policies.admin.citations import CitationInline
from policies.admin.display import NOTHING, written_date
from policies.admin.export import ExportRecords
from policies.admin.guard import PartInline
from policies.admin.records import LIFE_FIELDSET, REVIEW_FIELDSET, RecordAdmin
from policies.models import PolicyWin, WinFactor


class WinFactorInline(PartInline, admin.TabularInline):
    model = WinFactor
    extra = 1
    max_num = 7


@admin.register(PolicyWin)
class PolicyWinAdmin(ExportRecords, RecordAdmin):
    resource_classes = (resources.PolicyWinResource,)
    inlines = (WinFactorInline, CitationInline)
    autocomplete_fields = ("state", "counties")
    list_display = ("title", "kind", "state", "date", "state_of_record", "to_do")
    list_filter = ("status", "kind", "needs_verification", "state")
    search_fields = ("title", "summary", "place", "state__name", "counties__name")
    date_hierarchy = "date_earliest"
    fieldsets = (
        (_("What was won"), {"fields": ("title", "kind", "summary")}),
        (_("Where"), {"fields": ("state", "counties", "place")}),
        (
            _("When"),
            {"fields": (("date_earliest", "date_latest", "date_precision"), "note")},
        ),
        REVIEW_FIELDSET,
        LIFE_FIELDSET,
    )

    @admin.display(description=_("date"), ordering="date_earliest")
    def date(self, win):
        if win.date_latest:
            start = written_date(win.date_earliest, win.date_precision)
            return f"{start} {NOTHING} {written_date(win.date_latest, win.date_precision)}"
        return written_date(win.date_earliest, win.date_precision)
