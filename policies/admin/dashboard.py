"""The admin's first page: what waits for the reader, what is stale, what changed, what is covered.

Each part is asked for only if its reader may see the records it speaks of. A fixed number of
queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import admin
from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from counties.models import County
from policies import models as records
from policies.admin.display import add_url, change_url, list_url
from policies.admin.reviews import returned_to
from policies.admin.tiles import HEIGHT, SIDE, WIDTH, Tile, tiles
from policies.assessments import When, assess
from policies.clock import end_of_day
from policies.evidence import FACTOR_OF_AGREEMENT
from policies.models import QualityItem, RecordStatus
from policies.quality.checks import CHECKS, ERRORS
from policies.quality.queue import WAITING
from policies.timeline import fresh_until

LIFE_RECORDS = (
    records.LocalPolicy,
    records.StateProvision,
    records.Agreement,
    records.PolicyWin,
    records.IceList,
)
#: "This week": so many days, and so many changes are named.
WEEK = timedelta(days=7)
CHANGES_NAMED = 8
FILES_NAMED = 6


@dataclass(frozen=True, slots=True)
class Waiting:
    """Some things that wait for the reader: how many, of what, and where."""

    count: int
    words: str
    url: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check of the queue: what waits of it, and how much of that is the reader's."""

    title: str
    explanation: str
    is_error: bool
    count: int
    mine: int
    url: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """The newest of ICE's lists of one kind."""

    kind: str
    day: date
    days: int
    is_old: bool
    url: str
    send_url: str


@dataclass(frozen=True, slots=True)
class Coverage:
    tiles: tuple[Tile, ...]
    counties: int
    complete: int
    partial: int
    unknown: int
    stale: int
    width: int = WIDTH
    height: int = HEIGHT
    side: int = SIDE

    @property
    def as_read(self) -> list[Tile]:
        """From the left to the right and downwards, for who goes from one to the next by key."""
        return sorted(self.tiles, key=lambda tile: (tile.y, tile.x))


def dashboard(request, *, today: date) -> dict:
    """What the template shows. Parts that the reader may not see are missing."""
    user = request.user
    sees_queue = _may_view(request, QualityItem)
    checks, mine = _checks(user) if sees_queue else ((), 0)
    parts = {
        "today": today,
        "waiting": waiting_for(request, mine=mine),
        "checks": checks,
        "sees_queue": sees_queue,
        "may_look": user.has_perm("policies.change_qualityitem"),
        "county_search": list_url(County) if _may_view(request, County) else "",
        "own_files": _own_files(user) if _sends_files_only(user) else None,
    }
    if sees_queue:
        parts["last_look"] = QualityItem.objects.aggregate(day=Max("last_seen"))["day"]
    if _may_view(request, County):
        parts["coverage"] = _coverage(today)
    if _may_view(request, records.ChangeEvent):
        parts |= _changes(today)
    if _may_view(request, records.IceList):
        parts["ice_lists"] = _ice_lists(today)
    return parts


def _may_view(request, model) -> bool:
    return admin.site.get_model_admin(model).has_view_permission(request)


def waiting_for(request, *, mine: int) -> list[Waiting]:
    """Everything that waits for this reader, the most urgent first. `mine`: findings they own."""
    found = []
    if request.user.has_perm("policies.review_changeset"):
        found += _change_sets(request.user)
    if request.user.has_perm("policies.add_changeset"):
        found += _returned(request.user)
    if request.user.has_perm("policies.review_submission"):
        found += _files()
    if mine:
        words = _("findings that you own")
        found.append(Waiting(mine, words, list_url(QualityItem, owner="mine"), urgent=True))
    for model in LIFE_RECORDS:
        if _may_view(request, model):
            found += _drafts(model, request.user)
    return found


def _change_sets(user) -> list[Waiting]:
    """Change-sets that nobody reads yet, or that this person reads; never those they sent."""
    in_review = records.ChangeSet.objects.filter(status=records.ChangeSet.Status.IN_REVIEW)
    unclaimed = Q(claimed_by=None) & ~Q(submitted_by=user)
    count = in_review.filter(unclaimed | Q(claimed_by=user)).count()
    address = list_url(records.ChangeSet, status__exact="in_review")
    return [Waiting(count, _("change-sets to review"), address, urgent=True)] if count else []


def _returned(user) -> list[Waiting]:
    """The reader's own change-sets that a reviewer sent back."""
    count = records.ChangeSet.objects.filter(returned_to(user)).count()
    address = list_url(records.ChangeSet, queue="returned")
    words = _("change-sets returned to you")
    return [Waiting(count, words, address, urgent=True)] if count else []


