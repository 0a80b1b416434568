"""The words for factors, answers, rules and scores, as people read them.

To change how the rubric reads, change this file and the Spanish in `locale/es/`. The codes and
the counting are in `rubric.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from policies.resolution import Rule
from policies.rubric import Answer, Factor

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

FACTOR_TEXTS: dict[Factor, FactorText] = {
    Factor.NO_287G: FactorText(
        1,
        _("No 287(g) agreement"),
        _("Do local officers act as immigration agents?"),
        _("The county declines a 287(g) agreement, which gives local officers federal powers."),
        _("No. The county has no 287(g) agreement."),
        _("Yes. The county has a 287(g) agreement."),
        _NO_POLICY,
        _NOTHING_KNOWN,
    ),
    Factor.NO_DETENTION_CONTRACT: FactorText(
        2,
        _("No detention contract"),
        _("Does the county rent out beds to detain people for ICE?"),
        _("The county declines a contract to detain people for ICE in its own facilities."),
        _("No. The county has no such contract."),
        _("Yes. The county has a contract to detain people for ICE."),
        _NO_POLICY,
        _NOTHING_KNOWN,
    ),
    Factor.LIMITS_HOLDS: FactorText(
        3,
        _("Limits holds"),
        _("Will the jail hold someone longer for ICE?"),
        _("The county restricts or refuses to hold people on ICE detainers past their release."),
        _("The county limits or refuses such holds."),
        _("Yes. The jail holds people when ICE asks."),
        _("No policy against such holds was found."),
        _NOTHING_KNOWN,
    ),
    Factor.LIMITS_NOTIFICATIONS: FactorText(
        4,
        _("Limits notifications"),
        _("Will the jail tell ICE when someone is released?"),
        _("The county limits telling ICE about release dates or custody status."),
        _("The county limits what the jail tells ICE."),
        _("Yes. The jail tells ICE."),
        _("No policy against telling ICE was found."),
        _NOTHING_KNOWN,
    ),
    Factor.LIMITS_INTERROGATIONS: FactorText(
        5,
        _("Limits interrogations"),
        _("Can ICE question people inside the jail?"),
        _("The county bars ICE from the jail, or requires consent before anyone is questioned."),
        _("The county bars ICE, or requires consent first."),
        _("Yes. ICE may question people in the jail."),
        _("No policy against it was found."),
        _NOTHING_KNOWN,
    ),
    Factor.NO_STATUS_INQUIRY: FactorText(
        6,
        _("No status inquiry"),
        _("May officers ask about immigration status?"),
        _("The county prohibits asking about immigration status."),
        _("No. Asking is prohibited."),
        _("Yes. Officers may ask."),
        _("No policy against asking was found."),
        _NOTHING_KNOWN,
    ),
    Factor.NO_GENERAL_ASSISTANCE: FactorText(
        7,
        _("No general assistance"),
        _("May local money and staff be used to help ICE?"),
        _("The county generally prohibits using local resources to help, or joining, ICE."),
        _("No. It is generally prohibited."),
        _("Yes. The county helps ICE."),
        _("No general prohibition was found."),
        _NOTHING_KNOWN,
    ),
}

ANSWER_WORDS: dict[Answer, Text] = {
    Answer.YES: _("In force"),
    Answer.NO: _("Not in force"),
    Answer.NONE_FOUND: _("None found"),
    Answer.UNKNOWN: _("Unknown"),
}

RULE_WORDS: dict[Rule, Text] = {
    Rule.AGREEMENT: _("decided by an agreement with ICE"),
    Rule.STATE_PROVISION: _("decided by state law"),
    Rule.COUNTY_RECORD: _("decided by the county's own record"),
    Rule.STATE_RECORD: _("decided by the record of the state's unified jails"),
    Rule.ABSENT_FROM_LIST: _("decided by absence from ICE's complete list"),
    Rule.NONE: _("nothing on record"),
}

#: What a score usually means, worst to best (source: the organisation's own reading of its map).
BAND_TEXTS: dict[int, Text] = {
    0: _("Works for ICE both as an agent and as a jailer."),
    1: _("Has a formal agreement or contract with ICE."),
    2: _("No formal agreement, but generally does what ICE asks."),
    3: _("Usually declines to hold people for ICE, and helps in other ways."),
    4: _("Limits some of the ways in which it helps ICE."),
    5: _("Keeps most local resources out of immigration enforcement."),
    6: _("Limits nearly every way in which a county can help ICE."),
    7: _("Limits every one of the seven ways in which a county can help ICE."),
}


def answer_text(factor: Factor, answer: Answer) -> Text:
    """The reply to the factor's question."""
    return getattr(FACTOR_TEXTS[factor], answer.value)
