"""Source documents: what citations cite. A file is examined before any of it is kept."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from policies import clock, document_search
from policies.admin.display import NOTHING, change_url, link, person, reader_url, written_date
from policies.admin.document_forms import DocumentForm, FileInput
from policies.admin.forms import CompactWidgets
from policies.admin.meanwhile import NoticingMixin
from policies.documents import archive
from policies.models import Citation, SourceDocument, TextState

#: Of how many pages, the best first, the list shows the passage that was found.
PASSAGES = 200
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
        # Whoever may not see it is not told that it is there.
        if obj is None or not obj.file or not self.has_view_permission(request, obj):
            raise Http404
        name = getattr(obj, "filename", "")
        try:
            return FileResponse(obj.file.open("rb"), as_attachment=True, filename=name)
        except FileNotFoundError:  # sealed as a document, under whatever name it was sent
            raise Http404 from None

    @admin.display(description=gettext_lazy("stored file"))
    def download(self, obj):
        if not obj.file:
            return NOTHING
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_file"
        return format_html('<a href="{}">{}</a>', reverse(name, args=[obj.pk]), obj.file.name)


@admin.register(SourceDocument)
class SourceDocumentAdmin(NoticingMixin, CompactWidgets, DownloadMixin, admin.ModelAdmin):
    form = DocumentForm
    list_display = (*("title", "kind", "publisher", "dated", "archived", "is_public", "cited"),)
    list_filter = ("kind", "is_public", "language")
    search_fields = ("title", "publisher", "url", "=key")
    search_help_text = gettext_lazy("Words in the text, the title, the publisher or the address.")
    date_hierarchy = "published_on"
    list_per_page = 50
    view_on_site = False
    change_form_template = "admin/policies/document_change_form.html"
    readonly_fields = (
        *("key", "sha256", "download", "text_of_file", "read_it", "cited_by"),
        *("sealed_at", "sealer", "sealed_reason"),
    )
    fieldsets = (
        (
            gettext_lazy("The file"),
            {"fields": ("file", "download", "second_document", ("text_of_file", "read_it"))},
        ),
        (
            gettext_lazy("What it is"),
            {"fields": ("kind", "title", "publisher", ("published_on", "published_on_precision"))},
        ),
        (gettext_lazy("Where it is"), {"fields": ("url", "archived_url")}),
        (gettext_lazy("In words"), {"fields": ("summary", "language", "is_public")}),
        (gettext_lazy("Cited by"), {"fields": ("cited_by",)}),
        (
            gettext_lazy("Housekeeping"),
            {
                "fields": ("sha256", "key", ("sealed_at", "sealer"), "sealed_reason"),
                "classes": ("collapse",),
            },
        ),
    )

    sealer = person("sealed_by", gettext_lazy("sealed by"))

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(times_cited=Count("citations"))

    def history_view(self, request, object_id, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied  # before a guessed number is looked up
        return super().history_view(request, object_id, extra_context)

    # --- The list ------------------------------------------------------------------------------

    def get_list_display(self, request):
        return (*self.list_display, "passage") if request.GET.get("q") else self.list_display

    def get_search_results(self, request, queryset, search_term):
        """Titles and texts alike. The autocomplete looks at titles, and needs no counts."""
        if request.path.endswith("/autocomplete/"):
            queryset = SourceDocument.objects.filter(sealed_at__isnull=True).order_by("title")
            return super().get_search_results(request, queryset, search_term)
        named = Q(key=search_term) | Q(sha256=search_term.strip().lower())
        found = document_search.documents_with(search_term, queryset) | queryset.filter(named)
        return (found if search_term else queryset), False

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        hits = document_search.search(changelist.query, public_only=False, limit=PASSAGES)
        first = {hit.document.pk: hit for hit in reversed(hits)}
        changelist.result_list = list(changelist.result_list)
        for document in changelist.result_list:
            document.hit = first.get(document.pk)
        return changelist

    @admin.display(description=gettext_lazy("found"))
    def passage(self, document):
        hit = document.hit
        if hit is None:
            return NOTHING
        words = format_html_join("", "{}", ((_marked(piece),) for piece in hit.passage))
        address = f"{reverse('document', args=[document.pk])}?page={hit.page}#page"
        page = _("page %(page)s") % {"page": hit.page}
        return format_html('<a href="{}">{}</a>: {}', address, page, words)

    # --- The form ------------------------------------------------------------------------------

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "file":
            kwargs |= {"widget": FileInput, "max_length": None}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        """Of a sealed document nothing is left to be changed."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.sealed_at is None)

    def save_model(self, request, obj, form, change):
        if form.examined is None:
            super().save_model(request, obj, form, change)
            return
        upload = form.cleaned_data["file"]
        archive.archive(document=obj, upload=upload, examined=form.examined)
        for warning in filter(None, (form.examined.note, _text_warning(obj))):
            messages.warning(request, warning)

    @admin.display(description=gettext_lazy("text"))
    def text_of_file(self, document):
        if not document.text_state:
            return NOTHING
        count = document.pages.count()
        pages = ngettext("%(count)d page", "%(count)d pages", count) % {"count": count}
        said = document.get_text_state_display()
        return f"{pages}: {said}" if count else said

    @admin.display(description=gettext_lazy("read it"))
    def read_it(self, document):
        if document.pk is None:
            return NOTHING
        address = reverse("document", args=[document.pk])
        return format_html('<a href="{}">{}</a>', address, _("Open the document’s page"))

    # --- Sealing -------------------------------------------------------------------------------

    def get_urls(self):
        view = self.admin_site.admin_view(self.seal_view)
        name = "policies_sourcedocument_seal"
        return [path("<int:pk>/seal/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        may_seal = request.user.has_perm("policies.seal_document")
        if change and obj and obj.sealed_at is None and may_seal:
            context["seal_url"] = reverse("admin:policies_sourcedocument_seal", args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def seal_view(self, request, pk):
        """Ask which court ordered it, then remove file, text and quotes."""
        if not request.user.has_perm("policies.seal_document"):
            raise PermissionDenied  # before a guessed number is looked up
        document = self.get_object(request, str(pk))
        if document is None:
            raise Http404
        reason, problem = request.POST.get("reason", ""), ""
        if request.method == "POST":
            try:
                with transaction.atomic():
                    sealed = archive.seal(
                        document=document, by=request.user, at=clock.now(), reason=reason
                    )
                    for one in sealed:
                        self.log_change(request, one, _("Sealed by court order."))
            except ValidationError as error:
                problem = " ".join(error.messages)
            else:
                said = _("Sealed. Its file, its text and the words quoted from it were removed.")
                messages.success(request, said)
                return HttpResponseRedirect(change_url(document))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Seal a document by order of a court"),
            "subtitle": str(document),
            "opts": self.opts,
            "record": document,
            "quotes": document.citations.exclude(quote="").count(),
            "record_url": change_url(document),
            "reason": reason,
            "problem": problem,
        }
        return TemplateResponse(request, "admin/policies/seal.html", context)

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
        found = [(row, _citing(row)) for row in rows[: CITING_SHOWN + 1]]
        if not found:
            return NOTHING
        items = ((link(record), reader_url(row)) for row, record in found[:CITING_SHOWN])
        more = format_html("<li>…</li>") if len(found) > CITING_SHOWN else ""
        words = _("the words")
        listed = format_html_join(
            "", '<li>{} · <a href="{}">{}</a></li>', ((*item, words) for item in items)
        )
        return format_html('<ul class="plain">{}{}</ul>', listed, more)


def _citing(citation: Citation):
    """The record that a citation belongs to."""
    return next(getattr(citation, name) for name in CITED if getattr(citation, f"{name}_id"))


def _marked(piece: document_search.Piece):
    return format_html("<mark>{}</mark>", piece.text) if piece.marked else piece.text


def _text_warning(document: SourceDocument) -> str:
    """Said when the words of a file could not be had whole."""
    if document.text_state in ("", TextState.READ):
        return ""
    return _("Kept. About its text: %(state)s.") % {"state": document.get_text_state_display()}
