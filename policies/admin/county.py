"""A county in the admin: the list, and the screen on which staff work."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from counties.admin import AliasForm, ReferenceAdmin
from counties.fips import FipsError, clean_fips
from counties.models import County, CountyAlias
from policies import changes, clock
from policies.admin.county_screen import rows_of
from policies.admin.county_together import TogetherMixin
from policies.admin.county_writing import CountyWritingMixin, county_form, may_write, sets_to_join
from policies.admin.display import change_url, list_url, public_url, squares
from policies.admin.history import county_history
from policies.admin.meanwhile import NoticingForm, NoticingMixin
from policies.admin.sending import may_send
from policies.assessments import When, assess
from policies.county_explained import explain_from
from policies.county_standing import own_rows, standings_of
from policies.models import LocalPolicy

#: How many entries of the change log a county's page shows.
CHANGES_SHOWN = 8


class AliasInline(admin.TabularInline):
    model = CountyAlias
    form = AliasForm
    extra = 0
    fields = ("name", "note")


@admin.register(County)
class CountyAdmin(TogetherMixin, CountyWritingMixin, NoticingMixin, ReferenceAdmin):
    form = NoticingForm
    change_form_template = "admin/policies/county_change_form.html"
    list_display = ("name", "state", "fips", "people", "squares_today")
    list_select_related = ("state",)
    list_filter = ("kind", "state__unified_jail", "state")
    search_fields = (
        *("name", "short_name", "aliases__name", "aliases__key", "^fips"),
        *("=state__usps", "state__name"),
    )
    search_help_text = _("Name, other name, state or FIPS code: “kings ny”, “6075”.")
    show_full_result_count = False
    list_per_page = 50
    view_on_site = False
    inlines = (AliasInline,)
    readonly_fields = (
        *("fips", "state", "name", "short_name", "slug", "kind", "population_2019"),
        *("population_2023", "population", "population_year", "latitude", "longitude"),
    )
    fieldsets = (
        (
            _("Reference"),
            {
                "fields": (
                    ("name", "state"),
                    ("fips", "kind"),
                    ("short_name", "slug"),
                    ("population", "population_year"),
                    ("population_2019", "population_2023"),
                    ("latitude", "longitude"),
                ),
                "classes": ("collapse",),
            },
        ),
    )

    def get_search_results(self, request, queryset, search_term):
        """A code that a spreadsheet robbed of its zero still finds its county."""
        if search_term.strip().isdigit():
            try:
                exact = queryset.filter(pk=clean_fips(search_term))
            except FipsError:
                exact = queryset.none()
            if exact.exists():
                return exact, False
        return super().get_search_results(request, queryset, search_term)

    def changelist_view(self, request, extra_context=None):
        """`go`: typed to come to one county at once; if several are meant, they are listed."""
        if "go" in request.GET and self.has_view_or_change_permission(request):
            asked = request.GET["go"].strip()
            found, _twice = self.get_search_results(request, self.get_queryset(request), asked)
            counties = list(found.distinct()[:2]) if asked else []
            only = counties[0] if len(counties) == 1 else None
            return HttpResponseRedirect(change_url(only) if only else list_url(County, q=asked))
        return super().changelist_view(request, extra_context)

    def get_object(self, request, object_id, from_field=None):
        """With its state, which the screen needs in many places."""
        return self.get_queryset(request).select_related("state").filter(pk=object_id).first()

    def get_inlines(self, request, obj):
        """Other names, for those who may give them."""
        return self.inlines if self.has_change_permission(request, obj) else ()

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        now = assess(When(clock.today()), fips=[county.pk for county in changelist.result_list])
        for county in changelist.result_list:
            county.today = now.get(county.pk)
        return changelist

    @admin.display(description=_("population"), ordering="population", empty_value="")
    def people(self, county):
        if county.population is None:
            return ""
        return number_format(county.population, use_l10n=True, force_grouping=True)

    @admin.display(description=_("today"))
    def squares_today(self, county):
        return squares(county.today)

    def history_view(self, request, object_id, extra_context=None):
        county = self.get_object(request, object_id)
        if county is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, county):
            raise PermissionDenied

        def may_restore(record) -> bool:
            return request.user.has_perm(f"policies.change_{record._meta.model_name}")

        return county_history(request, self, county, may_restore)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= self._screen(request, obj, clock.today())
            if context["entry_form"]:
                context["media"] += context["entry_form"].media
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _screen(self, request, county: County, today: date) -> dict:
        """What the county's screen shows; the form only to those who may write."""
        own = own_rows(county, cited=False)
        explanation = explain_from(county, own, today)
        stored = standings_of(own, today)
        writing = may_write(request.user)
        form = getattr(request, "county_form", None)
        if writing and form is None:
            form = county_form(request, stored)
        return {
            "title": str(county),
            "is_nav_sidebar_enabled": False,  # the screen needs the width
            "subtitle": None,
            "factors": rows_of(county, explanation, stored, form, today),
            "entry_form": form,
            "lost_file": getattr(request, "lost_file", ""),
            "chosen_set": getattr(request, "chosen_set", ""),
            "may_send": writing and may_send(request.user),
            "open_sets": sets_to_join(request.user) if writing else (),
            "squares": squares(explanation.assessment),
            "today": today,
            "public_address": public_url(county),
            "all_records_url": list_url(LocalPolicy, county__exact=county.pk),
            "last_changes": changes.of_county(county.pk).select_related("actor")[:CHANGES_SHOWN],
            "log_url": f"{reverse('change-log')}?{urlencode({'county': county.pk})}",
        }
