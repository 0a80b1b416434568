"""Policy wins: what changed for the better, where, when, and who says so."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from counties.models import County, State
from policies.models.base import IMPLAUSIBLE_YEAR, Precision, PublishedRecord, plausible_years
from policies.models.local_policy import FactorChoices


class WinKind(models.TextChoices):
    LOCAL_POLICY = "local_policy", _("local policy")
    ENDED_287G = "287g_ended", _("287(g) agreement ended")
    DECLINED_287G = "287g_declined", _("287(g) agreement declined")
    DETENTION_ENDED = "detention_contract_ended", _("detention contract ended")
    DETENTION_DECLINED = "detention_contract_declined", _("detention contract declined")
    STATE_LAW = "state_law", _("state law")


class PolicyWin(PublishedRecord):
    """A win is news, not a score: only a dated record of policy moves an answer."""

    copied_children = ("citations", "counties", "win_factors")

    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("what changed"), help_text=_("In our own words."))
    kind = models.CharField(_("kind"), max_length=30, choices=WinKind.choices)
    kind_uncertain = models.BooleanField(
        _("kind uncertain"), default=False, help_text=_("The document does not say which it is.")
    )
    state = models.ForeignKey(
        State,
        verbose_name=_("state"),
        on_delete=models.PROTECT,  # states are reference data that records depend on
        related_name="wins",
    )
    place = models.CharField(
        _("city"),
        max_length=100,
        blank=True,
        help_text=_("If it is a city's: the city, which is not scored, maps to its counties."),
    )
    counties = models.ManyToManyField(
        County, verbose_name=_("counties"), blank=True, related_name="wins"
    )
    date_earliest = models.DateField(
        _("date, or earliest"), null=True, blank=True, help_text=_("Empty: not known.")
    )
    date_latest = models.DateField(
        _("latest"), null=True, blank=True, help_text=_("If only a span is known.")
    )
    date_precision = models.CharField(
        _("precision"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    note = models.TextField(_("note"), blank=True, help_text=_("What is uncertain. Published."))

    class Meta(PublishedRecord.Meta):
        verbose_name = _("policy win")
        verbose_name_plural = _("policy wins")
        ordering = [F("date_earliest").desc(nulls_last=True), "title"]
        constraints = [
            *PublishedRecord.Meta.constraints,
            models.CheckConstraint(
                name="policywin_span_in_order",
                condition=Q(date_latest__isnull=True) | Q(date_latest__gte=F("date_earliest")),
                violation_error_message=_("The latest date must not be before the earliest."),
            ),
            models.CheckConstraint(
                name="policywin_known_kind", condition=Q(kind__in=WinKind.values)
            ),
            models.CheckConstraint(
                name="policywin_plausible_years",
                condition=plausible_years("date_earliest", "date_latest"),
                violation_error_message=IMPLAUSIBLE_YEAR,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class WinFactor(models.Model):
    """A factor that a win touches."""

    win = models.ForeignKey(
        PolicyWin,
        on_delete=models.CASCADE,  # part of its win
        related_name="win_factors",
    )
    factor = models.CharField(_("factor"), max_length=25, choices=FactorChoices.choices)

    class Meta:
        verbose_name = _("factor touched")
        verbose_name_plural = _("factors touched")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["win", "factor"], name="winfactor_once"),
        ]

    def __str__(self) -> str:
        return self.get_factor_display()
