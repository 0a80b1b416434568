"""Filters of the queue of findings."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counties.state_codes import STATES
from policies.models import QualityItem
from policies.quality.checks import CHECKS
from policies.quality.queue import WAITING, Status


class CheckFilter(admin.SimpleListFilter):
    title = gettext_lazy("check")
    parameter_name = "check"

    def lookups(self, request, model_admin):
        return [(check.name, check.title) for check in CHECKS]

    def queryset(self, request, queryset):
        return queryset.filter(check_name=self.value()) if self.value() else queryset


class StandingFilter(admin.SimpleListFilter):
    """Where an item stands. What waits is shown unless something else is asked for."""

    title = gettext_lazy("standing")
    parameter_name = "standing"
    CONDITIONS = {
        "waiting": WAITING,
        "resolved": Q(status=Status.RESOLVED, gone_at__isnull=True),
        "wont_fix": Q(status=Status.WONT_FIX, gone_at__isnull=True),
        "gone": Q(gone_at__isnull=False),
        "all": Q(),
    }

    def lookups(self, request, model_admin):
        return [
            ("waiting", _("waiting")),
            ("resolved", _("called resolved")),
            ("wont_fix", _("won’t fix")),
            ("gone", _("found no longer")),
            ("all", _("all")),
        ]

    def value(self):
        return super().value() or "waiting"

    def queryset(self, request, queryset):
        return queryset.filter(self.CONDITIONS.get(self.value(), WAITING))

    def choices(self, changelist):
        choices = super().choices(changelist)
        next(choices)  # Django's "All": ours is a choice like the others
        return choices


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return sorted(STATES.values(), key=lambda state: state[1])

    def queryset(self, request, queryset):
        return queryset.filter(state_id=self.value()) if self.value() else queryset


class OwnerFilter(admin.SimpleListFilter):
    title = gettext_lazy("owner")
    parameter_name = "owner"

    def lookups(self, request, model_admin):
        """Kept with the request: counting for each filter makes all filters anew."""
        if not hasattr(request, "queue_owners"):
            request.queue_owners = self._owners(request.user.pk)
        return request.queue_owners

    @staticmethod
    def _owners(own):
        owners = (
            QualityItem.objects.filter(owner__isnull=False)
            .exclude(owner=own)
            .order_by("owner__username")
            .values_list("owner_id", "owner__username")
            .distinct()
        )
        others = [(str(pk), name) for pk, name in owners]
        return [("mine", _("mine")), ("nobody", _("nobody")), *others]

    def queryset(self, request, queryset):
        value = self.value()
        if value == "mine":
            return queryset.filter(owner=request.user.pk)
        if value == "nobody":
            return queryset.filter(owner__isnull=True)
        if value in {number for number, _name in self.lookup_choices}:
            return queryset.filter(owner=value)
        return queryset
