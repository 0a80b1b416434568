"""A county's page in a real browser: what is missing, what if, reporting an error, and paper.

Texas as SB 4 left it in December 2019, and New Mexico, where no law stands in the way.
"""

from __future__ import annotations

import io
from datetime import date, timedelta

import pypdfium2
import pytest
from playwright.sync_api import expect

from policies import report_tokens
from policies.models import ErrorReport
from policies.rubric import FACTORS
from tests.factories import (
    CountyFactory,
    LocalPolicyFactory,
    OptionFactory,
    published,
    published_provision,
)

ON = "?as_of=2019-12-01"
TRAVIS, BERNALILLO = "/counties/tx/travis/", "/counties/nm/bernalillo/"
BLOCKED = ("limits_holds", "no_general_assistance")
OPEN = ("limits_notifications", "limits_interrogations", "no_status_inquiry")


def answered(county, answers: dict[str, str]) -> None:
    for factor, answer in answers.items():
        published(LocalPolicyFactory, county=county, factor=factor, answer=answer)


# What scripts do with a page: the pages are the same on either database.
pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def both_states(transactional_db):
    travis = CountyFactory(usps="TX", fips="48453", short_name="Travis", slug="travis")
    bernalillo = CountyFactory(usps="NM", fips="35001", short_name="Bernalillo", slug="bernalillo")
    santa_fe = CountyFactory(usps="NM", fips="35049", short_name="Santa Fe", slug="santa-fe")
    since = date(2017, 9, 25)
    published_provision(
        state=travis.state,
        title="Texas SB 4",
        claims=[
            {"effect": "mandates", "factor": "limits_holds", "effective_from": since},
            {"effect": "forbids", "factor": "no_general_assistance", "effective_from": since},
        ],
    )
    for county in (travis, bernalillo):
        answered(county, dict.fromkeys(FACTORS[:2], "yes"))
        answered(county, dict.fromkeys(FACTORS[2:], "none_found"))
    answered(santa_fe, dict.fromkeys(FACTORS, "yes"))
    for factor in FACTORS:
        OptionFactory(factor=factor.value, model_wording=f"Wording on {factor}.")


@pytest.fixture
def without_scripts(new_context):
    return new_context(java_script_enabled=False).new_page()


def box(page, code: str):
    return page.locator(f"#what-if input[value={code}]")


def outcome(page):
    return page.locator("#what-if [data-shown]")


def test_the_gap_finder_names_what_texas_blocks_and_whom_to_follow_elsewhere(page, both_states):
    page.goto(TRAVIS + ON)
    for code, words in zip(BLOCKED, ("mandates this", "forbids local policies"), strict=True):
        expect(page.locator(f"#gap-{code}")).to_contain_text("Blocked.")
        expect(page.locator(f"#gap-{code}")).to_contain_text(f"(Texas SB 4) {words}")
        expect(page.locator(f"#gap-{code} details")).to_have_count(0)

    page.goto(BERNALILLO + ON)
    holds = page.locator("#gap-limits_holds")
    expect(holds.locator(".model")).to_have_text("Wording on limits_holds.")
    expect(holds.locator(".peer")).to_contain_text("Santa Fe County, NM")
    expect(holds.locator(".peer blockquote")).to_contain_text("shall not hold any person")
    expect(page.get_by_text("Blocked.")).to_have_count(0)


def test_what_if_shows_at_once_where_a_county_would_stand(page, both_states):
    page.goto(BERNALILLO + ON)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    expect(outcome(page)).to_contain_text("Switch something on")

    for code in (*BLOCKED, *OPEN):
        box(page, code).check()
    expect(outcome(page).locator(".numeral span")).to_have_text("7")
    expect(outcome(page)).to_contain_text("1 of 2, with 1 other")
    expect(outcome(page).locator(".qif")).to_have_count(5)
    box(page, "limits_holds").uncheck()
    expect(outcome(page).locator(".numeral span")).to_have_text("6")
    expect(outcome(page)).to_contain_text("2 of 2")
    expect(outcome(page)).to_contain_text("Hypothetical: not the record")
    expect(page.locator("#score")).to_have_text("2")
    assert not [url for url in asked if not url.endswith("favicon.svg")]
    assert "if=" not in page.url

    page.get_by_role("button", name="A link to this “what if”").click()
    page.wait_for_url("**/?as_of=2019-12-01&if=**")
    expect(outcome(page).locator(".numeral span")).to_have_text("6")
    assert "if=" not in page.locator("#cite").inner_text()


def test_texas_cannot_switch_on_what_its_law_blocks(page, both_states):
    page.goto(f"{TRAVIS}{ON}&if=limits_holds&if=no_general_assistance")
    for code in BLOCKED:
        expect(box(page, code)).to_be_disabled()
    for code in OPEN:
        expect(box(page, code)).to_be_enabled()
    expect(page.locator("#what-if")).to_contain_text("Not counted:")
    expect(outcome(page)).to_contain_text("Switch something on")


def test_what_if_without_scripts_and_in_spanish(without_scripts, both_states):
    page = without_scripts
    page.goto(f"/es{BERNALILLO}{ON}")
    box(page, "limits_holds").check()
    box(page, "no_general_assistance").check()
    page.get_by_role("button", name="Calcular").click()

    page.wait_for_url("**#what-if")
    expect(outcome(page).locator(".numeral span")).to_have_text("4")
    expect(outcome(page)).to_contain_text("Suposición: no es lo que consta")
    expect(page.get_by_text("Con un «¿y si…?».")).to_be_visible()

    page.goto(f"/es{TRAVIS}{ON}")
    expect(box(page, "limits_holds")).to_be_disabled()
    expect(page.locator("#what-if")).to_contain_text("Bloqueado: la ley estatal (Texas SB 4)")


def test_an_error_is_reported_without_scripts(without_scripts, both_states, monkeypatch):
    monkeypatch.setattr(report_tokens, "SOONEST", timedelta(0))
    page = without_scripts
    page.goto(f"/es{TRAVIS}{ON}")
    page.get_by_role("link", name="Avisar de un error").first.click()
    page.get_by_label("¿Qué está mal?").fill("La fecha es otra.")
    page.get_by_role("button", name="Enviar el aviso").click()

    expect(page.get_by_role("heading", name="Su aviso ha llegado")).to_be_visible()
    report = ErrorReport.objects.get()
    expect(page.locator("#number strong")).to_have_text(str(report.pk))
    assert (report.county_id, report.language) == ("48453", "es")
    assert not page.context.cookies()


@pytest.mark.parametrize("address", [TRAVIS, BERNALILLO, f"/es{TRAVIS}"])
def test_it_prints_on_two_pages(page, both_states, address):
    page.goto(f"{address}{ON}&if=limits_notifications")
    printed = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="Letter")))
    words = "".join(sheet.get_textpage().get_text_range() for sheet in printed)

    assert len(printed) <= 2
    assert "Hypothetical" not in words
    assert "Suposición" not in words
