"""Agreements with ICE, and ICE's own complete lists."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from policies import resources
from policies.admin.citations import CitationInline
from policies.admin.display import link, period
from policies.admin.export import ExportRecords
from policies.admin.forms import AgreementForm, IceListForm
from policies.admin.records import LIFE_FIELDSET, REVIEW_FIELDSET, RecordAdmin
from policies.models import Agreement, IceList


@admin.register(Agreement)
class AgreementAdmin(ExportRecords, RecordAdmin):
    resource_classes = (resources.AgreementResource,)
    form = AgreementForm
    inlines = (CitationInline,)
    autocomplete_fields = ("state", "counties")
    list_display = (
        *("agency_name", "state", "kind", "model", "agency_type", "in_force"),
        *("state_of_record", "to_do"),
    )
    list_filter = ("status", "kind", "agency_type", "ended_as", "needs_verification", "state")
    search_fields = ("agency_name", "state__name", "=state__usps", "counties__name", "model")
    search_help_text = _("Agency, state, county or model.")
    date_hierarchy = "effective_from"
    show_full_result_count = False
    fieldsets = (
        (_("What and who"), {"fields": ("kind", "state", "agency_name", "agency_type")}),
        (_("Where it counts"), {"fields": ("counties", ("model", "type_as_listed"))}),
        (
            _("From when until when"),
            {
                "fields": (
                    ("signed_on", "signed_on_precision"),
                    ("effective_from", "effective_from_precision"),
                    "in_force_by",
                    ("effective_until", "effective_until_precision", "ended_as"),
                    "last_listed_on",
                )
            },
        ),
        (_("In words"), {"fields": ("notes",)}),
        REVIEW_FIELDSET,
        LIFE_FIELDSET,
    )

    @admin.display(description=_("in force"), ordering="effective_from")
    def in_force(self, record):
        return period(record)


@admin.register(IceList)
class IceListAdmin(RecordAdmin):
    form = IceListForm
    inlines = (CitationInline,)
    autocomplete_fields = ("document",)
    list_display = ("kind", "list_date", "counties_on_it", "source", "state_of_record", "to_do")
    list_display_links = ("kind", "list_date")
    list_filter = ("status", "kind", "needs_verification")
    search_fields = ("document__title", "listed_counties__name")
    date_hierarchy = "list_date"
    fieldsets = (
        (_("Which list"), {"fields": ("kind", "list_date", "document")}),
        (_("Who is on it"), {"fields": ("listed_counties",)}),
        REVIEW_FIELDSET,
        LIFE_FIELDSET,
    )

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("document")
        return rows.annotate(listed=Count("listed_counties", distinct=True))

    @admin.display(description=_("counties"), ordering="listed")
    def counties_on_it(self, record):
        return record.listed

    @admin.display(description=_("document"), ordering="document__title")
    def source(self, record):
        return link(record.document)
