"""A frame on the page of another origin."""

from __future__ import annotations

import html
import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from policies.rubric import FACTORS
from tests.factories import CountyFactory, LocalPolicyFactory, published

# What scripts do with a page: the pages are the same on either database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_only]


@pytest.fixture
def elsewhere(tmp_path):
    """Another origin on this machine: its folder and its address."""
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    handler.log_message = lambda *_: None
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def marin():
    county = CountyFactory(fips="041", short_name="Marin", name="Marin County", slug="marin")
    for factor in FACTORS:
        published(LocalPolicyFactory, county=county, factor=factor.value)


def test_the_line_shows_the_county_on_another_page_and_leads_back(page, elsewhere):
    folder, origin = elsewhere
    page.goto("/embed/?kind=county&county=06041")
    line = page.locator("#code").inner_text()
    assert re.fullmatch(r"<iframe [^\n]*></iframe>", html.unescape(line))
    (folder / "index.html").write_text(f"<!doctype html><title>News</title>{line}")
    page.goto(f"{origin}/index.html")

    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Marin County")).to_be_visible()
    back = frame.get_by_role("link", name="Read why")
    expect(back).to_have_attribute("target", "_blank")
    assert "/counties/ca/marin/" in back.get_attribute("href")
