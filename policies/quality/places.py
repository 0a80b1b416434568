"""Checks of places: what belongs to a county but is tied to none, and ICE's unexplained rows."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from policies.models import (
    COUNTY_LEVEL,
    Agreement,
    Citation,
    DocumentKind,
    IceList,
    PolicyWin,
)
from policies.quality.base import Check, Finding, Material, Severity, about


def agencies_without_county(material: Material) -> Iterator[Finding]:
    rows = Agreement.objects.published().filter(agency_type__in=COUNTY_LEVEL, counties=None)
    for pk, usps, agency in rows.order_by("pk").values_list("pk", "state_id", "agency_name"):
        yield Finding(
            key=f"{usps}:{agency}:{pk}",
            about=about(Agreement, pk),
            sentence=gettext_noop(
                "%(agency)s is a county’s agency but is tied to no county, so its agreement counts "
                "nowhere."
            ),
            values={"agency": agency},
            state=usps,
        )


def wins_without_county(material: Material) -> Iterator[Finding]:
    rows = PolicyWin.objects.published().filter(counties=None).exclude(place="")
    for pk, usps, title, place in rows.order_by("pk").values_list(
        "pk", "state_id", "title", "place"
    ):
        yield Finding(
            key=f"{usps}:{title}"[:300],
            about=about(PolicyWin, pk),
            sentence=gettext_noop("“%(title)s” is about %(place)s, but is tied to no county."),
            values={"title": title, "place": place},
            state=usps,
        )


def unresolved_rows(material: Material) -> Iterator[Finding]:
    """One finding an agency, on the newest list that has it."""
    found = {}
    lists = (
        IceList.objects.published().order_by("list_date").only("pk", "kind", "list_date", "entries")
    )
    for ice_list in lists.iterator():
        for entry in ice_list.entries:
            if entry.get("unresolved"):
                key = f"{ice_list.kind}:{entry['usps']}:{entry['agency']}"[:300]
                found[key] = (ice_list, entry)
    for key, (ice_list, entry) in found.items():
        yield Finding(
            key=key,
            about=about(IceList, ice_list.pk),
            sentence=gettext_noop(
                "List of %(day)s, row %(row)s: nobody could tell yet what or where “%(agency)s” is."
            ),
            values={
                "day": ice_list.list_date.isoformat(),
                "row": entry["row"],
                "agency": entry["agency"],
            },
            state=entry["usps"] or None,
        )


def no_longer_listed(material: Material) -> Iterator[Finding]:
    """Agreements that ended because a list lacks them, and no other document says why."""
    explained = Citation.objects.filter(agreement=OuterRef("pk")).exclude(
        document__kind=DocumentKind.ICE_LIST
    )
    rows = (
        Agreement.objects.published()
        .filter(~Exists(explained), ended_as=Agreement.EndedAs.NOT_LISTED)
        .order_by("pk")
    )
    for pk, usps, agency, model, key, ended in rows.values_list(
        "pk", "state_id", "agency_name", "model", "list_key", "effective_until"
    ):
        yield Finding(
            key=f"{key or pk}:{ended}"[:300],
            about=about(Agreement, pk),
            sentence=gettext_noop(
                "%(agency)s (%(model)s) is missing from ICE’s list since %(day)s, and no document "
                "says why."
            ),
            values={"agency": agency, "model": model, "day": ended.isoformat()},
            state=usps,
        )


CHECKS = (
    Check(
        "agency-without-county",
        _("County agencies tied to no county"),
        _("An agreement of a county’s own agency names no county, so it decides no answer."),
        Severity.ERROR,
        agencies_without_county,
    ),
    Check(
        "win-without-county",
        _("Cities’ wins tied to no county"),
        _("A city is not scored itself; its wins are found under the counties it lies in."),
        Severity.WARNING,
        wins_without_county,
    ),
    Check(
        "row-unresolved",
        _("Rows of ICE’s lists not mapped"),
        _(
            "Nobody could tell yet which kind of agency a row means, or which county. The counties "
            "it might mean are not taken to decline."
        ),
        Severity.WARNING,
        unresolved_rows,
    ),
    Check(
        "no-longer-listed",
        _("No longer listed by ICE, without an explanation"),
        _(
            "ICE’s lists drop rows without saying why. A document (a notice, a vote, a news "
            "article) should say whether the agreement was ended."
        ),
        Severity.WARNING,
        no_longer_listed,
    ),
)
