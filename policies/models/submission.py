"""One received file, from arrival to outcome."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from policies.models.source import SHA256_REGEX


class SubmissionKind(models.TextChoices):
    POLICIES = "policies", _("policies")
    ILRC = "ilrc", _("the organisation's sheet")
    ICE_287G = "ice-287g", _("ICE list of 287(g) agreements")
    ICE_DETENTION = "ice-detention", _("ICE list of facilities")


class Submission(models.Model):
    """Who sent what and when, how it was read, and what came of it."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("received")
        PLANNED = "planned", _("planned")
        APPLIED = "applied", _("applied")
        REJECTED = "rejected", _("rejected")
        UNDONE = "undone", _("undone")

    kind = models.CharField(_("kind"), max_length=15, choices=SubmissionKind.choices)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.RECEIVED
    )
    file = models.FileField(_("file"), upload_to="submissions/")
    filename = models.CharField(_("name of the file"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    as_of = models.DateField(_("as of"), help_text=_("The day for which the file speaks."))
    source_title = models.CharField(_("source"), max_length=300)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)
    received_from = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("received from"),
        on_delete=models.PROTECT,  # who sent it stays on record
        related_name="submissions",
    )
    column_map = models.JSONField(
        _("columns"), default=dict, blank=True, help_text=_("How its headings were read.")
    )
    report = models.JSONField(
        _("report"), default=dict, blank=True, help_text=_("The outcome, row by row.")
    )

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(
                name="submission_sha256_is_hex", condition=Q(sha256__regex=SHA256_REGEX)
            ),
        ]

    def __str__(self) -> str:
        return self.filename
