"""The API over the shipped record: the published figures, county by county and as tables."""

from __future__ import annotations

from collections import Counter

import pytest

from policies.rubric import FACTORS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]

FEBRUARY_2017 = {"as_of": "2017-02-20"}
COUNTY_KEYS = {
    *("fips", "name", "state", "slug", "population", "score", "status", "at_least"),
    *("factors_known", "band", "url"),
}
FACTOR_KEYS = {
    *("code", "answer", "points", "decided_by", "explanation", "local_answer", "preempted"),
    *("at_risk", "stale", "qualification", "effective_from", "effective_from_precision"),
    *("effective_until", "observed_on", "last_verified", "citations"),
    *("contrary_to_law", "required_by", "conflicts"),
}
CITATION_KEYS = {"document", "title", "url", "archived_url", "sha256", "page", "quote"}


def test_84_counties_of_early_2017(ask):
    found = ask("counties/", score_min=5, **FEBRUARY_2017)

    assert found["count"] == 84
    assert found["next"] is None
    scores = Counter(county["score"] for county in found["results"])
    assert scores == {7: 2, 6: 7, 5: 75}
    assert {c["fips"] for c in found["results"] if c["score"] == 7} == {"06075", "17031"}
    assert ask("counties/", score_min=5, as_of="2016-12-31")["count"] == 0


@pytest.mark.parametrize(
    ("fips", "lacks"),
    [
        ("36061", {"no_general_assistance"}),
        ("35055", {"limits_notifications"}),
        ("50007", {"limits_interrogations", "limits_notifications"}),
    ],
)
def test_what_a_county_lacks(ask, fips, lacks):
    county = ask(f"counties/{fips}/", **FEBRUARY_2017)

    assert {f["code"] for f in county["factors"] if f["answer"] != "yes"} == lacks
    assert {f.value for f in FACTORS if county[f.value] != "yes"} == lacks


def test_a_county(ask):
    county = ask("counties/06075/", **FEBRUARY_2017)

    assert set(county) >= COUNTY_KEYS
    assert county["fips"] == "06075"
    assert county["name"] == "San Francisco County"
    assert county["state"] == "CA"
    assert county["slug"] == "san-francisco"
    assert county["score"] == county["at_least"] == county["factors_known"] == county["band"] == 7
    assert county["status"] == "complete"
    assert county["url"] == "http://testserver/counties/ca/san-francisco/"
    assert [f["code"] for f in county["factors"]] == [factor.value for factor in FACTORS]
    assert sum(f["points"] for f in county["factors"]) == county["score"]


def test_a_factor(ask):
    holds = ask("counties/06075/", **FEBRUARY_2017)["factors"][2]

    assert set(holds) >= FACTOR_KEYS
    assert holds["answer"] == holds["local_answer"] == "yes"
    assert holds["points"] == 1
    assert holds["decided_by"] == "county_record"
    assert "San Francisco County" in holds["explanation"]
    assert holds["observed_on"] == "2017-02-01"
    assert holds["effective_from"] == "2017-02-01"
    assert holds["effective_from_precision"] == "month"
    assert holds["effective_until"] is None
    assert holds["stale"] is False
    citation = holds["citations"][0]
    assert set(citation) >= CITATION_KEYS
    assert citation["quote"].startswith("San Francisco County is one of only two")


def test_evidence_ages(ask):
    county = ask("counties/06075/", as_of="2020-06-01")

    assert county["stale"] is True
    assert any(f["stale"] for f in county["factors"])


def test_a_hold_policy_in_texas_is_preempted(ask):
    before = ask("counties/48453/", as_of="2017-08-29")["factors"][2]
    after = ask("counties/48453/", as_of="2018-06-01")["factors"][2]

    assert (before["answer"], before["decided_by"]) == ("yes", "county_record")
    assert before["preempted"] is False
    assert (after["answer"], after["decided_by"]) == ("no", "state_provision")
    assert after["preempted"] is True
    assert after["local_answer"] == "yes"
    assert after["points"] == 0
    assert after["citations"][0]["quote"]
    assert after["local_citations"][0]["document"] != after["citations"][0]["document"]
    assert "Texas" in after["explanation"]


