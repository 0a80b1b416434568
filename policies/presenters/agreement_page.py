"""How old ICE's newest list of agreements is, and the headings of the table of agreements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from policies.evidence import FACTOR_OF_AGREEMENT
from policies.explanations import long_date
from policies.models import Agreement, AgreementKind
from policies.presenters.agreement_lists import ListDay
from policies.presenters.choice import Choice
from policies.presenters.sorting import Heading
from policies.timeline import fresh_until

#: More days than these are said in years.
TWO_YEARS = 730
STANDINGS = (
    ("in_force", gettext_lazy("In force on the day")),
    ("ended", gettext_lazy("No longer listed, or ended")),
    ("all", gettext_lazy("Both")),
)
TABS = (
    (AgreementKind.PROGRAM_287G, pgettext_lazy("tab", "287(g) agreements")),
    (AgreementKind.DETENTION, pgettext_lazy("tab", "Detention contracts")),
)
#: By which columns the table can be sorted: the fields behind them.
ORDERINGS = {
    "state": "state_id",
    "agency": "agency_name",
    "model": "model",
    "since": "effective_from",
    "until": "effective_until",
}


@dataclass(frozen=True, slots=True)
class Age:
    """`text`: how old the newest list is. `is_stale`: older than its evidence counts as fresh."""

    text: str
    is_stale: bool


def headings() -> tuple[Heading, ...]:
    return (
        Heading("agency", _("Agency")),
        Heading("state", _("State and counties")),
        Heading("model", _("Model or contract")),
        Heading("since", _("Since")),
        Heading("until", _("Until")),
    )


def age_of_list(kind: str, days: Sequence[ListDay], choice: Choice) -> Age:
    """Of the newest list by the day asked for."""
    if not days:
        return Age(_("No list of ICE is on record by this day."), is_stale=False)
    newest, as_of = days[-1].day, choice.when.as_of
    factor = FACTOR_OF_AGREEMENT[AgreementKind(kind)]
    stale = as_of > fresh_until(factor, newest, from_list=True)
    old = (as_of - newest).days
    words = {"list": long_date(newest), "day": choice.as_of, "n": old, "years": old // 365}
    if old > TWO_YEARS:
        text = _("ICE's newest list on record is of %(list)s: more than %(years)d years old.")
    elif old:
        text = ngettext(
            "ICE's newest list on record is of %(list)s: %(n)d day old on %(day)s.",
            "ICE's newest list on record is of %(list)s: %(n)d days old on %(day)s.",
            old,
        )
    else:
        text = _("ICE's newest list on record is of this very day, %(list)s.")
    if stale:
        text += " " + _("What began or ended since is not in this record.")
    return Age(text % words, stale)


def agreement_url(agreement: Agreement, choice: Choice) -> str:
    """The list with this agreement on it, whether it is in force or not."""
    return choice.url(
        "agreements",
        kind=agreement.kind,
        state=agreement.state_id,
        standing="all",
        q=agreement.agency_name,
    )
