"""Documents: listed, searched, read page by page, and handed out. Private ones to staff alone.

A private document answers a stranger as one that does not exist does. Nothing that only staff may
see is kept by any cache, and no file of ours is ever shown by a browser as what it claims to be:
pages are drawn or escaped here, and the original is for saving only.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from policies import document_search
from policies.documents import page_images, reading
from policies.models import Citation, RecordStatus, SourceDocument
from policies.parameters import BadParameter, refuse_all_but
from policies.presenters import document_pages, hits
from policies.presenters import documents as presenter
from policies.views.page import CACHE_CONTROL, public_page

HITS = 20
#: Further than anybody reads on; each page costs the ranking of all before it.
LAST_PAGE_OF_HITS = 50
FOR_STAFF_ONLY = "private, no-store"
#: Nothing of a saved file runs, even where a browser shows it all the same.
LOCKED_UP = "sandbox; default-src 'none'"

_RECORDS = (
    *("local_policy", "provision", "claim__provision", "exception__provision"),
    *("agreement", "ice_list", "win"),
)
#: What the public sees, or saw on a past day.
_ONCE_PUBLIC = (RecordStatus.PUBLISHED, RecordStatus.SUPERSEDED, RecordStatus.WITHDRAWN)


def _with_status(*statuses: str) -> Q:
    condition = Q()
    for record in _RECORDS:
        condition |= Q(**{f"{record}__status__in": statuses})
    return condition


def _known_before(moment: datetime | None) -> Q:
    """Of rows that were what we knew just before the moment; None: now."""
    if moment is None:
        return _with_status(RecordStatus.PUBLISHED)
    condition = Q()
    for record in _RECORDS:
        still = Q(**{f"{record}__closed_at__isnull": True})
        still |= Q(**{f"{record}__closed_at__gte": moment})
        condition |= Q(**{f"{record}__published_at__lt": moment}) & still
    return condition


def may_see_private(request: HttpRequest) -> bool:
    """Asked only about what is private, so that public pages never look at who reads them."""
    user = request.user
    return user.is_active and user.is_staff and user.has_perm("policies.view_sourcedocument")


def _find(request: HttpRequest, pk: int) -> SourceDocument:
    found = SourceDocument.objects.filter(pk=pk).first()
    if found is None or not (found.is_public or may_see_private(request)):
        raise Http404(_("There is no public document with that number."))
    return found


@public_page
def documents(request: HttpRequest) -> HttpResponse:
    refuse_all_but(request.GET, "q", "page")
    asked = request.GET.get("q", "").strip()[:200]
    known_before = request.choice.when.known_before
    public = SourceDocument.objects.public().kept_before(known_before)
    if not asked:
        groups = presenter.document_groups(public.order_by("kind", "title"), request.choice)
        return render(request, "policies/documents.html", {"groups": groups})
    page = _number("page", request.GET.get("page") or "1", LAST_PAGE_OF_HITS)
    titled = document_search.titled(asked, public).order_by("title")[:HITS] if page == 1 else ()
    found = document_search.search(
        asked, limit=HITS + 1, offset=(page - 1) * HITS, kept_before=known_before
    )
    shown = hits.shown(asked, page, titled, found, HITS, request.choice)
    return render(request, "policies/documents_found.html", {"found": shown})


@public_page
def document(request: HttpRequest, pk: int) -> HttpResponse:
    refuse_all_but(request.GET, "cite", "page")
    found = _find(request, pk)
    citation, of_a_draft = _citation(request, found)
    labels = reading.labels(found)
    place = _place(request, found, citation, labels)
    shown = document_pages.shown(found, place, citation, request.choice) if place else None
    cited = Citation.objects.filter(_known_before(request.choice.when.known_before), document=found)
    cited = cited.select_related(*presenter.JOINED)
    context = {
        "document": presenter.document_view(found, cited, request.choice),
        "page": shown,
    }
    response = render(request, "policies/document.html", context)
    if of_a_draft or not found.is_public:
        response["Cache-Control"] = FOR_STAFF_ONLY
    return response


def _citation(request: HttpRequest, found: SourceDocument) -> tuple[Citation | None, bool]:
    """(the citation that `cite` names, whether only staff may see it). One of a draft is unknown to
    the public, like one that does not exist."""
    text = request.GET.get("cite", "")
    if not text:
        return None, False
    number = _number("cite", text, 10**15)
    citations = Citation.objects.filter(pk=number, document=found)
    public = citations.filter(_with_status(*_ONCE_PUBLIC)).first()
    if public:
        return public, False
    draft = citations.first()
    return (draft, True) if draft and may_see_private(request) else (None, False)


def _place(request, found, citation, labels: list[str]) -> reading.Place | None:
    """Where to open the document; None if it has no pages."""
    if not labels:
        return None
    if citation and citation.quote:
        place = reading.place_of(found, citation, labels)
        if place:
            return place
    text = request.GET.get("page", "")
    if citation and (not text.isascii() or not text.isdigit() or int(text[:9]) > len(labels)):
        text = ""  # as printed, and so no number of ours
    return reading.Place(_number("page", text or "1", len(labels)), len(labels), labels)


def _number(name: str, text: str, most: int) -> int:
    if text.isascii() and text.isdigit() and len(text) < 16 and 1 <= int(text) <= most:
        return int(text)
    message = _("“%(text)s” is not a number from 1 to %(most)d.")
    raise BadParameter({name: message % {"text": text[:40], "most": most}})


@require_safe
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page as a PNG, drawn by us."""
    found = _find(request, pk)
    image = page_images.page_image(found, number)
    if image is None:
        raise Http404(_("There is no picture of that page."))
    etag = f'"{found.sha256[:20]}-{number}"'
    if found.is_public and etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(image.path.read_bytes(), content_type="image/png")
    response["ETag"] = etag
    return _safely(response, found)


@require_safe
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was archived: to be saved, never shown."""
    found = _find(request, pk)
    if not found.file:
        raise Http404(_("There is no archived file of this document."))
    return saved_file(found)


def saved_file(found: SourceDocument) -> FileResponse:
    """A document's file as a download. Of all kinds only PDF is named; the rest are just bytes."""
    ending = page_images.kind_of_file(found)
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        raise Http404(_("There is no archived file of this document.")) from None
    name = f"{slugify(found.title)[:80] or 'document'}.{ending}"
    kind = "application/pdf" if ending == "pdf" else "application/octet-stream"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=kind)
    return _safely(response, found)


def _safely(response, found: SourceDocument):
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = LOCKED_UP
    response["Cache-Control"] = CACHE_CONTROL if found.is_public else FOR_STAFF_ONLY
    return response
