"""axe-core in the page that a reader has: wide and narrow, light and dark, under the site's own
content security policy (what a test evaluates is not the page's and needs no exception to it)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

SCHEMES = ("light", "dark")
HEIGHT = 900
#: WCAG 2.0 to 2.2, A and AA, and what axe's authors hold good practice.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
#: Rules of good practice that are not ours, and why.
NOT_OURS: dict[str, str] = {}
#: What the colours of the page decide: asked again in the second scheme.
OF_COLOURS = ("color-contrast", "link-in-text-block")
#: axe measures colours; none may be on its way from light to dark. What stays in sight covers
#: other things wherever the page is scrolled to: test_keyboard.py sees to it that none of them has
#: the focus.
STILL = """() => {
  const still = new CSSStyleSheet();
  const none = 'transition: none !important; animation: none !important';
  still.replaceSync(`*, ::before, ::after { ${none} } .submit-row { position: static !important }`);
  document.adoptedStyleSheets.push(still);
}"""
#: What is folded away is somebody's page too.
UNFOLD = "() => document.querySelectorAll('details').forEach(one => { one.open = true; })"
RUN = """([where, options]) => axe.run(where, options).then(found => found.violations)"""
#: What is visible in one width alone. A colour is the same in every width: only these elements
#: have their colours measured again.
SEEN = """() => {
  const all = [...document.querySelectorAll('body *')];
  window.seen = new WeakSet(all.filter(e => e.checkVisibility()));
}"""
FRESH = """() => {
  const fresh = [...document.querySelectorAll('body *')]
    .filter(e => e.checkVisibility() && !window.seen.has(e));
  fresh.forEach(e => e.setAttribute('data-fresh', ''));
  return fresh.length;
}"""


@dataclass
class Found:
    """Every violation of some pages, once for each rule and element."""

    lines: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)

    def add(self, page: str, look: str, violations: list[dict[str, Any]]) -> None:
        for rule in violations:
            for node in rule["nodes"]:
                where = " ".join(map(str, node["target"]))
                about = " ".join(node.get("failureSummary", rule["help"]).split())
                looks = self.lines.setdefault((rule["id"], where, about), [])
                looks.append(f"{page} ({look})")

    def must_be_nothing(self) -> None:
        """Fails, naming every rule, element, remedy and page."""
        if self.lines:
            pytest.fail(f"axe found:\n{self}", pytrace=False)

    def __str__(self) -> str:
        return "\n".join(
            f"{rule}: {where}\n    {about}\n    on {', '.join(pages[:4])}"
            + (f" and {len(pages) - 4} more" if len(pages) > 4 else "")
            for (rule, where, about), pages in sorted(self.lines.items())
        )


def options(*rules: str, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """For the rules named; else for all of TAGS but NOT_OURS and those `without`."""
    asked = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
    left_out = {} if rules else {name: {"enabled": False} for name in (*NOT_OURS, *without)}
    return {"runOnly": asked, "rules": left_out, "resultTypes": ["violations"], "preload": False}


def check(page, name: str, widths: tuple[int, int], found: Found, frame: str = "") -> None:
    """Whatever axe finds on the open page goes into `found`.

    `widths`: wide and narrow. `frame`: a selector of what other pages show as well.
    """
    where = {"include": [["html"]], "exclude": [[frame]] if frame else []}
    wide, narrow = widths

    def ask(width: int, scheme: str, where, asked) -> None:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        if violations := page.evaluate(RUN, [where, asked]):
            found.add(name, f"{width} px, {scheme}", violations)

    for script in (STILL, UNFOLD, AXE_SCRIPT):
        page.evaluate(script)
    ask(wide, "light", where, options())
    page.evaluate(SEEN)
    ask(wide, "dark", where, options(*OF_COLOURS))
    ask(narrow, "light", where, options(without=OF_COLOURS))
    if page.evaluate(FRESH):
        fresh = {"include": [["[data-fresh]"]]}
        for scheme in SCHEMES:
            ask(narrow, scheme, fresh, options(*OF_COLOURS))
