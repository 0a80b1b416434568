"""What a county itself does about one factor: the record that staff write most."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from policies import clock, resources
from policies.admin.citations import CitationInline
from policies.admin.display import ANSWER_WORDS, change_url, period, squares
from policies.admin.export import ExportRecords
from policies.admin.forms import LocalPolicyForm
from policies.admin.records import LIFE_FIELDSET, REVIEW_FIELDSET, RecordAdmin
from policies.assessments import When, assess
from policies.models import LocalPolicy
from policies.rubric import Answer


@admin.register(LocalPolicy)
class LocalPolicyAdmin(ExportRecords, RecordAdmin):
    resource_classes = (
        resources.LocalPolicyResource,
        resources.LocalPolicyWideResource,
        resources.LocalPolicyVersionsResource,
    )
    form = LocalPolicyForm
    inlines = (CitationInline,)
    autocomplete_fields = ("county", "state")
    radio_fields = {"answer": admin.VERTICAL}
    change_keeps_citations = False
    list_display = (
        *("place", "factor", "answer_word", "in_force", "state_of_record", "to_do"),
        "county_now",
    )
    list_display_links = ("place", "factor")
    list_filter = ("status", "factor", "answer", "needs_verification", "change_kind")
    search_fields = (
        *("county__name", "county__aliases__name", "=county__fips", "county__state__name"),
        *("=county__state__usps", "state__name", "title"),
    )
    search_help_text = _("County, state, FIPS code or title of the policy.")
    date_hierarchy = "effective_from"
    show_full_result_count = False
    fieldsets = (
        (_("Whose policy, about what"), {"fields": ("county", "factor", "answer")}),
        (
            _("From when until when"),
            {
                "fields": (
                    ("effective_from", "effective_from_precision"),
                    "in_force_by",
                    ("effective_until", "effective_until_precision"),
                    ("observed_on", "observed_on_precision"),
                    "last_verified",
                )
            },
        ),
        (_("In words"), {"fields": ("title", "qualification", "notes")}),
        REVIEW_FIELDSET,
        (
            _("A unified-jail state’s own record, instead of a county’s"),
            {"fields": ("state",), "classes": ("collapse",)},
        ),
        LIFE_FIELDSET,
    )

    def get_changelist_instance(self, request):
        """The squares of every county on the page, in one go."""
        changelist = super().get_changelist_instance(request)
        fips = {row.county_id for row in changelist.result_list if row.county_id}
        now = assess(When(clock.today()), fips=sorted(fips)) if fips else {}
        for row in changelist.result_list:
            row.county_today = now.get(row.county_id)
        return changelist

    @admin.display(description=_("county or state"), ordering="county")
    def place(self, record):
        return record.county or record.state

    @admin.display(description=_("answer"), ordering="answer")
    def answer_word(self, record):
        return ANSWER_WORDS[Answer(record.answer)]

    @admin.display(description=_("in force"), ordering="effective_from")
    def in_force(self, record):
        return period(record)

    @admin.display(description=_("county today"), empty_value="")
    def county_now(self, record):
        if not record.county_id:
            return ""
        address = change_url(record.county)
        return format_html('<a href="{}">{}</a>', address, squares(record.county_today))

    def after_publishing(self, record) -> str:
        """Back to the county, whose other factors are often next."""
        return change_url(record.county or record)
