"""Publishing from the admin: who may, what it did to today's map, and errors people can act on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counties.models import County
from policies import actions, succession
from policies.admin.display import RULE_WORDS, factor_name, link, public_url, score_words
from policies.assessments import Assessment, When, assess, unknown
from policies.models import LocalPolicy
from policies.models.base import PublishedRecord
from policies.rubric import Factor

#: How many counties a message names before it only counts them.
NAMED = 3


def may_publish_alone(user) -> bool:
    """Who may publish without a second reader, for a reason that the change log shows."""
    return user.is_superuser


def may_withdraw(user) -> bool:
    """Who may take back what is published. Whoever may review may."""
    return user.has_perm("policies.review_changeset")


@dataclass(frozen=True, slots=True)
class Move:
    """What became of one county's answers on today's map."""

    fips: str
    before: Assessment
    after: Assessment

    @property
    def text(self) -> str:
        old, new = score_words(self.before), score_words(self.after)
        if old == new:
            return _("still %(score)s, but other answers") % {"score": new}
        return _("score %(old)s → %(new)s") % {"old": old, "new": new}


def moved(act: Callable[[], object], record: PublishedRecord, today: date) -> list[Move]:
    """Do it, and say which counties' answers it moved on today's map."""
    touched = actions.affected_counties(record)
    if touched is not None and record.succeeds_id:
        earlier = actions.affected_counties(record.succeeds)
        touched = None if earlier is None else touched | earlier
    before = assess(When(today), fips=touched)
    act()
    after = assess(When(today), fips=touched)
    return [
        Move(fips, before.get(fips, unknown(fips)), after.get(fips, unknown(fips)))
        for fips in sorted(before.keys() | after.keys())
        if _answers(before.get(fips)) != _answers(after.get(fips))
    ]


def _answers(assessment: Assessment | None):
    return assessment.answers if assessment else None


def outcome(done: str, record: PublishedRecord, moves: list[Move], today: date) -> SafeString:
    """The message after an act: what moved on today's map, with links to the public pages."""
    if not moves:
        return format_html("{} {}", done, _unmoved(record, today))
    counties = County.objects.in_bulk([move.fips for move in moves[:NAMED]])
    text = format_html("{}", done)
    for move in moves[:NAMED]:
        county = counties[move.fips]
        address = public_url(county)
        name = format_html('<a href="{}">{}</a>', address, county) if address else str(county)
        text = format_html("{} {}: {}.", text, name, move.text)
    if len(moves) > NAMED:
        more = len(moves) - NAMED
        text = format_html(
            "{} {}",
            text,
            ngettext("And %(count)d more county.", "And %(count)d more counties.", more)
            % {"count": more},
        )
    return format_html("{} {}", text, _("This is today’s map."))


def resumed(record: PublishedRecord) -> SafeString | None:
    """What publishing a change that was for a time did beside it."""
    beside = succession.beside(record)
    again = beside.resumed if beside else None
    if again is None:
        return None
    said = _("The change ended: from %(day)s on, what held before holds again.")
    if again.needs_verification:
        said += " " + _("Nobody is recorded to have seen it since; verify it.")
    open_it = _("Open record %(number)s") % {"number": again.pk}
    return format_html("{} {}.", said % {"day": again.effective_from}, link(again, open_it))


def _unmoved(record: PublishedRecord, today: date) -> str:
    """Why no answer moved, where one sentence can say it."""
    if not isinstance(record, LocalPolicy):
        return _("No answer changes on today’s map.")
    if record.effective_from > today:
        return _("It takes effect on %(day)s; today’s map is unchanged.") % {
            "day": record.effective_from
        }
    if record.county_id:
        now = assess(When(today), fips=[record.county_id]).get(record.county_id)
        factor = Factor(record.factor)
        if now and now.answer(factor) != record.answer:
            return _("Today’s map is unchanged: %(factor)s is decided by %(rule)s.") % {
                "factor": factor_name(factor),
                "rule": RULE_WORDS[now.rule(factor)],
            }
    return _("No answer changes on today’s map.")


def explained(error: ValidationError, record: PublishedRecord) -> list[SafeString]:
    """Each error as one sentence; a record that it names by number is linked."""
    if hasattr(error, "error_dict"):
        return [
            _sentence(item, record, field)
            for field, errors in error.error_dict.items()
            for item in errors
        ]
    return [_sentence(item, record) for item in error.error_list]


def _sentence(error: ValidationError, record: PublishedRecord, field: str = "") -> SafeString:
    text = " ".join(error.messages)
    if field and field != NON_FIELD_ERRORS:
        text = f"{record._meta.get_field(field).verbose_name}: {text}"
    number = error.params.get("number") if error.params else None
    other = type(record).objects.filter(pk=number).first() if number else None
    if other is None:
        return format_html("{}", text)
    open_it = _("Open record %(number)s") % {"number": number}
    return format_html("{} {}.", text, link(other, open_it))
