"""The map of one kind of agreement: which model or contract the agencies of each county have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counties import shapes
from counties.state_codes import STATES
from policies.models import COUNTY_LEVEL, AgencyType, AgreementKind
from policies.presenters.agreement_kinds import OTHER, OTHERS_ONLY, SEVERAL, css_of_model, steps_of
from policies.presenters.choice import Choice
from policies.presenters.drawing import dots, draw

STATE_NAMES = dict(STATES.values())


@dataclass(frozen=True, slots=True)
class InForce:
    """An agreement in force. `counties`: of its agency; `decides`: their answers."""

    state: str
    model: str
    decides: bool
    counties: tuple[str, ...]

    @classmethod
    def of(cls, state, agency_type, model, unified, counties, of_state) -> InForce:
        of_department = unified and agency_type == AgencyType.STATE_CORRECTIONS
        decides = agency_type in COUNTY_LEVEL or of_department
        return cls(state, model, decides, tuple(of_state if of_department else counties))


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the legend: how it is drawn, what it means, in how many counties."""

    css: str
    label: str
    meaning: str
    counties: int

    @property
    def count_text(self) -> str:
        return f"{self.counties:,}"


@dataclass(frozen=True, slots=True)
class StateRow:
    """`counts`: counties by step of the legend, in its order."""

    name: str
    url: str
    counts: tuple[int, ...]
    agencies: int


@dataclass(frozen=True, slots=True)
class AgreementMap:
    paths: SafeString
    overlay: SafeString
    borders: str
    dots: str
    dot_size: float
    viewbox: str
    legend: tuple[Step, ...]
    rows: tuple[StateRow, ...]
    sentence: str
    placeless: str


def agreement_map(
    kind: str,
    agreements: Sequence[InForce],
    state: str,
    names: Mapping[str, tuple[str, str]],
    choice: Choice,
) -> AgreementMap:
    """Of the country or, if `state` is not empty, of one state. `names`: name and slug of its
    counties."""
    if state:
        agreements = [each for each in agreements if each.state == state]
    steps = steps_of(kind)
    css_of = counties_drawn(kind, agreements)
    counts = Counter(css_of.values())
    legend = tuple(
        Step(css, label, meaning, counts[css])
        for css, (label, meaning) in steps.items()
        if counts[css] or css not in (OTHER, OTHERS_ONLY, SEVERAL)
    )
    number = sum(step.counties for step in legend if step.css != OTHERS_ONLY)
    spots = [code for code, css in css_of.items() if css == OTHERS_ONLY]
    drawn = {code: css for code, css in css_of.items() if css != OTHERS_ONLY}
    rows = tuple(_rows(kind, agreements, css_of, legend, choice))
    return AgreementMap(
        paths=_of_state(state, css_of, steps, names, choice) if state else draw(drawn).paths,
        overlay=mark_safe("") if state else _overlay(kind, rows),
        borders="" if state else shapes.state_borders(),
        dots=_fine_dots(spots) if state else dots(spots),
        dot_size=max(shapes.fine_viewbox(state)[2:]) / 70 if state else 4,
        viewbox=" ".join(map(str, shapes.fine_viewbox(state)))
        if state
        else f"0 0 {shapes.WIDTH} {shapes.HEIGHT}",
        legend=legend,
        rows=rows,
        sentence=_sentence(kind, number, len(agreements), state, choice),
        placeless=_placeless(sum(not each.counties for each in agreements)),
    )


def counties_drawn(kind: str, agreements: Iterable[InForce]) -> dict[str, str]:
    """FIPS code -> class of the drawing, of every county with an agreement of an agency in it.

    Agencies that decide a county's answer colour it; where there are only others, it has a dot.
    """
    deciding: dict[str, set[str]] = defaultdict(set)
    others: set[str] = set()
    for each in agreements:
        for code in each.counties:
            if each.decides:
                deciding[code].add(css_of_model(kind, each.model))
            else:
                others.add(code)
    found = {code: css.pop() if len(css) == 1 else SEVERAL for code, css in deciding.items()}
    return found | {code: OTHERS_ONLY for code in others if code not in found}


