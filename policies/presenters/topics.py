"""What each factor is about, as a noun that fits into a sentence ("its own policy on holds")."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.rubric import FACTORS, Factor

TOPICS = {
    Factor.NO_287G: gettext_lazy("287(g) agreements"),
    Factor.NO_DETENTION_CONTRACT: gettext_lazy("detention contracts"),
    Factor.LIMITS_HOLDS: gettext_lazy("holds"),
    Factor.LIMITS_NOTIFICATIONS: gettext_lazy("notice of releases"),
    Factor.LIMITS_INTERROGATIONS: gettext_lazy("questioning in the jail"),
    Factor.NO_STATUS_INQUIRY: gettext_lazy("questions about immigration status"),
    Factor.NO_GENERAL_ASSISTANCE: gettext_lazy("general help"),
}


def topics(factors: Iterable[Factor | str]) -> str:
    """Topics in the order of the rubric, each once: "holds, notice of releases and ..."."""
    wanted = {Factor(factor) for factor in factors}
    return get_text_list([str(TOPICS[f]) for f in FACTORS if f in wanted], _("and"))
