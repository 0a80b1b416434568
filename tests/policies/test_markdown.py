"""Markdown of staff as HTML that does no harm."""

import re

import pytest

from policies.markdown import render


def test_headings_lists_links_and_tables_are_shown():
    html = render("# A\n\n- one\n- [two](https://example.org)\n\n|a|\n|-|\n|b|\n")
    assert "<h2>A</h2>" in html
    assert '<a href="https://example.org" rel="noreferrer nofollow">two</a>' in html
    assert "<td>b</td>" in html


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("## A\n\n## B", "22"),
        ("## A\n\n### B\n\n## C", "232"),
        ("# A\n\n### B", "23"),
        ("### A\n\n# B", "22"),
        ("# A\n\n## B\n\n### C\n\n#### D", "2344"),
    ],
)
def test_headings_begin_under_the_pages_own_and_skip_no_level(text, levels):
    html = render(text)
    assert "".join(re.findall(r"<h(\d)>", html)) == levels
    assert "".join(re.findall(r"</h(\d)>", html)) == levels


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://tracker.example/pixel.png)",
        '<a href="#" onclick="alert(1)">x</a>',
        "<style>body{display:none}</style>",
        "[x]: javascript:alert(1)\n\n[x]",
        "<iframe src=https://example.org></iframe>",
    ],
)
def test_nothing_of_it_runs_or_loads(hostile):
    html = render(hostile)
    for tag in (
        "<script",
        "<img",
        "<style",
        "<iframe",
        'href="javascript',
        'href="data',
        '<a href="#"',
    ):
        assert tag not in html
