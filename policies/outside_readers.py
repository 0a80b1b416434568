"""An outside reader, who has no account, reads one change-set and decides about it once.

Named actions, each in one transaction. A reviewer who wrote none of the set invites; that person
answers for what the link does. An approval counts for what was sent when the invitation was made.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from policies import outside_mail, review_items, review_links, reviews
from policies.authors import authors_of
from policies.models import ChangeSet, ReviewLink, ReviewNote

Purpose = ReviewLink.Purpose
LONGEST_NAME = 150
MOST_DAYS = 60
REVIEW = "policies.review_changeset"


class NotFitError(ValidationError):
    """It cannot be published as it stands. The reasons name records, and are for staff."""


@transaction.atomic
def invite(
    *,
    change_set: ChangeSet,
    by,
    at: datetime,
    name: str,
    email: str,
    site: str,
    days: int = 14,
    language: str = "en",
) -> ReviewLink:
    """Let somebody outside read a set in review and decide about it. Sends the letter."""
    current = reviews.locked(change_set, ChangeSet.Status.IN_REVIEW)
    name, email = clean_name(name), clean_email(email)
    if not 1 <= days <= MOST_DAYS:
        raise ValidationError(_("From 1 to %(most)d days, please."), params={"most": MOST_DAYS})
    _refuse_author(current, by)
    if email.lower() == by.email.lower():
        raise ValidationError(_("This is your own address. You can approve it yourself."))
    if email.lower() in _addresses_of_authors(current):
        raise ValidationError(
            _("Whoever has this address wrote or sent some of it. Ask somebody else."), code="own"
        )
    for link in current.links.filter(purpose=Purpose.OUTSIDE_READER, email__iexact=email):
        if link.read_at == current.submitted_at and not review_links.state_of(link, at):
            raise reviews.AlreadyDoneError(_("%(name)s was invited already.") % {"name": name})
    link = ReviewLink.objects.create(
        change_set=current,
        purpose=Purpose.OUTSIDE_READER,
        name=name,
        email=email,
        language=language,
        read_at=current.submitted_at,
        created_by=by,
        created_at=at,
        last_sent_at=at,
        expires_at=at + timedelta(days=days),
    )
    outside_mail.send_invitation(link, site)
    return link


@transaction.atomic
def revoke(*, link: ReviewLink, by, at: datetime) -> ReviewLink:
    """Make a link useless from now on."""
    current = ReviewLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if current.used_at or current.revoked_at:
        raise reviews.AlreadyDoneError(_("This link is good for nothing any more as it is."))
    current.revoked_at, current.revoked_by = at, by
    current.save(update_fields=["revoked_at", "revoked_by"])
    return current


# --- What the reader does ----------------------------------------------------------------------


def set_to_read(link: ReviewLink) -> ChangeSet:
    """The set, as it was sent when the reader was invited. Raises DeadLinkError if it was not."""
    change_set = ChangeSet.objects.get(pk=link.change_set_id)
    if not change_set.is_in_review or change_set.submitted_at != link.read_at:
        raise review_links.DeadLinkError("changed", link)
    return change_set


@transaction.atomic
def comment(*, link: ReviewLink, at: datetime, text: str) -> ReviewNote:
    """Say something, and decide later."""
    current = review_links.locked(link, at)
    change_set = set_to_read(current)
    return reviews.comment(
        change_set=change_set, by=current.created_by, at=at, text=text, name=current.name
    )


@transaction.atomic
def approve(*, link: ReviewLink, at: datetime, text: str = "", account=None) -> ChangeSet:
    """Publish the set. `account`: who is signed in where the link was opened, if anybody is.

    Raises DeadLinkError, NotFitError, or ValidationError if those concerned may not.
    """
    current = review_links.locked(link, at)
    change_set = set_to_read(current)
    _refuse_unless_independent(change_set, current, account)
    try:
        # What the change log says is written in the record's own language, not the reader's.
        with transaction.atomic(), override(settings.LANGUAGE_CODE):
            done = reviews.approve(
                change_set=change_set,
                by=current.created_by,
                at=at,
                reason=text,
                approver_name=current.name,
            )
    except ValidationError as error:
        raise NotFitError(error.error_list) from error
    _use(current, at)
    return done


@transaction.atomic
def send_back(*, link: ReviewLink, at: datetime, reason: str) -> ChangeSet:
    """Return the set to its authors."""
    current = review_links.locked(link, at)
    change_set = set_to_read(current)
    done = reviews.send_back(
        change_set=change_set, by=current.created_by, at=at, reason=reason, name=current.name
    )
    _use(current, at)
    return done


def _use(link: ReviewLink, at: datetime) -> None:
    link.used_at = at
    link.save(update_fields=["used_at"])


def _refuse_unless_independent(change_set: ChangeSet, link: ReviewLink, account) -> None:
    inviter = link.created_by
    if not (inviter.is_active and inviter.has_perm(REVIEW)):
        raise ValidationError(_("Whoever invited you may not have changes approved any more."))
    _refuse_author(change_set, inviter)
    is_author = account is not None and reviews.is_author(
        change_set, review_items.records_of(change_set), account
    )
    if is_author or link.email.lower() in _addresses_of_authors(change_set):
        raise ValidationError(
            _("You wrote or sent some of it, so somebody else has to approve it."), code="own"
        )


def _refuse_author(change_set: ChangeSet, by) -> None:
    if reviews.is_author(change_set, review_items.records_of(change_set), by):
        raise ValidationError(
            _("You wrote or sent some of it, so somebody else has to invite a reader."), code="own"
        )


def _addresses_of_authors(change_set: ChangeSet) -> set[str]:
    authors = authors_of(change_set, review_items.records_of(change_set))
    authors |= {change_set.created_by_id} - {None}
    found = get_user_model().objects.filter(pk__in=authors).exclude(email="")
    return {email.lower() for email in found.values_list("email", flat=True)}


# --- Whom a letter is for ----------------------------------------------------------------------


def clean_name(name: str) -> str:
    """A name on one line. Raises ValidationError if there is none, or too much of it."""
    name = " ".join(name.replace("\x00", "").split())
    if not name:
        raise ValidationError(_("Say who it is for."))
    if len(name) > LONGEST_NAME:
        raise ValidationError(
            _("At most %(limit)d characters, please."), params={"limit": LONGEST_NAME}
        )
    return name


def clean_email(email: str) -> str:
    validate_email(email.strip())
    return email.strip()
