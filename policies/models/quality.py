"""What a check of the record found, and what waits for an answer from outside."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from counties.models import County, State
from policies.models.base import IMPLAUSIBLE_YEAR, plausible_years
from policies.models.source import SourceDocument


class QualityItem(models.Model):
    """One finding of one check (`policies.quality`), and what a person decided about it.

    Written by `quality.queue` alone. The sentence is kept as its untranslated text and its values,
    so that each reader reads it in their own language (`quality.words`).
    """

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        RESOLVED = "resolved", _("resolved")
        WONT_FIX = "wont_fix", _("won't fix")

    check_name = models.CharField(_("check"), max_length=40)
    key = models.CharField(
        _("key"), max_length=300, help_text=_("The same for the same finding, whenever looked.")
    )
    about_model = models.CharField(_("kind of record"), max_length=60)
    about_pk = models.CharField(_("number of the record"), max_length=40)
    county = models.ForeignKey(
        County,
        verbose_name=_("county"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,  # counties are reference data that records depend on
        related_name="quality_items",
    )
    state = models.ForeignKey(
        State,
        verbose_name=_("state"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,  # as above
        related_name="quality_items",
    )
    sentence = models.TextField(_("sentence"))
    values = models.JSONField(_("values"), default=dict, blank=True)
    first_seen = models.DateTimeField(_("first seen"))
    last_seen = models.DateTimeField(_("last seen"))
    gone_at = models.DateTimeField(
        _("gone"), null=True, blank=True, help_text=_("When the check found it no longer.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.OPEN
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,  # what nobody owns can be taken again
        related_name="quality_items",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,  # who decided stays on record
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("because"), blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["check_name", "state_id", "county_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["check_name", "key"], name="qualityitem_once"),
            models.CheckConstraint(
                name="qualityitem_known_status",
                condition=Q(status__in=["open", "resolved", "wont_fix"]),
            ),
            models.CheckConstraint(
                name="qualityitem_decided_by_someone",
                condition=Q(status="open", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(status="open") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="qualityitem_left_for_a_reason",
                condition=~Q(status="wont_fix") | Q(reason__regex=r"\S"),
                violation_error_message=_("Say why it is left as it is."),
            ),
            models.CheckConstraint(
                name="qualityitem_county_has_its_state",
                condition=Q(county__isnull=True) | Q(state__isnull=False),
            ),
            models.CheckConstraint(
                name="qualityitem_seen_in_order",
                condition=Q(last_seen__gte=F("first_seen"))
                & (Q(gone_at__isnull=True) | Q(gone_at__gte=F("last_seen"))),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "gone_at", "check_name"], name="qualityitem_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.key}"


class PublicRecordsRequest(models.Model):
    """A request for records under a public-records law: sent, due, answered."""

    county = models.ForeignKey(
        County,
        verbose_name=_("county"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,  # counties are reference data that records depend on
        related_name="records_requests",
    )
    state = models.ForeignKey(
        State,
        verbose_name=_("state"),
        on_delete=models.PROTECT,  # as above
        related_name="records_requests",
    )
    agency = models.CharField(_("agency"), max_length=200, help_text=_("Who was asked."))
    asked_for = models.TextField(_("what was asked for"), blank=True)
    reference = models.CharField(
        _("reference"), max_length=100, blank=True, help_text=_("Their number or ours.")
    )
    sent_on = models.DateField(_("sent"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        on_delete=models.PROTECT,  # who asked stays on record
        related_name="+",
    )
    due_on = models.DateField(_("due"), help_text=_("By when the law wants an answer."))
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    document = models.ForeignKey(
        SourceDocument,
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,  # the answer is evidence
        related_name="records_requests",
        help_text=_("What they sent, once it is entered as a document."),
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("public-records request")
        verbose_name_plural = _("public-records requests")
        ordering = [F("answered_on").asc(nulls_first=True), "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="recordsrequest_due_after_sent",
                condition=Q(due_on__gte=F("sent_on")),
                violation_error_message=_("It cannot be due before it was sent."),
            ),
            models.CheckConstraint(
                name="recordsrequest_answered_after_sent",
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("sent_on")),
                violation_error_message=_("It cannot be answered before it was sent."),
            ),
            models.CheckConstraint(
                name="recordsrequest_document_only_if_answered",
                condition=Q(document__isnull=True) | Q(answered_on__isnull=False),
                violation_error_message=_("Say when they answered."),
            ),
            models.CheckConstraint(
                name="recordsrequest_plausible_years",
                condition=plausible_years("sent_on", "due_on", "answered_on"),
                violation_error_message=IMPLAUSIBLE_YEAR,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}, {self.state_id}: {self.sent_on}"


class ErrorReport(models.Model):
    """What a reader says is wrong. Nothing is kept of the reader but what they wrote."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        MENDED = "mended", _("mended")
        RIGHT = "right", _("the record was right")
        UNUSABLE = "unusable", _("not usable")

    received_at = models.DateTimeField(_("received at"))
    county = models.ForeignKey(
        County,
        verbose_name=_("county"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,  # counties are reference data that records depend on
        related_name="error_reports",
    )
    page = models.CharField(_("page"), max_length=500, blank=True)
    text = models.TextField(_("what is wrong"))
    reply_to = models.EmailField(_("reply to"), blank=True, help_text=_("Only if they want one."))
    language = models.CharField(_("language"), max_length=5, default="en")
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.OPEN
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handled by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,  # who answered stays on record
        related_name="+",
    )
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True, help_text=_("What was found, and done."))

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="errorreport_known_status",
                condition=Q(status__in=["open", "mended", "right", "unusable"]),
            ),
            models.CheckConstraint(
                name="errorreport_handled_by_someone",
                condition=Q(status="open", handled_by__isnull=True, handled_at__isnull=True)
                | (~Q(status="open") & Q(handled_by__isnull=False, handled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="errorreport_says_something", condition=Q(text__regex=r"\S")
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
