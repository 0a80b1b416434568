"""Whether a draft is fit to be published: what a reader of the message can mend."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from policies import overlaps
from policies.models import (
    Agreement,
    AgreementKind,
    ChangeKind,
    Citation,
    DocumentKind,
    IceList,
    LocalPolicy,
    PolicyWin,
    ProvisionClaim,
    RecordStatus,
    StateProvision,
)
from policies.models.base import DatedRecord, PublishedRecord
from policies.succession import UNDECIDED

CITATION_FIELD = {
    LocalPolicy: "local_policy",
    StateProvision: "provision",
    Agreement: "agreement",
    IceList: "ice_list",
    PolicyWin: "win",
}


#: Citations that quote words; what a court sealed was quoted once.
QUOTED = Citation.objects.filter(Q(quote__regex=r"\S") | Q(document__sealed_at__isnull=False))

#: What a dated record says of its period. A change that keeps the start may only end it.
CONTENT = ("answer", "factor", "county_id", "state_id", "kind", "model", "agency_type")


#: Kept by the database; asking for each of many rows would be a query each.
FOREIGN_KEYS = {field.name for field in LocalPolicy._meta.fields if field.is_relation}


def check(
    record: PublishedRecord,
    predecessor: PublishedRecord | None,
    replaced: Collection[PublishedRecord],
) -> None:
    """Raises ValidationError, for people to read, if the draft must not be published.

    `replaced`: the published rows that publishing it closes. The table's constraints are checked
    once, of the row as it is published (`versions.set_published`).
    """
    if status_now(record) not in UNDECIDED:
        raise _decided()
    if not record.citations.exists():
        raise _uncited()
    _refuse_unfit_citations(type(record), [record.pk])
    record.full_clean(validate_constraints=False)
    if isinstance(record, DatedRecord) and predecessor:
        _check_is_a_change(record, predecessor)
    overlaps.check(record, replaced)


def problems_of_successors(
    pairs: Sequence[tuple[LocalPolicy, LocalPolicy]],
) -> dict[int, ValidationError]:
    """What keeps these drafts from being published, each with the row that it succeeds, by number.

    A fixed number of queries. That a draft keeps the database's rules follows from its being
    stored; what it may overlap with is another question (`overlaps`).
    """
    pks = [draft.pk for draft, _before in pairs]
    statuses = dict(LocalPolicy.objects.filter(pk__in=pks).values_list("pk", "status"))
    citations = Citation.objects.filter(local_policy__in=pks)
    cited = set(citations.values_list("local_policy_id", flat=True))
    hidden = citations.filter(document__is_public=False).select_related("document")
    private = {citation.local_policy_id: citation.document for citation in hidden}

    def check_one(draft: LocalPolicy, before: LocalPolicy) -> None:
        if before.status != RecordStatus.PUBLISHED:
            raise changed_meanwhile(before)
        if statuses[draft.pk] not in UNDECIDED:
            raise _decided()
        if draft.pk not in cited:
            raise _uncited()
        if draft.pk in private:
            raise _not_public(private[draft.pk])
        draft.clean_fields(exclude=FOREIGN_KEYS)
        _check_is_a_change(draft, before)

    problems = {}
    for draft, before in pairs:
        try:
            check_one(draft, before)
        except ValidationError as error:
            problems[draft.pk] = error
    return problems


def check_many(
    model: type[PublishedRecord],
    pks: list[int],
    statuses: Collection[str] = (RecordStatus.DRAFT,),
) -> None:
    """Raises ValidationError if any of these drafts must not be published with the others."""
    fit = model.objects.filter(pk__in=pks, status__in=statuses, succeeds__isnull=True)
    if fit.count() != len(pks):
        raise ValidationError(_("Only new drafts can be published together."))
    uncited = model.objects.filter(pk__in=pks, citations__isnull=True).first()
    if uncited:
        raise ValidationError(
            _("Nothing is published without a citation. Without one: %(record)s."),
            params={"record": uncited},
        )
    _refuse_unfit_citations(model, pks)


def _refuse_unfit_citations(model: type[PublishedRecord], pks: list[int]) -> None:
    citations = Citation.objects.filter(**{f"{CITATION_FIELD[model]}__in": pks})
    if model is StateProvision:
        claims = ProvisionClaim.objects.filter(provision__in=pks)
        bare = claims.filter(~Exists(QUOTED.filter(claim=OuterRef("pk"))))
        if bare:
            raise ValidationError(
                _(
                    "Each factor must quote the words that carry it. Without quoted words: "
                    "%(claims)s."
                ),
                params={"claims": "; ".join(str(claim) for claim in bare)},
            )
        citations |= Citation.objects.filter(claim__in=claims)
        citations |= Citation.objects.filter(exception__provision__in=pks)
    if model is Agreement:
        _refuse_lists_without_a_day(pks)
    private = citations.filter(document__is_public=False).select_related("document").first()
    if private:
        raise _not_public(private.document)


def _decided() -> ValidationError:
    return ValidationError(_("Only a draft can be published; this one is already decided."))


def _uncited() -> ValidationError:
    return ValidationError(_("Nothing is published without a citation. Add one."))


def _not_public(document) -> ValidationError:
    return ValidationError(
        _("%(document)s is not public, so nothing published may cite it."),
        params={"document": document},
    )


def changed_meanwhile(predecessor: PublishedRecord) -> ValidationError:
    return ValidationError(
        _("Record %(number)s, which this succeeds, was changed meanwhile. Start again from it."),
        code="changed_meanwhile",
        params={"number": predecessor.pk},
    )


def _refuse_lists_without_a_day(pks: list[int]) -> None:
    """A 287(g) list ages sooner than other evidence, so it has to be known that it is one."""
    other = Citation.objects.exclude(document__kind=DocumentKind.ICE_LIST)
    undated = Agreement.objects.filter(
        ~Exists(other.filter(agreement=OuterRef("pk"))),
        pk__in=pks,
        kind=AgreementKind.PROGRAM_287G,
        last_listed_on__isnull=True,
    ).first()
    if undated:
        raise ValidationError(
            _(
                "%(agreement)s is cited only from ICE’s list: give the date of the newest list "
                "that has it."
            ),
            params={"agreement": undated},
        )


def _check_is_a_change(record: DatedRecord, predecessor: DatedRecord) -> None:
    """A change of policy begins later than what it changes, or says when that ended."""
    if record.change_kind != ChangeKind.POLICY_CHANGE:
        return
    if record.effective_from < predecessor.effective_from:
        raise ValidationError(
            _(
                "A change cannot begin before the period it ends (%(start)s). To say that the "
                "record was wrong, correct it."
            ),
            params={"start": predecessor.effective_from},
        )
    dates = ("effective_from", "effective_until")
    if all(getattr(record, name) == getattr(predecessor, name) for name in dates):
        raise ValidationError(
            _(
                "The dates are those of the record before. Say from when the policy changed, or "
                "when it ended. To say that the record was wrong, correct it."
            )
        )
    same_start = record.effective_from == predecessor.effective_from
    if same_start and _goes_beyond_the_end(record, predecessor):
        raise ValidationError(
            _(
                "A change does not move an end (%(end)s) to a later day: what was adopted again is "
                "a period of its own. Give the day on which that began; if the record was wrong, "
                "correct it."
            ),
            params={"end": predecessor.effective_until},
        )
    if same_start and any(
        getattr(record, name, None) != getattr(predecessor, name, None) for name in CONTENT
    ):
        raise ValidationError(
            _(
                "This begins on the day of the record before and says something else, which would "
                "rewrite the past. Give the day on which the new answer began; if the record was "
                "wrong, correct it."
            )
        )


def _goes_beyond_the_end(record: DatedRecord, predecessor: DatedRecord) -> bool:
    old, new = predecessor.effective_until, record.effective_until
    return old is not None and (new is None or new > old)


def status_now(record: PublishedRecord) -> str:
    """As it is stored: whoever holds `record` may have read it before another published it."""
    return type(record).objects.values_list("status", flat=True).get(pk=record.pk)
