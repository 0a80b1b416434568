"""Pictures of a county or a state for links that are shared: what it is, in one look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from counties import shapes
from counties.models import County, State
from policies import reports
from policies.assessments import Assessment, unknown
from policies.lens import PARTIAL_CLASSES, SCORE_CLASSES, map_class
from policies.presenters.choice import Choice
from policies.presenters.map_picture import PALETTES
from policies.presenters.marks import squares
from policies.rubric import Score

#: What networks ask for.
WIDTH = 1200
SHORT_NAME, NAME_LENGTH, LINE_LENGTH = 16, 20, 44
LEFT = 64


@dataclass(frozen=True, slots=True)
class Words:
    x: int
    y: int
    size: int
    css: str
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """One of the seven squares."""

    x: int
    y: int
    css: str


@dataclass(frozen=True, slots=True)
class Card:
    words: tuple[Words, ...]
    boxes: tuple[Box, ...]
    viewbox: str
    paths: SafeString
    outlines: tuple[str, str]
    palette: tuple[tuple[str, str], ...]
    hatches: tuple[tuple[str, str], ...]
    #: Thirds and quarters of the map's hatching are the widths of its lines.
    hatch: float

    @property
    def thin(self) -> float:
        return self.hatch / 4

    @property
    def thick(self) -> float:
        return self.hatch / 2


def county_card(
    county: County, known: Mapping[str, Assessment], sentence: str, choice: Choice
) -> Card:
    """`known`: the assessments of the state's counties; the others are drawn pale."""
    assessment = known.get(county.pk) or unknown(county.pk)
    return _card(
        county.name,
        county.state.name,
        _numeral(assessment.score),
        sentence,
        tuple(square.css for square in squares(assessment)),
        _paths(county.state_id, known, only=county.pk),
        county.state_id,
        choice,
    )


def state_card(state: State, known: Mapping[str, Assessment], total: int, choice: Choice) -> Card:
    counted = reports.summary(known.values(), total)
    sentence = _("%(complete)s of %(total)s counties with all seven answers known.") % {
        "complete": f"{counted.counties_analysed:,}",
        "total": f"{total:,}",
    }
    return _card(
        state.name,
        _("Counties by score, 0 to 7"),
        "",
        sentence,
        (),
        _paths(state.usps, known),
        state.usps,
        choice,
    )


def _card(name, place, numeral, sentence, marks, paths, usps, choice) -> Card:
    left, top, width, height = shapes.fine_viewbox(usps)
    side = max(width, height)
    box = left - (side - width) / 2, top - (side - height) / 2, side, side
    words, boxes = _laid_out(name, place, numeral, sentence, marks, choice)
    return Card(
        words=words,
        boxes=boxes,
        viewbox=" ".join(f"{number:g}" for number in box),
        paths=paths,
        outlines=(shapes.fine_border(usps), shapes.fine_edge(usps)),
        palette=tuple(zip(SCORE_CLASSES, PALETTES[choice.safe_palette].split(), strict=True)),
        hatches=tuple(zip(PARTIAL_CLASSES, SCORE_CLASSES, strict=False)),
        hatch=round(side / 70, 1),
    )


def _laid_out(name, place, numeral, sentence, marks, choice) -> tuple[tuple, tuple]:
    """From top to bottom: whose card it is, the score with its squares, what it means."""
    lines = [name] if len(name) <= SHORT_NAME else wrap(name, NAME_LENGTH)[:2]
    size = 76 if len(name) <= SHORT_NAME else 60
    words = [
        Words(136, 78, 24, "serif", _("National Map of Local Entanglement with ICE")),
        Words(136, 106, 21, "quiet", _("In force on %(day)s") % {"day": choice.as_of}),
    ]
    y = 150
    for line in lines:
        y += size
        words.append(Words(LEFT, y, size, "serif", line))
    y += 48
    words.append(Words(LEFT, y, 30, "quiet", place))
    boxes = []
    if numeral:
        y += 136
        words.append(Words(LEFT - 4, y, 140, "serif", numeral))
        start = LEFT + 40 + 74 * len(numeral)
        boxes = [Box(start + 54 * at, y - 66, css) for at, css in enumerate(marks)]
    y += 24
    for line in wrap(sentence, LINE_LENGTH)[:3]:
        y += 36
        words.append(Words(LEFT, y, 28, "text", line))
    return tuple(words), tuple(boxes)


def _numeral(score: Score) -> str:
    if score.value is not None:
        return str(score.value)
    return f"{score.at_least}+" if score.at_least else "–"


def _paths(usps: str, known: Mapping[str, Assessment], only: str = "") -> SafeString:
    drawn = []
    for code, path in shapes.fine_paths(usps).items():
        css = map_class(known[code].score) if code in known else ""
        css = f"{css or 'u'} chosen" if code == only else "pale" if only else css or "u"
        drawn.append(f'<path class="{css}" d="{path}"/>')
    # The chosen one last, so that its outline lies on its neighbours.
    in_order: Sequence[str] = sorted(drawn, key=lambda each: "chosen" in each)
    return mark_safe("".join(in_order))  # noqa: S308  our own shapes and letters
