"""The seven factors as files call them: by code, number or name. Pure.

Every name here says the protective thing, as the codes do. "287(g)" alone does not: its "yes" may
mean that there is an agreement. Such names are never taken, only answered with a suggestion.
"""

from __future__ import annotations

import re

from policies.imports import cells
from policies.imports.cell_errors import CellError, plain
from policies.imports.tables import CellValue, shown
from policies.rubric import FACTORS, Factor

#: Headings and names besides the code. The first is the one in the organisation's own sheet, the
#: last the Spanish of our pages.
FACTOR_NAMES: dict[Factor, tuple[str, ...]] = {
    Factor.NO_287G: ("No 287(g)", "No 287(g) agreement", "Declines 287(g)", "Sin acuerdo 287(g)"),
    Factor.NO_DETENTION_CONTRACT: (
        "No ICE Detention Contract",
        "No detention contract",
        "Declines detention contract",
        "Sin contrato de detención",
    ),
    Factor.LIMITS_HOLDS: (
        "No ICE holds",
        "Limits holds",
        "Limits ICE holds",
        "Limits on ICE holds",
        "No ICE detainers",
        "Limits detainers",
        "Limita las retenciones",
    ),
    Factor.LIMITS_NOTIFICATIONS: (
        "No ICE alerts",
        "Limits notifications",
        "Limits ICE alerts",
        "Limits on ICE alerts",
        "No ICE notifications",
        "Limita los avisos",
    ),
    Factor.LIMITS_INTERROGATIONS: (
        "Limits on ICE interrogations in jail",
        "Limits interrogations",
        "Limits ICE interrogations",
        "Limits on ICE interrogations",
        "Limita los interrogatorios",
    ),
    Factor.NO_STATUS_INQUIRY: (
        "Prohibition on asking about immigration status",
        "Prohibits asking about immigration status",
        "No status inquiry",
        "No inquiry about immigration status",
        "Sin preguntas sobre el estatus migratorio",
    ),
    Factor.NO_GENERAL_ASSISTANCE: (
        "General prohibition on assistance to ICE",
        "General prohibition on assistance",
        "No general assistance",
        "No general assistance to ICE",
        "Sin ayuda general",
    ),
}

_NEAR = 70
_NUMBER = re.compile(r"(?:factor )?([1-7])\.?")


def _key(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", plain(text)))


_BY_KEY = {_key(name): f for f in FACTORS for name in (f.value, *FACTOR_NAMES[f])}
_SPELLINGS = {name: f for f in FACTORS for name in (f.value, *FACTOR_NAMES[f])}


def factor_of(value: CellValue) -> Factor | None:
    """The factor that a cell names; None if it is blank. Raises CellError `unknown_factor`.

    >>> factor_of("No ICE alerts"), factor_of(7.0)
    (<Factor.LIMITS_NOTIFICATIONS: 'limits_notifications'>, \
<Factor.NO_GENERAL_ASSISTANCE: 'no_general_assistance'>)
    """
    from rapidfuzz import fuzz, process  # loaded for misspellings alone: it takes 4 MB

    said = cells.text(value)
    if not said:
        return None
    if numbered := _NUMBER.fullmatch(plain(said)):
        return FACTORS[int(numbered[1]) - 1]
    if found := _BY_KEY.get(_key(said)):
        return found
    near = process.extract(
        said, list(_SPELLINGS), scorer=fuzz.WRatio, processor=plain, score_cutoff=_NEAR
    )
    likely = list(dict.fromkeys(_SPELLINGS[name].value for name, _score, _at in near))
    raise CellError(
        "unknown_factor",
        f"“{shown(said)}” is not a factor. Write its code, such as no_287g, or its number, 1 to 7.",
        likely[:3],
    )
