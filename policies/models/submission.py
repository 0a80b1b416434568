"""One received file, from arrival to outcome; and the choices that outlive it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counties.models import County, State
from policies.models.constraints import exactly_one
from policies.models.source import SHA256_REGEX, SourceDocument


class SubmissionKind(models.TextChoices):
    POLICIES = "policies", _("policies")
    ILRC = "ilrc", _("the organisation's sheet")
    ICE_287G = "ice-287g", _("ICE list of 287(g) agreements")
    ICE_DETENTION = "ice-detention", _("ICE list of facilities")


class Submission(models.Model):
    """Who sent what and when, how it was read, and what came of it."""

    class Status(models.TextChoices):
        """Received: kept, but it could not be read yet. Planned: read and compared."""

        RECEIVED = "received", _("received")
        PLANNED = "planned", _("waiting for review")
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
    source_title = models.CharField(
        _("source"), max_length=300, help_text=_("What the file is, as it will be cited.")
    )
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    sheet = models.CharField(
        _("sheet"), max_length=100, blank=True, help_text=_("Empty: the only one that fits.")
    )
    document = models.ForeignKey(
        SourceDocument,
        verbose_name=_("document"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,  # what was published from the file cites it
        related_name="submissions",
        help_text=_("The file as a document to cite. Made when it is applied."),
    )
    received_at = models.DateTimeField(_("received at"))
    received_from = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("received from"),
        on_delete=models.PROTECT,  # who sent it stays on record
        related_name="submissions",
    )
    message = models.TextField(
        _("message"), blank=True, help_text=_("What the sender wants to say about it.")
    )
    column_map = models.JSONField(
        _("columns"), default=dict, blank=True, help_text=_("How its headings were read.")
    )
    report = models.JSONField(
        _("report"), default=dict, blank=True, help_text=_("The outcome, in figures.")
    )
    lines = models.BinaryField(
        _("lines"), default=bytes, editable=False, help_text=_("The outcome row by row, packed.")
    )
    acts = models.BinaryField(
        _("acts"), default=bytes, editable=False, help_text=_("What it would write, packed.")
    )
    planned_revision = models.PositiveBigIntegerField(
        _("revision planned against"),
        null=True,
        editable=False,
        help_text=_("The change of the record after which the file was last compared with it."),
    )
    skip_bad_rows = models.BooleanField(_("bad rows left out"), default=False, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,  # who applied or rejected it stays on record
        related_name="+",
    )
    reason = models.TextField(
        _("reason"), blank=True, help_text=_("Why it was rejected, or applied without review.")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("undone by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,  # who undid it stays on record
        related_name="+",
    )
    undo_report = models.JSONField(
        _("undo"), default=dict, blank=True, help_text=_("What was undone, and what was left.")
    )

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-received_at", "-pk"]
        permissions = [("review_submission", "Can see, apply, reject and undo all submissions")]
        constraints = [
            models.CheckConstraint(
                name="submission_sha256_is_hex", condition=Q(sha256__regex=SHA256_REGEX)
            ),
            models.CheckConstraint(
                name="submission_known_kind", condition=Q(kind__in=SubmissionKind.values)
            ),
            models.CheckConstraint(
                name="submission_decided_by_someone",
                condition=Q(
                    status__in=["received", "planned"],
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                )
                | Q(
                    status__in=["applied", "rejected", "undone"],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="submission_undone_by_someone",
                condition=Q(status="undone", undone_at__isnull=False, undone_by__isnull=False)
                | (~Q(status="undone") & Q(undone_at__isnull=True, undone_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="submission_rejected_for_a_reason",
                condition=~Q(status="rejected") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.filename


class ImportChoice(models.Model):
    """What a person answered when a file left something open; remembered for the next file."""

    class Scope(models.TextChoices):
        COLUMN = "column", _("which field a heading means")
        COUNTY = "county", _("which county a name means")
        AGENCY = "agency", _("what an agency is, and its counties")
        FACILITY = "facility", _("which county a facility belongs to")
        RENAME = "rename", _("whether two names are one agency")

    scope = models.CharField(_("about"), max_length=10, choices=Scope.choices)
    kind = models.CharField(
        _("kind of file"),
        max_length=15,
        choices=SubmissionKind.choices,
        blank=True,
        help_text=_("Empty: every kind."),
    )
    partner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("files from"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,  # a partner's column names mean nothing without the partner
        related_name="+",
        help_text=_("Empty: files from anybody."),
    )
    key = models.CharField(_("as the file has it"), max_length=300)
    value = models.CharField(
        _("meaning"),
        max_length=300,
        help_text=_("FIPS codes, a field, or the kind of agency; empty: none, it is left out."),
        blank=True,
    )
    chosen_at = models.DateTimeField(_("chosen at"))
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("chosen by"),
        on_delete=models.PROTECT,  # who decided stays on record
        related_name="+",
    )

    class Meta:
        verbose_name = _("remembered choice")
        verbose_name_plural = _("remembered choices")
        ordering = ["scope", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "kind", "key"],
                condition=Q(partner__isnull=True),
                name="importchoice_once",
            ),
            models.UniqueConstraint(
                fields=["scope", "kind", "key", "partner"],
                condition=Q(partner__isnull=False),
                name="importchoice_once_a_partner",
            ),
            models.CheckConstraint(
                name="importchoice_known_scope",
                condition=Q(scope__in=["column", "county", "agency", "facility", "rename"]),
            ),
            models.CheckConstraint(name="importchoice_of_something", condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


class IceEngagement(models.Model):
    """ICE's own notes on a jurisdiction, as the organisation's sheet repeats them.

    Evidence beside the record: decides no answer. Text as the sheet has it; dates where they could
    be read. Belongs to its submission, and is not shown once that was undone.
    """

    submission = models.ForeignKey(
        Submission,
        verbose_name=_("submission"),
        on_delete=models.PROTECT,  # traced to the file that said it
        related_name="engagements",
    )
    row = models.PositiveIntegerField(_("row"))
    county = models.ForeignKey(
        County,
        verbose_name=_("county"),
        null=True,
        on_delete=models.PROTECT,  # counties are reference data that records depend on
        related_name="ice_engagements",
    )
    state = models.ForeignKey(
        State,
        verbose_name=_("state"),
        null=True,
        on_delete=models.PROTECT,  # as above
        related_name="ice_engagements",
    )
    field_office = models.CharField(_("field office"), max_length=20, blank=True)
    jurisdiction = models.CharField(_("jurisdiction"), max_length=300, blank=True)
    priority = models.CharField(_("priority"), max_length=300, blank=True)
    stopped_accepting = models.CharField(
        _("began not accepting detainers"), max_length=60, blank=True
    )
    first_engaged_on = models.DateField(_("first engagement"), null=True, blank=True)
    last_engaged_on = models.DateField(_("last engagement"), null=True, blank=True)
    met_by = models.CharField(_("who met them"), max_length=200, blank=True)
    acceptance = models.TextField(_("acceptance of detainers and notifications"), blank=True)
    ice_comments = models.TextField(_("ICE's comments"), blank=True)
    follow_up = models.CharField(_("follow-up meeting"), max_length=100, blank=True)
    next_meeting = models.CharField(_("next meeting"), max_length=60, blank=True)
    hq_priority = models.CharField(_("headquarters' priority"), max_length=20, blank=True)
    analysis = models.TextField(_("the organisation's analysis"), blank=True)
    comments = models.TextField(_("the organisation's comments"), blank=True)
    stated_total = models.CharField(_("total as the sheet has it"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("ICE engagement")
        verbose_name_plural = _("ICE engagements")
        ordering = ["submission", "row"]
        constraints = [
            models.CheckConstraint(
                name="iceengagement_of_a_county_or_a_state",
                condition=exactly_one("county", "state"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county or self.state}: {self.jurisdiction}"
