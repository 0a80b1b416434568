"""Pages that a link opens to somebody without an account: `policies.review_links`.

The token in the address is the credential, so that these pages need no cookie: a form posted from
elsewhere would have to know it. No cache keeps them, no search engine lists them, and no other
page is told their address. What a link does not open looks the same whatever it once was about.
"""

from __future__ import annotations

from functools import wraps

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from policies import clock, county_replies, outside_readers, review_items, review_links, reviews
from policies.cited_pages import citations_of, cited_pages
from policies.models import ChangeSet, ReviewLink, ReviewNote
from policies.outside_forms import DecisionForm, ReplyForm
from policies.presenters import outside

Purpose = ReviewLink.Purpose
HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def opened_by(purpose: str):
    """A page for whoever has a link of this purpose; 404 or 410 for all others."""

    def decorate(view):
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def page(request: HttpRequest, token: str) -> HttpResponse:
            try:
                link = review_links.find(token, purpose, clock.now())
                response = view(request, link)
            except review_links.UnknownLinkError:
                response = render(request, "policies/link_unknown.html", status=404)
            except review_links.DeadLinkError as error:
                context = {"why": error.why, "link": error.link}
                response = render(request, "policies/link_dead.html", context, status=410)
            for name, value in HEADERS.items():
                response[name] = value
            return response

        return page

    return decorate


# --- The outside reader ------------------------------------------------------------------------


@opened_by(Purpose.OUTSIDE_READER)
def outside_review(request: HttpRequest, link: ReviewLink) -> HttpResponse:
    change_set = outside_readers.set_to_read(link)
    if request.method != "POST":
        return _review_page(request, link, change_set, DecisionForm())
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _review_page(request, link, change_set, form, status=400)
    try:
        _decide(request, link, **form.cleaned_data)
    except reviews.AlreadyDoneError:
        pass  # the same comment, posted twice
    except outside_readers.NotFitError:
        return _review_page(request, link, change_set, form, status=409, not_fit=True)
    except ValidationError as error:
        form.add_error(None, error)
        return _review_page(request, link, change_set, form, status=403)
    return HttpResponseRedirect(request.path)


def _decide(request: HttpRequest, link: ReviewLink, act: str, text: str) -> None:
    at = clock.now()
    if act == "comment":
        outside_readers.comment(link=link, at=at, text=text)
    elif act == "return":
        outside_readers.send_back(link=link, at=at, reason=text)
    else:
        account = request.user if request.user.is_authenticated else None
        outside_readers.approve(link=link, at=at, text=text, account=account)


def _review_page(request, link, change_set, form, status: int = 200, **more) -> HttpResponse:
    items = review_items.items_of(change_set, with_parts=True)
    pages = cited_pages(c for item in items for c in citations_of(item.record))
    try:
        moved, unfit = review_items.effect_of(change_set, clock.today()), False
    except ValidationError:  # the reasons name records, and are for staff
        moved, unfit = (), True
    context = {
        "link": link,
        "change_set": change_set,
        "items": [outside.item_seen(item, pages) for item in items],
        "moved": outside.counties_seen(moved[: outside.MOST_MOVED]),
        "moved_count": len(moved),
        "more_moved": max(0, len(moved) - outside.MOST_MOVED),
        "unfit": unfit,
        "own_notes": _own_notes(link),
        "form": form,
        **more,
    }
    return render(request, "policies/outside_review.html", context, status=status)


def _own_notes(link: ReviewLink):
    """What this reader said; what others say among themselves is not for them."""
    return ReviewNote.objects.filter(
        change_set=link.change_set_id,
        author=link.created_by_id,
        author_name=link.name,
        at__gte=link.created_at,
    )


# --- The county --------------------------------------------------------------------------------


@opened_by(Purpose.COUNTY_REPLY)
def county_reply(request: HttpRequest, link: ReviewLink) -> HttpResponse:
    county_replies.set_to_show(link)
    if request.method != "POST":
        return _county_page(request, link, ReplyForm())
    form = ReplyForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        answer = county_replies.Reply(
            said["text"], said["name"], said["role"], said["file"], form.examined
        )
        try:
            county_replies.reply(link=link, at=clock.now(), reply=answer)
            return HttpResponseRedirect(request.path)
        except ValidationError as error:
            form.add_error(None, error)
    return _county_page(request, link, form, status=400)


def _county_page(request, link: ReviewLink, form: ReplyForm, status: int = 200) -> HttpResponse:
    change_set, as_sent = county_replies.set_to_show(link)
    shown = as_sent and change_set.status in (
        ChangeSet.Status.IN_REVIEW,
        ChangeSet.Status.APPROVED,
    )
    records = []
    if shown:
        items = review_items.items_of(change_set, with_parts=True)
        records = county_replies.records_about(link.county, [item.record for item in items])
    pages = cited_pages(c for record in records for c in citations_of(record))
    context = {
        "link": link,
        "county": link.county,
        "answers": [outside.answer_seen(record, pages) for record in records],
        "is_published": change_set.status == ChangeSet.Status.APPROVED,
        "overdue": clock.today() > link.due_on,
        "form": form,
    }
    return render(request, "policies/county_reply.html", context, status=status)