def test_a_county_in_california_gains_by_state_law(ask):
    factor = ask("counties/06003/", as_of="2018-01-01")["factors"][5]

    assert (factor["answer"], factor["decided_by"]) == ("yes", "state_provision")
    assert factor["local_answer"] == "none_found"
    assert factor["effective_from"] == factor["since"] == "2018-01-01"
    assert factor["citations"][0]["quote"]


def test_history_names_the_cause_of_every_change(ask):
    history = ask("counties/06003/history/")

    first, second = history["periods"][0], history["periods"][1]
    assert (first["effective_from"], first["score"]) == ("2017-02-01", 5)
    assert first["effective_until"] == second["effective_from"] == "2018-01-01"
    assert second["score"] == 6
    assert [change["code"] for change in second["changes"]] == ["no_status_inquiry"]
    change = second["changes"][0]
    assert (change["from"], change["to"]) == ("none_found", "yes")
    assert change["decided_by"] == "state_provision"
    assert "California law requires it" in change["cause"]
    assert len(first["changes"]) == 7
    assert history["log"][-1]["kind"] == "new"
    assert history["log"][-1]["revision"]


def test_history_up_to_a_day_and_as_known(ask):
    assert len(ask("counties/06003/history/", as_of="2017-06-01")["periods"]) == 1
    assert ask("counties/06003/history/", known_on="2019-12-31")["periods"] == []
    assert ask("counties/06003/history/", known_on="2019-12-31")["log"] == []


def test_nothing_was_known_before_it_was_published(ask):
    found = ask("counties/", status="unknown", known_on="2019-12-31", **FEBRUARY_2017)

    assert found["count"] == 3143
    assert found["known_on"] == "2019-12-31"


def test_stored_and_past_knowledge_agree(ask):
    now = ask("map/", as_of="2018-06-01")
    as_known = ask("map/", as_of="2018-06-01", known_on="2020-01-01")

    assert now["scores"] == as_known["scores"]
    assert now["partial"] == as_known["partial"]


def test_the_map(ask):
    found = ask("map/", **FEBRUARY_2017)

    assert found["as_of"] == "2017-02-20"
    assert found["known_on"] is None
    assert found["revision"] > 0
    assert found["scores"]["06075"] == 7
    assert len(found["scores"]) == 84
    assert "48453" in found["partial"]
    assert found["partial_known"]["48453"] == 1
    assert not set(found["scores"]) & set(found["partial"])
    assert "01001" not in found["scores"] | found["partial"]


def test_the_map_of_a_factor(ask):
    found = ask("map/", factor="limits_notifications", **FEBRUARY_2017)

    assert found["factor"] == "limits_notifications"
    assert Counter(found["answers"].values()) == {"yes": 66, "none_found": 18}
    assert found["answers"]["35055"] == "none_found"


def test_the_summary_agrees_with_itself_and_with_the_list(ask):
    found = ask("reports/summary/", **FEBRUARY_2017)

    assert found["counties_total"] == 3143
    assert found["counties_analysed"] == 84
    assert found["counties_partial"] == ask("counties/", status="partial", **FEBRUARY_2017)["count"]
    assert [row["code"] for row in found["by_factor"]] == [factor.value for factor in FACTORS]
    assert [row["score"] for row in found["by_score"]] == list(range(8))
    for row in found["by_factor"]:
        assert row["yes"] + row["no"] + row["none_found"] + row["unknown"] == 84
        assert row["percent"] == round(100 * row["yes"] / 84, 1)
    points = sum(row["score"] * row["counties"] for row in found["by_score"])
    assert found["points"] == points == sum(row["yes"] for row in found["by_factor"])
    for row in found["by_score"]:
        listed = ask("counties/", score=row["score"], **FEBRUARY_2017)
        assert listed["count"] == row["counties"]


