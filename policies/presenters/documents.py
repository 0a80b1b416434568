"""Source documents: a list by kind, and one document with all that cites it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from policies.models import Citation, SourceDocument
from policies.presenters.choice import Choice
from policies.presenters.sources import document_date, place
from policies.rubric import Factor
from policies.texts import FACTOR_TEXTS

#: A report can carry hundreds of records; more than this are counted, not listed.
MOST_USES = 400


@dataclass(frozen=True, slots=True)
class DocumentItem:
    title: str
    url: str
    publisher: str
    date: str


@dataclass(frozen=True, slots=True)
class DocumentGroup:
    label: str
    documents: tuple[DocumentItem, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A record that cites the document."""

    what: str
    url: str
    place: str
    quote: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    title: str
    kind: str
    publisher: str
    date: str
    summary: str
    language: str
    original: str
    archived: str
    sha256: str
    sealed_reason: str
    is_sealed: bool
    uses: tuple[Use, ...]
    more_uses: int


def document_groups(
    documents: Iterable[SourceDocument], choice: Choice
) -> tuple[DocumentGroup, ...]:
    groups: dict[str, list[DocumentItem]] = {}
    for document in documents:
        item = DocumentItem(
            document.title,
            choice.url("document", document.pk),
            document.publisher,
            document_date(document),
        )
        groups.setdefault(document.get_kind_display(), []).append(item)
    return tuple(DocumentGroup(label, tuple(items)) for label, items in groups.items())


def document_page(
    document: SourceDocument, citations: Iterable[Citation], choice: Choice
) -> DocumentPage:
    hide = document.sealed_at is not None
    uses = [_use(citation, choice, hide) for citation in citations]
    return DocumentPage(
        title=document.title,
        kind=document.get_kind_display(),
        publisher=document.publisher,
        date=document_date(document),
        summary=document.summary,
        language=document.language,
        original=document.url,
        archived=document.archived_url,
        sha256=document.sha256,
        sealed_reason=document.sealed_reason,
        is_sealed=document.sealed_at is not None,
        uses=tuple(uses[:MOST_USES]),
        more_uses=max(0, len(uses) - MOST_USES),
    )


def _use(citation: Citation, choice: Choice, hide_quote: bool) -> Use:
    what, url = _cited(citation, choice)
    return Use(what, url, place(citation), "" if hide_quote else citation.quote)


def _cited(citation: Citation, choice: Choice) -> tuple[str, str]:
    if policy := citation.local_policy:
        name = FACTOR_TEXTS[Factor(policy.factor)].name
        if policy.county:
            county = policy.county
            url = choice.url("county", county.state_id.lower(), county.slug)
            return f"{county}: {name}", f"{url}#{policy.factor}"
        return f"{policy.state}: {name}", choice.url("state", policy.state_id.lower())
    if win := citation.win:
        return win.title, f"{choice.url('wins')}#win-{win.pk}"
    if agreement := citation.agreement:
        return str(agreement), choice.url("agreements", state=agreement.state_id)
    provision = citation.provision or citation.claim.provision
    what = str(provision)
    if citation.claim:
        what = _("%(law)s: %(factor)s") % {
            "law": what,
            "factor": FACTOR_TEXTS[Factor(citation.claim.factor)].name,
        }
    return what, choice.url("state", provision.state_id.lower())
