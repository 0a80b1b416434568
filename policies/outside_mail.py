"""Letters with a link: to an outside reader, and to a county about its draft answers.

Sent after the change is committed. A letter that cannot be sent is logged; the page of the
change-set says when it was last sent, and it can be sent again.
"""

from __future__ import annotations

import logging
from functools import partial

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from policies import review_links
from policies.clock import day_of
from policies.explanations import long_date
from policies.models import ReviewLink
from policies.people import public_names

logger = logging.getLogger(__name__)


def send_invitation(link: ReviewLink, site: str) -> None:
    """Ask an outside reader to read a change-set."""
    with override(link.language):
        subject = _("Please read a change before it is published")
    _after_commit(link, site, "policies/mail/outside_review.txt", subject)


def send_county_letter(link: ReviewLink, site: str) -> None:
    """Send a county what we are about to publish of it, and ask for its reply."""
    with override(link.language):
        subject = _("%(county)s: what we are about to publish, and your reply") % {
            "county": link.county
        }
    _after_commit(link, site, "policies/mail/county_letter.txt", subject)


def _after_commit(link: ReviewLink, site: str, template: str, subject: str) -> None:
    with override(link.language):
        context = {
            "link": link,
            "address": review_links.address_of(link, site),
            "inviter": public_names([link.created_by_id])[link.created_by_id],
            "due": long_date(link.due_on) if link.due_on else "",
            "last_day": long_date(day_of(link.expires_at)),
        }
        text = render_to_string(template, context)
    letter = EmailMessage(" ".join(subject.split()), text, to=[link.email])
    transaction.on_commit(partial(_send, letter, link.pk))


def _send(letter: EmailMessage, number: int) -> None:
    try:
        letter.send()
    except Exception:  # whatever the mail server does, the link is made
        logger.exception("The letter with link %s could not be sent.", number)