def test_changes_between_two_days(ask):
    found = ask("reports/changes/", **{"from": "2017-12-31", "to": "2018-01-01"})

    assert found["increased"] == 33
    assert found["decreased"] == 0
    assert found["changed"] == len(found["results"])
    alpine = next(row for row in found["results"] if row["fips"] == "06003")
    assert (alpine["from_score"], alpine["to_score"]) == (5, 6)
    assert alpine["factors"] == [{"code": "no_status_inquiry", "from": "none_found", "to": "yes"}]
    assert (alpine["direction"], alpine["causes"]) == ("raised", ["state_law"])
    los_angeles = next(row for row in found["results"] if row["fips"] == "06037")
    assert los_angeles["from_score"] is los_angeles["to_score"] is None


def test_changes_of_one_state_direction_and_cause(ask):
    days = {"from": "2017-12-31", "to": "2018-01-01"}
    found = ask("reports/changes/", **days, state="CA", direction="raised", cause="state_law")
    assert found["increased"] == found["changed"] == len(found["results"]) == 33
    assert ask("reports/changes/", **days, state="TX", direction="raised")["results"] == []


def test_printed_figures_stand_beside_ours(ask):
    rows = {(r["as_of"][:4], r["code"]): r for r in ask("reports/published/")["results"]}
    five = rows["2017", "five_or_more"]
    assert (five["published"], five["ours"]) == (84, 84)
    assert rows["2017", "7"]["ours"] == 2
    assert rows["2019", "limits_holds"]["published"] == 715
    assert rows["2019", "increased_protection"]["ours"] is None


def test_the_lists_of_the_record(ask):
    assert ask("factors/")["count"] == 7
    assert ask("states/")["count"] == 51
    assert ask("wins/", kind="local_policy")["count"] > 0
    assert ask("documents/", q="Growing the Resistance")["count"] == 1
    mandates = ask("state-provisions/", state="TX", effect="mandates", as_of="2018-06-01")
    assert mandates["count"] >= 1
    assert all(row["state"] == "TX" for row in mandates["results"])
    assert ask("options/", place="city")["count"] > 0


def test_the_whole_country_in_one_page(ask):
    found = ask("counties/", page_size=5000)

    assert found["count"] == len(found["results"]) == 3143
    assert found["next"] is None
    assert len({county["fips"] for county in found["results"]}) == 3143


def test_pages_follow_each_other(ask, client):
    seen: list[str] = []
    address = "/api/v1/counties/?state=TX&page_size=100&as_of=2018-06-01"
    while address:
        page = client.get(address).json()
        seen += [county["fips"] for county in page["results"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == page["count"] == 254
    assert client.get(page["previous"]).status_code == 200


def test_csv_has_the_whole_list_in_the_order_of_the_json(ask, ask_csv):
    query = {"status": "complete", "ordering": "-population", **FEBRUARY_2017}
    listed = ask("counties/", page_size=5000, **query)["results"]
    rows = ask_csv("counties/", page_size=10, **query)

    assert [row["fips"] for row in rows] == [county["fips"] for county in listed]
    assert list(rows[0]) == list(listed[0])
    assert rows[0]["fips"] == "06037" or rows[0]["fips"].isdigit()
    assert any(row["fips"].startswith("0") for row in rows)
    assert len(ask_csv("counties/")) == 3143


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("02261", "02063 or 02066"),
        ("09110", "09003"),
        ("6075", "06075"),
        ("72001", "Puerto Rico"),
        ("06000", "whole of California"),
        ("06999", "No county of California"),
        ("99999", "No state"),
        ("abcde", "five digits"),
        ("%FF", "five digits"),
        ("%00", "five digits"),
        ("9" * 300, "five"),
    ],
)
def test_an_unknown_code_says_what_became_of_it(refused, code, says):
    for path in (f"counties/{code}/", f"counties/{code}/history/"):
        assert says in refused(path, status=404)["fips"]


def test_an_old_code_as_a_filter_says_what_became_of_it(refused):
    assert "46102" in refused("wins/?county=46113")["county"]
