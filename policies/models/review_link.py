"""What lets somebody without an account read one change-set: invitations and letters."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from counties.models import County
from policies.models.base import IMPLAUSIBLE_YEAR, plausible_years
from policies.models.review import ChangeSet


class ReviewLink(models.Model):
    """One link, for one person, to one change-set as it was sent to review.

    The token in the address is signed (`policies.review_links`) and kept nowhere.
    """

    class Purpose(models.TextChoices):
        OUTSIDE_READER = "outside_reader", _("an outside reader")
        COUNTY_REPLY = "county_reply", _("a county’s reply")

    change_set = models.ForeignKey(
        ChangeSet,
        verbose_name=_("change-set"),
        on_delete=models.CASCADE,  # part of its set
        related_name="links",
    )
    purpose = models.CharField(_("purpose"), max_length=16, choices=Purpose.choices)
    county = models.ForeignKey(
        County,
        verbose_name=_("county"),
        null=True,
        on_delete=models.PROTECT,  # counties are reference data that records depend on
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=200, help_text=_("Who gets the link."))
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=5, default="en")
    read_at = models.DateTimeField(
        _("set sent at"), help_text=_("Which sending of the set the link shows.")
    )
    due_on = models.DateField(_("reply due"), null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        on_delete=models.PROTECT,  # who invited answers for what the link did
        related_name="+",
    )
    created_at = models.DateTimeField(_("invited at"))
    last_sent_at = models.DateTimeField(_("last sent at"))
    expires_at = models.DateTimeField(_("expires at"), help_text=_("From then on it is dead."))
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        null=True,
        on_delete=models.PROTECT,  # who revoked it stays on record
        related_name="+",
    )
    used_at = models.DateTimeField(_("used at"), null=True, help_text=_("Decided or replied."))

    class Meta:
        verbose_name = _("link for an outside reader")
        verbose_name_plural = _("links for outside readers")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="reviewlink_known_purpose",
                condition=Q(purpose="outside_reader", county__isnull=True, due_on__isnull=True)
                | Q(purpose="county_reply", county__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="reviewlink_for_somebody", condition=~Q(name="") & ~Q(email="")
            ),
            models.CheckConstraint(
                name="reviewlink_expires_after_it_was_made",
                condition=Q(expires_at__gt=F("created_at")),
            ),
            models.CheckConstraint(
                name="reviewlink_sent_after_it_was_made",
                condition=Q(last_sent_at__gte=F("created_at")),
            ),
            models.CheckConstraint(
                name="reviewlink_revoked_by_someone",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="reviewlink_used_while_it_was_good",
                condition=Q(used_at__isnull=True)
                | Q(used_at__gte=F("created_at"), used_at__lt=F("expires_at"))
                & (Q(revoked_at__isnull=True) | Q(used_at__lte=F("revoked_at"))),
            ),
            models.CheckConstraint(
                name="reviewlink_due_in_a_plausible_year",
                condition=plausible_years("due_on"),
                violation_error_message=IMPLAUSIBLE_YEAR,
            ),
            models.UniqueConstraint(
                fields=["change_set", "county"],
                condition=Q(purpose="county_reply", used_at__isnull=True, revoked_at__isnull=True),
                name="reviewlink_one_open_letter_a_county",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.name}"
