"""One visit to a map page in a browser without a cache, slowed down as a cheap phone would be."""

from __future__ import annotations

import base64
import os
import shutil
from dataclasses import dataclass

from playwright.sync_api import Error, Page, sync_playwright

from bench.servers import Broken

CPU_SLOWDOWN = 4
#: Lighthouse's "slow 4G".
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
#: A browser is at work for itself when it has just been started; nobody opens a page that soon.
SETTLE_MS = 1_500
SCREEN = {"width": 1280, "height": 900}
PATIENCE_MS = 60_000
TOO_LATE = f"new Promise((resolve) => setTimeout(resolve, {PATIENCE_MS}, null))"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
)

#: Fulfilled at the end of the first frame in which the page holds all counties with their colour.
#: A page may draw each with a path of its own (d3 does, from its own list of 3,142) or many with
#: one path, in which a `Z` ends each: then all 3,143 have to be there. Of some 60 paths, or of all
#: if there are fewer, the fill is looked at that a style sheet or script gives them. (Black is what
#: a path has before anybody gives it a colour.)
PROBE = """
window.colouredAt = new Promise((resolve) => {
  const paths = document.getElementsByTagName("path");
  const isColoured = (path) => !["none", "rgb(0, 0, 0)"].includes(getComputedStyle(path).fill);
  const held = (path) => {  // counted in place: what this computes is in the figures
    const shape = path.getAttribute("d") ?? "";
    let count = 0;
    for (let at = shape.indexOf("Z"); at >= 0; at = shape.indexOf("Z", at + 1)) count += 1;
    return count;
  };
  const areAllThere = () =>
    paths.length >= 3140 || Array.from(paths).reduce((sum, path) => sum + held(path), 0) >= 3143;
  const look = () => {
    if (!areAllThere()) return requestAnimationFrame(look);
    const step = Math.ceil(paths.length / 60);
    const sample = Array.from(paths).filter((_, index) => index % step === 0);
    if (sample.filter(isColoured).length < 0.9 * sample.length) return requestAnimationFrame(look);
    // A message is handled after the frame that this callback belongs to was laid out and painted.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now());
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
});
"""
#: Of the pixels of a picture, the share that has a colour (is not a grey).
SHARE_OF_COLOUR = """
async (picture) => {
  const blob = new Blob([Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))]);
  const image = await createImageBitmap(blob);
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  let coloured = 0;
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue] = [data[at], data[at + 1], data[at + 2]];
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > 24) coloured += 1;
  }
  return (coloured * 4) / data.length;
}
"""
LEAST_SHARE_OF_COLOUR = 0.1


@dataclass(frozen=True)
class Visit:
    """`resources`: (address, bytes on the wire) of every request, without a touch by anybody.

    `work_ms`: what the page's main thread computed until the map was coloured, slowed down, but
    without the time in which it waited for the network or for other programs.
    """

    coloured_ms: float
    work_ms: float
    first_paint_ms: float
    resources: tuple[tuple[str, int], ...]
    picture: bytes

    @property
    def bytes(self) -> int:
        return sum(size for _, size in self.resources)


def executable() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        raise Broken("No Chromium is installed. Run scripts/test_tools.sh.")
    return found


def visit(address: str, *, look: bool = False) -> Visit:
    """`look`: also check, in a picture of the page, that the map has its colours."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        try:
            page = browser.new_page(viewport=SCREEN)
            seen = _open(page, address)
            if look:
                _check_colours(browser.new_page(), seen, address)
            return seen
        except Error as error:
            raise Broken(f"{address} in the browser: {error}") from error
        finally:
            browser.close()


def _open(page: Page, address: str) -> Visit:
    devtools = page.context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}
    failed: list[str] = []

    def sent(event: dict) -> None:
        addresses[event["requestId"]] = event["request"]["url"]

    def finished(event: dict) -> None:
        sizes[event["requestId"]] = int(event["encodedDataLength"])

    devtools.on("Network.requestWillBeSent", sent)
    devtools.on("Network.loadingFinished", finished)
    devtools.on("Network.loadingFailed", lambda event: failed.append(event["requestId"]))
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
    page.add_init_script(PROBE)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.wait_for_timeout(SETTLE_MS)
    page.goto(address, wait_until="commit", timeout=PATIENCE_MS)
    coloured_ms = page.evaluate(f"Promise.race([window.colouredAt, {TOO_LATE}])")
    if coloured_ms is None:
        raise Broken(f"{address} did not show a coloured map within {PATIENCE_MS} ms.")
    work = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
    picture = page.screenshot()
    page.wait_for_load_state("networkidle", timeout=PATIENCE_MS)
    if failed:
        raise Broken(f"{address} could not load {', '.join(addresses[one] for one in failed)}.")
    paints = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    return Visit(
        coloured_ms=coloured_ms,
        work_ms=work["TaskDuration"] * 1000,
        first_paint_ms=paints,
        resources=tuple(
            (addresses[one], size)
            for one, size in sizes.items()
            if not addresses[one].startswith("data:")
        ),
        picture=picture,
    )


def _check_colours(page: Page, seen: Visit, address: str) -> None:
    share = page.evaluate(SHARE_OF_COLOUR, base64.b64encode(seen.picture).decode())
    if share < LEAST_SHARE_OF_COLOUR:
        raise Broken(f"The picture of {address} has colour on {share:.1%} of it: no map in sight.")
