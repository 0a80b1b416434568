"""What a county itself (or a unified-jail state for its jails) does about one factor."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counties.models import County, State
from policies.models.base import IMPLAUSIBLE_YEAR, DatedRecord, Precision, plausible_years
from policies.models.constraints import NoOverlap, exactly_one
from policies.rubric import Answer, Factor


class FactorChoices(models.TextChoices):
    """The seven factors under their short names, for forms."""

    NO_287G = Factor.NO_287G.value, _("1 No 287(g) agreement")
    NO_DETENTION_CONTRACT = Factor.NO_DETENTION_CONTRACT.value, _("2 No detention contract")
    LIMITS_HOLDS = Factor.LIMITS_HOLDS.value, _("3 Limits holds")
    LIMITS_NOTIFICATIONS = Factor.LIMITS_NOTIFICATIONS.value, _("4 Limits notifications")
    LIMITS_INTERROGATIONS = Factor.LIMITS_INTERROGATIONS.value, _("5 Limits interrogations")
    NO_STATUS_INQUIRY = Factor.NO_STATUS_INQUIRY.value, _("6 No status inquiry")
    NO_GENERAL_ASSISTANCE = Factor.NO_GENERAL_ASSISTANCE.value, _("7 No general assistance")


class RecordedAnswer(models.TextChoices):
    """The answers that can be recorded. Unknown is the absence of a record."""

    YES = Answer.YES.value, _("yes, a protective policy")
    NO = Answer.NO.value, _("no, it does the opposite")
    NONE_FOUND = Answer.NONE_FOUND.value, _("none found, someone looked")


class LocalPolicy(DatedRecord):
    """One answer to one factor in one period, as documented for the county itself."""

    county = models.ForeignKey(
        County,
        verbose_name=_("county"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,  # counties are reference data that records depend on
        related_name="local_policies",
        db_index=False,  # Meta.indexes
        help_text=_("Whose policy it is. Leave empty only for a unified-jail state's record."),
    )
    state = models.ForeignKey(
        State,
        verbose_name=_("unified-jail state"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,  # as above
        related_name="local_policies",
        limit_choices_to={"unified_jail": True},
        db_index=False,  # Meta.indexes
        help_text=_("Only for AK, CT, DE, HI, RI and VT: answers for every county of the state."),
    )
    factor = models.CharField(_("factor"), max_length=25, choices=FactorChoices.choices)
    answer = models.CharField(
        _("answer"),
        max_length=10,
        choices=RecordedAnswer.choices,
        help_text=_(
            "Yes: a protective policy is in force. No: it is documented doing the opposite. None "
            "found: someone looked and found no policy. If nobody looked, record nothing."
        ),
    )
    title = models.CharField(
        _("title of the policy"), max_length=300, blank=True, help_text=_("As its document has it.")
    )
    qualification = models.TextField(
        _("qualification"), blank=True, help_text=_("Exceptions and loopholes, in words.")
    )
    observed_on = models.DateField(
        _("observed on"),
        null=True,
        blank=True,
        help_text=_("The day for which the document speaks."),
    )
    observed_on_precision = models.CharField(
        _("precision of the observation"),
        max_length=5,
        choices=Precision.choices,
        default=Precision.DAY,
    )
    last_verified = models.DateField(
        _("last verified"),
        null=True,
        blank=True,
        help_text=_("The newest day on which someone confirmed that this still holds."),
    )
    notes = models.TextField(_("notes"), blank=True, help_text=_("For staff. Not published."))

    class Meta(DatedRecord.Meta):
        verbose_name = _("local policy")
        verbose_name_plural = _("local policies")
        ordering = ["county_id", "factor", "effective_from"]
        constraints = [
            *DatedRecord.Meta.constraints,
            models.CheckConstraint(
                name="localpolicy_of_a_county_or_a_state",
                condition=exactly_one("county", "state"),
                violation_error_message=_("Name either a county or a unified-jail state."),
            ),
            models.CheckConstraint(
                name="localpolicy_known_factor", condition=Q(factor__in=FactorChoices.values)
            ),
            models.CheckConstraint(
                name="localpolicy_known_answer", condition=Q(answer__in=RecordedAnswer.values)
            ),
            models.CheckConstraint(
                name="localpolicy_observed_in_plausible_years",
                condition=plausible_years("observed_on", "last_verified"),
                violation_error_message=IMPLAUSIBLE_YEAR,
            ),
            NoOverlap(name="localpolicy_county_no_overlap", equal=("county", "factor")),
            NoOverlap(name="localpolicy_state_no_overlap", equal=("state", "factor")),
            models.UniqueConstraint(
                fields=["county", "factor"],
                condition=Q(status="published", effective_until__isnull=True),
                name="localpolicy_one_open_period",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "factor", "status"], name="localpolicy_county_factor"),
            # Six states have records of their own: all others would be NULLs in it.
            models.Index(
                fields=["state"], condition=Q(state__isnull=False), name="localpolicy_of_a_state"
            ),
        ]

    def __str__(self) -> str:
        place = self.county or self.state
        answer = self.answer.replace("_", " ")
        return f"{place}: {self.get_factor_display()}, {answer}, {self.effective_from}"

    @property
    def question(self) -> tuple[str | None, str | None, str]:
        """Whose policy about what: at most one published period of a question covers a day."""
        return self.county_id, self.state_id, self.factor

    @property
    def evidence_on(self):
        """The newest day for which there is evidence (date)."""
        return max(d for d in (self.last_verified, self.observed_on, self.effective_from) if d)
