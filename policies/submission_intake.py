"""How the admin takes a file in: once, however often the form is posted, and told to its sender."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction

from policies import submission_mail, submissions
from policies.import_plans import Received
from policies.models import Submission

#: A file that the same person sends once more within this time is the same form posted twice.
JUST_NOW = timedelta(minutes=1)


@transaction.atomic
def receive_once(*, received: Received, by, at: datetime, **about: str) -> tuple[Submission, bool]:
    """(the submission, whether it is a new one). `about`: as for `submissions.receive`."""
    # One at a time for each sender, so that two posts at once find each other.
    get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)
    same = (
        Submission.objects.filter(
            received_from=by,
            received_at__gt=at - JUST_NOW,
            status__in=submissions.UNDECIDED,
            sha256=received.sha256,
            filename=submissions.kept_name(received),
            kind=received.kind,
            as_of=received.as_of,
            sheet=received.sheet,
            **about,
        )
        .order_by("pk")
        .first()
    )
    if same:
        return same, False
    submission = submissions.receive(received=received, by=by, at=at, **about)
    submission_mail.tell_receipt(submission)
    return submission, True
