"""A county in the admin: its seven factors today, why, and where to record a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from counties.admin import AliasForm, ReferenceAdmin
from counties.fips import FipsError, clean_fips
from counties.models import County, CountyAlias
from policies import changes, clock
from policies.admin.display import (
    ANSWER_WORDS,
    RULE_WORDS,
    add_url,
    change_url,
    factor_name,
    list_url,
    public_url,
    squares,
)
from policies.admin.history import county_history
from policies.admin.meanwhile import NoticingForm, NoticingMixin
from policies.assessments import ExplainedFactor, When, assess, explain
from policies.models import LocalPolicy, ProvisionClaim
from policies.rubric import Answer

#: How many entries of the change log a county's page shows.
CHANGES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One line of the table on a county's page."""

    name: str
    answer: str
    answer_word: str
    rule: str
    since: date | None
    evidence_on: date | None
    flags: tuple[tuple[str, str], ...]
    decided_by: str | None
    decided_by_url: str
    local_word: str
    local: LocalPolicy | None
    add_url: str


def factor_row(county: County, factor: ExplainedFactor) -> FactorRow:
    decision = factor.decision
    source = factor.source
    local = factor.local if isinstance(factor.local, LocalPolicy) else None
    owner = source.provision if isinstance(source, ProvisionClaim) else source
    flags = (
        (decision.contrary_to_law, "needs-person", _("contrary to state law")),
        (decision.preempted, "mark", _("preempted")),
        (decision.at_risk, "mark", _("at risk")),
        (factor.stale, "mark", _("stale")),
    )
    return FactorRow(
        name=factor_name(factor.factor),
        answer=decision.answer.value,
        answer_word=ANSWER_WORDS[decision.answer],
        rule=RULE_WORDS[decision.rule],
        since=_since(factor),
        evidence_on=decision.evidence_on,
        flags=tuple((style, word) for applies, style, word in flags if applies),
        decided_by=str(owner) if owner else None,
        decided_by_url=change_url(owner) if owner else "",
        local_word=ANSWER_WORDS[decision.local_answer]
        if decision.local_answer != decision.answer
        else "",
        local=local,
        add_url=add_url(LocalPolicy, county=county.pk, factor=factor.factor.value),
    )


def _since(factor: ExplainedFactor) -> date | None:
    """The first day of the stretch in which this answer was decided as it is today."""
    since = None
    if factor.decision.answer == Answer.UNKNOWN:
        return None
    today = clock.today()
    for day, decision in factor.history:
        if day > today:
            break
        if (decision.answer, decision.rule) != (factor.decision.answer, factor.decision.rule):
            since = None
        elif since is None:
            since = day
    return since


class AliasInline(admin.TabularInline):
    model = CountyAlias
    form = AliasForm
    extra = 0
    fields = ("name", "note")


@admin.register(County)
class CountyAdmin(NoticingMixin, ReferenceAdmin):
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
            explanation = explain(obj, When(clock.today()))
            context |= {
                "title": str(obj),
                "subtitle": None,
                "factors": [factor_row(obj, factor) for factor in explanation.factors],
                "squares": squares(explanation.assessment),
                "today": clock.today(),
                "public_address": public_url(obj),
                "all_records_url": list_url(LocalPolicy, county__exact=obj.pk),
                "last_changes": changes.of_county(obj.pk).select_related("actor")[:CHANGES_SHOWN],
                "may_record": request.user.has_perm("policies.add_localpolicy"),
                "may_change": request.user.has_perm("policies.change_localpolicy"),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)
