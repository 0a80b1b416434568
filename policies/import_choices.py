"""What a person answers when a file leaves something open, kept for this file and the next."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from counties.lookups import known_fips
from policies.import_plans import KINDS
from policies.models import AgencyType, ImportChoice, Submission

Scope = ImportChoice.Scope
#: Answers to whether two names are one agency.
SAME, DIFFERENT = "same", "different"
#: These mean the same in every kind of file.
OF_EVERY_KIND = frozenset({Scope.COUNTY, Scope.AGENCY})
LONGEST = 300


@transaction.atomic
def remember(
    *, submission: Submission, scope: str, key: str, value: str, everybody: bool, by, at: datetime
) -> ImportChoice:
    """Keep an answer for the files of this sender, or of everybody. Takes the place of an earlier
    one. Raises ValidationError if it makes no sense. `value` "": left out on purpose."""
    check(submission.kind, scope, key, value)
    choice, _made = ImportChoice.objects.update_or_create(
        scope=scope,
        kind="" if scope in OF_EVERY_KIND else submission.kind,
        partner=None if everybody else submission.received_from,
        key=key,
        defaults={"value": value, "chosen_at": at, "chosen_by": by},
    )
    return choice


def check(kind: str, scope: str, key: str, value: str) -> None:
    """Raise ValidationError unless `value` answers a question of that scope."""
    answers = {
        Scope.COLUMN: lambda: value in {column.name for column in KINDS[kind].COLUMNS},
        Scope.COUNTY: lambda: _counties(value) == 1,
        Scope.FACILITY: lambda: _counties(value) > 0,
        Scope.AGENCY: lambda: _is_agency(value),
        Scope.RENAME: lambda: value in (SAME, DIFFERENT),
    }
    if not key or max(len(key), len(value)) > LONGEST or scope not in answers:
        raise ValidationError(_("There is nothing to choose here."))
    left_out = not value and scope != Scope.RENAME
    if not left_out and not answers[Scope(scope)]():
        raise ValidationError(_("“%(value)s” is not an answer to this."), params={"value": value})


def _counties(value: str) -> int:
    """How many counties of ours are named; 0 if one of them is none."""
    codes = value.split(",")
    return len(codes) if set(codes) <= set(known_fips()) else 0


def _is_agency(value: str) -> bool:
    """ "county_jail:51019,51031", or "city_police:" of one that decides nothing."""
    kind, _colon, codes = value.partition(":")
    return kind in AgencyType.values and (not codes or _counties(codes) > 0)
