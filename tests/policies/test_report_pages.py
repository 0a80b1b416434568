"""The reports' pages: their numbers, where these lead, what is refused, and what it costs."""

from __future__ import annotations

import csv
import re
from datetime import date
from html import unescape
from io import StringIO

import pytest

from policies.models import PublishedFigure
from policies.rubric import FACTORS
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    DocumentFactory,
    IceListFactory,
    LocalPolicyFactory,
    WinFactory,
    change,
    noon,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db

PAGES = ("/reports/", "/reports/changes/?from=2017-01-01", "/reports/published/")


def complete(fips: str, yes: int, **values):
    """A county with all seven answers since 2015, of which the first `yes` are yes."""
    county = CountyFactory(usps=values.pop("usps", "CA"), fips=fips, short_name=f"Place {fips}")
    county.policies = [
        published(
            LocalPolicyFactory,
            county=county,
            factor=factor.value,
            answer="yes" if number < yes else "none_found",
            effective_from=date(2015, 1, 1),
            **values,
        )
        for number, factor in enumerate(FACTORS)
    ]
    return county


@pytest.fixture
def record():
    """Two complete counties of California, one partly known, and one of Texas with a law."""
    five, two = complete("06001", 5), complete("06003", 2)
    texan = complete("48001", 3, usps="TX")
    partial = CountyFactory(fips="06005", short_name="Part")
    published(
        LocalPolicyFactory, county=partial, factor="limits_holds", effective_from=date(2015, 1, 1)
    )
    published_provision(
        state=texan.state,
        title="Texas SB 4",
        enacted_on=date(2017, 5, 7),
        claims=[
            {"factor": "limits_holds", "effect": "mandates", "effective_from": date(2017, 9, 1)}
        ],
    )
    published(WinFactory, state=five.state, counties=[five], kind="local_policy")
    published(WinFactory, state=texan.state, counties=[texan], kind="287g_ended")
    return {"five": five, "two": two, "texan": texan, "partial": partial}


