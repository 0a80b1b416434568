"""How a second coder reads the documents of a task: away from our pages of them, which say what
cites them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404

from policies.documents import page_images, reading
from policies.views.documents import saved_file


class ReadsDocuments:
    """Mixed into the admin of second codings, which has `seen_or_404` and `_page`."""

    def read_view(self, request, pk, number):
        """A page of a document, without what our own page of it says: which records cite it."""
        task, document = self._document(request, pk, number)
        labels = reading.labels(document)
        asked = request.GET.get("page", "1")
        page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
        page = min(max(page, 1), max(len(labels), 1))
        return self._page(
            request,
            task,
            "coding_read",
            document=document,
            number=page,
            pages=len(labels),
            text=reading.text_of(document, page),
            picture=page_images.page_image(document, page) is not None,
        )

    def file_view(self, request, pk, number):
        _task, document = self._document(request, pk, number)
        if not document.file:
            raise Http404
        return saved_file(document)

    def _document(self, request, pk, number):
        task = self.seen_or_404(request, pk)
        document = task.documents.filter(pk=number).first()
        if document is None:
            raise Http404
        if not (document.is_public or request.user.has_perm("policies.view_sourcedocument")):
            raise PermissionDenied
        return task, document
