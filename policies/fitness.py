"""Whether a draft is fit to be published: what a reader of the message can mend."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from policies.models import (
    Agreement,
    ChangeKind,
    Citation,
    IceList,
    LocalPolicy,
    PolicyWin,
    ProvisionClaim,
    RecordStatus,
    StateProvision,
)
from policies.models.base import DatedRecord, PublishedRecord
from policies.models.constraints import NoOverlap

CITATION_FIELD = {
    LocalPolicy: "local_policy",
    StateProvision: "provision",
    Agreement: "agreement",
    IceList: "ice_list",
    PolicyWin: "win",
}


#: What a dated record says of its period. A change that keeps the start may only end it.
CONTENT = ("answer", "factor", "county_id", "state_id", "kind", "model", "agency_type")


def check(record: PublishedRecord, predecessor: PublishedRecord | None) -> None:
    """Raises ValidationError, for people to read, if the draft must not be published."""
    if status_now(record) not in (RecordStatus.DRAFT, RecordStatus.IN_REVIEW):
        raise ValidationError(_("Only a draft can be published; this one is already decided."))
    if not record.citations.exists():
        raise ValidationError(_("Nothing is published without a citation. Add one."))
    _refuse_unfit_citations(type(record), [record.pk])
    record.full_clean()
    if isinstance(record, DatedRecord) and predecessor:
        _check_is_a_change(record, predecessor)
    if isinstance(record, LocalPolicy):
        _check_no_overlap(record, predecessor)
    if isinstance(record, IceList):
        _check_only_list_of_its_day(record)


def check_many(model: type[PublishedRecord], pks: list[int]) -> None:
    """What the database cannot see of many drafts at once."""
    fit = model.objects.filter(pk__in=pks, status=RecordStatus.DRAFT, succeeds__isnull=True)
    if fit.count() != len(pks):
        raise ValidationError(_("Only new drafts can be published together."))
    _refuse_unfit_citations(model, pks)


def _refuse_unfit_citations(model: type[PublishedRecord], pks: list[int]) -> None:
    citations = Citation.objects.filter(**{f"{CITATION_FIELD[model]}__in": pks})
    if model is StateProvision:
        claims = ProvisionClaim.objects.filter(provision__in=pks)
        bare = claims.filter(citations__isnull=True)
        if bare:
            raise ValidationError(
                _("Each factor must quote the words that carry it. Without citation: %(claims)s."),
                params={"claims": "; ".join(str(claim) for claim in bare)},
            )
        citations |= Citation.objects.filter(claim__in=claims)
        citations |= Citation.objects.filter(exception__provision__in=pks)
    private = citations.filter(document__is_public=False).select_related("document").first()
    if private:
        raise ValidationError(
            _("%(document)s is not public, so nothing published may cite it."),
            params={"document": private.document},
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


def _check_no_overlap(record: LocalPolicy, predecessor: LocalPolicy | None) -> None:
    ignoring = (predecessor.pk,) if predecessor else ()
    for constraint in record._meta.constraints:
        if isinstance(constraint, NoOverlap):
            other = constraint.conflicting(type(record), record, ignoring=ignoring)
            if other and not (
                record.effective_until is None and other.effective_from > record.effective_from
            ):
                raise ValidationError(
                    _(
                        "This overlaps with published record %(number)s (%(other)s). If the policy "
                        "changed, record a change to that record; if it was wrong, correct it."
                    ),
                    code="overlap",
                    params={"number": other.pk, "other": other},
                )


def _check_only_list_of_its_day(record: IceList) -> None:
    same = IceList.objects.published().filter(kind=record.kind, list_date=record.list_date)
    other = same.exclude(pk=record.succeeds_id).first()
    if other:
        raise ValidationError(
            _(
                "Published record %(number)s (%(other)s) is a list of the same day. If it was "
                "wrong, correct it."
            ),
            code="overlap",
            params={"number": other.pk, "other": other},
        )


def status_now(record: PublishedRecord) -> str:
    """As it is stored: whoever holds `record` may have read it before another published it."""
    return type(record).objects.values_list("status", flat=True).get(pk=record.pk)
