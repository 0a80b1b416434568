"""The figures that a kind reports beside the counts, in words. Reads nothing."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.models import AgencyType

#: Names of figures in a report; one that is not here is shown by its code.
NAMES = {
    "deciding": gettext_lazy("rows that decide an answer"),
    "non_deciding": gettext_lazy("rows that decide none"),
    "unresolved": gettext_lazy("rows with an error or an open question"),
    "non_deciding_by_reason": gettext_lazy("why rows decide none"),
    "outside_map": gettext_lazy("rows outside the map"),
    "undated": gettext_lazy("rows without a signing date"),
    "counties_deciding": gettext_lazy("counties whose answer is decided"),
    "states_deciding": gettext_lazy("states whose jails decide"),
    "unified_states_deciding": gettext_lazy("states whose jails decide"),
    "facilities_by_type": gettext_lazy("deciding facilities by contract"),
    "counties_by_type": gettext_lazy("their counties by contract"),
    "counties_only_by_type": gettext_lazy("counties by that contract alone"),
    "counties_only_below_one_a_day": gettext_lazy("more, with an average below one"),
    "counties_only_with_city_or_private_contract": gettext_lazy(
        "more, only by a city’s or a company’s contract"
    ),
    "report_2019": gettext_lazy("the report of 2019: counties"),
    "fewer_than_report_2019": gettext_lazy("fewer than that report"),
}
#: Names of the parts of a figure.
PARTS = {
    "not_a_contract": gettext_lazy("no such contract"),
    "not_in_use": gettext_lazy("average below one"),
    "redacted": gettext_lazy("redacted"),
    "outside_map": gettext_lazy("in a territory"),
    "duplicate": gettext_lazy("repeated"),
    "total": gettext_lazy("totals"),
    "no_county": gettext_lazy("without a county on purpose"),
    "analysed": gettext_lazy("analysed"),
    "with_contract": gettext_lazy("with a contract"),
    "without_contract": gettext_lazy("without a contract"),
    **dict(AgencyType.choices),
}


def figures_in_words(report: Mapping) -> list[tuple[str, str]]:
    """(name, value) of every figure of a report, and that its rows add up."""
    figures = report.get("figures", {})
    told = [(str(NAMES.get(name, name)), _words(value)) for name, value in figures.items()]
    return [*_sum(figures, report["rows"]), *told] if figures else []


def _sum(figures: Mapping, rows: int) -> list[tuple[str, str]]:
    parts = [figures.get(name) for name in ("deciding", "non_deciding", "unresolved")]
    if None in parts or sum(parts) != rows:
        return []
    added = " + ".join(_grouped(part) for part in parts)
    return [(_("deciding + not deciding + unresolved"), f"{added} = {_grouped(rows)}")]


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        words = (f"{PARTS.get(part, part)} {_words(count)}" for part, count in value.items())
        return "; ".join(words) or _("none")
    if isinstance(value, list):
        return ", ".join(map(str, value)) or _("none")
    return _grouped(value) if isinstance(value, int) else str(value)


def _grouped(count: int) -> str:
    return number_format(count, use_l10n=True, force_grouping=True)