def _sentence(kind: str, number: int, agreements: int, state: str, choice: Choice) -> str:
    words = {
        "n": f"{number:,}",
        "agreements": f"{agreements:,}",
        "day": choice.as_of,
        "where": STATE_NAMES[state] if state else _("the United States"),
    }
    if kind == AgreementKind.DETENTION:
        text = ngettext(
            "In %(n)s county of %(where)s an agency that decides the county's answer had a "
            "contract to detain people for ICE on %(day)s, as far as is on record; "
            "%(agreements)s contracts in all.",
            "In %(n)s counties of %(where)s an agency that decides the county's answer had a "
            "contract to detain people for ICE on %(day)s, as far as is on record; "
            "%(agreements)s contracts in all.",
            number,
        )
    else:
        text = ngettext(
            "In %(n)s county of %(where)s a sheriff, jail or county police force had a 287(g) "
            "agreement on %(day)s, as far as is on record; %(agreements)s agreements in all.",
            "In %(n)s counties of %(where)s a sheriff, jail or county police force had a 287(g) "
            "agreement on %(day)s, as far as is on record; %(agreements)s agreements in all.",
            number,
        )
    return text % words


def _placeless(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(n)s more of an agency without a county of its own (state police, say) is not drawn.",
        "%(n)s more of agencies without a county of their own (state police, say) are not drawn.",
        number,
    ) % {"n": f"{number:,}"}


def _rows(kind, agreements, css_of, legend, choice: Choice) -> Iterable[StateRow]:
    by_state: dict[str, Counter[str]] = defaultdict(Counter)
    state_of = {code: each.state for each in agreements for code in each.counties}
    for code, css in css_of.items():
        by_state[state_of[code]][css] += 1
    agencies = Counter(each.state for each in agreements)
    for usps in sorted(agencies, key=lambda each: STATE_NAMES[each]):
        yield StateRow(
            STATE_NAMES[usps],
            choice.url("agreements", kind=kind, state=usps),
            tuple(by_state[usps][step.css] for step in legend),
            agencies[usps],
        )


def _overlay(kind: str, rows: Iterable[StateRow]) -> SafeString:
    """Every state as a link to its own map; the table of states has the same for the keyboard."""
    by_name = {row.name: row for row in rows}
    drawn = []
    for usps, path in shapes.state_paths().items():
        row = by_name.get(STATE_NAMES[usps])
        if row is None:
            continue
        says = ngettext("%(n)d agreement", "%(n)d agreements", row.agencies) % {"n": row.agencies}
        drawn.append(
            f'<a href="{escape(row.url)}" tabindex="-1"><title>{escape(row.name)}: '
            f'{escape(says)}</title><path class="land" d="{path}"/></a>'
        )
    return mark_safe("".join(drawn))  # noqa: S308  names and shapes of the reference data


def _of_state(state: str, css_of, steps, names, choice: Choice) -> SafeString:
    """Every county as a link to its page."""
    drawn = []
    for code, path in shapes.fine_paths(state).items():
        if code not in names:
            continue
        name, slug = names[code]
        css = css_of.get(code, "")
        says = steps[css][0] if css else _("none on record")
        url = choice.url("county", state.lower(), slug)
        fill = "" if css == OTHERS_ONLY else css
        drawn.append(
            f'<a href="{escape(url)}" tabindex="-1"><title>{escape(name)}: {escape(says)}</title>'
            f'<path class="{fill}" d="{path}"/></a>'
        )
    return mark_safe("".join(drawn))  # noqa: S308  names and shapes of the reference data


def _fine_dots(codes: Iterable[str]) -> str:
    fine = ([shapes.FINE * at for at in shapes.centre(code)] for code in codes)
    return "".join("M{:g} {:g}h0".format(*at) for at in fine)