def html(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


def numbers(page: str) -> set[tuple[str, int]]:
    """(address, number) of every link on the page that is a number."""
    main = page[page.index("<main") : page.index("</main>")]
    found = re.findall(r'<a href="([^"]+)">\s*([\d,]+)\s*</a>', main)
    return {(unescape(address), int(n.replace(",", ""))) for address, n in found}


def test_both_tables_cover_the_complete_counties_and_add_up(client, record):
    page = client.get("/reports/", {"as_of": "2017-06-01"}).context["report"]

    assert page.title == "1 of 3 fully known counties have five or more of the seven policies"
    assert [row.counties.n for row in page.by_score] == [0, 0, 1, 0, 1, 1, 0, 0]
    assert [row.yes.n for row in page.by_factor] == [3, 3, 2, 1, 1, 0, 0]
    assert page.points == "10"
    assert page.factor_sum == "3 + 3 + 2 + 1 + 1 + 0 + 0"
    assert page.score_sum.startswith("7 × 0 + 6 × 0 + 5 × 1")
    assert page.partial_count.n == 1
    assert [row.yes.n for row in page.partial] == [0, 0, 1, 0, 0, 0, 0]


@pytest.mark.parametrize(
    "address",
    [
        "/reports/?as_of=2020-01-01",
        "/reports/?as_of=2020-01-01&state=CA",
        "/reports/?as_of=2020-01-01&state=TX&known_on=2021-01-01",
    ],
)
def test_every_number_leads_to_exactly_its_rows(client, record, address):
    links = numbers(html(client, address))
    counties = {link for link in links if link[0].startswith("/counties/")}
    wins = {link for link in links if link[0].startswith("/wins/")}
    assert counties
    assert wins
    for link, n in counties:
        assert client.get(link).context["shown"].total == n, link
    for link, n in wins:
        assert len(client.get(link).context["wins"]) == n, link


def test_of_one_state_only_its_own(client, record):
    context = client.get("/reports/", {"as_of": "2020-01-01", "state": "CA"}).context
    assert context["report"].title.startswith("In California, 1 of 2")
    assert context["laws"].groups == ()
    assert [row.count.n for row in context["wins"]].count(1) == 1


def test_laws_count_from_the_day_of_their_enactment(client, record):
    for day, n in (("2017-05-06", 0), ("2017-05-07", 1)):
        laws = client.get("/reports/", {"as_of": day}).context["laws"]
        assert sum(group.count.n for group in laws.groups) == n
    (group,) = laws.groups
    assert (group.code, group.laws[0].topics) == ("serves", "holds")
    assert [(one.label, one.limits, one.serves) for one in laws.chart.years] == [("2017", 0, 1)]


def test_years_without_a_law_keep_their_place_and_old_ones_share_the_first(client, record):
    state = record["five"].state
    for year in (1987, 2014, 2019):
        published_provision(
            state=state,
            enacted_on=date(year, 3, 1),
            claims=[{"factor": "limits_holds", "effective_from": date(year, 3, 1)}],
        )
    chart = client.get("/reports/", {"as_of": "2020-01-01"}).context["laws"].chart
    assert [one.label for one in chart.years] == ["≤ 2009", *(str(y) for y in range(2010, 2020))]
    assert [one.limits for one in chart.years] == [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]


def test_with_nothing_known_the_report_says_so(client):
    CountyFactory(fips="001")
    page = html(client, "/reports/?as_of=2020-01-01")
    assert "No county was fully known on Jan. 1, 2020" in page
    assert "Both tables count" not in page


# --- Changes -----------------------------------------------------------------------------------

CHANGES = "/reports/changes/?from=2017-06-01&to=2018-06-01"


@pytest.fixture
def moved(record):
    """Texas is lowered by its law, one county of California raised by itself."""
    change(record["two"].policies[2], answer="yes", effective_from=date(2018, 1, 1))
    return record


def test_changes_are_counted_by_where_counties_went_and_why(client, moved):
    context = client.get(CHANGES).context
    shown = context["shown"]

    assert shown.title == "1 county raised its score, and 1 lowered it"
    assert [part.count.n for part in shown.parts] == [1, 1, 0, 1]
    assert (shown.compared.n, shown.not_compared.n) == (3, 1)
    assert [(row.label, [n.n for n in row.counts]) for row in shown.causes.rows] == [
        ("local change", [1, 0]),
        ("state law", [0, 1]),
    ]
    assert [row.name for row in context["counties"]] == ["Place 06003 County", "Place 48001 County"]


@pytest.mark.parametrize(
    "more", ["", "&state=TX", "&known_on=2021-01-01", "&known_from=2019-06-01"]
)
def test_every_number_of_changes_leads_to_exactly_its_rows(client, moved, more):
    links = {link for link in numbers(html(client, CHANGES + more)) if link[0].startswith("?")}
    assert links
    for link, n in links:
        page = client.get("/reports/changes/" + link.split("#")[0])
        assert page.context["page"].paginator.count == n, link


@pytest.mark.parametrize(
    "filters", ["", "direction=raised", "cause=state_law", "direction=unchanged"]
)
def test_the_csv_has_the_rows_of_the_screen(client, moved, filters):
    context = client.get(f"{CHANGES}&{filters}").context
    body = b"".join(client.get(context["csv_url"]).streaming_content).decode()
    rows = list(csv.DictReader(StringIO(body)))
    assert len(rows) == context["page"].paginator.count
    assert {row["name"] for row in rows} == {row.name for row in context["counties"]}


def test_links_to_counties_are_of_the_second_day(client, moved):
    page = html(client, CHANGES + "&as_of=2016-01-01")
    page = page[page.index("<main") : page.index("</main>")]
    assert "/counties/tx/" in page
    assert "as_of=2016-01-01" not in page
    assert "as_of=2018-06-01" in page


def test_without_a_first_day_a_year_is_compared(client, moved):
    asked = client.get("/reports/changes/?as_of=2020-02-29").context["asked"]
    assert (asked.since.as_of, asked.until.as_of) == (date(2019, 2, 28), date(2020, 2, 29))


def test_the_same_day_twice_says_that_nothing_can_differ(client, moved):
    page = html(client, "/reports/changes/?from=2018-01-01&to=2018-01-01")
    assert "Nothing can differ" in page
    assert "<svg" not in page[page.index("<main") :]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("from=2018-01-02&to=2018-01-01", "from"),
        ("from=yesterday", "from"),
        ("from=2017-01-01&cause=weather", "cause"),
        ("from=2017-01-01&page=0", "page"),
        ("from=2017-01-01&from=2018-01-01", "from"),
        ("from=2017-01-01&since=2018", "since"),
        ("from=2017-01-01&state=Texas", "state"),
        ("from=2017-01-01&known_from=2099-01-01", "known_from"),
        ("from=2017-01-01&to=2018-01-01&known_from=2020-01-01&known_on=2019-01-01", "known_from"),
    ],
)
def test_a_bad_question_is_a_400_page_that_names_it(client, moved, query, named):
    response = client.get(f"/reports/changes/?{query}")
    assert response.status_code == 400
    assert named in response.content.decode()


def test_a_change_of_method_is_said_where_knowledge_is_compared(client, moved):
    page = html(client, CHANGES + "&known_from=2019-06-01")
    assert "our way of counting was changed 0 times" in page


# --- Beside published figures ------------------------------------------------------------------


@pytest.fixture
def figures():
    document = DocumentFactory(title="Growing the Resistance")
    for table, code, counties in (
        ("headline", "counties_analysed", 2960),
        ("headline", "increased_protection", 475),
        ("by_factor", "limits_holds", 715),
        ("by_score", "5", 1),
        ("by_score", "2", 2109),
    ):
        PublishedFigure.objects.create(
            document=document,
            as_of=date(2019, 9, 1),
            as_of_precision="month",
            table=table,
            code=code,
            label=code,
            counties=counties,
        )


