"""The button that exports what a list shows, as CSV or XLSX."""

from __future__ import annotations

from import_export.admin import ExportMixin
from import_export.formats import base_formats
from import_export.forms import ExportForm


class ExportRecords(ExportMixin):
    """Exports the rows that the list's filters and search leave, by `resource_classes`."""

    formats = (base_formats.CSV, base_formats.XLSX)
    # The form with a choice of columns needs inline scripts, which our policy refuses.
    export_form_class = ExportForm
    # Texts are made harmless by the resources, which the importer can undo.
    escape_formulae_on_export = False

    def has_export_permission(self, request):
        return self.has_view_permission(request)
