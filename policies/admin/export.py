"""The button that exports what a list shows, as CSV, XLSX or ODS."""

from __future__ import annotations

from import_export.admin import ExportMixin
from import_export.forms import ExportForm

from policies.spreadsheet_formats import FORMATS


class ExportRecords(ExportMixin):
    """Exports the rows that the list's filters and search leave, by `resource_classes`."""

    formats = FORMATS
    # The form with a choice of columns needs inline scripts, which our policy refuses.
    export_form_class = ExportForm
    # Texts are made harmless by the resources, which the importer can undo.
    escape_formulae_on_export = False

    def has_export_permission(self, request):
        return self.has_view_permission(request)
