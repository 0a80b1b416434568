"""Texts and figures beside the record: local options, powers, published figures, notes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counties.models import County, State
from policies.models.base import Precision
from policies.models.local_policy import FactorChoices
from policies.models.source import SourceDocument


class OptionPlace(models.TextChoices):
    COUNTY_JAIL = "county_jail", _("county and jail")
    CRIMINAL_LEGAL = "criminal_legal", _("criminal legal system")
    CITY = "city", _("city")
    OTHER = "other", _("other")


class CatalogueRow(models.Model):
    """Abstract: a row whose words are texts of the site (`catalogue.py`).

    The columns named in `words` hold the English that ships and `spanish` its Spanish. Staff write
    other words as a `SiteText`, read by somebody else before the public sees it, never here.
    """

    #: Columns that the public reads, and that are rewritten as texts of the site.
    words: tuple[str, ...] = ()

    spanish = models.JSONField(
        _("Spanish"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_("What ships in Spanish, by the name of the column."),
    )

    class Meta:
        abstract = True


class LocalOption(CatalogueRow):
    """A provision that a county or city can adopt, with wording written by us."""

    words = ("title", "explanation", "model_wording", "who_can_adopt")

    key = models.SlugField(_("key"), max_length=80, unique=True)
    place = models.CharField(_("place"), max_length=15, choices=OptionPlace.choices)
    order = models.PositiveSmallIntegerField(_("order"))
    factor = models.CharField(
        _("factor it would satisfy"), max_length=25, choices=FactorChoices.choices, blank=True
    )
    also_factors = models.JSONField(
        _("other factors it touches"), default=list, blank=True, help_text=_("List of codes.")
    )
    routes = models.JSONField(
        _("ways to adopt it"),
        default=list,
        blank=True,
        help_text=_("Which office usually adopts it, and by which instrument. List of codes."),
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    model_wording = models.TextField(_("model wording"), blank=True)
    who_can_adopt = models.TextField(_("who can adopt it"), blank=True)
    document = models.ForeignKey(
        SourceDocument,
        verbose_name=_("source"),
        on_delete=models.PROTECT,  # the catalogue cites its source
        related_name="local_options",
    )
    page = models.CharField(_("page"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("local option")
        verbose_name_plural = _("local options")
        ordering = ["place", "order"]
        constraints = [
            models.UniqueConstraint(fields=["place", "order"], name="localoption_order_once"),
        ]

    def __str__(self) -> str:
        return self.title or self.key

    @property
    def factors(self) -> tuple[str, ...]:
        """Codes of the factors it touches, the one it would satisfy first; often none."""
        return tuple(code for code in (self.factor, *self.also_factors) if code)


class LocalPower(CatalogueRow):
    """Which office usually has which power. General by type of place, or for one place."""

    words = ("office", "powers", "jurisdiction", "selection")

    class Place(models.TextChoices):
        COUNTY = "county", _("county")
        CITY = "city", _("city")

    key = models.SlugField(_("key"), max_length=80, unique=True)
    place = models.CharField(_("type of place"), max_length=10, choices=Place.choices)
    order = models.PositiveSmallIntegerField(_("order"))
    office = models.CharField(_("office"), max_length=100, blank=True)
    powers = models.TextField(_("powers"), blank=True)
    jurisdiction = models.TextField(_("jurisdiction"), blank=True)
    selection = models.TextField(_("elected or appointed"), blank=True)
    state = models.ForeignKey(
        State,
        verbose_name=_("only in this state"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,  # states are reference data that records depend on
        related_name="local_powers",
    )
    county = models.ForeignKey(
        County,
        verbose_name=_("only in this county"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,  # counties are reference data that records depend on
        related_name="local_powers",
    )
    needs_verification = models.BooleanField(_("needs verification"), default=False)
    verification_note = models.TextField(_("what to verify"), blank=True)
    document = models.ForeignKey(
        SourceDocument,
        verbose_name=_("source"),
        on_delete=models.PROTECT,  # the chart cites its source
        related_name="local_powers",
    )
    page = models.CharField(_("page"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("local power")
        verbose_name_plural = _("who holds power")
        ordering = ["place", "order"]

    def __str__(self) -> str:
        return self.office or self.key


class PublishedFigure(models.Model):
    """A number as a document printed it, to hold our own against. Decides nothing."""

    class Table(models.TextChoices):
        BY_FACTOR = "by_factor", _("by factor")
        BY_SCORE = "by_score", _("by score")
        HEADLINE = "headline", _("headline")

    document = models.ForeignKey(
        SourceDocument,
        verbose_name=_("document"),
        on_delete=models.PROTECT,  # the figure cites its source
        related_name="published_figures",
    )
    as_of = models.DateField(_("as of"))
    as_of_precision = models.CharField(
        _("precision"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    table = models.CharField(_("table"), max_length=10, choices=Table.choices)
    code = models.CharField(_("code"), max_length=60, help_text=_("Factor, score or headline."))
    label = models.CharField(_("label"), max_length=300)
    counties = models.PositiveIntegerField(_("counties"), null=True, blank=True)
    percent_printed = models.DecimalField(
        _("percent as printed"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        ordering = ["as_of", "table", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "table", "code"], name="publishedfigure_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.as_of}: {self.label}"


class DataNote(models.Model):
    """What a reader of the data must know: a discrepancy, context, or law not yet coded."""

    class Kind(models.TextChoices):
        DISCREPANCY = "discrepancy", _("discrepancy")
        CONTEXT = "context", _("context")
        TO_CODE = "to_code", _("to be coded")

    key = models.SlugField(_("key"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    document = models.ForeignKey(
        SourceDocument,
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,  # the note cites its source
        related_name="data_notes",
    )
    states = models.ManyToManyField(
        State, verbose_name=_("states"), blank=True, related_name="data_notes"
    )
    counties = models.ManyToManyField(
        County, verbose_name=_("counties"), blank=True, related_name="data_notes"
    )

    class Meta:
        verbose_name = _("data note")
        verbose_name_plural = _("data notes")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                name="datanote_known_kind",
                condition=Q(kind__in=["discrepancy", "context", "to_code"]),
            ),
        ]

    def __str__(self) -> str:
        return self.title
