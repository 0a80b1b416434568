"""What readers report as wrong: received, and answered. Named actions.

Of a reader nothing is kept but what they wrote, and an address only if they want an answer: no
network address, no browser, no account.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from counties.models import County
from policies.models import ErrorReport

LONGEST_TEXT = 5_000
LONGEST_PAGE = 500
LONGEST_ADDRESS = 254
#: More than this in an hour is not readers. It can keep a reader out for an hour; without it, the
#: queue could be filled until nobody finds a reader in it.
MOST_AN_HOUR = 200


def is_flooded(at: datetime) -> bool:
    """Whether so many reports came in the hour before `at` that no more are taken."""
    since = at - timedelta(hours=1)
    return ErrorReport.objects.filter(received_at__gt=since).count() >= MOST_AN_HOUR


@transaction.atomic
def receive(
    *,
    text: str,
    at: datetime,
    page: str = "",
    county: County | None = None,
    reply_to: str = "",
    language: str = "en",
) -> ErrorReport:
    """Keep a report. Raises ValidationError, by field, for what is empty, too long or no address.

    The same words about the same page that still wait for an answer are kept once.
    """
    text, page, reply_to = _clean(text), _clean(page), _clean(reply_to)
    _refuse_unfit(text, page, reply_to)
    waiting = ErrorReport.objects.filter(
        status=ErrorReport.Status.OPEN, text=text, page=page, reply_to=reply_to
    ).first()
    return waiting or ErrorReport.objects.create(
        received_at=at,
        county=county,
        page=page,
        text=text,
        reply_to=reply_to,
        language=language[:5],
    )


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()


def _refuse_unfit(text: str, page: str, reply_to: str) -> None:
    errors: dict[str, str] = {}
    if not text:
        errors["text"] = _("Say what is wrong.")
    limits = (
        ("text", text, LONGEST_TEXT),
        ("page", page, LONGEST_PAGE),
        ("reply_to", reply_to, LONGEST_ADDRESS),
    )
    for field, value, limit in limits:
        if len(value) > limit:
            errors[field] = _("At most %(limit)d characters, please.") % {"limit": limit}
    if reply_to and "reply_to" not in errors:
        try:
            validate_email(reply_to)
        except ValidationError:
            errors["reply_to"] = _("This is no e-mail address.")
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def handle(*, report: ErrorReport, status: str, answer: str, by, at: datetime) -> ErrorReport:
    """Say what came of a report that waits. Raises ValidationError if it does not."""
    row = ErrorReport.objects.select_for_update().get(pk=report.pk)
    if row.status != ErrorReport.Status.OPEN:
        raise ValidationError(_("Somebody has answered this already."))
    if status not in ErrorReport.Status.values or status == ErrorReport.Status.OPEN:
        raise ValidationError(_("Say what came of it."))
    row.status, row.answer, row.handled_by, row.handled_at = status, answer.strip(), by, at
    row.save(update_fields=["status", "answer", "handled_by", "handled_at"])
    return row
