"""How long the map takes to show another day: from the slider's move to the painted frame."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Error, sync_playwright

from bench.browser import FLAGS, PATIENCE_MS, SCREEN, executable
from bench.servers import Broken

#: Every month once, then jumps of a third of the way, which change most counties at once.
MOVES = """
async () => {
  const slider = document.getElementById("months");
  const most = Number(slider.max);
  const months = Array.from({ length: most + 1 }, (_, at) => at);
  const jumps = Array.from({ length: 30 }, (_, at) => (at * Math.floor(most / 3)) % (most + 1));
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    // The frame that paints is the next: the instrument paints in a frame's own callback.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  }));
  const taken = [];
  for (const month of [...months, ...jumps]) {
    slider.value = month;
    const start = performance.now();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await painted();
    taken.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return taken;
}
"""


@dataclass(frozen=True)
class Slides:
    """`taken_ms`: one for each move, sorted. Sizes of the history file in bytes."""

    taken_ms: tuple[float, ...]
    history_bytes: int
    history_wire: int

    def share(self, part: float) -> float:
        return self.taken_ms[min(len(self.taken_ms) - 1, int(len(self.taken_ms) * part))]


def slide(address: str) -> Slides:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        try:
            page = browser.new_page(viewport=SCREEN)
            page.set_default_timeout(PATIENCE_MS)
            page.goto(address, wait_until="networkidle")
            with page.expect_response("**/map-history.json*") as waited:
                page.locator("#months").focus()
                page.keyboard.press("ArrowLeft")
            sizes = waited.value.request.sizes()
            body = waited.value.body()
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(1000)
            taken = page.evaluate(MOVES)
            return Slides(tuple(sorted(taken)), len(body), sizes["responseBodySize"])
        except Error as error:
            raise Broken(f"{address} in the browser: {error}") from error
        finally:
            browser.close()
