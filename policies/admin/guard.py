"""What is published stays as it is, whatever is posted: for records and for their parts."""

from __future__ import annotations

from django.contrib import admin
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from policies.admin.display import change_url
from policies.admin.forms import CompactWidgets
from policies.admin.meanwhile import NoticingMixin
from policies.admin.quote_warnings import warn_of_unfound_quotes
from policies.models.base import PublishedRecord


class GuardedAdmin(NoticingMixin, CompactWidgets, admin.ModelAdmin):
    """Lets only drafts be changed or deleted. `governing` names the record that decides."""

    def governing(self, obj) -> PublishedRecord:
        """The published record that `obj` is, or is part of."""
        return obj

    def may_change_model(self, request) -> bool:
        """Whether the user may change drafts of this kind at all."""
        return super().has_change_permission(request)

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or self.governing(obj).is_open_to_editing)

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or self.governing(obj).is_open_to_editing)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        warn_of_unfound_quotes(request, formsets)

    def get_object(self, request, object_id, from_field=None):
        """Under a lock when something is about to be written, so that the status is current."""
        obj = super().get_object(request, object_id, from_field)
        if obj and request.method == "POST" and transaction.get_connection().in_atomic_block:
            record = self.governing(obj)
            if record is obj:
                return obj
            record.refresh_from_db(from_queryset=type(record).objects.select_for_update())
        return obj

    def _changeform_view(self, request, object_id, form_url, extra_context):
        """A form posted against a record that was published meanwhile is refused readably."""
        if request.method == "POST" and object_id is not None and self.may_change_model(request):
            obj = self.get_object(request, object_id)
            if obj and not self.governing(obj).is_open_to_editing:
                return self.refuse(request, obj)
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def refuse(self, request, obj):
        """409: what happened, and everything that was typed."""
        record = self.governing(obj)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Nothing was saved"),
            "opts": self.opts,
            "record": record,
            "record_url": change_url(record),
            "typed": [
                (name, value)
                for name, value in request.POST.items()
                if value and not name.startswith(("_", "csrf")) and "_FORMS" not in name
            ],
        }
        return TemplateResponse(request, "admin/policies/refused.html", context, status=409)


class PartInline(CompactWidgets):
    """Mixed into inlines of a record: its parts can be changed as long as it can."""

    def _open(self, obj) -> bool:
        if obj is None:
            return True
        record = obj if isinstance(obj, PublishedRecord) else obj.provision
        return record.is_open_to_editing

    def has_add_permission(self, request, obj=None):
        return self._open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._open(obj) and super().has_delete_permission(request, obj)
