"""Change-sets as the tests of the admin make and reach them."""

from django.urls import reverse

from policies import clock, reviews

LIST = "admin:policies_changeset_changelist"


def url(change_set, act="change") -> str:
    return reverse(f"admin:policies_changeset_{act}", args=[change_set.pk])


def now(row):
    return type(row).objects.get(pk=row.pk)


def in_review(client, *records, **values):
    """A set that the person logged in with `client` sent to review."""
    made = reviews.open_set(title="Order 3", by=client.user, at=clock.now(), records=records)
    return reviews.submit(change_set=made, by=client.user, at=clock.now(), **values)


def approval(change_set, **values):
    """What the form posts that approves what was last sent."""
    return {"read": str(now(change_set).submitted_at), "reason": "", **values}
