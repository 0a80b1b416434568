"""Agreements with ICE, and ICE's own complete lists of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counties.models import County, State
from policies.models.base import (
    IMPLAUSIBLE_YEAR,
    DatedRecord,
    Precision,
    PublishedRecord,
    plausible_years,
)
from policies.models.source import SourceDocument


class AgreementKind(models.TextChoices):
    """Which factor an agreement answers."""

    PROGRAM_287G = "287g", _("287(g) agreement")
    DETENTION = "detention", _("detention contract")


class AgencyType(models.TextChoices):
    """What an agency is, whatever ICE's list calls it. The first four decide a county's answer.

    In a unified-jail state the corrections department decides as well, for every county.
    """

    SHERIFF = "sheriff", _("sheriff")
    COUNTY_JAIL = "county_jail", _("county jail or corrections department")
    COUNTY_POLICE = "county_police", _("county police force")
    INDEPENDENT_CITY = "independent_city", _("police or sheriff of an independent city")
    STATE_CORRECTIONS = "state_corrections", _("state corrections department")
    CONSTABLE = "constable", _("constable")
    PROSECUTOR = "prosecutor", _("prosecutor")
    CITY_POLICE = "city_police", _("city police")
    CAMPUS_POLICE = "campus_police", _("campus police")
    PORT = "port", _("port or airport authority")
    STATE_AGENCY = "state_agency", _("state agency")
    PRIVATE = "private", _("private operator")
    OTHER = "other", _("other")


#: A county-level agency: its agreements decide the county's answer (domain rule 1).
COUNTY_LEVEL = frozenset(
    {
        AgencyType.SHERIFF,
        AgencyType.COUNTY_JAIL,
        AgencyType.COUNTY_POLICE,
        AgencyType.INDEPENDENT_CITY,
    }
)


class Agreement(DatedRecord):
    """A 287(g) agreement or detention contract of one agency."""

    copied_children = ("citations", "counties")

    class EndedAs(models.TextChoices):
        """How an ending is worded. A list that drops a row says no more than that."""

        NOT_LISTED = "not_listed", _("no longer listed")
        TERMINATED = "terminated", _("terminated")
        EXPIRED = "expired", _("expired")
        REPLACED = "replaced", _("replaced by another")

    kind = models.CharField(_("kind"), max_length=10, choices=AgreementKind.choices)
    state = models.ForeignKey(
        State,
        verbose_name=_("state"),
        on_delete=models.PROTECT,  # states are reference data that records depend on
        related_name="agreements",
    )
    agency_name = models.CharField(_("agency"), max_length=200)
    agency_type = models.CharField(
        _("kind of agency"),
        max_length=20,
        choices=AgencyType.choices,
        help_text=_("What the agency is. Sheriffs, county jails and county police decide."),
    )
    type_as_listed = models.CharField(
        _("type as listed"), max_length=60, blank=True, help_text=_("ICE's own TYPE column.")
    )
    counties = models.ManyToManyField(
        County,
        verbose_name=_("counties"),
        blank=True,
        related_name="agreements",
        help_text=_("Several for a regional jail. Empty for a unified-jail state's department."),
    )
    model = models.CharField(
        _("model or contract type"),
        max_length=60,
        blank=True,
        help_text=_("Jail Enforcement, Task Force, Warrant Service Officer; IGSA, DIGSA ..."),
    )
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    signed_on_precision = models.CharField(
        _("precision"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    last_listed_on = models.DateField(
        _("last listed"),
        null=True,
        blank=True,
        help_text=_("Date of the newest ICE list that has it."),
    )
    ended_as = models.CharField(_("ended as"), max_length=12, choices=EndedAs.choices, blank=True)
    list_key = models.CharField(
        _("key on ICE's lists"),
        max_length=300,
        blank=True,
        db_index=True,
        editable=False,
        help_text=_("What makes rows of different lists the same agreement."),
    )
    notes = models.TextField(_("notes"), blank=True)

    class Meta(DatedRecord.Meta):
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["state_id", "agency_name", "effective_from"]
        constraints = [
            *DatedRecord.Meta.constraints,
            models.CheckConstraint(
                name="agreement_known_kind", condition=Q(kind__in=AgreementKind.values)
            ),
            models.CheckConstraint(
                name="agreement_known_agency_type",
                condition=Q(agency_type__in=AgencyType.values),
            ),
            models.CheckConstraint(
                name="agreement_signed_and_listed_in_plausible_years",
                condition=plausible_years("signed_on", "last_listed_on"),
                violation_error_message=IMPLAUSIBLE_YEAR,
            ),
            models.CheckConstraint(
                name="agreement_says_how_it_ended",
                condition=Q(effective_until__isnull=True) | ~Q(ended_as=""),
                violation_error_message=_("Say how it ended: no longer listed, terminated ..."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_name}, {self.state_id}: {self.get_kind_display()}"

    @property
    def evidence_on(self):
        """The newest day for which there is evidence that it exists (date)."""
        return max(d for d in (self.last_listed_on, self.effective_from) if d)


class IceList(PublishedRecord):
    """A complete list by ICE as of a date. Who is not on it was observed to decline."""

    copied_children = ("citations", "listed_counties")

    kind = models.CharField(_("kind"), max_length=10, choices=AgreementKind.choices)
    list_date = models.DateField(_("date of the list"))
    document = models.ForeignKey(
        SourceDocument,
        verbose_name=_("document"),
        on_delete=models.PROTECT,  # the list is evidence
        related_name="ice_lists",
    )
    listed_counties = models.ManyToManyField(
        County,
        verbose_name=_("counties on the list"),
        blank=True,
        related_name="ice_lists",
        help_text=_("Counties with an agency on it that decides the county's answer."),
    )
    entries = models.JSONField(
        _("rows"),
        default=list,
        blank=True,
        editable=False,
        help_text=_("What each row of the list says, and how it was matched."),
    )

    class Meta(PublishedRecord.Meta):
        verbose_name = _("ICE list")
        verbose_name_plural = _("ICE lists")
        ordering = ["kind", "list_date"]
        constraints = [
            *PublishedRecord.Meta.constraints,
            models.CheckConstraint(
                name="icelist_known_kind", condition=Q(kind__in=AgreementKind.values)
            ),
            models.CheckConstraint(
                name="icelist_plausible_years",
                condition=plausible_years("list_date"),
                violation_error_message=IMPLAUSIBLE_YEAR,
            ),
            models.UniqueConstraint(
                fields=["kind", "list_date"],
                condition=Q(status="published"),
                name="icelist_one_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.list_date}"
