"""The keys of answers about counties, and of reports. See `fields.py`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from policies.api.fields import CitationSerializer, choice, day, flag, number, text, texts
from policies.comparison import Direction
from policies.models import ChangeKind, EffectChoices, FactorChoices, Precision, PublishedFigure
from policies.resolution import Rule
from policies.rubric import FACTORS, Answer, Status

ANSWERS = [answer.value for answer in Answer]
RULES = [rule.value for rule in Rule]


def _fields(name: str, fields: dict) -> type[serializers.Serializer]:
    """For keys that Python could not name in a class, such as `from`."""
    return type(name, (serializers.Serializer,), fields)


# --- Counties: the order of the bases is the order of the keys -----------------------------------


class _Place(serializers.Serializer):
    fips = text(_("Five digits, as text."))
    name = text(_("Full legal name."))
    state = text(_("Postal abbreviation."))
    slug = text(_("The name as it stands in addresses."))
    population = number(_("The newest Census estimate held."), null=True)


class _Score(serializers.Serializer):
    score = number(_("0 to 7; null unless all seven answers are known."), null=True)
    status = choice([status.value for status in Status], _("How much is known."))
    at_least = number(_("How many answers are known to be yes; says nothing if none is known."))
    factors_known = number(_("How many of the seven answers are known."))
    band = number(_("Step of the map's colour scale; null below five known factors."), null=True)


class _Stale(serializers.Serializer):
    stale = flag(_("The evidence of at least one answer is old."))


_ANSWER = _("The answer as resolved; yes is a point, and unknown is not a no.")
_Answers = _fields("_Answers", {factor.value: choice(ANSWERS, _ANSWER) for factor in FACTORS})


class _Url(serializers.Serializer):
    url = serializers.URLField(help_text=_("Address of its page."))


class CountySerializer(_Place, _Score, _Stale, _Answers, _Url):
    """A county with its score. The seven answers are given by the factors' codes."""


class ConflictSerializer(serializers.Serializer):
    provision = number("Number of a provision that a stronger one set aside.")
    title = text()
    effect = choice(EffectChoices.values)


class ExplainedFactorSerializer(serializers.Serializer):
    code = choice(FactorChoices.values)
    answer = choice(ANSWERS)
    points = number("1 for yes, 0 for no and none found; null if unknown.", null=True)
    decided_by = choice(RULES, "Which rule decided.")
    explanation = text("One sentence that says what decided.")
    local_answer = choice(ANSWERS, "What the county's own record says, before state law.")
    preempted = flag("State law mandates the opposite of the county's own yes.")
    at_risk = flag("State law forbids such a policy but imposes nothing by itself.")
    contrary_to_law = flag("An agreement is in force although state law requires otherwise.")
    required_by = day("Compliance date of a provision that does not decide yet.")
    stale = flag("Its newest evidence is old.")
    qualification = text("Exceptions and loopholes, in words.")
    since = day("Since when the answer has been the same, as far as is known.")
    effective_from = day("First day of the period of the record that decided.")
    effective_from_precision = choice(Precision.values, null=True)
    in_force_by = flag("It began on an earlier day that nobody recorded.")
    effective_until = day("First day no longer in force; null: still in force.")
    observed_on = day()
    last_verified = day()
    evidence_on = day("The newest day for which there is evidence of the answer.")
    needs_verification = flag("A date or wording is yet to be checked by staff.")
    record = number("Number of the record that decided.", null=True)
    citations = CitationSerializer(many=True)
    local_citations = CitationSerializer(many=True, help_text="Of the county's own record.")
    conflicts = ConflictSerializer(many=True)


class _Clocks(serializers.Serializer):
    as_of = day("In force on this day.", null=False)
    known_on = day("As we knew it at the end of this day; null: as we know it now.")
    revision = number("Number of the newest change to the record.")


class _Explained(serializers.Serializer):
    factors = ExplainedFactorSerializer(many=True)


class CountyDetailSerializer(CountySerializer, _Clocks, _Explained):
    """A county with its seven factors explained."""


_AnswerChange = _fields(
    "AnswerChangeSerializer",
    {"code": choice(FactorChoices.values), "from": choice(ANSWERS), "to": choice(ANSWERS)},
)


