"""What every published record has in common: its life, its dates, its two clocks.

A record lives draft -> in review -> published -> superseded or withdrawn. A published row is
never changed: it is closed and succeeded by a copy (`actions.py`), so that the record can be read
as it stood on any past day. `published_at` (inclusive) to `closed_at` (exclusive) is the time in
which a row was what we knew; `effective_from` to `effective_until` is the time of which it speaks.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """How exactly a date is known. A month or year counts from its first day."""

    DAY = "day", _("to the day")
    MONTH = "month", _("to the month")
    YEAR = "year", _("to the year")


class RecordStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ChangeKind(models.TextChoices):
    """What publishing a row means. The public change log tells these apart."""

    NEW = "new", _("new record")
    CONFIRMED = "confirmed", _("still holds")
    POLICY_CHANGE = "policy_change", _("the policy changed")
    CORRECTION = "correction", _("we were wrong")
    METHOD = "method", _("change of method")
    UNDO = "undo", _("undone")
    WORDING = "wording", _("other words")


class RecordQuerySet(models.QuerySet):
    def published(self):
        """The rows that are what we know now."""
        return self.filter(status=RecordStatus.PUBLISHED)

    def known_before(self, moment):
        """The rows that were what we knew just before `moment` (datetime); None means now."""
        if moment is None:
            return self.published()
        return self.filter(
            Q(closed_at__isnull=True) | Q(closed_at__gte=moment), published_at__lt=moment
        )

    def in_force(self, on):
        """The rows whose half-open period covers the day `on`."""
        return self.filter(
            Q(effective_until__isnull=True) | Q(effective_until__gt=on), effective_from__lte=on
        )


class PublishedRecord(models.Model):
    """Abstract. Subclasses name their children in `copied_children` so that copies are whole."""

    #: Reverse relations and many-to-many fields that belong to a row and go with its copies.
    copied_children: tuple[str, ...] = ("citations",)

    status = models.CharField(
        _("status"),
        max_length=10,
        choices=RecordStatus.choices,
        default=RecordStatus.DRAFT,
        editable=False,
        help_text=_("Where the record stands. Changed by actions, never by hand."),
    )
    change_kind = models.CharField(
        _("what this is"),
        max_length=15,
        choices=ChangeKind.choices,
        default=ChangeKind.NEW,
        editable=False,
    )
    change_note = models.TextField(
        _("why"),
        blank=True,
        help_text=_("Shown in the public change log: what changed, or what was wrong."),
    )
    succeeds = models.ForeignKey(
        "self",
        verbose_name=_("succeeds"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,  # a chain of versions must stay whole
        related_name="successors",
    )
    origin = models.CharField(
        _("origin"),
        max_length=120,
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text=_("Key of the baseline entry or imported row that this came from."),
    )
    submission = models.ForeignKey(
        "policies.Submission",
        verbose_name=_("submission"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,  # what a file brought can be traced to it, and undone
        related_name="%(class)s_rows",
        help_text=_("The received file that brought this row."),
    )
    needs_verification = models.BooleanField(
        _("needs verification"),
        default=False,
        help_text=_("A date or wording is not in the document at hand; staff must check it."),
    )
    verification_note = models.TextField(
        _("what to verify"), blank=True, help_text=_("What exactly has to be checked, and where.")
    )
    main_citation = models.ForeignKey(
        "policies.Citation",
        verbose_name=_("main citation"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,  # a published answer never loses its source
        related_name="+",
        help_text=_("The citation that carries the record. Set when it is published."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,  # who wrote it stays on record
        related_name="+",
        db_index=False,  # nobody looks records up by it
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,  # who published it stays on record
        related_name="+",
        db_index=False,  # nobody looks records up by it
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,  # who closed it stays on record
        related_name="+",
        db_index=False,  # nobody looks records up by it
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_published_by_someone_and_cited",
                condition=Q(status__in=["draft", "in_review"])
                | Q(
                    published_at__isnull=False,
                    published_by__isnull=False,
                    main_citation__isnull=False,
                ),
                violation_error_message=_("A published record needs a citation and a publisher."),
            ),
            models.CheckConstraint(
                name="%(class)s_unpublished_has_no_publisher",
                condition=Q(status__in=["published", "superseded", "withdrawn"])
                | Q(published_at__isnull=True, published_by__isnull=True, closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="%(class)s_closed_when_over",
                condition=Q(status__in=["superseded", "withdrawn"], closed_at__isnull=False)
                | Q(status__in=["draft", "in_review", "published"], closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="%(class)s_closed_after_published",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("published_at")),
            ),
        ]

    @property
    def is_open_to_editing(self) -> bool:
        """Only a draft is. What is in review is what its reviewer reads."""
        return self.status == RecordStatus.DRAFT


def first_day_of(date: str, precision: str) -> Q:
    """A condition: a date known to the month or the year is written as its first day."""
    return (
        Q(**{f"{date}__isnull": True})
        | Q(**{precision: "day"})
        | Q(**{precision: "month", f"{date}__day": 1})
        | Q(**{precision: "year", f"{date}__day": 1, f"{date}__month": 1})
    )


IMPLAUSIBLE_YEAR = _("The year is not plausible; use 1900 to 2099.")


def plausible_years(*dates: str) -> Q:
    """A condition: each of these dates, where there is one, lies in 1900 to 2099."""
    condition = Q()
    for date in dates:
        within = Q(**{f"{date}__gte": "1900-01-01", f"{date}__lt": "2100-01-01"})
        condition &= Q(**{f"{date}__isnull": True}) | within
    return condition


class DatedRecord(PublishedRecord):
    """Abstract: a record with a half-open period in which it is in force."""

    effective_from = models.DateField(
        _("in force from"),
        help_text=_(
            "First day in force (inclusive). If nobody knows when it began, the day on which it "
            "was observed."
        ),
    )
    effective_from_precision = models.CharField(
        _("precision"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    in_force_by = models.BooleanField(
        _("began earlier"),
        default=False,
        help_text=_('The start is only the day of observation: shown as "in force by".'),
    )
    effective_until = models.DateField(
        _("in force until"),
        null=True,
        blank=True,
        help_text=_("First day no longer in force (exclusive). Empty: still in force."),
    )
    effective_until_precision = models.CharField(
        _("precision of the end"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )

    class Meta(PublishedRecord.Meta):
        abstract = True
        constraints = [
            *PublishedRecord.Meta.constraints,
            models.CheckConstraint(
                name="%(class)s_ends_after_it_starts",
                condition=Q(effective_until__isnull=True)
                | Q(effective_until__gt=F("effective_from")),
                violation_error_message=_("The end must be later than the start."),
            ),
            models.CheckConstraint(
                name="%(class)s_month_or_year_from_its_first_day",
                condition=first_day_of("effective_from", "effective_from_precision")
                & first_day_of("effective_until", "effective_until_precision"),
                violation_error_message=_(
                    "A date known only to the month or the year counts from its first day: write "
                    "that day, or set the precision to the day."
                ),
            ),
            models.CheckConstraint(
                name="%(class)s_plausible_years",
                condition=plausible_years("effective_from", "effective_until"),
                violation_error_message=IMPLAUSIBLE_YEAR,
            ),
        ]
