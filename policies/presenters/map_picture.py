"""The map as one picture that explains itself: title, day, legend, source and licence inside."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap

from django.utils.translation import gettext as _

from counties import shapes
from policies.lens_query import Query
from policies.presenters.choice import Choice
from policies.presenters.map import MapPage
from policies.presenters.map_legend import Step, address

WIDTH = 1200
MARGIN = 40
#: The map's own proportions, as wide as the picture less its margins.
MAP_WIDTH = WIDTH - 2 * MARGIN
MAP_HEIGHT = round(MAP_WIDTH * shapes.HEIGHT / shapes.WIDTH)
LINE = 26
TITLE_LINE = 44
#: Characters that surely fit on a line of that size.
TITLE_LENGTH, TEXT_LENGTH = 54, 110

#: The usual palette, and the one for every eye: see policies/static/policies/site.css.
PALETTES = {
    False: "#7f0d1b #c4302b #e8792f #f5c242 #b7cb45 #84b84a #3f9448 #0d5c34",
    True: "#3b0f3a #6b1f52 #9c3356 #c75350 #e07f4f #eeae63 #f5d78e #fbf7d0",
}
NONE_FOUND = {False: "#f5c242", True: "#c75350"}


@dataclass(frozen=True, slots=True)
class Text:
    x: float
    y: float
    css: str
    text: str


@dataclass(frozen=True, slots=True)
class Swatch:
    x: float
    y: float
    css: str
    label: Text
    count: Text


@dataclass(frozen=True, slots=True)
class Picture:
    page: MapPage
    height: int
    map_top: int
    map_height: int
    viewbox: str
    texts: tuple[Text, ...]
    swatches: tuple[Swatch, ...]
    palette: tuple[tuple[str, str], ...]
    none_found: str


def picture(page: MapPage, choice: Choice, shown_at: str) -> Picture:
    """`shown_at`: the absolute address of the map that the picture shows."""
    texts: list[Text] = []
    y = MARGIN + 30
    for line in wrap(page.title, TITLE_LENGTH):
        texts.append(Text(MARGIN, y, "title", line))
        y += TITLE_LINE
    y -= 8
    for paragraph in (page.lede, " · ".join(page.lines), page.evidence):
        for line in wrap(paragraph, TEXT_LENGTH):
            texts.append(Text(MARGIN, y, "text", line))
            y += LINE
    swatches = _swatches(page.legend, y)
    y = max(swatch.y for swatch in swatches) + 66
    map_top = y
    y += MAP_HEIGHT + 34
    layers = " · ".join(layer.label for layer in page.layers)
    for line in filter(None, (layers, sources(choice))):
        for part in wrap(line, TEXT_LENGTH + 20):
            texts.append(Text(MARGIN, y, "source", part))
            y += 22
    texts.append(Text(MARGIN, y, "source", shown_at))
    return Picture(
        page=page,
        height=y + MARGIN,
        map_top=map_top,
        map_height=MAP_HEIGHT,
        viewbox=page.viewbox,
        texts=tuple(texts),
        swatches=swatches,
        palette=tuple(zip("abcdefgh", PALETTES[choice.safe_palette].split(), strict=True)),
        none_found=NONE_FOUND[choice.safe_palette],
    )


def _swatches(steps: tuple[Step, ...], top: float) -> tuple[Swatch, ...]:
    """In one row, or in two where there are more than five that need words."""
    worded = [step for step in steps if len(step.label) > 2]
    columns = len(steps) if len(worded) < 3 or len(steps) < 6 else -(-len(steps) // 2)
    across = MAP_WIDTH / columns
    found = []
    for at, step in enumerate(steps):
        row, column = divmod(at, columns)
        x, y = MARGIN + column * across, top + row * 64
        found.append(
            Swatch(
                round(x, 1),
                round(y, 1),
                step.css,
                Text(round(x, 1), round(y + 36, 1), "label", step.label),
                Text(round(x, 1), round(y + 54, 1), "count", step.count_text),
            )
        )
    return tuple(found)


def sources(choice: Choice) -> str:
    """Its two days, source and licence, and what it does not say."""
    known = _("In force on %(day)s, as known on %(known_on)s.") % {
        "day": choice.as_of,
        "known_on": choice.known_on,
    }
    source = _(
        "%(known)s Source: National Map of Local Entanglement with ICE, free to use with credit. "
        "Outlines: US Census Bureau."
    ) % {"known": known}
    policy = _("The record describes written or stated policy, never whether it is obeyed.")
    return f"{source} {policy}"


def frozen_address(query: Query, choice: Choice) -> str:
    """Of the map that will show the same next year."""
    known_on = (choice.when.known_on or choice.today).isoformat()
    return address("map", query, choice, as_of=choice.as_of_iso, known_on=known_on, palette="")
