"""Sets of policies beneath a score, and policy twins: the rule, the page and the filter."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import pytest

from policies import patterns
from policies.rubric import FACTORS, Answer
from tests.factories import CountyFactory, LocalPolicyFactory, noon, published, withdraw

ADDRESS = "/patterns/"
WORDS = {
    "y": Answer.YES,
    "n": Answer.NO,
    "f": Answer.NONE_FOUND,
    "u": Answer.UNKNOWN,
}


@dataclass(frozen=True)
class Place:
    fips: str
    answers: tuple[Answer, ...]


def answers(letters: str) -> tuple[Answer, ...]:
    return tuple(WORDS[letter] for letter in letters)


# --- The rule ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "letters", "fit"),
    [
        ("yyfffff", "yyfffff", True),
        ("yyfffff", "yynffff", False),
        ("yyxxxxx", "yynffff", True),
        ("yyxxxxx", "yyufffn", False),
        ("yyuuuuu", "yyuuuuu", True),
        ("uuuuuuu", "uuuuuuu", True),
        ("xxxxxxx", "uuuuuuu", False),
    ],
)
def test_a_pattern_fits_letter_by_letter(pattern, letters, fit):
    assert patterns.fits(pattern, answers(letters)) == fit


def test_answers_are_written_as_they_are_or_as_a_set():
    assert patterns.exact(answers("ynfuyyy")) == "ynfuyyy"
    assert patterns.in_force(answers("ynfuyyy")) == "yxxuyyy"


def test_sets_come_commonest_first_and_tell_their_details():
    found = patterns.patterns(
        [
            Place("01001", answers("yffffff")),
            Place("01003", answers("fyfffff")),
            Place("01005", answers("fynffff")),
            Place("01007", answers("fyfffff")),
        ]
    )
    assert [(one.letters, one.fips) for one in found] == [
        ("xyxxxxx", ("01003", "01005", "01007")),
        ("yxxxxxx", ("01001",)),
    ]
    assert found[0].variants == (("fyfffff", 2), ("fynffff", 1))
    assert found[0].in_force == (FACTORS[1],)


def test_twins_answer_alike_in_all_seven():
    one = Place("01001", answers("yyffffu"))
    same, other = Place("01003", answers("yyffffu")), Place("01005", answers("yyfffff"))
    assert patterns.twins(one, [one, same, other]) == ("01003",)


def test_what_is_unknown_has_no_twins():
    nothing = answers("uuuuuuu")
    assert patterns.twins(Place("01001", nothing), [Place("01003", nothing)]) == ()


def test_twice_as_large_is_as_far_as_half_as_large():
    assert patterns.distance(100, 200) == pytest.approx(patterns.distance(100, 50))
    assert patterns.distance(100, 100) == 0
    assert patterns.distance(None, 100) == patterns.distance(100, None) == inf


# --- The page ----------------------------------------------------------------------------------


def record(county, letters: str) -> None:
    for factor, letter in zip(FACTORS, letters, strict=True):
        if letter != "u":
            published(
                LocalPolicyFactory, county=county, factor=factor.value, answer=WORDS[letter].value
            )


@pytest.fixture
def counties(db):
    """Two with the same score and other policies, a twin, and one known in part."""
    made = {}
    for fips, name, letters, people in (
        ("06041", "Marin", "yyyffff", 1000),
        ("06055", "Napa", "yyyffff", 3000),
        ("06001", "Alameda", "yyyffff", 900),
        ("06075", "San Francisco", "yynfffy", 5000),
        ("06097", "Sonoma", "yyyuuuu", 1000),
        ("06095", "Solano", "yyyuuuu", None),
    ):
        made[name] = CountyFactory(
            fips=fips,
            short_name=name,
            slug=name.lower().replace(" ", "-"),
            population=people,
            population_year=2023 if people else None,
        )
        record(made[name], letters)
    return made


def shown(client, **query):
    page = client.get(ADDRESS, query)
    assert page.status_code == 200, page.content
    return page.context


def directory(client, url: str) -> list[str]:
    return [row.name for row in client.get(url).context["shown"].rows]


def test_the_sets_beneath_a_score_lead_to_exactly_their_counties(client, counties):
    found = shown(client, score=3)["shown"]
    assert found.heading == "4 counties score 3, in 2 different ways."
    assert [item.counties for item in found.items] == [3, 1]
    assert sum(item.counties for item in found.items) == found.counties
    for item in found.items:
        assert len(directory(client, item.url)) == item.counties
    assert directory(client, found.items[1].url) == ["San Francisco County"]
    assert found.items[0].named[0].name == "Napa County, CA"


def test_partial_counties_are_apart(client, counties):
    context = shown(client, at_least=3)
    assert [item.counties for item in context["shown"].items] == [2]
    assert [(step.label, step.counties) for step in context["complete"]] == [("3", "4")]
    assert [(step.label, step.counties) for step in context["partial"]] == [("3+", "2")]
    assert "Sonoma County" not in directory(client, shown(client, score=3)["shown"].items[0].url)
    assert sorted(directory(client, context["shown"].items[0].url)) == [
        "Solano County",
        "Sonoma County",
    ]


def test_twins_come_nearest_in_population_first(client, counties):
    twins = shown(client, county="06041")["twins"]
    assert [row.name for row in twins.rows] == ["Alameda County", "Napa County"]
    assert twins.rows[0].compare_url == "/compare/?place=06041&place=06001"
    assert len(directory(client, twins.all_url)) == twins.count + 1


def test_twins_of_a_partial_county_are_partial(client, counties):
    twins = shown(client, county="Sonoma, CA")["twins"]
    assert [row.name for row in twins.rows] == ["Solano County"]
    assert twins.is_partial


def test_a_county_of_which_nothing_is_known_has_no_twins(client, counties):
    CountyFactory(fips="06003", short_name="Alpine", slug="alpine")
    CountyFactory(fips="06005", short_name="Amador", slug="amador")
    twins = shown(client, county="06003")["twins"]
    assert twins.rows == ()
    assert twins.heading.startswith("Nothing is known of Alpine County")


def test_words_that_fit_several_are_a_question(client, counties):
    CountyFactory(fips="01001", usps="AL", short_name="Marin", slug="marin")
    context = shown(client, county="Marin")
    assert context["twins"] is None
    assert context["unclear"] == [
        ("Marin County, AL", "/patterns/?county=01001"),
        ("Marin County, CA", "/patterns/?county=06041"),
    ]


@pytest.mark.parametrize("words", ["Atlantis", "99999", "<script>alert(1)</script>", "x" * 500])
def test_words_that_fit_none_are_said_and_are_text(client, counties, words):
    page = client.get(ADDRESS, {"county": words})
    assert page.context["unclear"] == []
    assert "<script>alert" not in page.content.decode()


def test_a_score_that_no_county_has_is_said(client, counties):
    found = shown(client, score=7)["shown"]
    assert (found.heading, found.items) == (
        "No county that is known in full scores 7 on this day.",
        (),
    )


@pytest.mark.parametrize(
    "query",
    [
        {"score": "8"},
        {"score": "-1"},
        {"score": "three"},
        {"score": "٣"},
        {"at_least": "7"},
        {"score": "3", "at_least": "3"},
        {"score": "3", "county": "06041"},
        {"colour": "red"},
        {"score": ["3", "4"]},
        {"as_of": "x"},
    ],
)
def test_what_means_nothing_is_refused(client, db, query):
    assert client.get(ADDRESS, query).status_code == 400


def test_both_clocks_are_kept(client, counties):
    first = counties["San Francisco"].local_policies.get(factor="no_general_assistance")
    withdraw(first, on="2021-01-01")
    assert shown(client, score=3)["shown"].counties == 3
    found = shown(client, score=3, known_on="2020-06-01")["shown"]
    assert found.counties == 4
    assert "known_on=2020-06-01" in found.items[0].url
    assert shown(client, as_of="2016-01-01")["complete"] == ()


def test_the_number_of_queries_does_not_grow(client, counties, django_assert_num_queries):
    queries = ({"score": 3}, {"at_least": 3}, {"county": "06041"})
    for number in (0, 1, 2):
        for query, costs in zip(queries, (4, 4, 6), strict=True):
            client.get(ADDRESS, query)  # reads the texts of the new revision
            with django_assert_num_queries(costs):
                client.get(ADDRESS, query)
        record(CountyFactory(fips=f"06{2 * number + 61:03d}"), "yyyffff")


# --- The filter --------------------------------------------------------------------------------


def test_the_api_filters_by_pattern(client, counties):
    for pattern, names in (
        ("yyxxxxy", {"06075"}),
        ("yynfffy", {"06075"}),
        ("yyffffy", set()),
        ("yyyuuuu", {"06095", "06097"}),
        ("yyyxxxx", {"06001", "06041", "06055"}),
    ):
        rows = client.get("/api/v1/counties/", {"pattern": pattern}).json()["results"]
        assert {row["fips"] for row in rows} == names, pattern


@pytest.mark.parametrize(
    "pattern", ["yyy", "yyyyyyyy", "zzzzzzz", "YYYYYYY", "yyyyyy\n", "1111111"]
)
def test_a_pattern_that_is_none_is_named(client, db, pattern):
    answer = client.get("/api/v1/counties/", {"pattern": pattern})
    assert answer.status_code == 400
    assert "pattern" in answer.json()["errors"]
    assert client.get("/counties/", {"pattern": pattern}).status_code == 400


def test_the_directory_shows_the_pattern_asked_for_and_keeps_it(client, counties):
    page = client.get("/counties/", {"pattern": "yyyxxxx"})
    html = page.content.decode()
    assert "Only counties with these seven answers" in html
    assert '<input type="hidden" name="pattern" value="yyyxxxx">' in html
    assert page.context["shown"].form.without_pattern == "?"
    assert page.context["shown"].heading == "Counties that fit"


def test_a_pattern_as_known_on_a_past_day(client, db):
    county = CountyFactory(fips="06041")
    for factor in FACTORS:
        published(LocalPolicyFactory, county=county, factor=factor.value, at=noon("2020-06-01"))
    asked = {"pattern": "yyyyyyy", "known_on": "2020-05-31"}
    assert client.get("/api/v1/counties/", asked).json()["count"] == 0
    assert client.get("/api/v1/counties/", {**asked, "known_on": "2020-06-01"}).json()["count"] == 1
