"""Markdown that staff write, as HTML that cannot do harm: no HTML of their own, no scripts, no
pictures, and links that lead to the web or within the site only."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "strong", "em", "code", "blockquote", "a"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
}
#: Headings begin under the page's own.
_LOWER = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # as below

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def render(text: str) -> SafeString:
    """The text as clean HTML."""
    import nh3  # loaded for pages with Markdown alone: the two take 2 MB

    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        token.tag = _LOWER.get(token.tag, token.tag)
    html = parser.renderer.render(tokens, parser.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noreferrer nofollow",
    )
    return mark_safe(clean)  # noqa: S308  cleaned just now
