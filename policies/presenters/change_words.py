"""The words for what changed between two days, for why, and for all of it in one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from counties.state_codes import STATES
from policies.compared import Asked
from policies.comparison import Cause, Direction, Move
from policies.explanations import long_date

DIRECTION_WORDS = {
    Direction.RAISED: gettext_lazy("raised"),
    Direction.LOWERED: gettext_lazy("lowered"),
    Direction.EXCHANGED: gettext_lazy("same score, other policies"),
    Direction.UNCHANGED: gettext_lazy("unchanged"),
    Direction.SHIFTED: gettext_lazy("an answer known on both days changed"),
    Direction.LEARNED: gettext_lazy("answers only came on record, or left it"),
    Direction.UNCOMPARED: gettext_lazy("nothing differs"),
}
#: Each cause as a label, and what it means.
CAUSE_WORDS = {
    Cause.LOCAL: (
        gettext_lazy("local change"),
        gettext_lazy("The county changed its own policy, or a state its unified jails'."),
    ),
    Cause.STATE_LAW: (
        gettext_lazy("state law"),
        gettext_lazy("A state law began or ceased to decide the answer."),
    ),
    Cause.AGREEMENT: (
        gettext_lazy("agreement with ICE"),
        gettext_lazy("A 287(g) agreement or a detention contract began or ended."),
    ),
    Cause.ICE_LIST: (
        gettext_lazy("ICE's list"),
        gettext_lazy("A list by ICE came out that does not name the county."),
    ),
    Cause.FIRST_RECORD: (
        gettext_lazy("first record"),
        gettext_lazy("Our record of the county's own policy begins or ends in between."),
    ),
    Cause.CORRECTION: (
        gettext_lazy("correction of ours"),
        gettext_lazy("We were wrong on the first day of knowledge, and put it right."),
    ),
    Cause.METHOD: (
        gettext_lazy("change of method"),
        gettext_lazy("We count differently. No county did anything."),
    ),
    Cause.UNDO: (
        gettext_lazy("import taken back"),
        gettext_lazy("A file of ours had brought the answer, and was undone."),
    ),
    Cause.RECORDED_LATER: (
        gettext_lazy("recorded later"),
        gettext_lazy("It was so on the first day already; we learned of it afterwards."),
    ),
}
MAP_CLASSES = {
    Direction.RAISED: "up",
    Direction.LOWERED: "down",
    Direction.EXCHANGED: "ex",
    Direction.UNCHANGED: "even",
}
MOVE_WORDS = {
    Move.GAINED: gettext_lazy("now in force"),
    Move.LOST: gettext_lazy("no longer in force"),
    Move.OTHER: gettext_lazy("otherwise"),
    Move.LEARNED: gettext_lazy("unknown on one of the days"),
}


def title(counts: Mapping[Direction, int], asked: Asked) -> str:
    raised, lowered = counts[Direction.RAISED], counts[Direction.LOWERED]
    words = {
        "raised": f"{raised:,}",
        "lowered": f"{lowered:,}",
        "first": long_date(asked.since.as_of),
        "second": long_date(asked.until.as_of),
        "state": dict(STATES.values()).get(asked.state, ""),
    }
    if asked.is_same:
        return _("The two days are the same: %(second)s") % words
    if asked.since.as_of == asked.until.as_of:
        moved = _record_sentence(raised, lowered)
    else:
        moved = _sentence(raised, lowered)
    return f"{words['state']}: {moved % words}" if asked.state else moved % words


def _sentence(raised: int, lowered: int) -> str:
    if not raised and not lowered:
        return _("No county is known to have raised or lowered its score")
    if not lowered:
        return ngettext(
            "%(raised)s county raised its score, and none lowered it",
            "%(raised)s counties raised their score, and none lowered it",
            raised,
        )
    if not raised:
        return ngettext(
            "%(lowered)s county lowered its score, and none raised it",
            "%(lowered)s counties lowered their score, and none raised it",
            lowered,
        )
    return ngettext(
        "%(raised)s county raised its score, and %(lowered)s lowered it",
        "%(raised)s counties raised their score, and %(lowered)s lowered it",
        raised,
    )


def _record_sentence(raised: int, lowered: int) -> str:
    """The same day in force, known on two days: only our record moved."""
    if not raised and not lowered:
        return _("Our record of %(second)s gives no county another score than before")
    return ngettext(
        "Our record of %(second)s puts %(raised)s county higher than before, and %(lowered)s lower",
        "Our record of %(second)s puts %(raised)s counties higher than before, and %(lowered)s "
        "lower",
        raised,
    )