class PeriodChangeSerializer(_AnswerChange):
    decided_by = choice(RULES)
    cause = text("One sentence that says what decides since then.")


class _Period(serializers.Serializer):
    effective_from = day(null=False)
    effective_until = day("First day no longer; null: goes on.")


class _PeriodChanges(serializers.Serializer):
    changes = PeriodChangeSerializer(many=True)


class PeriodSerializer(_Period, _Score, _Answers, _PeriodChanges):
    """A time in which the answers stayed the same."""


class LogEntrySerializer(serializers.Serializer):
    revision = number()
    at = serializers.DateTimeField()
    kind = choice(ChangeKind.values, "A change of policy, a correction, ...")
    summary = text()


class HistorySerializer(serializers.Serializer):
    fips = text()
    name = text()
    state = text()
    as_of = day("Periods that begin later are left out, if it was asked for.")
    known_on = day()
    revision = number()
    periods = PeriodSerializer(many=True, help_text="Oldest first.")
    log = LogEntrySerializer(many=True, help_text="What we changed, newest first.")


class MapSerializer(_Clocks):
    scores = serializers.DictField(
        child=serializers.IntegerField(), help_text="By FIPS code, of complete counties."
    )
    partial = serializers.DictField(
        child=serializers.IntegerField(), help_text="The least a score can be, of partial counties."
    )
    partial_known = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many of their factors are known."
    )


class FactorMapSerializer(_Clocks):
    factor = choice(FactorChoices.values)
    answers = serializers.DictField(
        child=choice(ANSWERS), help_text="By FIPS code; counties not named are unknown."
    )


# --- Reports -------------------------------------------------------------------------------------


class FactorCountSerializer(serializers.Serializer):
    code = choice(FactorChoices.values)
    yes = number()
    no = number()
    none_found = number()
    unknown = number("0 of the counties analysed, which have all seven answers.")
    percent = serializers.FloatField(help_text="yes, of the counties counted in this table.")


class ScoreCountSerializer(serializers.Serializer):
    score = number()
    counties = number()
    percent = serializers.FloatField(help_text="Of the counties analysed.")


class SummarySerializer(_Clocks):
    counties_total = number()
    counties_analysed = number("All seven answers are known.")
    counties_partial = number("Some are known.")
    by_factor = FactorCountSerializer(many=True)
    by_score = ScoreCountSerializer(many=True)
    points = number("The sum of yes, and of score times counties.")
    partial_by_factor = FactorCountSerializer(
        many=True, help_text="What is known of the partial counties, which are in no other table."
    )


class CountyChangeSerializer(serializers.Serializer):
    fips = text()
    name = text()
    state = text()
    from_score = number(null=True)
    to_score = number(null=True)
    direction = choice(
        list(Direction), "The first four have a score on both days, the others have not."
    )
    causes = texts("Why its answers differ: local, state_law, agreement, correction ...")
    factors = _AnswerChange(many=True)


ChangesSerializer = _fields(
    "ChangesSerializer",
    {
        "from": day(null=False),
        "to": day(null=False),
        "known_from": day("The first day as known at the end of this one; null: as now."),
        "known_on": day(),
        "revision": number(),
        "increased": number("Counties with a score on both days, and a higher one on the second."),
        "decreased": number(),
        "changed": number("Counties with any answer that differs."),
        "results": CountyChangeSerializer(many=True),
    },
)


class PublishedFigureSerializer(serializers.Serializer):
    """A figure that a report printed. Ours are null where our records cannot say."""

    document = number(_("Number of the report, if it is public."), null=True)
    title = text(_("Title of the report."))
    as_of = day(_("The day that the figure is about."), null=False)
    as_of_precision = choice(Precision.values, _("How exactly that date is known."))
    table = choice(PublishedFigure.Table.values, _("The table of the report that it stands in."))
    code = text(_("Factor, score, or name of the figure."))
    label = text(_("The figure as the report names it."))
    published = number(_("Counties, as printed."), null=True)
    percent_printed = serializers.FloatField(help_text=_("Percent, as printed."), allow_null=True)
    ours = number(_("By our records, of all counties of which this is known."), null=True)
    ours_known = number(_("Of how many counties we know it."), null=True)
    ours_complete = number(_("Among counties with all seven answers."), null=True)
    note = text(_("What has to be said about it."))
