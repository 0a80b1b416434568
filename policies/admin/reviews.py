"""Change-sets in the admin: the queue, the page of one, and what may be done with it.

Each button is a form of its own that calls one action of `policies.reviews`. Errors of the
actions become messages, and nothing is done twice by posting twice.
"""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies import clock, reviews
from policies.admin.derived import ReadOnlyAdmin
from policies.admin.display import change_url, flag
from policies.admin.forms import CompactWidgets
from policies.admin.outside_acts import OutsideActs
from policies.admin.review_forms import ApproveForm, CommentForm, ReasonForm, SendForm
from policies.admin.review_pages import explained, page_of
from policies.models import ChangeItem, ChangeSet, ReviewNote

WRITE, REVIEW = "policies.add_changeset", "policies.review_changeset"
#: Either permission is enough.
EITHER = f"{WRITE} {REVIEW}"
Status = ChangeSet.Status


def returned_to(user) -> Q:
    """Sets of the person that a reader returned, and that were not sent again since."""
    returned = ReviewNote.objects.filter(change_set=OuterRef("pk"), kind=ReviewNote.Kind.RETURNED)
    return Q(Exists(returned), status=Status.OPEN, created_by=user)


class QueueFilter(admin.SimpleListFilter):
    """What a reviewer or an author asks of the queue."""

    title = gettext_lazy("queue")
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        return (
            ("mine", _("mine")),
            ("returned", _("returned to me")),
            ("unclaimed", _("waiting for a reader")),
            ("claimed", _("claimed by me")),
            ("overdue", _("overdue")),
        )

    def queryset(self, request, queryset):
        user, in_review = request.user, Q(status=Status.IN_REVIEW)
        conditions = {
            "mine": Q(created_by=user) | Q(submitted_by=user),
            "returned": returned_to(user),
            "unclaimed": in_review & Q(claimed_by__isnull=True),
            "claimed": in_review & Q(claimed_by=user),
            "overdue": in_review & Q(due_on__lt=clock.today()),
        }
        chosen = conditions.get(self.value())
        return queryset.filter(chosen) if chosen else queryset


