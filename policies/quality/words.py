"""Findings in the language of whoever reads them."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from policies.models import AnswerChoices, FactorChoices


def detail(sentence: str, values: Mapping[str, object]) -> str:
    """The sentence of a finding. Values called `factor` or `factors` are codes of factors,
    those called `answer_...` codes of answers."""
    return gettext(sentence) % {name: _worded(name, value) for name, value in values.items()}


def _worded(name: str, value: object) -> object:
    if name == "factor":
        return FactorChoices(value).label
    if name.startswith("answer_"):
        return str(AnswerChoices(value).label)
    if name == "factors" and isinstance(value, list):
        return "; ".join(str(FactorChoices(code).label) for code in value)
    return value


def address(model: str, pk: str) -> str:
    """Where the record is mended: its page in the admin, or nothing if it has none."""
    try:
        return reverse(f"admin:{model.replace('.', '_')}_change", args=[pk])
    except NoReverseMatch:
        return ""