def _files() -> list[Waiting]:
    """Files that nobody decided about yet: those to review, and those that could not be read."""
    model = records.Submission
    counts = model.objects.aggregate(
        to_review=Count("pk", filter=Q(status=model.Status.PLANNED)),
        unread=Count("pk", filter=Q(status=model.Status.RECEIVED)),
    )
    rows = (
        ("to_review", _("files to review"), model.Status.PLANNED, True),
        ("unread", _("files that could not be read"), model.Status.RECEIVED, False),
    )
    return [
        Waiting(counts[name], words, list_url(model, status__exact=status), urgent)
        for name, words, status, urgent in rows
        if counts[name]
    ]


def _drafts(model, user) -> list[Waiting]:
    """The reader's own drafts of one kind, and everybody's."""
    counts = model.objects.filter(status=RecordStatus.DRAFT).aggregate(
        mine=Count("pk", filter=Q(created_by=user)), everybody=Count("pk")
    )
    kind = model._meta.verbose_name_plural
    found = []
    if counts["mine"]:
        url = list_url(model, status__exact="draft", created_by__exact=user.pk)
        found.append(Waiting(counts["mine"], _("your drafts: %s") % kind, url))
    if counts["everybody"] > counts["mine"]:
        url = list_url(model, status__exact="draft")
        found.append(Waiting(counts["everybody"], _("all drafts: %s") % kind, url))
    return found


def _sends_files_only(user) -> bool:
    """A partner: sends files, and sees what became of them."""
    return user.has_perm("policies.add_submission") and not user.has_perm(
        "policies.review_submission"
    )


def _own_files(user) -> list[tuple[records.Submission, str]]:
    rows = records.Submission.objects.filter(received_from=user).order_by("-received_at", "-pk")
    rows = rows.only("pk", "filename", "status", "received_at", "as_of")[:FILES_NAMED]
    return [(one, change_url(one)) for one in rows]


def _checks(user) -> tuple[list[CheckRow], int]:
    """The checks of which something waits, and how many findings the reader owns. One query."""
    counted = {
        name: (count, mine)
        for name, count, mine in QualityItem.objects.filter(WAITING)
        .order_by()
        .values("check_name")
        .annotate(count=Count("pk"), mine=Count("pk", filter=Q(owner=user)))
        .values_list("check_name", "count", "mine")
    }
    rows = [
        CheckRow(
            title=str(check.title),
            explanation=str(check.explanation),
            is_error=check.name in ERRORS,
            count=counted[check.name][0],
            mine=counted[check.name][1],
            url=list_url(QualityItem, check=check.name),
        )
        for check in CHECKS
        if check.name in counted
    ]
    return rows, sum(mine for _count, mine in counted.values())


def _coverage(today: date) -> Coverage:
    drawn = tiles(assess(When(today)))
    return Coverage(
        drawn,
        counties=sum(tile.counties for tile in drawn),
        complete=sum(tile.complete for tile in drawn),
        partial=sum(tile.partial for tile in drawn),
        unknown=sum(tile.unknown for tile in drawn),
        stale=sum(tile.stale for tile in drawn),
    )


def _changes(today: date) -> dict:
    """What was published in the last seven days: how much of each kind, and the newest."""
    model = records.ChangeEvent
    since = today - WEEK
    recent = model.objects.filter(at__gte=end_of_day(since))
    kinds = dict(model._meta.get_field("kind").choices)
    counted = recent.order_by().values_list("kind").annotate(Count("pk"))
    newest = recent.select_related("actor").annotate(touched=Count("counties")).order_by("-pk")
    return {
        "changes_since": since + timedelta(days=1),
        "changes_counted": [(kinds[kind], count) for kind, count in counted],
        "changes": [(one, change_url(one)) for one in newest[:CHANGES_NAMED]],
        "changes_url": list_url(model),
    }


def _ice_lists(today: date) -> list[ListRow]:
    newest = {}
    rows = records.IceList.objects.published().order_by("list_date")
    for one in rows.only("pk", "kind", "list_date"):
        newest[one.kind] = one
    kinds = {"287g": "ice-287g", "detention": "ice-detention"}
    return [
        ListRow(
            kind=one.get_kind_display(),
            day=one.list_date,
            days=(today - one.list_date).days,
            is_old=today > fresh_until(FACTOR_OF_AGREEMENT[kind], one.list_date, from_list=True),
            url=change_url(one),
            send_url=add_url(records.Submission, kind=kinds[kind]),
        )
        for kind, one in newest.items()
    ]
