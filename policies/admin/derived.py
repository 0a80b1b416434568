"""What is computed or logged: to be read, never edited here."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.admin import acts
from policies.admin.display import NOTHING, person
from policies.models import ChangeEvent, IceEngagement, ScorePeriod, Submission
from policies.rubric import FACTORS

#: How many counties of one change are named.
COUNTIES_NAMED = 40


class ReadOnlyAdmin(admin.ModelAdmin):
    list_per_page = 50

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ChangeEvent)
class ChangeEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "kind", "summary", "how_many", "actor")
    list_display_links = ("at", "summary")
    list_select_related = ("actor",)
    list_filter = ("kind",)
    search_fields = ("summary",)
    date_hierarchy = "at"
    show_full_result_count = False
    fields = ("at", "kind", "summary", "who", "state", "which_counties")

    change_list_template = "admin/policies/changeevent_list.html"
    who = person("actor", gettext_lazy("by"))

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(touched=Count("counties"))

    def get_urls(self):
        view = self.admin_site.admin_view(self.acts_view)
        return [path("acts/", view, name="policies_changeevent_acts"), *super().get_urls()]

    def acts_view(self, request):
        """Who did what, by day and person."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = acts.ActsForm(request.GET)
        asked = form.cleaned_data if form.is_valid() else {}
        page, days = acts.page_of(request.user, asked, request.GET.get("page"))
        query = request.GET.copy()
        query.pop("page", None)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Who did what"),
            "opts": self.opts,
            "form": form,
            "page": page,
            "days": days,
            "query": f"{query.urlencode()}&" if query else "",
        }
        status = 200 if form.is_valid() else 400
        return TemplateResponse(request, "admin/policies/acts.html", context, status=status)

    @admin.display(description=gettext_lazy("counties"), ordering="touched")
    def how_many(self, event):
        return event.touched

    @admin.display(description=gettext_lazy("counties"))
    def which_counties(self, event):
        named = "; ".join(str(county) for county in event.counties.all()[:COUNTIES_NAMED])
        more = event.touched - COUNTIES_NAMED
        if more > 0:
            return _("%(named)s and %(more)d more") % {"named": named, "more": more}
        return named or NOTHING


@admin.register(IceEngagement)
class IceEngagementAdmin(ReadOnlyAdmin):
    """ICE's own notes out of the organisation's sheet. Those of a file that was undone are gone."""

    list_display = ("place", "field_office", "priority", "acceptance", "last_engaged_on")
    list_select_related = ("county__state", "state", "submission")
    search_fields = ("county__name", "=county__fips", "=state__usps", "jurisdiction")
    search_help_text = gettext_lazy("Name or FIPS code of a county, state, or agency.")
    show_full_result_count = False
    ordering = ("-submission_id", "row")

    def get_queryset(self, request):
        applied = Submission.Status.APPLIED
        return super().get_queryset(request).filter(submission__status=applied)

    @admin.display(description=gettext_lazy("place"))
    def place(self, engagement):
        return engagement.county or engagement.state


@admin.register(ScorePeriod)
class ScorePeriodAdmin(ReadOnlyAdmin):
    list_display = (
        *("county", "effective_from", "effective_until", "score", "at_least", "factors_known"),
        *("rules", "fresh_until"),
    )
    list_select_related = ("county",)
    list_filter = ("score", "factors_known")
    search_fields = ("county__name", "=county__fips", "county__state__name")
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": ("county", ("effective_from", "effective_until"))}),
        (
            gettext_lazy("Score"),
            {"fields": (("score", "at_least", "factors_known"), "fresh_until")},
        ),
        (
            gettext_lazy("Answers"),
            {"fields": (*(factor.value for factor in FACTORS), "rules", ("preempted", "at_risk"))},
        ),
    )
