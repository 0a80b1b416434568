"""Checks of age: what nobody verified for long, and what was published to be verified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from counties.models import County, State
from policies.models import (
    Agreement,
    AgreementKind,
    IceList,
    LocalPolicy,
    PolicyWin,
    ProvisionClaim,
    RecordStatus,
    StateProvision,
)
from policies.quality.base import Check, Finding, Material, Severity, about
from policies.resolution import AgreementEvidence, Rule
from policies.rubric import Factor


def not_verified(material: Material) -> Iterator[Finding]:
    """One finding for each thing that one look renews: a county, a provision, an agreement, a list.

    Agreements known from ICE's lists age with the list.
    """
    counties: dict[str, list[tuple[Factor, date]]] = defaultdict(list)
    states: dict[str, list[tuple[Factor, date]]] = defaultdict(list)
    agreements: dict[int, tuple[str, date]] = {}
    limit = material.oldest_verified
    for fips, decisions in material.decisions.items():
        for factor, decision in decisions.items():
            day = decision.evidence_on
            if day is None or day >= limit:
                continue
            if decision.rule == Rule.COUNTY_RECORD:
                counties[fips].append((factor, day))
            elif decision.rule == Rule.STATE_RECORD:
                state = material.evidence.state_of[fips]
                if (factor, day) not in states[state]:
                    states[state].append((factor, day))
            elif isinstance(decision.basis, AgreementEvidence) and not decision.from_list:
                agreements[decision.basis.id] = (material.evidence.state_of[fips], day)
    for fips, old in counties.items():
        yield _old_records(old, f"county:{fips}", about(County, fips), county=fips)
    for usps, old in states.items():
        yield _old_records(old, f"state:{usps}", about(State, usps), state=usps)
    for pk, (usps, day) in agreements.items():
        yield Finding(
            key=f"agreement:{usps}:{material.agencies[pk]}",
            about=about(Agreement, pk),
            sentence=gettext_noop("The agreement of %(agency)s was last known on %(day)s."),
            values={"agency": material.agencies[pk], "day": day.isoformat()},
            state=usps,
        )
    yield from _old_provisions(limit)
    yield from _old_lists(material)


def _old_records(old: list[tuple[Factor, date]], key, record, **place) -> Finding:
    return Finding(
        key=key,
        about=record,
        sentence=gettext_noop("Not verified since %(day)s: %(factors)s."),
        values={
            "day": min(day for _factor, day in old).isoformat(),
            "factors": [factor.value for factor, _day in old],
        },
        **place,
    )


def _old_provisions(limit: date) -> Iterator[Finding]:
    rows = StateProvision.objects.published().filter(last_verified__lt=limit).order_by("pk")
    for pk, usps, title, day in rows.values_list("pk", "state_id", "title", "last_verified"):
        yield Finding(
            key=f"provision:{usps}:{title}"[:300],
            about=about(StateProvision, pk),
            sentence=gettext_noop("Nobody has verified since %(day)s that “%(title)s” is the law."),
            values={"day": day.isoformat(), "title": title},
            state=usps,
        )


def _old_lists(material: Material) -> Iterator[Finding]:
    newest = {}
    rows = IceList.objects.published().order_by("list_date").values_list("kind", "list_date", "pk")
    for kind, day, pk in rows:
        newest[kind] = (day, pk)
    sentences = {
        AgreementKind.PROGRAM_287G: gettext_noop(
            "The newest list of 287(g) agreements is of %(day)s; ICE publishes one about monthly."
        ),
        AgreementKind.DETENTION: gettext_noop("The newest list of facilities is of %(day)s."),
    }
    for kind, (day, pk) in newest.items():
        is_287g = kind == AgreementKind.PROGRAM_287G
        if day < (material.oldest_287g_list if is_287g else material.oldest_verified):
            yield Finding(
                key=f"list:{kind}",
                about=about(IceList, pk),
                sentence=sentences[AgreementKind(kind)],
                values={"day": day.isoformat()},
            )


def to_be_verified(material: Material) -> Iterator[Finding]:
    """Published records, and claims of published provisions, that are marked so. Six queries."""
    published = {"status": RecordStatus.PUBLISHED, "needs_verification": True}
    for row in (
        LocalPolicy.objects.filter(**published)
        .order_by("pk")
        .values("pk", "county_id", "state_id", "factor", "effective_from", "verification_note")
    ):
        place = row["county_id"] or row["state_id"]
        yield Finding(
            key=f"localpolicy:{place}:{row['factor']}:{row['effective_from']}",
            about=about(LocalPolicy, row["pk"]),
            sentence=gettext_noop("%(factor)s: %(note)s"),
            values={"factor": row["factor"], "note": row["verification_note"]},
            county=row["county_id"],
            state=row["state_id"],
        )
    named = (
        (StateProvision, "title", "state_id"),
        (Agreement, "agency_name", "state_id"),
        (PolicyWin, "title", "state_id"),
        (IceList, "list_date", None),
    )
    for model, name, state in named:
        fields = ("pk", name, "verification_note", *([state] if state else []))
        for pk, title, note, *of_state in (
            model.objects.filter(**published).order_by("pk").values_list(*fields)
        ):
            usps = of_state[0] if of_state else None
            yield _to_verify(model, pk, usps, str(title), note)
    claims = ProvisionClaim.objects.filter(
        needs_verification=True, provision__status=RecordStatus.PUBLISHED
    ).order_by("pk")
    for provision, usps, title, factor, start, note in claims.values_list(
        *("provision_id", "provision__state_id", "provision__title"),
        *("factor", "effective_from", "verification_note"),
    ):
        yield Finding(
            key=f"claim:{usps}:{factor}:{start}:{title}"[:300],
            about=about(StateProvision, provision),
            sentence=gettext_noop("“%(title)s”, %(factor)s: %(note)s"),
            values={"title": title, "factor": factor, "note": note},
            state=usps,
        )


def _to_verify(model, pk: int, usps: str | None, title: str, note: str) -> Finding:
    kind = model._meta.model_name
    # Two agreements of one agency differ by nothing else that lasts as well as their number does.
    key = f"{kind}:{pk}" if model is Agreement else f"{kind}:{usps or ''}:{title}"[:300]
    return Finding(
        key=key,
        about=about(model, pk),
        sentence=gettext_noop("“%(title)s”: %(note)s"),
        values={"title": title, "note": note},
        state=usps,
    )


CHECKS = (
    Check(
        "to-verify",
        _("Published, but to be verified"),
        _(
            "A date or wording of a published record is not in the document at hand; whoever "
            "published it asked that it be checked."
        ),
        Severity.WARNING,
        to_be_verified,
    ),
    Check(
        "not-verified",
        _("Answers that nobody has verified for long"),
        _(
            "The newest evidence of an answer in force is older than 24 months; of ICE’s lists of "
            "287(g) agreements, older than 90 days. The public page says “last checked”."
        ),
        Severity.WARNING,
        not_verified,
    ),
)
