"""What is computed and logged: stored score periods, and the public change log."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from counties.models import County, State
from policies.models.base import ChangeKind
from policies.rubric import Answer

_ANSWERS = [(answer.value, answer.value) for answer in Answer]


def _answer_field(name):
    return models.CharField(name, max_length=10, choices=_ANSWERS)


class ScorePeriodQuerySet(models.QuerySet):
    def in_force(self, on):
        """At most one period a county: the one whose half-open period covers the day `on`."""
        return self.filter(
            Q(effective_until__isnull=True) | Q(effective_until__gt=on), effective_from__lte=on
        )


class ScorePeriod(models.Model):
    """The resolved answers of a county from one day until before another, as known now.

    Written only by `score_periods.rebuild`; `rebuild_scores --check` proves it. A county without
    a row on a day is unknown on that day.
    """

    county = models.ForeignKey(
        County,
        on_delete=models.CASCADE,  # derived data
        related_name="score_periods",
        db_index=False,  # it begins the index of scoreperiod_starts_once
    )
    effective_from = models.DateField()
    effective_until = models.DateField(null=True)
    no_287g = _answer_field("no_287g")
    no_detention_contract = _answer_field("no_detention_contract")
    limits_holds = _answer_field("limits_holds")
    limits_notifications = _answer_field("limits_notifications")
    limits_interrogations = _answer_field("limits_interrogations")
    no_status_inquiry = _answer_field("no_status_inquiry")
    no_general_assistance = _answer_field("no_general_assistance")
    rules = models.CharField(max_length=7, help_text="One letter a factor: timeline.RULE_LETTERS")
    score = models.PositiveSmallIntegerField(null=True)
    at_least = models.PositiveSmallIntegerField()
    factors_known = models.PositiveSmallIntegerField()
    fresh_until = models.DateField(null=True)
    preempted = models.CharField(max_length=7)
    at_risk = models.CharField(max_length=7)

    objects = ScorePeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("score period")
        verbose_name_plural = _("score periods")
        ordering = ["county_id", "effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "effective_from"], name="scoreperiod_starts_once"
            ),
            models.CheckConstraint(
                name="scoreperiod_ends_after_it_starts",
                condition=Q(effective_until__isnull=True)
                | Q(effective_until__gt=F("effective_from")),
            ),
            models.CheckConstraint(
                name="scoreperiod_scored_only_when_complete",
                # A check lets NULL pass, so it has to be said that there is a score.
                condition=Q(factors_known=7, score=F("at_least"), score__isnull=False)
                | Q(factors_known__lt=7, score__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["effective_from", "effective_until"], name="scoreperiod_covering_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.county_id} {self.effective_from}: {self.score}"


class ChangeEvent(models.Model):
    """One act that changed what we say: an entry of the public change log. Its number is the
    revision of the data."""

    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("kind"), max_length=15, choices=ChangeKind.choices)
    summary = models.TextField(_("what changed"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,  # who changed the record stays on record
        related_name="+",
    )
    state = models.ForeignKey(
        State,
        verbose_name=_("state"),
        null=True,
        on_delete=models.PROTECT,  # states are reference data that records depend on
        related_name="change_events",
    )
    counties = models.ManyToManyField(
        County, verbose_name=_("counties"), related_name="change_events"
    )

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("change log")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["at"], name="changeevent_at")]

    def __str__(self) -> str:
        return self.summary