@admin.register(ChangeSet)
class ChangeSetAdmin(OutsideActs, CompactWidgets, ReadOnlyAdmin):
    list_display = ("title", "state_of_set", "records", "author", "sent", "reader", "due")
    list_filter = (QueueFilter, "status")
    list_select_related = ("created_by", "submitted_by", "claimed_by")
    search_fields = ("title", "summary", "created_by__username", "claimed_by__username")
    search_help_text = gettext_lazy("Title, reason, author or reader.")
    show_full_result_count = False
    fields = ("title", "summary")

    #: Each act: the permission that it takes, and whether it is for the set's authors alone.
    ACTS = {
        "submit": (WRITE, True),
        "take_back": (WRITE, True),
        "abandon": (WRITE, True),
        "remove": (WRITE, True),
        "comment": (EITHER, False),
        "claim": (REVIEW, False),
        "send_back": (REVIEW, False),
        "approve": (REVIEW, False),
        "invite": (REVIEW, False),
        "revoke_link": (REVIEW, False),
        "ask_county": (REVIEW, False),
    }

    # --- Who may do what -----------------------------------------------------------------------

    def has_add_permission(self, request):
        return request.user.has_perm(WRITE)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("policies.view_changeset")

    def may(self, request, change_set: ChangeSet, act: str) -> bool:
        """Whether the user may do this to this set, wherever it stands."""
        permissions, for_authors = self.ACTS[act]
        user = request.user
        if not any(user.has_perm(permission) for permission in permissions.split()):
            return False
        own = user.pk in (change_set.created_by_id, change_set.submitted_by_id)
        return own or user.is_superuser or not for_authors

    # --- The queue -----------------------------------------------------------------------------

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(held=Count("items"))

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state_of_set(self, change_set):
        words = change_set.get_status_display()
        return format_html('<span class="status status-{}">{}</span>', change_set.status, words)

    @admin.display(description=gettext_lazy("records"), ordering="held")
    def records(self, change_set):
        return change_set.held

    @admin.display(description=gettext_lazy("author"), ordering="created_by__username")
    def author(self, change_set):
        return change_set.submitted_by or change_set.created_by

    @admin.display(description=gettext_lazy("sent"), ordering="submitted_at", empty_value="")
    def sent(self, change_set):
        sent = change_set.submitted_at
        return sent and clock.day_of(sent).isoformat()

    @admin.display(description=gettext_lazy("reader"), empty_value="")
    def reader(self, change_set):
        return change_set.claimed_by

    @admin.display(description=gettext_lazy("due"), ordering="due_on", empty_value="")
    def due(self, change_set):
        overdue = (
            change_set.is_in_review and change_set.due_on and (change_set.due_on < clock.today())
        )
        day = change_set.due_on
        return flag(day) if overdue else day and day.isoformat()

    # --- Beginning one -------------------------------------------------------------------------

    def save_model(self, request, obj, form, change):
        made = reviews.open_set(
            title=obj.title, summary=obj.summary, by=request.user, at=clock.now()
        )
        obj.pk, obj.created_at, obj.created_by = made.pk, made.created_at, made.created_by

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(request, _("Begun. Put drafts into it from their own pages."))
        return HttpResponseRedirect(change_url(obj))

    # --- The page of one -----------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        return self.show(request, self.seen_or_404(request, object_id))

    def show(self, request, change_set: ChangeSet, status: int = 200, **typed):
        """The page. `typed`: forms that were refused, by act, with what was typed."""
        may = {act: self.may(request, change_set, act) for act in self.ACTS}
        page = page_of(change_set, request.user, clock.today(), may)
        context = {
            **self.admin_site.each_context(request),
            **page,
            **self.outside_context(request, change_set, page, may, typed),
            "title": change_set.title,
            "subtitle": None,
            "opts": self.opts,
            "send_form": SendForm.of(change_set),
            "comment_form": CommentForm(),
            "reason_form": ReasonForm(),
            "approve_form": ApproveForm.of(change_set),
            **typed,
        }
        return TemplateResponse(request, "admin/policies/changeset.html", context, status=status)

    def seen_or_404(self, request, pk) -> ChangeSet:
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_object(request, str(pk))
        if found is None:
            raise Http404
        return found

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path(
                f"<int:pk>/{act}/",
                wrap(getattr(self, f"{act}_view")),
                name=f"policies_changeset_{act}",
            )
            for act in self.ACTS
        ] + super().get_urls()

    # --- Acts ----------------------------------------------------------------------------------

    def submit_view(self, request, pk):
        def submit(change_set, by, at, cleaned):
            with transaction.atomic():
                words = {name: cleaned[name] for name in ("title", "summary")}
                reviews.describe(change_set=change_set, by=by, **words)
                if request.POST.get("keep"):
                    return _("Saved.")
                reviews.submit(change_set=change_set, by=by, at=at, due_on=cleaned["due_on"])
            return _("Sent to review. Nobody edits it now; take it back to go on with it.")

        return self._act(request, pk, "submit", submit, SendForm, "send_form")

    def take_back_view(self, request, pk):
        def take_back(change_set, by, at, cleaned):
            reviews.take_back(change_set=change_set, by=by, at=at)
            return _("Taken back: its records are drafts again.")

        return self._act(request, pk, "take_back", take_back)

    def abandon_view(self, request, pk):
        def abandon(change_set, by, at, cleaned):
            reviews.abandon(change_set=change_set, by=by, at=at)
            return _("Given up. Its drafts are kept and can go into another change-set.")

        return self._act(request, pk, "abandon", abandon)

    def remove_view(self, request, pk):
        def remove(change_set, by, at, cleaned):
            item = self._item(change_set, request.POST.get("item"))
            if item is None:
                raise reviews.AlreadyDoneError(_("It is not in this change-set."))
            reviews.remove(item=item, by=by)
            return _("Taken out. It is kept as a draft.")

        return self._act(request, pk, "remove", remove)

    def claim_view(self, request, pk):
        def claim(change_set, by, at, cleaned):
            reviews.claim(change_set=change_set, by=by, at=at)
            return _("Claimed: others see that you are reading it.")

        return self._act(request, pk, "claim", claim)

    def comment_view(self, request, pk):
        def comment(change_set, by, at, cleaned):
            item = self._item(change_set, cleaned["item"])
            reviews.comment(change_set=change_set, by=by, at=at, text=cleaned["text"], item=item)
            return _("Your comment is kept.")

        return self._act(request, pk, "comment", comment, CommentForm, "comment_form")

    def send_back_view(self, request, pk):
        def send_back(change_set, by, at, cleaned):
            reviews.send_back(change_set=change_set, by=by, at=at, reason=cleaned["reason"])
            return _("Returned. Its authors read your reason; nothing was published.")

        return self._act(request, pk, "send_back", send_back, ReasonForm, "reason_form")

    def approve_view(self, request, pk):
        def approve(change_set, by, at, cleaned):
            if change_set.is_in_review and not ApproveForm.is_what_was_read(cleaned, change_set):
                raise ValidationError(_("It was changed since you read it. Read it again."))
            reviews.approve(change_set=change_set, by=by, at=at, reason=cleaned["reason"])
            return _("Approved: it is published.")

        return self._act(request, pk, "approve", approve, ApproveForm, "approve_form")

    def _act(self, request, pk, act: str, do, form_class=None, form_name: str = ""):
        """Do it, and say what came of it; if it is refused, nothing that was typed is lost."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        change_set = self.seen_or_404(request, pk)
        if not self.may(request, change_set, act):
            raise PermissionDenied
        form = form_class(request.POST) if form_class else None
        typed = {form_name: form} if form_name else {}
        if form and not form.is_valid():
            return self.show(request, change_set, 400, **typed)
        try:
            done = do(change_set, request.user, clock.now(), form.cleaned_data if form else {})
        except reviews.AlreadyDoneError as error:
            messages.info(request, " ".join(error.messages))
        except ValidationError as error:
            for sentence in explained(error):
                messages.error(request, sentence)
            if typed:
                return self.show(request, change_set, 409, **typed)
        else:
            self.log_change(request, change_set, done)
            messages.success(request, done)
        return HttpResponseRedirect(reverse("admin:policies_changeset_change", args=[pk]))

    def _item(self, change_set: ChangeSet, number) -> ChangeItem | None:
        """The item of this set that was named, if any."""
        if not number or not str(number).isdigit():
            return None
        return change_set.items.select_related("change_set").filter(pk=int(number)).first()
