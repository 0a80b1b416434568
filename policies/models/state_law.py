"""State law: provisions, the factors they claim, and the counties excepted from them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from counties.models import County, State
from policies.models.base import IMPLAUSIBLE_YEAR, Precision, PublishedRecord, plausible_years
from policies.models.local_policy import FactorChoices
from policies.resolution import Effect


class LawLevel(models.TextChoices):
    """What kind of law it is. In a conflict the higher source wins, in this order."""

    CONSTITUTION = "constitution", _("constitution")
    STATUTE = "statute", _("statute")
    REGULATION = "regulation", _("regulation")
    DIRECTIVE = "directive", _("directive")
    EXECUTIVE_ORDER = "executive_order", _("executive order")


class EffectChoices(models.TextChoices):
    REQUIRES = Effect.REQUIRES.value, _("requires the protective policy")
    MANDATES = Effect.MANDATES.value, _("mandates the cooperation")
    FORBIDS = Effect.FORBIDS.value, _("forbids local protection, imposes nothing")


class StateProvision(PublishedRecord):
    """A statute, directive or order of a state, with all the factors that it claims.

    A change to the law (an injunction, a repeal, a new exception) publishes a new version of the
    whole provision, so that the claims of a published row are never edited.
    """

    copied_children = ("citations", "claims", "exceptions")

    state = models.ForeignKey(
        State,
        verbose_name=_("state"),
        on_delete=models.PROTECT,  # states are reference data that records depend on
        related_name="provisions",
    )
    title = models.CharField(_("title"), max_length=300)
    level = models.CharField(_("level"), max_length=15, choices=LawLevel.choices)
    legal_citation = models.CharField(
        _("legal citation"), max_length=200, blank=True, help_text=_("Code section or bill.")
    )
    binds_county_agencies = models.BooleanField(
        _("binds county agencies"),
        help_text=_("Only a provision that binds county agencies decides a county's answer."),
    )
    binds_others = models.CharField(
        _("others it binds"),
        max_length=200,
        blank=True,
        help_text=_("State agencies, private operators, city agencies, courts ..."),
    )
    binds_note = models.TextField(_("note on whom it binds"), blank=True)
    summary = models.TextField(_("summary"), help_text=_("What it does, in our own words."))
    enacted_on = models.DateField(_("enacted"), null=True, blank=True)
    enacted_on_precision = models.CharField(
        _("precision"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    last_verified = models.DateField(
        _("last verified"),
        help_text=_("The newest day on which someone confirmed that it is still the law."),
    )

    class Meta(PublishedRecord.Meta):
        verbose_name = _("state provision")
        verbose_name_plural = _("state provisions")
        ordering = ["state_id", "enacted_on", "title"]
        constraints = [
            *PublishedRecord.Meta.constraints,
            models.CheckConstraint(
                name="stateprovision_known_level", condition=Q(level__in=LawLevel.values)
            ),
            models.CheckConstraint(
                name="stateprovision_verified_in_plausible_years",
                condition=plausible_years("last_verified"),
                violation_error_message=IMPLAUSIBLE_YEAR,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_id}: {self.title}"


class ProvisionClaim(models.Model):
    """One factor that a provision claims, in one period. Each quotes the words that carry it.

    A stay or an injunction ends a period; a later ruling opens a new one.
    """

    copied_children = ("citations",)

    provision = models.ForeignKey(
        StateProvision,
        verbose_name=_("provision"),
        on_delete=models.CASCADE,  # part of its provision
        related_name="claims",
    )
    factor = models.CharField(_("factor"), max_length=25, choices=FactorChoices.choices)
    effect = models.CharField(_("effect"), max_length=10, choices=EffectChoices.choices)
    effective_from = models.DateField(_("in force from"))
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
        help_text=_("First day no longer in force: repeal, stay or injunction."),
    )
    compliance_date = models.DateField(
        _("compliance date"),
        null=True,
        blank=True,
        help_text=_('Decides from this day; until then shown as "required by".'),
    )
    qualification = models.TextField(
        _("qualification"), blank=True, help_text=_("Exceptions and loopholes, in words.")
    )
    needs_verification = models.BooleanField(_("needs verification"), default=False)
    verification_note = models.TextField(_("what to verify"), blank=True)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="claim_ends_after_it_starts",
                condition=Q(effective_until__isnull=True)
                | Q(effective_until__gt=F("effective_from")),
                violation_error_message=_("The end must be later than the start."),
            ),
            models.CheckConstraint(
                name="claim_plausible_years",
                condition=plausible_years("effective_from", "effective_until", "compliance_date"),
                violation_error_message=IMPLAUSIBLE_YEAR,
            ),
            models.CheckConstraint(
                name="claim_known_factor", condition=Q(factor__in=FactorChoices.values)
            ),
            models.CheckConstraint(
                name="claim_known_effect", condition=Q(effect__in=EffectChoices.values)
            ),
            models.UniqueConstraint(
                fields=["provision", "factor", "effective_from"], name="claim_starts_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_factor_display()}: {self.get_effect_display()}"


class ProvisionException(models.Model):
    """A county to which a provision does not apply, with the reason."""

    copied_children = ("citations",)

    provision = models.ForeignKey(
        StateProvision,
        verbose_name=_("provision"),
        on_delete=models.CASCADE,  # part of its provision
        related_name="exceptions",
    )
    county = models.ForeignKey(
        County,
        verbose_name=_("county"),
        on_delete=models.PROTECT,  # counties are reference data that records depend on
        related_name="provision_exceptions",
    )
    factor = models.CharField(
        _("factor"),
        max_length=25,
        choices=FactorChoices.choices,
        blank=True,
        help_text=_("Empty: every factor that the provision claims."),
    )
    reason = models.TextField(
        _("reason"), help_text=_("For instance an injunction limited to its parties.")
    )
    effective_from = models.DateField(_("from"))
    effective_until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="exception_ends_after_it_starts",
                condition=Q(effective_until__isnull=True)
                | Q(effective_until__gt=F("effective_from")),
                violation_error_message=_("The end must be later than the start."),
            ),
            models.CheckConstraint(
                name="exception_plausible_years",
                condition=plausible_years("effective_from", "effective_until"),
                violation_error_message=IMPLAUSIBLE_YEAR,
            ),
            models.CheckConstraint(
                name="exception_known_factor",
                condition=Q(factor="") | Q(factor__in=FactorChoices.values),
            ),
            models.CheckConstraint(name="exception_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.county}: {self.reason}"
