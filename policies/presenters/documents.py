"""Source documents: a list by kind, and one document with all that cites it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from policies.models import Citation, SourceDocument
from policies.presenters.agreement_page import agreement_url
from policies.presenters.choice import Choice
from policies.presenters.sources import citation_url, document_date, place, sealed_words
from policies.presenters.wins import win_url
from policies.rubric import Factor
from policies.texts import FACTOR_TEXTS

#: A report can carry hundreds of records; more than this are counted, not listed.
MOST_USES = 400
#: What `document_view` reads of each record that cites it.
JOINED = (
    *("document", "local_policy__county", "local_policy__state", "provision__state"),
    *("claim__provision__state", "exception__provision__state", "exception__county"),
    *("agreement", "ice_list", "win__state"),
)


@dataclass(frozen=True, slots=True)
class DocumentItem:
    title: str
    url: str
    facts: str
    language: str


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
    quote_url: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    title: str
    kind: str
    publisher: str
    date: str
    summary: str
    language: str
    language_name: str
    original: str
    archived: str
    sha256: str
    sealed: str
    sealed_reason: str
    is_public: bool
    file_url: str
    text: str
    uses: tuple[Use, ...]
    more_uses: int


def document_groups(
    documents: Iterable[SourceDocument], choice: Choice
) -> tuple[DocumentGroup, ...]:
    groups: dict[str, list[DocumentItem]] = {}
    for document in documents:
        item = document_item(document, choice)
        groups.setdefault(document.get_kind_display(), []).append(item)
    return tuple(DocumentGroup(label, tuple(items)) for label, items in groups.items())


def document_item(document: SourceDocument, choice: Choice) -> DocumentItem:
    """`facts` names its language where that is not the reader's."""
    is_foreign = document.language != get_language()
    facts = (
        document.publisher,
        document_date(document),
        language_name(document.language) if is_foreign else "",
    )
    return DocumentItem(
        document.title,
        choice.url("document", document.pk),
        ", ".join(filter(None, facts)),
        document.language,
    )


def language_name(code: str) -> str:
    """In the reader's language; the code itself if nobody knows it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def document_view(
    document: SourceDocument, citations: Iterable[Citation], choice: Choice
) -> DocumentView:
    """Of a sealed document: title, hash, reason and day, and what it carried."""
    sealed = document.sealed_at is not None
    uses = [_use(citation, choice, sealed) for citation in citations]
    return DocumentView(
        title=document.title,
        kind=document.get_kind_display(),
        publisher=document.publisher,
        date=document_date(document),
        summary="" if sealed else document.summary,
        language=document.language,
        language_name=language_name(document.language),
        original="" if sealed else document.url,
        archived="" if sealed else document.archived_url,
        sha256=document.sha256,
        sealed=sealed_words(document),
        sealed_reason=document.sealed_reason,
        is_public=document.is_public,
        file_url=reverse("document-file", args=[document.pk]) if document.file else "",
        text=document.get_text_state_display() if document.text_state else "",
        uses=tuple(uses[:MOST_USES]),
        more_uses=max(0, len(uses) - MOST_USES),
    )


def _use(citation: Citation, choice: Choice, hide_quote: bool) -> Use:
    what, url = _cited(citation, choice)
    quote_url = "" if hide_quote else citation_url(citation, choice)
    return Use(what, url, place(citation), "" if hide_quote else citation.quote, quote_url)


def _cited(citation: Citation, choice: Choice) -> tuple[str, str]:
    if policy := citation.local_policy:
        name = FACTOR_TEXTS[Factor(policy.factor)].name
        if policy.county:
            county = policy.county
            url = choice.url("county", county.state_id.lower(), county.slug)
            return f"{county}: {name}", f"{url}#{policy.factor}"
        return f"{policy.state}: {name}", choice.url("state", policy.state_id.lower())
    if win := citation.win:
        return win.title, win_url(win, choice)
    if agreement := citation.agreement:
        return str(agreement), agreement_url(agreement, choice)
    if ice_list := citation.ice_list:
        return str(ice_list), choice.url("agreements", kind=ice_list.kind)
    carried = citation.claim or citation.exception
    provision = citation.provision or carried.provision
    what = str(provision)
    if citation.exception:
        what = _("%(law)s: exception of %(place)s") % {
            "law": what,
            "place": citation.exception.county,
        }
    if citation.claim:
        what = _("%(law)s: %(factor)s") % {
            "law": what,
            "factor": FACTOR_TEXTS[Factor(citation.claim.factor)].name,
        }
    return what, choice.url("state", provision.state_id.lower())
