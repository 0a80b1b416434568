"""State law: a provision, the factors it claims, whom it excepts. Each claim quotes its words."""

from django.contrib import admin, messages
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies import resources
from policies.admin.blast_radius import BlastRadiusMixin
from policies.admin.citations import CitationInline
from policies.admin.display import change_url, flag, link, written_date
from policies.admin.export import ExportRecords
from policies.admin.forms import DatedForm
from policies.admin.guard import GuardedAdmin, PartInline
from policies.admin.records import LIFE_FIELDSET, REVIEW_FIELDSET, RecordAdmin
from policies.models import ProvisionClaim, ProvisionException, StateProvision

CLAIM_DATES = (
    ("effective_from", "effective_from_precision"),
    ("effective_until", "compliance_date"),
)


class ClaimInline(PartInline, admin.StackedInline):
    model = ProvisionClaim
    form = DatedForm
    extra = 0
    show_change_link = True
    classes = ("claims",)
    readonly_fields = ("words",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("factor", "effect"),
                    *CLAIM_DATES,
                    "words",
                    "qualification",
                    "needs_verification",
                    "verification_note",
                )
            },
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("citations")

    @admin.display(description=gettext_lazy("words that carry it"))
    def words(self, claim):
        return _words(claim, missing=_("No words quoted yet: save, then open this claim."))


class ExceptionInline(PartInline, admin.StackedInline):
    model = ProvisionException
    form = DatedForm
    extra = 0
    show_change_link = True
    autocomplete_fields = ("county",)
    fieldsets = (
        (
            None,
            {"fields": (("county", "factor"), ("effective_from", "effective_until"), "reason")},
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("county")


def _words(part, missing: str):
    if part.pk is None:
        return flag(missing)
    quotes = [citation.quote for citation in part.citations.all() if citation.quote.strip()]
    if not quotes:
        return flag(missing)
    return "; ".join(Truncator(quote).words(40) for quote in quotes)


@admin.register(StateProvision)
class StateProvisionAdmin(BlastRadiusMixin, ExportRecords, RecordAdmin):
    change_form_template = "admin/policies/provision_change_form.html"
    resource_classes = (resources.StateProvisionResource,)
    inlines = (ClaimInline, ExceptionInline, CitationInline)
    autocomplete_fields = ("state",)
    list_display = (
        *("title", "state", "level", "binds", "claimed", "enacted"),
        *("state_of_record", "to_do"),
    )
    list_filter = ("status", "level", "binds_county_agencies", "needs_verification", "state")
    search_fields = ("title", "legal_citation", "summary", "state__name", "=state__usps")
    search_help_text = gettext_lazy("Title, code section or bill, state.")
    date_hierarchy = "enacted_on"
    fieldsets = (
        (gettext_lazy("Which law"), {"fields": ("state", "title", ("level", "legal_citation"))}),
        (gettext_lazy("Whom it binds"), {"fields": ("binds_county_agencies", "binds_others")}),
        (
            gettext_lazy("In our words, and since when"),
            {"fields": ("summary", ("enacted_on", "enacted_on_precision", "last_verified"))},
        ),
        REVIEW_FIELDSET,
        LIFE_FIELDSET,
    )

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(claimed=Count("claims"))

    @admin.display(description=gettext_lazy("binds"), ordering="binds_county_agencies")
    def binds(self, provision):
        if provision.binds_county_agencies:
            return _("county agencies")
        return provision.binds_others or _("others")

    @admin.display(description=gettext_lazy("claims"), ordering="claimed")
    def claimed(self, provision):
        return provision.claimed

    @admin.display(description=gettext_lazy("enacted"), ordering="enacted_on")
    def enacted(self, provision):
        return written_date(provision.enacted_on, provision.enacted_on_precision)


class PartAdmin(GuardedAdmin):
    """A part of a provision, on a page of its own so that it can cite; changed while it can."""

    form = DatedForm
    inlines = (CitationInline,)
    readonly_fields = ("of_provision",)
    list_select_related = ("provision__state",)

    def governing(self, obj):
        return obj.provision

    def has_add_permission(self, request):
        """Parts are added on their provision."""
        return False

    @admin.display(description=gettext_lazy("provision"), ordering="provision__title")
    def of_provision(self, part):
        return link(part.provision)

    @admin.display(description=gettext_lazy("status"), ordering="provision__status")
    def provision_status(self, part):
        return part.provision.get_status_display()

    def response_change(self, request, obj):
        """Back to the provision, which is what gets published."""
        if "_continue" in request.POST:
            return super().response_change(request, obj)
        messages.success(request, _("Saved: %(part)s.") % {"part": obj})
        return HttpResponseRedirect(change_url(obj.provision))


@admin.register(ProvisionClaim)
class ProvisionClaimAdmin(PartAdmin):
    list_display = (
        *("of_provision", "factor", "effect", "starts", "effective_until"),
        *("provision_status", "to_do"),
    )
    list_display_links = ("factor",)
    list_filter = ("provision__status", "factor", "effect", "needs_verification")
    search_fields = ("provision__title", "provision__state__name", "=provision__state__usps")
    fieldsets = (
        (None, {"fields": ("of_provision", ("factor", "effect"), *CLAIM_DATES)}),
        (gettext_lazy("In words"), {"fields": ("qualification",)}),
        (
            gettext_lazy("Verification"),
            {"fields": ("needs_verification", "verification_note")},
        ),
    )

    @admin.display(description=gettext_lazy("in force from"), ordering="effective_from")
    def starts(self, claim):
        return written_date(claim.effective_from, claim.effective_from_precision)

    @admin.display(description=gettext_lazy("to do"), ordering="needs_verification", empty_value="")
    def to_do(self, claim):
        return flag(_("verify")) if claim.needs_verification else ""


@admin.register(ProvisionException)
class ProvisionExceptionAdmin(PartAdmin):
    autocomplete_fields = ("county",)
    list_display = (
        *("county", "of_provision", "factor", "effective_from", "effective_until"),
        "provision_status",
    )
    list_select_related = ("provision__state", "county")
    list_filter = ("provision__status", "factor")
    search_fields = ("county__name", "provision__title", "provision__state__name", "reason")
    fieldsets = (
        (None, {"fields": ("of_provision", ("county", "factor"))}),
        (
            gettext_lazy("From when until when, and why"),
            {"fields": (("effective_from", "effective_until"), "reason")},
        ),
    )
