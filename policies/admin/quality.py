"""The queue of findings: who takes care of what, and what was decided. Nothing is edited here.

Each act is one call of `policies.quality.queue`; each finding links to the record to mend.
"""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, Value, When
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from policies import clock
from policies.admin.derived import ReadOnlyAdmin
from policies.admin.display import NOTHING, flag, list_url, person
from policies.admin.quality_filters import CheckFilter, OwnerFilter, StandingFilter, StateFilter
from policies.models import QualityItem
from policies.quality import queue
from policies.quality.checks import BY_NAME, CHECKS, ERRORS
from policies.quality.words import address, detail

MEND = "policies.change_qualityitem"
_RANK = Case(
    *(When(check_name=check.name, then=Value(rank)) for rank, check in enumerate(CHECKS)),
    default=Value(len(CHECKS)),
)


class QueueActionForm(ActionForm):
    """What some of the acts ask for beside the marked rows."""

    to = forms.ModelChoiceField(
        get_user_model().objects.none(), required=False, label=gettext_lazy("to")
    )
    because = forms.CharField(
        max_length=1000,
        required=False,
        label=gettext_lazy("because"),
        widget=forms.TextInput(attrs={"size": 40}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people()


def people(permission: str = MEND):
    """Who can be given something: those who may mend, or have another permission."""
    return (
        get_user_model()
        .objects.with_perm(permission, backend="django.contrib.auth.backends.ModelBackend")
        .filter(is_staff=True)
        .order_by("username")
    )


@admin.register(QualityItem)
class QualityItemAdmin(ReadOnlyAdmin):
    change_list_template = "admin/policies/quality_list.html"
    action_form = QueueActionForm
    actions = ("take", "give", "resolve", "leave", "reopen")
    list_display = ("place", "to_mend", "title_of_check", "whose", "standing", "since")
    list_display_links = ("place",)
    list_select_related = ("county__state", "state", "owner", "decided_by")
    list_filter = (StandingFilter, CheckFilter, OwnerFilter, StateFilter)
    search_fields = ("county__name", "=county__fips", "=state__usps", "key", "reason")
    search_help_text = gettext_lazy("County, FIPS code, state, or words of the reason.")
    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False
    list_per_page = 100
    fieldsets = (
        (None, {"fields": ("title_of_check", "explanation", "to_mend", "place", "key")}),
        (gettext_lazy("When"), {"fields": (("first_seen", "last_seen", "gone_at"),)}),
        (
            gettext_lazy("Decision"),
            {"fields": ("status", "whose", ("decider", "decided_at"), "reason")},
        ),
    )

    decider = person("decided_by", gettext_lazy("decided by"))

    def get_ordering(self, request):
        return (_RANK.asc(), "state_id", "county_id", "pk")

    def get_list_display(self, request):
        """Without the columns that would say the same in every row."""
        chosen = {
            "title_of_check": request.GET.get("check"),
            "standing": request.GET.get("standing", "waiting") == "waiting",
        }
        return [name for name in self.list_display if not chosen.get(name)]

    def has_mend_permission(self, request):
        return request.user.has_perm(MEND)

    # --- What the list shows -------------------------------------------------------------------

    @admin.display(description=gettext_lazy("place"), ordering="state")
    def place(self, item):
        if item.county:
            return f"{item.county.name}, {item.state_id}"
        return item.state.name if item.state else NOTHING

    @admin.display(description=gettext_lazy("what to mend"))
    def to_mend(self, item):
        words = detail(item.sentence, item.values)
        where = address(item.about_model, item.about_pk)
        return format_html('<a href="{}">{}</a>', where, words) if where else words

    @admin.display(description=gettext_lazy("check"), ordering=_RANK)
    def title_of_check(self, item):
        check = BY_NAME.get(item.check_name)
        title = str(check.title) if check else item.check_name
        return flag(title) if item.check_name in ERRORS else title

    @admin.display(description=gettext_lazy("why it matters"))
    def explanation(self, item):
        return BY_NAME[item.check_name].explanation if item.check_name in BY_NAME else NOTHING

    @admin.display(description=gettext_lazy("owner"), ordering="owner__username")
    def whose(self, item):
        return item.owner or NOTHING

    @admin.display(description=gettext_lazy("standing"), ordering="status")
    def standing(self, item):
        if item.gone_at:
            return _("found no longer, %(day)s") % {"day": clock.day_of(item.gone_at)}
        if item.status == queue.Status.OPEN:
            return _("waiting")
        words = {"word": item.get_status_display(), "who": item.decided_by, "why": item.reason}
        if item.reason:
            return _("%(word)s (%(who)s), because: %(why)s") % words
        return _("%(word)s (%(who)s)") % words

    @admin.display(description=gettext_lazy("since"), ordering="first_seen")
    def since(self, item):
        return clock.day_of(item.first_seen).isoformat()

    def changelist_view(self, request, extra_context=None):
        check = BY_NAME.get(request.GET.get("check", ""))
        context = {
            "title": check.title if check else _("What the checks found"),
            "check": check,
            "is_error": check is not None and check.name in ERRORS,
            "may_mend": self.has_mend_permission(request),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    # --- What may be done ----------------------------------------------------------------------

    @admin.action(permissions=["mend"], description=gettext_lazy("Take: I see to it"))
    def take(self, request, queryset):
        self._say(request, queue.give(items=queryset, owner=request.user))

    @admin.action(permissions=["mend"], description=gettext_lazy("Give to … (empty: to nobody)"))
    def give(self, request, queryset):
        chosen = request.POST.get("to")  # one of the form's choices, or it would not come here
        owner = people().get(pk=chosen) if chosen else None
        self._say(request, queue.give(items=queryset, owner=owner))

    @admin.action(permissions=["mend"], description=gettext_lazy("Resolved"))
    def resolve(self, request, queryset):
        self._say(request, queue.resolve(items=queryset, by=request.user, at=clock.now()))

    @admin.action(permissions=["mend"], description=gettext_lazy("Won’t fix, because …"))
    def leave(self, request, queryset):
        reason = request.POST.get("because", "")[:1000]
        try:
            count = queue.leave(items=queryset, by=request.user, at=clock.now(), reason=reason)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return
        self._say(request, count)

    @admin.action(permissions=["mend"], description=gettext_lazy("Open again"))
    def reopen(self, request, queryset):
        self._say(request, queue.reopen(items=queryset))

    def _say(self, request, count: int) -> None:
        words = ngettext("Done: %(count)d finding.", "Done: %(count)d findings.", count)
        self.message_user(request, words % {"count": count})

    # --- Looking again -------------------------------------------------------------------------

    def get_urls(self):
        look = self.admin_site.admin_view(self.refresh_view)
        return [
            path("refresh/", look, name="policies_qualityitem_refresh"),
            *super().get_urls(),
        ]

    def refresh_view(self, request):
        if not self.has_mend_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        found = queue.look(today=clock.today())
        done = queue.refresh(found=found, at=clock.now())
        self.message_user(
            request,
            _("Looked: %(new)d new, %(reopened)d open again, %(gone)d found no longer.")
            % {"new": done.new, "reopened": done.reopened, "gone": done.gone},
        )
        return HttpResponseRedirect(list_url(QualityItem))
