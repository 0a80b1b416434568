"""Before a state law is published or withdrawn: every county that it would move, and how."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from counties import shapes
from counties.models import State
from policies import actions, clock
from policies.admin.display import change_url, factor_name, squares
from policies.admin.movement import changes_of, counted_changes
from policies.admin.publishing import explained
from policies.assessments import Assessment
from policies.lens import PARTIAL_CLASSES, SCORE_CLASSES, map_class
from policies.models import RecordStatus, StateProvision
from policies.rehearsal import (
    Moved,
    Rehearsal,
    counties_touched,
    day_to_show,
    days_of,
    rehearse,
)
from policies.rubric import FACTORS
from policies.succession import UNDECIDED


@dataclass(frozen=True, slots=True)
class Line:
    """A county of the list: where it stands, where it would, and what a person should know."""

    county: str
    url: str
    before: SafeString
    after: SafeString
    points: str
    changes: tuple[str, ...]
    preempted: tuple[str, ...]
    at_risk: tuple[str, ...]
    by_agreement: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StateMap:
    viewbox: str
    before: SafeString
    after: SafeString
    hatches: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BlastRadius:
    """What publishing (or withdrawing) would do on one day. Empty `lines`: nothing.

    `changes`: in words, each with the number of counties.
    """

    day: date
    lines: tuple[Line, ...]
    raised: int
    lowered: int
    same_score: int
    others: int
    changes: list[tuple[str, int]]
    map: StateMap


def blast_radius(
    rehearsal: Rehearsal, state: State, claimed: Collection[str] = FACTORS
) -> BlastRadius:
    """`claimed`: the factors of which the law speaks."""
    points = [moved.points for moved in rehearsal.moved]
    return BlastRadius(
        day=rehearsal.day,
        lines=tuple(_line(moved, claimed) for moved in rehearsal.moved),
        raised=sum(1 for one in points if one > 0),
        lowered=sum(1 for one in points if one < 0),
        same_score=sum(1 for one in points if one == 0),
        others=state.counties.count() - len(points),
        changes=counted_changes(rehearsal.moved),
        map=StateMap(
            " ".join(map(str, shapes.state_viewbox(state.usps))),
            _paths(state, rehearsal.before, ()),
            _paths(state, rehearsal.after, {one.county.pk for one in rehearsal.moved}),
            tuple(zip(PARTIAL_CLASSES, SCORE_CLASSES, strict=False)),
        ),
    )


def _line(moved: Moved, claimed: Collection[str]) -> Line:
    return Line(
        county=moved.county.name,
        url=change_url(moved.county),
        before=squares(moved.before),
        after=squares(moved.after),
        points=f"{moved.points:+d}".replace("-", "−") if moved.points else "0",
        changes=changes_of(moved),
        preempted=tuple(map(factor_name, moved.newly_preempted)),
        at_risk=tuple(map(factor_name, moved.newly_at_risk)),
        by_agreement=tuple(factor_name(f) for f in moved.held_by_agreement if f in claimed),
    )


def _paths(state: State, known: Mapping[str, Assessment], outlined) -> SafeString:
    """The state's counties; the outlined ones last, so that no neighbour lies on their outline."""
    codes = [code for code in shapes.county_paths() if code.startswith(state.fips)]
    codes.sort(key=lambda code: code in outlined)
    return format_html_join(
        "",
        '<path class="{}{}" d="{}"/>',
        (
            (
                map_class(known[code].score) if code in known else "",
                " moved" if code in outlined else "",
                shapes.county_paths()[code],
            )
            for code in codes
        ),
    )


class BlastRadiusMixin:
    """Mixed into the admin of state law: the page, and the words that lead to it."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.effect_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_effect"
        return [path("<int:pk>/effect/", view, name=name), *super().get_urls()]

    def effect_view(self, request, pk):
        """What publishing a draft, or withdrawing a published law, would move on one day."""
        provision = (
            StateProvision.objects.select_related("state")
            .prefetch_related("claims", "exceptions")
            .filter(pk=pk)
            .first()
        )
        if provision is None or not self.has_view_permission(request, provision):
            raise Http404
        today = clock.today()
        days = days_of(provision, today)
        day = _chosen(request.GET.get("day"), days) or day_to_show(days, today)
        act, doing = _act(provision, request.user)
        problems, radius = [], None
        if act is None:
            problems = [doing]
        else:
            try:
                rehearsed = rehearse(act, fips=counties_touched(provision), day=day)
                claimed = {claim.factor for claim in provision.claims.all()}
                radius = blast_radius(rehearsed, provision.state, claimed)
            except ValidationError as error:
                problems = explained(error, provision)
        context = {
            **self.admin_site.each_context(request),
            "title": doing if radius else _("What it would move"),
            "subtitle": str(provision),
            "opts": self.opts,
            "record": provision,
            "record_url": change_url(provision),
            "days": days,
            "day": day,
            "today": today,
            "radius": radius,
            "problems": problems,
        }
        return TemplateResponse(request, "admin/policies/effect.html", context)


def _chosen(text: str | None, days: list[date]) -> date | None:
    """The day that was asked for, if it is one of those offered."""
    return next((day for day in days if text == day.isoformat()), None)


def _act(provision: StateProvision, user):
    """(what to rehearse, its name); None and the reason if there is nothing to rehearse."""
    at = clock.now()
    if provision.status in UNDECIDED:
        return (
            lambda: actions.publish(record=provision, by=user, at=at),
            _("What publishing this would move"),
        )
    if provision.status == RecordStatus.PUBLISHED:
        return (
            lambda: actions.withdraw(record=provision, by=user, at=at, reason="rehearsal"),
            _("What withdrawing this would move"),
        )
    return None, _("This record is over: it moves nothing any more.")
