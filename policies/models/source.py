"""Documents and the citations that tie records to their words."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from policies.models.base import Precision
from policies.models.constraints import exactly_one
from policies.quotes import LONGEST_QUOTE

SHA256_REGEX = r"^[0-9a-f]{64}$"


class DocumentKind(models.TextChoices):
    FOIA_RESPONSE = "foia_response", _("FOIA response")
    ORDINANCE = "ordinance", _("ordinance")
    RESOLUTION = "resolution", _("resolution")
    SHERIFF_POLICY = "sheriff_policy", _("sheriff's policy")
    STATUTE = "statute", _("statute")
    DIRECTIVE = "directive", _("attorney general's directive")
    EXECUTIVE_ORDER = "executive_order", _("executive order")
    COURT_DECISION = "court_decision", _("court decision")
    AGREEMENT = "agreement", _("agreement (MOA)")
    CONTRACT = "contract", _("contract")
    ICE_LIST = "ice_list", _("list published by ICE")
    REPORT = "report", _("report")
    NEWS = "news", _("news article")
    SEARCH_NOTE = "search_note", _("search note")
    OTHER = "other", _("other document")


class ReadAs(models.TextChoices):
    """How much of the document whoever coded it had in hand."""

    FULL = "full", _("read in full")
    EXCERPT = "excerpt", _("read in part")
    NOT_SEEN = "not_seen", _("known by name only")


class TextState(models.TextChoices):
    """What is known of the words in the archived file. Empty: there is no file, or not yet."""

    READ = "read", _("read, and can be searched")
    PARTIAL = "partial", _("read in part: the file is too long, or some pages are broken")
    NO_TEXT = "no_text", _("no text layer: a scan or picture, readable by eye only")
    ENCRYPTED = "encrypted", _("locked with a password, so kept without its text")
    UNREADABLE = "unreadable", _("kept without its text: reading it took too long")


class DocumentQuerySet(models.QuerySet):
    def public(self):
        return self.filter(is_public=True)

    def kept_before(self, moment):
        """Those that were on record before `moment` (datetime); None: all. Documents have no
        versions: they are shown as they are now."""
        return self if moment is None else self.filter(created_at__lt=moment)


class SourceDocument(models.Model):
    """What a citation cites. A search note says who looked, when and where, and found nothing."""

    key = models.SlugField(
        _("key"), max_length=120, null=True, blank=True, unique=True, editable=False
    )
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind.choices)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(
        _("publisher"),
        max_length=200,
        blank=True,
        help_text=_("Who issued it. For a search note: who looked."),
    )
    published_on = models.DateField(
        _("date"),
        null=True,
        blank=True,
        help_text=_("Date of the document. For a search note: when."),
    )
    published_on_precision = models.CharField(
        _("precision"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    archived_url = models.URLField(
        _("archived at"), max_length=500, blank=True, help_text=_("A public archived copy.")
    )
    file = models.FileField(_("archived file"), upload_to="documents/", blank=True)
    sha256 = models.CharField(
        _("SHA-256"), max_length=64, blank=True, help_text=_("Of the archived file.")
    )
    language = models.CharField(_("language"), max_length=5, default="en")
    summary = models.TextField(
        _("summary"),
        blank=True,
        help_text=_("What it is, in our own words. For a search note: where they looked."),
    )
    read_as = models.CharField(
        _("read"),
        max_length=10,
        choices=ReadAs.choices,
        default=ReadAs.FULL,
        help_text=_("Known by name only: nobody here has read it, so nothing is quoted from it."),
    )
    copy_note = models.TextField(
        _("about this copy"), blank=True, help_text=_("What is missing or doubtful in our copy.")
    )
    text_state = models.CharField(
        _("text of the file"),
        max_length=10,
        choices=TextState.choices,
        blank=True,
        editable=False,
    )
    is_public = models.BooleanField(
        _("public"),
        default=True,
        help_text=_("Off: only staff see it, and nothing published may cite it."),
    )
    sealed_at = models.DateTimeField(_("sealed at"), null=True, blank=True, editable=False)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sealed by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,  # who sealed it stays on record
        related_name="+",
    )
    sealed_reason = models.TextField(_("why it was sealed"), blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")
        ordering = ["title"]
        permissions = [("seal_document", _("Can seal a document by order of a court"))]
        constraints = [
            models.CheckConstraint(
                name="document_sha256_is_hex",
                condition=Q(sha256="") | Q(sha256__regex=SHA256_REGEX),
            ),
            models.CheckConstraint(
                name="document_file_has_hash", condition=Q(file="") | ~Q(sha256="")
            ),
            models.CheckConstraint(
                name="document_sealed_by_someone_for_a_reason",
                condition=Q(sealed_at__isnull=True, sealed_by__isnull=True)
                | (Q(sealed_at__isnull=False, sealed_by__isnull=False) & ~Q(sealed_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])


class CitationQuerySet(models.QuerySet):
    def with_documents(self):
        """In order, each with its document."""
        return self.select_related("document").order_by("pk")


#: A citation carries exactly one of these.
CITED_RECORDS = (
    *("local_policy", "provision", "claim", "exception"),
    *("agreement", "ice_list", "win"),
)


class Citation(models.Model):
    """The place in a document that carries one record: page and quoted words, or a cell."""

    document = models.ForeignKey(
        SourceDocument,
        verbose_name=_("document"),
        on_delete=models.PROTECT,  # a cited document is evidence
        related_name="citations",
    )
    page = models.CharField(
        _("page"),
        max_length=120,
        blank=True,
        help_text=_("As printed, such as 12 or iv; without pages, the section."),
    )
    quote = models.TextField(
        _("quoted words"),
        blank=True,
        help_text=_("Exactly as the document has them; … for what is left out."),
        validators=[
            MaxLengthValidator(
                LONGEST_QUOTE,
                _(
                    "This quote has %(show_value)d characters; at most %(limit_value)d are taken. "
                    "Quote the sentences that carry the answer."
                ),
            )
        ],
    )
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    row = models.PositiveIntegerField(_("row"), null=True, blank=True)
    cell = models.CharField(
        _("cell"), max_length=20, blank=True, help_text=_("For a spreadsheet, such as R12.")
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("How the words carry the record, if not plain.")
    )
    local_policy = models.ForeignKey(
        "policies.LocalPolicy",
        null=True,
        blank=True,
        on_delete=models.CASCADE,  # goes with an abandoned draft; published rows are kept
        related_name="citations",
        db_index=False,  # Meta.indexes
    )
    provision = models.ForeignKey(
        "policies.StateProvision",
        null=True,
        blank=True,
        on_delete=models.CASCADE,  # as above
        related_name="citations",
        db_index=False,  # Meta.indexes
    )
    claim = models.ForeignKey(
        "policies.ProvisionClaim",
        null=True,
        blank=True,
        on_delete=models.CASCADE,  # as above
        related_name="citations",
        db_index=False,  # Meta.indexes
    )
    exception = models.ForeignKey(
        "policies.ProvisionException",
        null=True,
        blank=True,
        on_delete=models.CASCADE,  # as above
        related_name="citations",
        db_index=False,  # Meta.indexes
    )
    agreement = models.ForeignKey(
        "policies.Agreement",
        null=True,
        blank=True,
        on_delete=models.CASCADE,  # as above
        related_name="citations",
        db_index=False,  # Meta.indexes
    )
    ice_list = models.ForeignKey(
        "policies.IceList",
        null=True,
        blank=True,
        on_delete=models.CASCADE,  # as above
        related_name="citations",
        db_index=False,  # Meta.indexes
    )
    win = models.ForeignKey(
        "policies.PolicyWin",
        null=True,
        blank=True,
        on_delete=models.CASCADE,  # as above
        related_name="citations",
        db_index=False,  # Meta.indexes
    )

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="citation_of_exactly_one_record", condition=exactly_one(*CITED_RECORDS)
            ),
        ]
        # Of each citation six of these are empty: indexes of all rows would be mostly of NULLs.
        indexes = [
            models.Index(
                fields=[record],
                condition=Q(**{f"{record}__isnull": False}),
                name=f"citation_of_{record}",
            )
            for record in CITED_RECORDS
        ]

    def __str__(self) -> str:
        page = _(", page %(page)s") % {"page": self.page} if self.page else ""
        return f"{self.document}{page}"
