"""The words of documents, page by page."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from policies.models.source import SourceDocument


class DocumentPage(models.Model):
    """The words of one page of an archived file: the only home of a document's text.

    A file without pages (DOCX, HTML, plain text) has as many as its page breaks make, or one. A
    page without words is kept too, so that pages can be counted. Written by
    `policies.documents.archive` and removed by `seal`; the full-text index follows by itself.
    """

    document = models.ForeignKey(
        SourceDocument,
        verbose_name=_("document"),
        on_delete=models.CASCADE,  # goes with a document that nothing cites
        related_name="pages",
        db_index=False,  # the constraint below begins with it
    )
    number = models.PositiveIntegerField(_("number"), validators=[MinValueValidator(1)])
    label = models.CharField(
        _("printed number"), max_length=20, blank=True, help_text=_("Such as iv, if it is known.")
    )
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("page of a document")
        verbose_name_plural = _("pages of documents")
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_page_once"),
            models.CheckConstraint(
                name="document_page_counts_from_one", condition=Q(number__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return _("%(document)s, page %(page)s") % {"document": self.document, "page": self.number}
