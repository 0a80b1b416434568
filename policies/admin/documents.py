"""Source documents: what citations cite. The hash of an archived file is taken on upload."""

from __future__ import annotations

import hashlib

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import FileResponse, Http404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.admin.display import NOTHING, link, written_date
from policies.admin.forms import CompactWidgets, DatedForm
from policies.models import Citation, RecordStatus, SourceDocument

#: How many citing records a document's page lists.
CITING_SHOWN = 50
CITED = ("local_policy", "provision", "claim", "exception", "agreement", "ice_list", "win")
JOINED = (
    *("local_policy__county", "local_policy__state", "provision", "claim__provision"),
    *("exception__provision", "exception__county", "agreement", "ice_list", "win"),
)


class DownloadMixin:
    """A page that hands out the stored file: to staff only, and never shown inline."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_file"
        view = self.admin_site.admin_view(self.file_view)
        return [path("<int:pk>/file/", view, name=name), *super().get_urls()]

    def file_view(self, request, pk):
        obj = self.get_object(request, str(pk))
        if obj is None or not obj.file:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        name = getattr(obj, "filename", "")
        return FileResponse(obj.file.open("rb"), as_attachment=True, filename=name)

    @admin.display(description=gettext_lazy("stored file"))
    def download(self, obj):
        if not obj.file:
            return NOTHING
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_file"
        return format_html('<a href="{}">{}</a>', reverse(name, args=[obj.pk]), obj.file.name)


class DocumentForm(DatedForm):
    def clean(self):
        cleaned = super().clean()
        upload = cleaned.get("file")
        if upload and "file" in self.changed_data:
            digest = hashlib.sha256()
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
            self.instance.sha256 = digest.hexdigest()
        hidden = "is_public" in self.changed_data and not cleaned.get("is_public")
        if hidden and self.instance.pk and _published_citations(self.instance):
            self.add_error(
                "is_public",
                _("Published records cite this document. Correct or withdraw them first."),
            )
        return cleaned


def _published_citations(document: SourceDocument) -> bool:
    cited = Citation.objects.filter(document=document)
    return any(
        cited.filter(**{f"{path}__status": RecordStatus.PUBLISHED}).exists()
        for path in (
            *("local_policy", "provision", "claim__provision", "exception__provision"),
            *("agreement", "ice_list", "win"),
        )
    )


@admin.register(SourceDocument)
class SourceDocumentAdmin(CompactWidgets, DownloadMixin, admin.ModelAdmin):
    form = DocumentForm
    list_display = (*("title", "kind", "publisher", "dated", "archived", "is_public", "cited"),)
    list_filter = ("kind", "is_public", "language")
    search_fields = ("title", "publisher", "url", "=key")
    search_help_text = gettext_lazy("Title, publisher or address.")
    date_hierarchy = "published_on"
    list_per_page = 50
    view_on_site = False
    readonly_fields = ("key", "sha256", "download", "cited_by", "sealed_at", "sealed_reason")
    fieldsets = (
        (
            gettext_lazy("What it is"),
            {"fields": ("kind", "title", "publisher", ("published_on", "published_on_precision"))},
        ),
        (
            gettext_lazy("Where it is"),
            {"fields": ("url", "archived_url", ("file", "download"), "sha256")},
        ),
        (
            gettext_lazy("In words"),
            {"fields": ("summary", "language", "is_public")},
        ),
        (gettext_lazy("Cited by"), {"fields": ("cited_by",)}),
        (
            gettext_lazy("Extracted text and housekeeping"),
            {
                "fields": ("extracted_text", "key", ("sealed_at", "sealed_reason")),
                "classes": ("collapse",),
            },
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(times_cited=Count("citations"))

    def get_search_results(self, request, queryset, search_term):
        """The autocomplete needs no count of citations."""
        if request.path.endswith("/autocomplete/"):
            queryset = SourceDocument.objects.order_by("title")
        return super().get_search_results(request, queryset, search_term)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "file":
            kwargs["widget"] = forms.FileInput
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        """A cited document is evidence."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not obj.citations.exists())

    @admin.display(description=gettext_lazy("date"), ordering="published_on")
    def dated(self, document):
        return written_date(document.published_on, document.published_on_precision)

    @admin.display(description=gettext_lazy("archived"), boolean=True)
    def archived(self, document):
        return bool(document.file or document.archived_url)

    @admin.display(description=gettext_lazy("cited"), ordering="times_cited")
    def cited(self, document):
        return document.times_cited

    @admin.display(description=gettext_lazy("records"))
    def cited_by(self, document):
        if document.pk is None:
            return NOTHING
        rows = Citation.objects.filter(document=document).select_related(*JOINED).order_by("-pk")
        found = [_citing(row) for row in rows[: CITING_SHOWN + 1]]
        if not found:
            return NOTHING
        items = ((link(record),) for record in found[:CITING_SHOWN])
        more = format_html("<li>…</li>") if len(found) > CITING_SHOWN else ""
        listed = format_html_join("", "<li>{}</li>", items)
        return format_html('<ul class="plain">{}{}</ul>', listed, more)


def _citing(citation: Citation):
    """The record that a citation belongs to."""
    return next(getattr(citation, name) for name in CITED if getattr(citation, f"{name}_id"))
