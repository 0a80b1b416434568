"""Citations, edited in place on every record that can be cited."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from policies.admin.display import NOTHING, reader_url
from policies.admin.guard import PartInline
from policies.models import Citation


class CitationInline(PartInline, admin.StackedInline):
    """Document, page and quoted words; for a spreadsheet also sheet, row and cell."""

    model = Citation
    autocomplete_fields = ("document",)
    classes = ("citations",)
    readonly_fields = ("in_document",)
    fieldsets = (
        (None, {"fields": (("document", "page"), "quote", "note", "in_document")}),
        (_("In a spreadsheet"), {"fields": (("sheet", "row", "cell"),), "classes": ("collapse",)}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("document")

    def get_extra(self, request, obj=None, **kwargs):
        """One empty form until there is a citation."""
        return 0 if obj and obj.citations.exists() else 1

    @admin.display(description=_("in the document"))
    def in_document(self, citation):
        if citation.pk is None:
            return NOTHING
        words = gettext("Open it at these words") if citation.quote else gettext("Open it")
        return format_html('<a href="{}">{}</a>', reader_url(citation), words)
