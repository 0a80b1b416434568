"""A county is sent its draft answers and may say what it thinks of them. It decides nothing.

Named actions, each in one transaction. The reply is kept beside the change-set, and so is a
document that came with it, which only staff see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from counties.models import County
from policies import clock, outside_mail, review_items, review_links, reviews
from policies.documents.archive import archive
from policies.documents.intake import Examined
from policies.models import (
    Agreement,
    ChangeSet,
    DocumentKind,
    LocalPolicy,
    ReviewLink,
    ReviewNote,
    SourceDocument,
)
from policies.models.base import PublishedRecord
from policies.outside_readers import clean_email, clean_name

LONGEST_REPLY = 10_000
MOST_DAYS = 180
#: A late reply is better than none.
GRACE = timedelta(days=30)
#: Nobody means to send the same letter twice within a minute.
_SAME_POST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the county writes. `upload` was looked at (`examined`) before."""

    text: str
    name: str
    role: str
    upload: File | None = None
    examined: Examined | None = None


def records_about(county: County, records: Iterable[PublishedRecord]) -> list[PublishedRecord]:
    """Those that say what this county does: its own answers, and agreements of its agencies."""
    return [record for record in records if county.pk in _counties(record)]


def counties_of(records: Iterable[PublishedRecord]) -> list[County]:
    """The counties that can be asked about these records, by name."""
    found = {pk: one for record in records for pk, one in _counties(record).items()}
    return sorted(found.values(), key=str)


def _counties(record: PublishedRecord) -> dict[str, County]:
    if isinstance(record, LocalPolicy):
        return {record.county_id: record.county} if record.county_id else {}
    if isinstance(record, Agreement):
        return {county.pk: county for county in record.counties.all()}
    return {}


@transaction.atomic
def ask(
    *,
    change_set: ChangeSet,
    county: County,
    by,
    at: datetime,
    name: str,
    email: str,
    due_on: date,
    site: str,
    language: str = "en",
) -> ReviewLink:
    """Send a county its answers in a set that is in review, or send them again.

    To the same address it is the same link, with the new day; to another one a new link, and the
    old one is good for nothing.
    """
    current = reviews.locked(change_set, ChangeSet.Status.IN_REVIEW)
    name, email = clean_name(name), clean_email(email)
    if not 0 < (due_on - clock.day_of(at)).days <= MOST_DAYS:
        raise ValidationError(
            _("The reply is due from tomorrow on, within %(most)d days."),
            params={"most": MOST_DAYS},
        )
    if not records_about(county, review_items.records_of(current)):
        raise ValidationError(_("This change-set says nothing about that county."))
    values = {
        "name": name,
        "language": language,
        "read_at": current.submitted_at,
        "due_on": due_on,
        "last_sent_at": at,
        "expires_at": clock.end_of_day(due_on + GRACE),
    }
    link = _renewed(current, county, email, values, by, at) or ReviewLink.objects.create(
        change_set=current,
        purpose=ReviewLink.Purpose.COUNTY_REPLY,
        county=county,
        email=email,
        created_by=by,
        created_at=at,
        **values,
    )
    outside_mail.send_county_letter(link, site)
    return link


def _renewed(change_set, county, email, values, by, at) -> ReviewLink | None:
    """The open letter to the same address, with its new values. One to another is revoked."""
    letters = change_set.links.select_for_update(of=("self",))
    old = letters.filter(county=county, used_at=None, revoked_at=None).first()
    if old is None:
        return None
    if old.email.lower() != email.lower():
        old.revoked_at, old.revoked_by = at, by
        old.save(update_fields=["revoked_at", "revoked_by"])
        return None
    if old.due_on == values["due_on"] and at - old.last_sent_at < _SAME_POST:
        raise reviews.AlreadyDoneError(_("The letter was sent a moment ago."))
    for field, value in values.items():
        setattr(old, field, value)
    old.save(update_fields=list(values))
    return old


def set_to_show(link: ReviewLink) -> tuple[ChangeSet, bool]:
    """(the set, whether it still says what was sent). Raises DeadLinkError if it was given up."""
    change_set = ChangeSet.objects.get(pk=link.change_set_id)
    if change_set.status == ChangeSet.Status.ABANDONED:
        raise review_links.DeadLinkError("given_up", link)
    return change_set, change_set.submitted_at == link.read_at


@transaction.atomic
def reply(*, link: ReviewLink, at: datetime, reply: Reply) -> ReviewNote:
    """Keep what the county says. Once a letter; whoever asked can ask again."""
    current = review_links.locked(link, at)
    change_set, _same = set_to_show(current)
    text = reply.text.replace("\x00", "").strip()
    if not text:
        raise ValidationError({"text": _("Write what you want to say.")})
    if len(text) > LONGEST_REPLY:
        message = _("At most %(limit)d characters, please.") % {"limit": LONGEST_REPLY}
        raise ValidationError({"text": message})
    document = _kept(current, reply, at) if reply.upload and reply.examined else None
    who = ", ".join(filter(None, (clean_name(reply.name), " ".join(reply.role.split()))))
    note = ReviewNote.objects.create(
        change_set=change_set,
        author_name=f"{who} ({current.county})"[:200],
        kind=ReviewNote.Kind.COUNTY_REPLY,
        text=text,
        document=document,
        at=at,
    )
    current.used_at = at
    current.save(update_fields=["used_at"])
    return note


def _kept(link: ReviewLink, reply: Reply, at: datetime) -> SourceDocument:
    day = clock.day_of(at)
    with override("en"):  # the record's own language
        title = _("Sent by %(county)s with its reply of %(day)s") % {
            "county": link.county,
            "day": day.isoformat(),
        }
    document = SourceDocument(
        kind=DocumentKind.OTHER,
        title=title[:300],
        publisher=str(link.county)[:200],
        published_on=day,
        is_public=False,
    )
    return archive(document=document, upload=reply.upload, examined=reply.examined)
