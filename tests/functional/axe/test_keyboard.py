"""The Tab key on the admin's main screens: it goes as one reads, and one sees where it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse

#: So many stops of each screen: what is beyond is more of the same.
STOPS = 70
#: Where the keyboard is: its place on the page, whether it is marked, and whether it can be seen.
#: What stays in place while the page moves has no place on it.
STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e.hasAttribute('data-stopped')) return null;
  e.setAttribute('data-stopped', '');
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  let stays = false;
  for (let one = e; one; one = one.parentElement) {
    stays ||= ['sticky', 'fixed'].includes(getComputedStyle(one).position);
  }
  const spots = [[.5, .5], [.05, .1], [.95, .1], [.05, .9], [.95, .9]].map(([x, y]) =>
    document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
  const regions = '#header, .breadcrumbs, #nav-sidebar, #changelist-filter, .object-tools, aside';
  return {
    what: `${e.tagName.toLowerCase()}${e.id && '#' + e.id} “${
      (e.innerText || e.value || e.name || '').trim().slice(0, 40)}”`,
    region: e.closest(regions)?.id || e.closest(regions)?.className || 'content',
    left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY,
    stays,
    marked: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) ||
      [...e.querySelectorAll('rect')].some(r => parseFloat(getComputedStyle(r).strokeWidth) > 3),
    seen: spots.some(one => one && (e.contains(one) || one.contains(e) ||
      [...(e.labels ?? [])].some(label => label.contains(one)))),
  };
}"""

#: Whether Tab only went from the day to the month of one date.
WITHIN = """() => {
  const now = document.activeElement, within = now === window.last && now.type === 'date';
  window.last = now;
  return within;
}"""

#: By name: the kind of screen, and the address of one.
SCREENS = {
    "the first page": lambda w: reverse("admin:index"),
    "a list": lambda w: reverse("admin:policies_localpolicy_changelist"),
    "a form": lambda w: reverse("admin:policies_localpolicy_add"),
    "a county": lambda w: reverse("admin:counties_county_change", args=[w.county.pk]),
    "many counties": lambda w: reverse("admin:counties_county_together") + "?state=CA",
    "a review": lambda w: reverse("admin:policies_changeset_change", args=[w.sets["in_review"].pk]),
    "what a law moves": lambda w: reverse(
        "admin:policies_stateprovision_effect", args=[w.law_draft.pk]
    ),
    "a file to send": lambda w: reverse("admin:policies_submission_add"),
    "a received file": lambda w: reverse(
        "admin:policies_submission_change", args=[w.files["questions"].pk]
    ),
    "a text": lambda w: reverse("admin:policies_sitetext_text", args=["about"]),
}


def stops(page) -> Iterator[dict]:
    """Each place where the Tab key stops, from the top of the page until it begins again."""
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    for _number in range(STOPS):
        page.keyboard.press("Tab")
        while page.evaluate(WITHIN):
            page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return
        yield stop


def goes_back(before: dict, after: dict) -> bool:
    """Up the page within one column, or to the left within one line."""
    higher = after["bottom"] <= before["top"] + 1
    same_line = after["top"] < before["bottom"] - 1 and before["top"] < after["bottom"] - 1
    left = after["right"] <= before["left"] + 1
    return (higher and after["left"] < before["right"]) or (same_line and left)


@pytest.mark.sqlite_only
def test_tab_goes_as_one_reads_and_is_seen(as_boss, world):
    wrong = []
    for name, address in SCREENS.items():
        as_boss.goto(address(world))
        last: dict[str, dict] = {}
        count = 0
        for stop in stops(as_boss):
            count += 1
            if not stop["marked"]:
                wrong.append(f"{name}: no mark on {stop['what']}")
            if not stop["seen"]:
                wrong.append(f"{name}: something covers {stop['what']}")
            if stop["stays"]:
                continue
            before = last.get(stop["region"])
            if before and goes_back(before, stop):
                wrong.append(f"{name}: back from {before['what']} to {stop['what']}")
            last[stop["region"]] = stop
        assert count > 5, name
    assert not wrong, "\n" + "\n".join(wrong)
