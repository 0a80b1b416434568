"""From a draft to its reviewer: alone, with an open change-set, or many from a list at once."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies import clock, reviews
from policies.admin import review_pages
from policies.admin.display import change_url, link
from policies.admin.forms import SEND
from policies.admin.publishing import explained
from policies.models import ChangeItem, ChangeSet, RecordStatus
from policies.review_items import ITEM_FIELD

#: The select beside the button: alone and at once, in a new set, or the number of an open one.
CHOICE, ALONE, NEW = "_change_set", "", "new"
#: More open sets than this nobody has.
MOST_SETS = 20


def may_send(user) -> bool:
    return user.has_perm("policies.add_changeset")


def open_sets_of(user):
    return ChangeSet.objects.filter(created_by=user, status=ChangeSet.Status.OPEN)


class SendingMixin:
    """Mixed into the admins of records."""

    actions = ("send_together",)

    def has_send_permission(self, request) -> bool:
        return may_send(request.user)

    @admin.action(description=gettext_lazy("Send to review together"), permissions=["send"])
    def send_together(self, request, queryset):
        """A new set with the chosen drafts, opened so that its author can say why and send it."""
        drafts = list(queryset.select_related(None).order_by("pk"))
        title = _("%(count)d × %(kind)s") % {
            "count": len(drafts),
            "kind": self.opts.verbose_name_plural,
        }
        try:
            made = reviews.open_set(title=title, by=request.user, at=clock.now(), records=drafts)
        except ValidationError as error:
            for sentence in review_pages.explained(error):
                messages.error(request, sentence)
            return None
        messages.success(request, _("They are together. Say what changes, and send it to review."))
        return HttpResponseRedirect(change_url(made))

    def sending_context(self, request, record) -> dict:
        """For the form: the set that holds the record, and those into which it could go."""
        held = record and _set_of(record)
        return {
            "change_set": held,
            "change_set_url": change_url(held) if held else "",
            "may_send": may_send(request.user) and held is None,
            "open_sets": open_sets_of(request.user)[:MOST_SETS],
        }

    def refuse_sending(self, request) -> None:
        if SEND in request.POST and not may_send(request.user):
            raise PermissionDenied

    def _send(self, request, obj):
        """Send what was just saved; if it is not fit, it stays a draft and says why."""
        record = self.model.objects.get(pk=obj.pk)
        choice, about = request.POST.get(CHOICE, ALONE), {"by": request.user, "at": clock.now()}
        try:
            if choice == ALONE:
                made, done = reviews.send(record=record, **about), _("Sent to review.")
            elif choice == NEW:
                made = reviews.open_set(title=str(record), records=[record], **about)
                done = _("In a new change-set. Put more into it, then send it to review.")
            else:
                made = self._join(request, record, choice)
                done = _("Put into “%(title)s”.") % {"title": made.title}
        except ValidationError as error:
            messages.warning(request, _("Saved as a draft, but not sent to review:"))
            for sentence in explained(error, record):
                messages.error(request, sentence)
            return HttpResponseRedirect(change_url(obj))
        self.log_change(request, record, done)
        messages.success(request, format_html("{} {}", done, link(made)))
        if choice == ALONE:
            return HttpResponseRedirect(self.after_publishing(record))
        return HttpResponseRedirect(change_url(made))

    def _join(self, request, record, choice: str) -> ChangeSet:
        mine = open_sets_of(request.user)
        chosen = mine.filter(pk=int(choice)).first() if choice.isdigit() else None
        if chosen is None:
            raise ValidationError(_("Choose one of your open change-sets."))
        held = _set_of(record)
        if held != chosen:
            reviews.add(change_set=chosen, records=[record], by=request.user)
        return chosen


def _set_of(record) -> ChangeSet | None:
    """The current change-set of an undecided record."""
    if record.status not in (RecordStatus.DRAFT, RecordStatus.IN_REVIEW):
        return None
    items = ChangeItem.objects.filter(is_current=True, **{ITEM_FIELD[type(record)]: record})
    item = items.select_related("change_set").first()
    return item.change_set if item else None
