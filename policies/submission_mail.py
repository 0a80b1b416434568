"""What the sender of a file is told by e-mail: that it arrived, and what became of it.

Sent after the change is committed. A letter that cannot be sent is logged and changes nothing:
everything in it is on the submission's page too.
"""

from __future__ import annotations

import logging
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from policies.models import Submission

logger = logging.getLogger(__name__)
Status = Submission.Status
#: The letter about each outcome. What waits, and what is only received, is no outcome.
LETTERS = {
    Status.APPLIED: "policies/mail/applied.txt",
    Status.REJECTED: "policies/mail/rejected.txt",
    Status.UNDONE: "policies/mail/undone.txt",
}


def tell_receipt(submission: Submission) -> None:
    """Tell the sender that the file arrived, in the language in which it was sent."""
    _after_commit(submission, "policies/mail/receipt.txt", get_language())


def tells(submission: Submission, by) -> bool:
    """Whether the sender gets a letter if `by` decides: not about one's own decision, nor without
    an address."""
    return by != submission.received_from and bool(submission.received_from.email)


def tell_outcome(submission: Submission, by) -> None:
    """Tell the sender what became of the file, unless it was the sender who decided."""
    if tells(submission, by):
        _after_commit(submission, LETTERS[Status(submission.status)], settings.LANGUAGE_CODE)


def _after_commit(submission: Submission, template: str, language: str | None) -> None:
    if submission.received_from.email:
        letter = _letter(submission, template, language or settings.LANGUAGE_CODE)
        transaction.on_commit(partial(_send, letter, submission.pk))


def _letter(submission: Submission, template: str, language: str) -> EmailMessage:
    path = reverse("admin:policies_submission_change", args=[submission.pk])
    with override(language):
        status = Status(submission.status).label
        text = render_to_string(
            template,
            {
                "submission": submission,
                "report": submission.report,
                "left": submission.undo_report.get("left", []),
                "address": f"{settings.SITE_URL}{path}" if settings.SITE_URL else "",
            },
        )
        # No words of the sender: a subject is a header.
        subject = _("Submission %(number)s: %(status)s") % {
            "number": submission.pk,
            "status": _("received") if template.endswith("receipt.txt") else status,
        }
    return EmailMessage(subject, text, to=[submission.received_from.email])


def _send(letter: EmailMessage, number: int) -> None:
    try:
        letter.send()
    except Exception:  # whatever the mail server does, the file is where it should be
        logger.exception("The letter about submission %s could not be sent.", number)
