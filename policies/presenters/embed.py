"""The line of HTML that shows a map or a county on somebody else's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _

from counties.models import County, State
from policies.presenters.choice import Choice

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Frame:
    """`title` is what a screen reader calls the frame; sizes in pixels, the width at most."""

    url: str
    title: str
    width: int
    height: int

    @classmethod
    def of_map(cls, choice: Choice, theme: str) -> Frame:
        title = _("Map of the policies of counties toward ICE")
        return cls(choice.url("embed-map", theme=theme), title, 1000, 720)

    @classmethod
    def of_state(cls, state: State, choice: Choice, theme: str) -> Frame:
        title = _("%(state)s: map of the policies of counties toward ICE") % {"state": state.name}
        return cls(choice.url("embed-state", state.usps.lower(), theme=theme), title, 700, 640)

    @classmethod
    def of_county(cls, county: County, choice: Choice, theme: str) -> Frame:
        title = _("%(county)s, %(state)s: policies toward ICE") % {
            "county": county.name,
            "state": county.state.name,
        }
        url = choice.url("embed-county", county.state_id.lower(), county.slug, theme=theme)
        return cls(url, title, 480, 380)


def line_of_html(frame: Frame, absolute: Callable[[str], str]) -> str:
    """One line, to be pasted as it is."""
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" '
        'style="border:0;max-width:{}px"></iframe>',
        absolute(frame.url),
        frame.title,
        frame.height,
        frame.width,
    )
