"""The top of a county's page: its number, its one sentence, and how old the evidence is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from counties.models import County
from policies.assessments import ExplainedFactor, Explanation
from policies.explanations import long_date
from policies.models import LocalPolicy, Precision
from policies.presenters.marks import number_word, score_label
from policies.presenters.topics import topics
from policies.resolution import Rule
from policies.rubric import MAX_SCORE, Factor, Score, Status


def numeral(score: Score) -> tuple[str, str]:
    """What is printed large, and the words beside it. What is not known is no number."""
    if score.value is not None:
        return str(score.value), _("of %(most)d") % {"most": MAX_SCORE}
    if not score.at_least:
        return _("Not scored"), score_label(score)
    missing = MAX_SCORE - score.known
    words = {"most": MAX_SCORE, "missing": number_word(missing)}
    label = ngettext(
        "of %(most)d, %(missing)s factor unknown",
        "of %(most)d, %(missing)s factors unknown",
        missing,
    )
    return f"{score.at_least}+", label % words


def headline(county: County, explanation: Explanation) -> str:
    """The county's score in a sentence, and what decides it where that matters."""
    sentences = [_score_sentence(county, explanation.assessment.score)]
    preempted = [
        f.factor
        for f in explanation.factors
        if f.decision.preempted and isinstance(f.local, LocalPolicy) and f.local.county_id
    ]
    if preempted:
        text = ngettext(
            "Its own policy on %(topics)s is preempted by %(state)s law.",
            "Its own policies on %(topics)s are preempted by %(state)s law.",
            len(preempted),
        )
        sentences.append(text % {"topics": topics(preempted), "state": county.state.name})
    contrary = {
        Factor.NO_287G: _("Its 287(g) agreement is contrary to %(state)s law."),
        Factor.NO_DETENTION_CONTRACT: _("Its detention contract is contrary to %(state)s law."),
    }
    sentences += [
        contrary[f.factor] % {"state": county.state.name}
        for f in explanation.factors
        if f.decision.contrary_to_law and f.factor in contrary
    ]
    return " ".join(sentences)


_DECIDERS = {
    Rule.AGREEMENT: gettext_lazy("an agreement with ICE on %(topics)s"),
    Rule.STATE_PROVISION: gettext_lazy("state law on %(topics)s"),
    Rule.COUNTY_RECORD: gettext_lazy("the county’s own record on %(topics)s"),
    Rule.STATE_RECORD: gettext_lazy("the record of the state’s jails on %(topics)s"),
    Rule.ABSENT_FROM_LIST: gettext_lazy("ICE’s own lists on %(topics)s"),
}


def deciders(explanation: Explanation) -> str:
    """What decides the answers that are known, by rule, in one sentence; empty if none is."""
    parts = []
    for rule, words in _DECIDERS.items():
        factors = [f.factor for f in explanation.factors if f.decision.rule == rule]
        if factors:
            parts.append(words % {"topics": topics(factors)})
    return _("What decides it: %(parts)s.") % {"parts": "; ".join(parts)} if parts else ""


def _score_sentence(county: County, score: Score) -> str:
    words = {
        "county": county.name,
        "yes": number_word(score.at_least),
        "missing": number_word(MAX_SCORE - score.known),
    }
    if score.status == Status.UNKNOWN:
        text = _("We have no record of what %(county)s does. That is not a zero.")
    elif score.value == MAX_SCORE:
        text = _("%(county)s limits every one of the seven ways in which a county can help ICE.")
    elif score.value == 0:
        text = _("%(county)s has none of the seven policies in force.")
    elif score.value is not None:
        text = ngettext(
            "%(county)s has %(yes)s of the seven policies in force.",
            "%(county)s has %(yes)s of the seven policies in force.",
            score.value,
        )
    elif not score.at_least:
        text = _(
            "%(county)s has none of the seven policies in force that we know of; "
            "%(missing)s we do not know."
        )
    else:
        text = ngettext(
            "%(county)s has at least %(yes)s of the seven policies in force; "
            "%(missing)s we do not know.",
            "%(county)s has at least %(yes)s of the seven policies in force; "
            "%(missing)s we do not know.",
            score.at_least,
        )
    return text % words


def checked(explained: ExplainedFactor) -> str:
    """The newest day of evidence, as exactly as it is known."""
    day = explained.decision.evidence_on
    return long_date(day, _precision(explained.source, day)) if day else ""


def _precision(source: object, day: date) -> str:
    if isinstance(source, LocalPolicy):
        if source.observed_on == day:
            return source.observed_on_precision
        if source.last_verified == day:
            return Precision.DAY
        return source.effective_from_precision
    return Precision.DAY


def evidence_age(factors: Iterable[ExplainedFactor]) -> str:
    """From when to when the evidence is, and how much of it is old, as the rows say it."""
    dated = sorted(
        (f for f in factors if f.decision.evidence_on), key=lambda f: f.decision.evidence_on
    )
    if not dated:
        return ""
    oldest, newest = checked(dated[0]), checked(dated[-1])
    if oldest == newest:
        parts = [_("Last checked %(date)s.") % {"date": newest}]
    else:
        text = _("Checked between %(oldest)s and %(newest)s.")
        parts = [text % {"oldest": oldest, "newest": newest}]
    stale = [f for f in dated if f.stale]
    lists = [f for f in stale if _ages_in_days(f)]
    old = len(stale) - len(lists)
    if old == MAX_SCORE:
        parts.append(_("All seven are older than 24 months."))
    elif old:
        text = ngettext(
            "%(n)d of the seven is older than 24 months.",
            "%(n)d of the seven are older than 24 months.",
            old,
        )
        parts.append(text % {"n": old})
    if lists:
        parts.append(_("What is known of 287(g) is older than 90 days."))
    return " ".join(parts)


def _ages_in_days(explained: ExplainedFactor) -> bool:
    """ICE publishes its lists of 287(g) agreements often: what rests on them is soon old."""
    rules = (Rule.AGREEMENT, Rule.ABSENT_FROM_LIST)
    return explained.factor == Factor.NO_287G and explained.decision.rule in rules
