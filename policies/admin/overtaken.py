"""Two drafts of one record: when the other was published first, the difference of the three, and
whether to keep mine over it or to take theirs. What was typed stays until its author lets it go."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from policies import restoring, review_items
from policies.admin.display import change_url
from policies.admin.history import history_url
from policies.models.base import PublishedRecord
from policies.three_way import three_ways


class OvertakenMixin:
    """Mixed into the admins of records."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_overtaken"
        view = self.admin_site.admin_view(self.overtaken_view)
        return [path("<int:pk>/overtaken/", view, name=name), *super().get_urls()]

    def overtaken_url(self, record: PublishedRecord | None) -> str:
        """Where to decide about a draft whose record was changed meanwhile; else empty."""
        if record is None or not restoring.is_overtaken(record):
            return ""
        return reverse(f"admin:policies_{self.opts.model_name}_overtaken", args=[record.pk])

    @transaction.atomic
    def overtaken_view(self, request, pk):
        """Show the difference of the three; on POST, keep the draft over what is live."""
        if not self.may_change_model(request):
            raise PermissionDenied  # before a guessed number is looked up
        draft = self.get_object(request, str(pk))
        if draft is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if not self.has_change_permission(request, draft):
            raise PermissionDenied
        if not restoring.is_overtaken(draft):
            messages.info(request, _("Nothing stands in the way of this draft any more."))
            return HttpResponseRedirect(change_url(draft))
        try:
            live = restoring.live_version_of(draft.succeeds)
            if request.method == "POST":
                return self._keep_mine(request, draft, live)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            kept = request.method == "POST"
            return HttpResponseRedirect(change_url(draft) if kept else history_url(draft))
        return self._show_three(request, draft, live)

    def _keep_mine(self, request, draft, live):
        shown = request.POST.get("live", "")
        if shown != (str(live.pk) if live else ""):
            raise ValidationError(restoring.CHANGED_AGAIN)
        if live is None:
            restoring.set_free(draft=draft, by=request.user)
            done = _("The draft stands for itself now. Nothing is published yet.")
        else:
            restoring.set_upon(draft=draft, live=live, by=request.user)
            done = _("The draft succeeds record %(number)s now. Nothing is published yet.")
            done %= {"number": live.pk}
        self.log_change(request, draft, done)
        messages.success(request, done)
        return HttpResponseRedirect(change_url(draft))

    def _show_three(self, request, draft, live):
        numbers = [one.pk for one in (draft, draft.succeeds, live) if one]
        rows = review_items.rows_with_parts(type(draft)).in_bulk(numbers)
        mine, loaded = rows[draft.pk], rows[draft.succeeds_id]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Changed by somebody else meanwhile"),
            "subtitle": str(draft),
            "opts": self.opts,
            "record": draft,
            "record_url": change_url(draft),
            "live": live,
            "live_url": change_url(live) if live else "",
            "loaded": loaded,
            "rows": three_ways(loaded, rows[live.pk] if live else loaded, mine),
            "delete_url": reverse(f"admin:policies_{self.opts.model_name}_delete", args=[draft.pk])
            if self.has_delete_permission(request, draft)
            else "",
            "history_url": history_url(draft),
        }
        return TemplateResponse(request, "admin/policies/overtaken.html", context)
