"""The tasks of the guide for staff (/admin/guide/), done in a real browser; and its pictures.

`GUIDE_PICTURES=FOLDER` has them write its pictures there; see scripts/guide_pictures.sh.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from PIL import Image

from policies import roles
from tests.factories import UserFactory
from tests.policies.documents.conftest import own_folders

__all__ = ["own_folders"]

PASSWORD = "a long enough password"
#: Colours of a picture, and how much is left around what it shows.
COLOURS, MARGIN, TALLEST = 32, 8, 780
#: Without the admin's menu, and with nothing that stays in place while the page moves.
BARE = """() => {
  document.activeElement.blur();
  document.querySelectorAll('#nav-sidebar, #toggle-nav-sidebar').forEach(one => one.remove());
  document.querySelectorAll('.submit-row').forEach(one => { one.style.position = 'static'; });
  scrollTo({top: 0, behavior: 'instant'});
}"""


@pytest.fixture
def log_in(page, transactional_db) -> Callable:
    """`log_in("ana", roles.EDITORS)`: from then on the browser is hers. Returns the account."""
    roles.make_groups()

    def log_in_as(username: str, role: str):
        user = UserFactory._meta.model.objects.filter(username=username).first()
        if user is None:
            user = UserFactory(username=username)
            user.set_password(PASSWORD)
            user.save()
            user.groups.add(Group.objects.get(name=role))
        page.context.clear_cookies()
        page.goto("/admin/login/")
        page.fill("#id_username", username)
        page.fill("#id_password", PASSWORD)
        page.click("input[type=submit]")
        page.wait_for_selector("#user-tools")
        return user

    return log_in_as


@pytest.fixture
def picture(page) -> Callable:
    """`picture("name", "#from", "#to")`: that part of the page, over its whole width.

    Does nothing unless the environment names a folder.
    """
    folder = os.environ.get("GUIDE_PICTURES")

    def take(name: str, first: str, last: str = "") -> None:
        if not folder:
            return
        page.evaluate(BARE)
        boxes = [page.locator(one).first.bounding_box() for one in (first, last or first)]
        top = max(0, boxes[0]["y"] - MARGIN)
        bottom = min(top + TALLEST, boxes[1]["y"] + boxes[1]["height"] + MARGIN)
        width = page.viewport_size["width"]
        clip = {"x": 0, "y": top, "width": width, "height": bottom - top}
        data = page.screenshot(clip=clip, full_page=True, animations="disabled")
        drawn = (
            Image.open(io.BytesIO(data)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        )
        drawn.save(Path(folder) / f"{name}.png", optimize=True)

    return take


@pytest.fixture
def choose(page) -> Callable:
    """`choose("citations-0-document", "Order 135")`: the first match of a field that searches."""

    def choose_in(name: str, text: str) -> None:
        page.click(f"[aria-labelledby~='select2-id_{name}-container']")
        page.keyboard.type(text)
        page.wait_for_selector(".select2-results__option--highlighted:not(.loading-results)")
        page.keyboard.press("Enter")

    return choose_in


@pytest.fixture
def approve(page, log_in) -> Callable:
    """`approve("ben")`: somebody else reads the only change-set that waits, and approves it."""

    def approve_as(username: str, before: Callable[[], None] = lambda: None) -> None:
        log_in(username, roles.REVIEWERS)
        page.goto("/admin/")
        page.click("a.needs-person:has-text('to review')")
        page.click("#result_list tbody th a")
        page.click("text=I am reading this")
        page.wait_for_selector(".messagelist .success")
        before()
        page.click(".plain-button:has-text('Approve and publish')")
        page.wait_for_selector(".record-state.status-approved")

    return approve_as


@pytest.fixture
def answer(page) -> Callable:
    """`answer(county, "limits_holds", "2019-08-01")`: in the public's words, on that day."""

    def answer_of(county, factor: str, day: str = "", **query: str) -> str:
        parameters = query | ({"as_of": day} if day else {})
        page.goto(f"{county.get_absolute_url()}?{urlencode(parameters)}")
        # An unknown factor stands in the block of all that are unknown.
        row = page.locator(f"#{factor}, .unknown-factors:has(#{factor})").first
        return row.locator(".verdict b").inner_text().lower()

    return answer_of
