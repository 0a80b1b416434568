"""States, counties and equivalents of the 2020 vintage, their other names and former codes.

`load_reference` fills these tables from `counties/data/`. The only thing staff enter here is
`State.law_coded_through`, which the loader leaves alone.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

STATE_FIPS_REGEX = r"^(0[1-9]|[1-4][0-9]|5[0-6])$"
COUNTY_FIPS_REGEX = r"^(0[1-9]|[1-4][0-9]|5[0-6])[0-9]{3}$"
ANY_FIPS_REGEX = r"^[0-9]{5}$"


class State(models.Model):
    """One of the 50 states, or the District of Columbia."""

    usps = models.CharField(
        _("postal abbreviation"),
        max_length=2,
        primary_key=True,
        help_text=_("Two capital letters, such as CA."),
    )
    fips = models.CharField(
        _("FIPS code"),
        max_length=2,
        unique=True,
        help_text=_("Two digits, as text, with the leading zero: 06 is California."),
    )
    name = models.CharField(_("name"), max_length=50, unique=True)
    unified_jail = models.BooleanField(
        _("unified jail system"),
        default=False,
        help_text=_(
            "The state runs every jail through one corrections department, so its agreements "
            "and jail policies count for every county."
        ),
    )
    jail_authority = models.CharField(
        _("jail authority"),
        max_length=100,
        blank=True,
        help_text=_("The corrections department of a state with a unified jail system."),
    )
    law_coded_through = models.DateField(
        _("law coded through"),
        null=True,
        blank=True,
        help_text=_(
            "The date through which staff have coded this state's law; empty if not coded yet."
        ),
    )

    class Meta:
        verbose_name = _("state")
        verbose_name_plural = _("states")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(usps__regex=r"^[A-Z]{2}$"), name="state_usps_two_capitals"
            ),
            models.CheckConstraint(
                condition=Q(fips__regex=STATE_FIPS_REGEX), name="state_fips_two_digits"
            ),
            models.CheckConstraint(
                condition=Q(unified_jail=False) | ~Q(jail_authority=""),
                name="state_unified_jail_names_authority",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("state", args=[self.usps.lower()])


class County(models.Model):
    """A county or its legal equivalent: the unit that is scored and drawn on the map."""

    class Kind(models.TextChoices):
        """What the law of the state calls this kind of place."""

        COUNTY = "county", _("county")
        PARISH = "parish", _("parish")
        BOROUGH = "borough", _("borough")
        CITY_AND_BOROUGH = "city_and_borough", _("city and borough")
        MUNICIPALITY = "municipality", _("municipality")
        CENSUS_AREA = "census_area", _("census area")
        INDEPENDENT_CITY = "independent_city", _("independent city")
        DISTRICT = "district", _("federal district")

    fips = models.CharField(
        _("FIPS code"),
        max_length=5,
        primary_key=True,
        help_text=_("Five digits, as text, with leading zeros: 06075 is San Francisco County."),
    )
    # PROTECT: a state never disappears, and taking its counties along would take their history.
    state = models.ForeignKey(
        State, on_delete=models.PROTECT, related_name="counties", verbose_name=_("state")
    )
    name = models.CharField(
        _("name"),
        max_length=100,
        help_text=_("Full legal name: San Francisco County, Orleans Parish, Baltimore city."),
    )
    short_name = models.CharField(
        _("short name"),
        max_length=100,
        help_text=_(
            "Name without the word for the kind of place: San Francisco, Orleans. Independent "
            "cities keep theirs, to be told from the county of that name: Baltimore city."
        ),
    )
    slug = models.SlugField(
        _("slug"),
        max_length=100,
        db_index=False,
        help_text=_("The name as written in addresses; an independent city ends in -city."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Kind.choices,
        help_text=_("County, or which equivalent of a county."),
    )
    population_2019 = models.PositiveIntegerField(
        _("population 2019"),
        null=True,
        blank=True,
        help_text=_(
            "Census Bureau estimate for 1 July 2019, vintage 2019. Empty for Alaska's Chugach "
            "and Copper River Census Areas, created that year."
        ),
    )
    population_2023 = models.PositiveIntegerField(
        _("population 2023"),
        null=True,
        blank=True,
        help_text=_(
            "Census Bureau estimate for 1 July 2023, vintage 2023. Empty for Connecticut, "
            "which is estimated by planning region since 2022."
        ),
    )
    population = models.PositiveIntegerField(
        _("population"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("The newest of the estimates held; empty if there is none."),
    )
    population_year = models.PositiveSmallIntegerField(
        _("population year"),
        null=True,
        blank=True,
        help_text=_("The year of the population given: 2023 or 2019."),
    )
    latitude = models.FloatField(
        _("latitude"), help_text=_("Of a point inside the county, in degrees north.")
    )
    longitude = models.FloatField(
        _("longitude"),
        help_text=_("Of a point inside the county, in degrees east: negative west of Greenwich."),
    )

    class Meta:
        verbose_name = _("county")
        verbose_name_plural = _("counties")
        ordering = ["state_id", "name"]
        constraints = [
            # A check cannot look at the state's row, so that the first two digits are those of
            # this county's own state is checked in clean() and by a test of the shipped data.
            models.CheckConstraint(
                condition=Q(fips__regex=COUNTY_FIPS_REGEX), name="county_fips_five_digits"
            ),
            models.UniqueConstraint(fields=["state", "slug"], name="county_slug_unique_in_state"),
            models.UniqueConstraint(fields=["state", "name"], name="county_name_unique_in_state"),
            models.CheckConstraint(
                condition=Q(population__isnull=True, population_year__isnull=True)
                | Q(population__isnull=False, population_year__isnull=False),
                name="county_population_has_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.state_id}"

    def get_absolute_url(self) -> str:
        return reverse("county", args=[self.state_id.lower(), self.slug])

    def clean(self) -> None:
        if self.state_id and not self.fips.startswith(self.state.fips):
            raise ValidationError(
                {
                    "fips": _("%(fips)s does not begin with %(state)s, the code of %(name)s.")
                    % {"fips": self.fips, "state": self.state.fips, "name": self.state.name}
                }
            )


class CountyAlias(models.Model):
    """Another name that people and spreadsheets use for a county."""

    # CASCADE: an alias means nothing without its county.
    county = models.ForeignKey(
        County, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("county")
    )
    name = models.CharField(_("name"), max_length=100)
    key = models.CharField(
        _("key"),
        max_length=100,
        db_index=True,
        help_text=_("The name without case, accents and punctuation, as it is looked up."),
    )
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("Why this name means this county.")
    )

    class Meta:
        verbose_name = _("other name of a county")
        verbose_name_plural = _("other names of counties")
        ordering = ["county_id", "name"]
        constraints = [
            models.UniqueConstraint(fields=["county", "key"], name="county_alias_key_unique"),
            models.CheckConstraint(condition=~Q(key=""), name="county_alias_key_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.county_id})"


class FipsChange(models.Model):
    """A code outside the 2020 vintage and a county it stands for, or may stand for.

    A code that was split or drawn anew has one row for every county it may mean, all of them
    not certain; a code with a certain meaning has exactly one row.
    """

    class Kind(models.TextChoices):
        """What happened to the area the code stood for."""

        RENAMED = "renamed", _("renamed or recoded")
        MERGED = "merged", _("merged into another county")
        SPLIT = "split", _("split between several counties")
        PLANNING_REGION = "planning_region", _("planning region")

    old_fips = models.CharField(
        _("FIPS code"),
        max_length=5,
        db_index=True,
        help_text=_("The retired or newer code, five digits, as text."),
    )
    # CASCADE: the crosswalk is reference data, reloaded together with the counties.
    county = models.ForeignKey(
        County, on_delete=models.CASCADE, related_name="fips_changes", verbose_name=_("county")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    certain = models.BooleanField(
        _("certain"),
        help_text=_("The code means exactly this county; if not, this is one possibility."),
    )
    changed_on = models.CharField(
        _("changed on"),
        max_length=10,
        blank=True,
        help_text=_("Date of the change, as year, year-month or year-month-day."),
    )
    explanation = models.CharField(
        _("explanation"),
        max_length=400,
        help_text=_("One sentence that tells whoever sent the code what to do."),
    )

    class Meta:
        verbose_name = _("changed FIPS code")
        verbose_name_plural = _("changed FIPS codes")
        ordering = ["old_fips", "county_id"]
        constraints = [
            models.UniqueConstraint(fields=["old_fips", "county"], name="fips_change_unique"),
            models.UniqueConstraint(
                fields=["old_fips"], condition=Q(certain=True), name="fips_change_one_certain"
            ),
            models.CheckConstraint(
                condition=Q(old_fips__regex=ANY_FIPS_REGEX), name="fips_change_five_digits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_fips} -> {self.county_id}"