def test_printed_figures_stand_beside_ours_with_coverage_and_cause(client, record, figures):
    (edition,) = client.get("/reports/published/").context["editions"]
    by_factor, by_score, headline = edition.tables
    (holds,) = by_factor.rows

    assert (edition.day, holds.published, holds.ours.n, holds.difference) == (
        *("September 2019", "715", 2),
        "−713",
    )
    assert holds.complete.n == 1
    assert "2,956 fewer" in holds.why
    assert "Cause: all of ours, 2 by the county's own record." in holds.why
    assert [row.why[:9] for row in by_score.rows] == ["The same.", "Coverage:"]
    assert "known in part: 1." in by_score.rows[1].why
    assert headline.rows[1].ours is None
    assert "election of 2016" in headline.rows[1].why


def test_every_number_of_ours_leads_to_exactly_its_rows(client, record, figures):
    links = numbers(html(client, "/reports/published/"))
    assert links
    for link, n in links:
        assert "as_of=2019-09-01" in link
        assert client.get(link).context["shown"].total == n, link


def test_printed_tables_are_added_up(client, record, figures):
    document = PublishedFigure.objects.first().document
    for number, factor in enumerate(FACTORS):
        PublishedFigure.objects.update_or_create(
            document=document,
            table="by_factor",
            code=factor.value,
            defaults={"as_of": date(2019, 9, 1), "label": "x", "counties": number},
        )
    for score in range(8):
        PublishedFigure.objects.update_or_create(
            document=document,
            table="by_score",
            code=str(score),
            defaults={"as_of": date(2019, 9, 1), "label": "x", "counties": 1},
        )
    (edition,) = client.get("/reports/published/").context["editions"]
    assert "21 points by policy, 28 by score" in edition.sums


def test_a_private_report_is_not_named(client, record, figures):
    document = PublishedFigure.objects.first().document
    document.is_public = False
    document.save()
    assert "Growing the Resistance" not in html(client, "/reports/published/")


# --- All three ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "query", ["as_of=2017-13-45", "known_on=2199-01-01", "nonsense=1", "palette=red"]
)
def test_bad_parameters_are_refused(client, record, path, query):
    assert client.get(f"{path}{'&' if '?' in path else '?'}{query}").status_code == 400


@pytest.mark.parametrize("path", PAGES)
def test_pages_speak_spanish(client, record, figures, path):
    page = html(client, f"/es{path}")
    assert '<html lang="es"' in page
    main = page[page.index("<main") : page.index("</main>")]
    text = re.sub(r'lang="en">[^<]*|<[^>]*>|https?:[^<]*', " ", main)
    assert not re.search(r"\b(county|counties|known|policies|score)\b", text), text


@pytest.mark.parametrize("path", PAGES)
def test_links_keep_the_dates(client, record, figures, path):
    mark = "known_on=2020-06-01"
    page = html(client, f"{path}{'&' if '?' in path else '?'}as_of=2019-09-01&{mark}")
    main = page[page.index("<main") : page.index("</main>")]
    links = re.findall(r'href="([/?][^"]*)"', main)
    assert links
    assert all(mark in link for link in links), [link for link in links if mark not in link]


@pytest.mark.parametrize("path", PAGES)
def test_the_citation_is_frozen(client, record, path):
    cite = client.get(path).context["cite"]
    assert re.search(r"known_on=\d{4}-\d\d-\d\d$", cite.url)
    again = client.get(cite.url.replace("http://testserver", ""))
    assert again.status_code == 200
    assert again.context["cite"].url == cite.url


@pytest.mark.parametrize("path", PAGES)
def test_pages_hold_no_inline_script_or_style_and_one_heading(client, record, figures, path):
    page = html(client, path)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)
    assert page.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        # Of each page one is for the revision.
        ("/reports/?as_of=2020-01-01", 7),
        ("/reports/?as_of=2020-01-01&known_on=2021-06-01", 13),
        ("/reports/changes/?from=2017-06-01&to=2020-01-01", 7),
        ("/reports/changes/?from=2017-06-01&to=2020-01-01&known_from=2021-06-01", 22),
        ("/reports/published/", 5),
    ],
)
def test_the_number_of_queries_does_not_grow(
    client, record, figures, django_assert_num_queries, path, queries
):
    published(IceListFactory, at=noon("2020-01-02"), list_date=date(2019, 1, 1))
    client.get(path)
    with django_assert_num_queries(queries):
        client.get(path)

    for number in range(10):
        more = complete(f"06{2 * number + 101:03d}", 4)
        published(WinFactory, state=more.state, counties=[more])
        published(AgreementFactory, state=more.state, counties=[more])
        published_provision(
            state=more.state,
            enacted_on=date(2018, 1, 1),
            claims=[{"factor": "no_status_inquiry", "effective_from": date(2019, 1, 1)}],
        )
    client.get(path)  # reads the texts of the new revision
    with django_assert_num_queries(queries):
        client.get(path)
