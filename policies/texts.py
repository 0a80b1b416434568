"""The words for factors, answers, rules and scores, as people read them.

To change how the rubric reads, staff edit the texts in the admin (`site_texts.py`). What ships is
here, its Spanish in `locale/es/`. The codes and the counting are in `rubric.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from policies.resolution import Rule
from policies.rubric import Answer, Factor
from policies.site_texts import editable

Text = str | Promise


@dataclass(frozen=True, slots=True)
class FactorText:
    """`name`: short, for lists. `question`: as a resident asks it. `meaning`: what earns the
    point. `yes`/`no`/`none_found`/`unknown`: the reply to the question."""

    number: int
    name: Text
    question: Text
    meaning: Text
    yes: Text
    no: Text
    none_found: Text
    unknown: Text


_NOTHING_KNOWN = _("We have no record.")
_NO_POLICY = _("No written policy was found.")

PARTS = ("name", "question", "meaning", "yes", "no", "none_found")
#: In the order of PARTS, as they ship; staff may put them into other words. Last, for unknown.
FACTOR_MESSAGES: dict[Factor, tuple[str, ...]] = {
    Factor.NO_287G: (
        _("No 287(g) agreement"),
        _("Do local officers act as immigration agents?"),
        _("The county declines a 287(g) agreement, which gives local officers federal powers."),
        _("No. The county has no 287(g) agreement."),
        _("Yes. The county has a 287(g) agreement."),
        _NO_POLICY,
        _NOTHING_KNOWN,
    ),
    Factor.NO_DETENTION_CONTRACT: (
        _("No detention contract"),
        _("Does the county rent out beds to detain people for ICE?"),
        _("The county declines a contract to detain people for ICE in its own facilities."),
        _("No. The county has no such contract."),
        _("Yes. The county has a contract to detain people for ICE."),
        _NO_POLICY,
        _NOTHING_KNOWN,
    ),
    Factor.LIMITS_HOLDS: (
        _("Limits holds"),
        _("Will the jail hold someone longer for ICE?"),
        _("The county restricts or refuses to hold people on ICE detainers past their release."),
        _("The county limits or refuses such holds."),
        _("Yes. The jail holds people when ICE asks."),
        _("No policy against such holds was found."),
        _NOTHING_KNOWN,
    ),
    Factor.LIMITS_NOTIFICATIONS: (
        _("Limits notifications"),
        _("Will the jail tell ICE when someone is released?"),
        _("The county limits telling ICE about release dates or custody status."),
        _("The county limits what the jail tells ICE."),
        _("Yes. The jail tells ICE."),
        _("No policy against telling ICE was found."),
        _NOTHING_KNOWN,
    ),
    Factor.LIMITS_INTERROGATIONS: (
        _("Limits interrogations"),
        _("Can ICE question people inside the jail?"),
        _("The county bars ICE from the jail, or requires consent before anyone is questioned."),
        _("The county bars ICE, or requires consent first."),
        _("Yes. ICE may question people in the jail."),
        _("No policy against it was found."),
        _NOTHING_KNOWN,
    ),
    Factor.NO_STATUS_INQUIRY: (
        _("No status inquiry"),
        _("May officers ask about immigration status?"),
        _("The county prohibits asking about immigration status."),
        _("No. Asking is prohibited."),
        _("Yes. Officers may ask."),
        _("No policy against asking was found."),
        _NOTHING_KNOWN,
    ),
    Factor.NO_GENERAL_ASSISTANCE: (
        _("No general assistance"),
        _("May local money and staff be used to help ICE?"),
        _("The county generally prohibits using local resources to help, or joining, ICE."),
        _("No. It is generally prohibited."),
        _("Yes. The county helps ICE."),
        _("No general prohibition was found."),
        _NOTHING_KNOWN,
    ),
}

FACTOR_TEXTS: dict[Factor, FactorText] = {
    factor: FactorText(
        number,
        *(
            editable(f"factor.{factor.value}.{part}", message)
            for part, message in zip(PARTS, messages, strict=False)
        ),
        gettext_lazy(messages[-1]),
    )
    for number, (factor, messages) in enumerate(FACTOR_MESSAGES.items(), start=1)
}

ANSWER_WORDS: dict[Answer, Text] = {
    Answer.YES: gettext_lazy("In force"),
    Answer.NO: gettext_lazy("Not in force"),
    Answer.NONE_FOUND: gettext_lazy("None found"),
    Answer.UNKNOWN: gettext_lazy("Unknown"),
}

RULE_WORDS: dict[Rule, Text] = {
    Rule.AGREEMENT: gettext_lazy("decided by an agreement with ICE"),
    Rule.STATE_PROVISION: gettext_lazy("decided by state law"),
    Rule.COUNTY_RECORD: gettext_lazy("decided by the county's own record"),
    Rule.STATE_RECORD: gettext_lazy("decided by the record of the state's unified jails"),
    Rule.ABSENT_FROM_LIST: gettext_lazy("decided by absence from ICE's complete list"),
    Rule.NONE: gettext_lazy("nothing on record"),
}

#: What a score usually means, worst to best (source: the organisation's own reading of its map).
BAND_MESSAGES: dict[int, str] = {
    0: _("Works for ICE both as an agent and as a jailer."),
    1: _("Has a formal agreement or contract with ICE."),
    2: _("No formal agreement, but generally does what ICE asks."),
    3: _("Usually declines to hold people for ICE, and helps in other ways."),
    4: _("Limits some of the ways in which it helps ICE."),
    5: _("Keeps most local resources out of immigration enforcement."),
    6: _("Limits nearly every way in which a county can help ICE."),
    7: _("Limits every one of the seven ways in which a county can help ICE."),
}
BAND_TEXTS: dict[int, Text] = {
    score: editable(f"band.{score}", message) for score, message in BAND_MESSAGES.items()
}


def answer_text(factor: Factor, answer: Answer) -> Text:
    """The reply to the factor's question."""
    return getattr(FACTOR_TEXTS[factor], answer.value)
