"""Who did what: every act of people in the admin and every entry of the change log, by day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django import forms
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.clock import day_of, end_of_day
from policies.models import ChangeEvent, ChangeKind

PAGE_SIZE = 100
_LOGGED, _PUBLIC = "logged", "public"
_FLAGS = {ADDITION: "added", CHANGE: "changed", DELETION: "deleted"}
#: What may be asked for, and its name. The second part publishes: it moves what the public reads.
KINDS = (
    ("added", gettext_lazy("added")),
    ("changed", gettext_lazy("changed")),
    ("deleted", gettext_lazy("deleted")),
    *((kind.value, kind.label) for kind in ChangeKind),
)


@dataclass(frozen=True, slots=True)
class Act:
    at: datetime
    who: str
    kind: str
    about: str
    url: str
    what: str
    is_public: bool


class ActsForm(forms.Form):
    by = forms.ModelChoiceField(
        get_user_model().objects.none(), required=False, label=gettext_lazy("Who")
    )
    kind = forms.ChoiceField(
        choices=[("", gettext_lazy("all")), *KINDS], required=False, label=gettext_lazy("What")
    )
    since = forms.DateField(
        required=False,
        label=gettext_lazy("From"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    until = forms.DateField(
        required=False,
        label=gettext_lazy("To"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.order_by("username")
        self.fields["by"].queryset = people.filter(is_staff=True)

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The end must not be before the start."))
        return cleaned


def page_of(user, asked: Mapping, number) -> tuple[Page, list[tuple[date, str, list[Act]]]]:
    """The acts that the person may see, newest first: a page of them, by day and person.

    Of the admin's log only acts on kinds of records that the person may read. A fixed number of
    queries.
    """
    logged, public = _logged(user), ChangeEvent.objects.all()
    if by := asked.get("by"):
        logged, public = logged.filter(user=by), public.filter(actor=by)
    if kind := asked.get("kind"):
        flags = [flag for flag, name in _FLAGS.items() if name == kind]
        logged, public = logged.filter(action_flag__in=flags), public.filter(kind=kind)
    if since := asked.get("since"):
        start = end_of_day(since - timedelta(days=1))
        logged, public = logged.filter(action_time__gte=start), public.filter(at__gte=start)
    if until := asked.get("until"):
        end = end_of_day(until)
        logged, public = logged.filter(action_time__lt=end), public.filter(at__lt=end)
    rows = _keys(logged, "action_time", _LOGGED).union(_keys(public, "at", _PUBLIC), all=True)
    page = Paginator(rows.order_by("-moment", "-source", "-number"), PAGE_SIZE).get_page(number)
    return page, _by_day(_acts(list(page.object_list)))


def _keys(rows: QuerySet, moment: str, source: str) -> QuerySet:
    return (
        rows.order_by()
        .annotate(
            moment=F(moment),
            number=F("pk"),
            source=Cast(Value(source), CharField(max_length=10)),
        )
        .values_list("moment", "source", "number")
    )


def _logged(user) -> QuerySet[LogEntry]:
    """Acts on what the person may read; those of a superuser are all."""
    if user.is_superuser:
        return LogEntry.objects.all()
    readable = {
        tuple(label.replace(".view_", ".").split("."))
        for label in user.get_all_permissions()
        if ".view_" in label
    }
    kinds = [
        kind.pk for kind in ContentType.objects.all() if (kind.app_label, kind.model) in readable
    ]
    return LogEntry.objects.filter(content_type__in=kinds)


def _acts(keys: Iterable[tuple[datetime, str, int]]) -> list[Act]:
    wanted = {source: [n for _at, s, n in keys if s == source] for source in (_LOGGED, _PUBLIC)}
    logged = LogEntry.objects.select_related("user", "content_type").in_bulk(wanted[_LOGGED])
    public = ChangeEvent.objects.select_related("actor").in_bulk(wanted[_PUBLIC])
    return [
        _of_log(logged[number]) if source == _LOGGED else _of_event(public[number])
        for _at, source, number in keys
    ]


def _of_log(entry: LogEntry) -> Act:
    kind = entry.content_type.name if entry.content_type else ""
    try:
        url = entry.get_admin_url() if entry.action_flag != DELETION else ""
    except NoReverseMatch:
        url = ""
    return Act(
        entry.action_time,
        str(entry.user),
        str(dict(KINDS)[_FLAGS[entry.action_flag]]),
        _("%(kind)s “%(name)s”") % {"kind": capfirst(kind), "name": entry.object_repr},
        url or "",
        entry.get_change_message(),
        is_public=False,
    )


def _of_event(event: ChangeEvent) -> Act:
    return Act(
        event.at,
        str(event.actor),
        event.get_kind_display(),
        _("Change %(number)s") % {"number": event.pk},
        reverse("admin:policies_changeevent_change", args=[event.pk]),
        event.summary,
        is_public=True,
    )


def _by_day(acts: list[Act]) -> list[tuple[date, str, list[Act]]]:
    """Days newest first; within a day, people by name, each with their acts newest first."""
    found = []
    for day, of_day in groupby(acts, key=lambda act: day_of(act.at)):
        in_order = sorted(of_day, key=lambda act: act.who)
        for who, of_person in groupby(in_order, key=lambda act: act.who):
            found.append((day, who, list(of_person)))
    return found
