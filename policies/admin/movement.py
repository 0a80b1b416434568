"""What would not be the same, in words: factor by factor, for a county and for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from policies.admin.display import ANSWER_WORDS, RULE_WORDS, factor_name
from policies.rehearsal import Moved
from policies.rubric import FACTORS


def changes_of(moved: Moved) -> tuple[str, ...]:
    """The answers that would be others; of the rest, those that something else would decide."""
    return (*_answers(moved), *_reasons(moved))


def _answers(moved: Moved) -> Iterator[str]:
    for factor in FACTORS:
        before, after = moved.before.answer(factor), moved.after.answer(factor)
        if before != after:
            yield _("%(factor)s: %(before)s → %(after)s") % {
                "factor": factor_name(factor),
                "before": ANSWER_WORDS[before],
                "after": ANSWER_WORDS[after],
            }


def _reasons(moved: Moved) -> Iterator[str]:
    for factor in FACTORS:
        before, after = moved.before.rule(factor), moved.after.rule(factor)
        answer = moved.after.answer(factor)
        if before != after and answer == moved.before.answer(factor):
            yield _("%(factor)s: still %(answer)s; %(before)s → %(after)s") % {
                "factor": factor_name(factor),
                "answer": ANSWER_WORDS[answer],
                "before": RULE_WORDS[before],
                "after": RULE_WORDS[after],
            }


def counted_changes(all_moved: Iterable[Moved]) -> list[tuple[str, int]]:
    """Each change with the number of counties that it befalls, in the order of the factors."""
    return sorted(Counter(words for moved in all_moved for words in changes_of(moved)).items())
