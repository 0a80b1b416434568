"""Changes on their way to being published: what is reviewed together, and what was said of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from policies.models.base import IMPLAUSIBLE_YEAR, plausible_years
from policies.models.constraints import exactly_one

#: An item of a change-set is exactly one of these. Named as in `Citation`.
REVIEWED_RECORDS = ("local_policy", "provision", "agreement", "win", "ice_list")


def _together(*fields: str, set_: bool) -> Q:
    return Q(**{f"{field}__isnull": not set_ for field in fields})


class ChangeSet(models.Model):
    """Drafts that are reviewed, approved and published together: one law, forty counties."""

    class Status(models.TextChoices):
        """A set that was returned is open again; its notes say why."""

        OPEN = "open", _("being written")
        IN_REVIEW = "in_review", _("in review")
        APPROVED = "approved", _("approved")
        ABANDONED = "abandoned", _("given up")

    title = models.CharField(
        _("title"), max_length=200, help_text=_("Shown in the public change log.")
    )
    summary = models.TextField(
        _("why"), blank=True, help_text=_("What changed, or what was wrong. Public as well.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.OPEN, editable=False
    )
    created_at = models.DateTimeField(_("begun at"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("begun by"),
        editable=False,
        on_delete=models.PROTECT,  # who wrote it stays on record
        related_name="change_sets",
    )
    submitted_at = models.DateTimeField(_("sent to review at"), null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent to review by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,  # who sent it stays on record
        related_name="+",
    )
    due_on = models.DateField(_("review due"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("claimed at"), null=True, editable=False)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("claimed by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,  # who reviewed it stays on record
        related_name="claimed_change_sets",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,  # who approved it stays on record
        related_name="+",
    )
    override_reason = models.TextField(
        _("why without a second reader"),
        blank=True,
        editable=False,
        help_text=_("Shown in the public change log."),
    )

    class Meta:
        verbose_name = _("change-set")
        verbose_name_plural = _("change-sets")
        ordering = ["-pk"]
        # Nobody edits or deletes one: what happens to it is an action (`policies.reviews`).
        default_permissions = ("add", "view")
        permissions = [("review_changeset", "Can review, return and approve changes")]
        indexes = [models.Index(fields=["status", "due_on"], name="changeset_queue")]
        constraints = [
            models.CheckConstraint(name="changeset_has_a_title", condition=~Q(title="")),
            # This, and who decided, also refuse a status that is none of the four.
            models.CheckConstraint(
                name="changeset_submitted_by_someone",
                condition=Q(status__in=["open", "abandoned"])
                & _together("submitted_at", "submitted_by", set_=False)
                | Q(status__in=["in_review", "approved"])
                & _together("submitted_at", "submitted_by", set_=True),
            ),
            models.CheckConstraint(
                name="changeset_claimed_by_someone_once_submitted",
                condition=_together("claimed_at", "claimed_by", set_=False)
                | Q(status__in=["in_review", "approved"])
                & _together("claimed_at", "claimed_by", set_=True),
            ),
            models.CheckConstraint(
                name="changeset_decided_by_someone",
                condition=Q(status__in=["open", "in_review"])
                & _together("decided_at", "decided_by", set_=False)
                | Q(status__in=["approved", "abandoned"])
                & _together("decided_at", "decided_by", set_=True),
            ),
            models.CheckConstraint(
                name="changeset_overridden_only_when_approved",
                condition=Q(override_reason="") | Q(status="approved"),
            ),
            models.CheckConstraint(
                name="changeset_due_in_a_plausible_year",
                condition=plausible_years("due_on"),
                violation_error_message=IMPLAUSIBLE_YEAR,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_in_review(self) -> bool:
        return self.status == self.Status.IN_REVIEW


def _of_record(model: str, verbose_name):
    return models.ForeignKey(
        f"policies.{model}",
        verbose_name=verbose_name,
        null=True,
        on_delete=models.CASCADE,  # goes with a deleted draft; published rows are kept
        related_name="change_items",
    )


class ChangeItem(models.Model):
    """One draft of a change-set."""

    change_set = models.ForeignKey(
        ChangeSet,
        verbose_name=_("change-set"),
        on_delete=models.CASCADE,  # part of its set
        related_name="items",
    )
    local_policy = _of_record("LocalPolicy", _("local policy"))
    provision = _of_record("StateProvision", _("state provision"))
    agreement = _of_record("Agreement", _("agreement"))
    win = _of_record("PolicyWin", _("policy win"))
    ice_list = _of_record("IceList", _("ICE list"))
    is_current = models.BooleanField(
        _("current"),
        default=True,
        help_text=_("No longer, once the set was given up: the draft may go into another."),
    )

    class Meta:
        verbose_name = _("item of a change-set")
        verbose_name_plural = _("items of a change-set")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="changeitem_of_exactly_one_record",
                condition=exactly_one(*REVIEWED_RECORDS),
            ),
            *(
                models.UniqueConstraint(
                    fields=[record],
                    condition=Q(is_current=True, **{f"{record}__isnull": False}),
                    name=f"changeitem_one_set_a_{record}",
                )
                for record in REVIEWED_RECORDS
            ),
        ]

    def __str__(self) -> str:
        return str(self.record)

    @property
    def record(self):
        """The draft, or what became of it."""
        return next(getattr(self, name) for name in REVIEWED_RECORDS if getattr(self, f"{name}_id"))


class ReviewNote(models.Model):
    """What somebody said about a change-set or one of its items, or decided."""

    class Kind(models.TextChoices):
        COMMENT = "comment", _("comment")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("approved")
        OVERRIDE = "override", _("approved without a second reader")
        COUNTY_REPLY = "county_reply", _("the county’s reply")
        OUTSIDE_APPROVAL = "outside_approval", _("approved by an outside reader")

    change_set = models.ForeignKey(
        ChangeSet,
        verbose_name=_("change-set"),
        on_delete=models.CASCADE,  # part of its set
        related_name="notes",
    )
    item = models.ForeignKey(
        ChangeItem,
        verbose_name=_("about"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,  # what was said stays, even if the draft goes
        related_name="notes",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.PROTECT,  # who said it stays on record
        related_name="+",
    )
    author_name = models.CharField(
        _("name"), max_length=200, blank=True, help_text=_("Of somebody without an account.")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.COMMENT)
    text = models.TextField(_("text"), blank=True)
    document = models.ForeignKey(
        "policies.SourceDocument",
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,  # what a county sent with its reply is kept beside it
        related_name="+",
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("review note")
        verbose_name_plural = _("review notes")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="reviewnote_known_kind",
                condition=Q(
                    kind__in=[
                        *("comment", "returned", "approved", "override"),
                        *("county_reply", "outside_approval"),
                    ]
                ),
            ),
            models.CheckConstraint(
                name="reviewnote_by_someone",
                condition=Q(author__isnull=False) | ~Q(author_name=""),
            ),
            models.CheckConstraint(
                name="reviewnote_says_something",
                condition=Q(kind__in=["approved", "outside_approval"]) | ~Q(text=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"

    @property
    def who(self) -> str:
        return self.author_name or str(self.author)
