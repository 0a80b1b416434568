"""Markdown that staff write, as HTML that cannot do harm: no HTML of their own, no scripts, no
pictures, and links that lead to the web or within the site only."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "strong", "em", "code", "blockquote", "a"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
}
#: Headings begin under the page's own, and end with this.
_HIGHEST, _LOWEST = 2, 4


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # as below

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def render(text: str) -> SafeString:
    """The text as clean HTML."""
    import nh3  # loaded for pages with Markdown alone: the two take 2 MB

    parser = _parser()
    tokens = parser.parse(text)
    _lower_headings(tokens)
    html = parser.renderer.render(tokens, parser.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noreferrer nofollow",
    )
    return mark_safe(clean)  # noqa: S308  cleaned just now


def _lower_headings(tokens: list[Token]) -> None:
    """The highest heading stands right under the page's own, and none skips a level."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    above = min((int(token.tag[1]) for token in headings), default=1) - _HIGHEST
    last = _HIGHEST - 1
    for token in headings:
        if token.type == "heading_open":
            last = min(int(token.tag[1]) - above, last + 1, _LOWEST)
        token.tag = f"h{last}"
