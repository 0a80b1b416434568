"""The baseline files hold what they promise. Plain files, no database."""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counties.state_codes import STATES

BASELINE = Path(__file__).resolve().parents[2] / "policies" / "baseline"

FACTORS = (
    "no_287g",
    "no_detention_contract",
    "limits_holds",
    "limits_notifications",
    "limits_interrogations",
    "no_status_inquiry",
    "no_general_assistance",
)
# Up to this day no state law of the baseline may change an answer.
QUIET_UNTIL = date(2017, 2, 20)
DOCUMENT_KINDS = {
    "foia_response",
    "ordinance",
    "resolution",
    "sheriff_policy",
    "statute",
    "directive",
    "court_decision",
    "agreement",
    "contract",
    "ice_list",
    "report",
    "news",
    "search_note",
    "executive_order",
}
WIN_KINDS = {
    "local_policy",
    "287g_ended",
    "287g_declined",
    "detention_contract_ended",
    "detention_contract_declined",
    "state_law",
}
USPS = {usps for usps, _ in STATES.values()}
STATE_FIPS = {
    "CA": "06",
    "CO": "08",
    "GA": "13",
    "IL": "17",
    "LA": "22",
    "MD": "24",
    "NM": "35",
    "NY": "36",
    "OR": "41",
    "PA": "42",
    "VT": "50",
}
NEW_YORK_CITY = {"36005", "36047", "36061", "36081", "36085"}


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((BASELINE / name).read_text(encoding="utf-8"))


def read_csv(name: str) -> list[dict[str, str]]:
    with (BASELINE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


DOCUMENTS = {row["key"]: row for row in read_toml("documents.toml")["document"]}
COUNTIES = read_csv("counties_2017.csv")
QUOTES = {key: row["quote"] for key, row in read_toml("counties_2017_quotes.toml")["quote"].items()}
PROVISIONS = read_toml("state_provisions.toml")["provision"]
CLAIMS = [(p, c) for p in PROVISIONS for c in p.get("claim", [])]
POLICIES = read_toml("local_policies.toml")["policy"]
WINS = read_toml("wins.toml")["win"]
OPTIONS = read_toml("options.toml")["option"]
POWERS = read_toml("powers.toml")
FIGURES = read_csv("published_figures.csv")
NOTES = read_toml("data_notes.toml")["note"]

TOML_FILES = sorted(path.name for path in BASELINE.glob("*.toml"))


def tables(node: Any) -> Iterator[dict[str, Any]]:
    """Every table of a file, at any depth."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from tables(value)
    elif isinstance(node, list):
        for value in node:
            yield from tables(value)


ALL_TABLES = [(name, table) for name in TOML_FILES for table in tables(read_toml(name))]


def lacks(row: dict[str, str]) -> set[str]:
    return {code for code in FACTORS if row[code] == "none_found"}


def fits_precision(day: str, precision: str) -> bool:
    if precision == "year":
        return day.endswith("-01-01")
    if precision == "month":
        return day.endswith("-01")
    return precision == "day"


# --- All files ------------------------------------------------------------------------------------


def test_files_are_all_there():
    assert TOML_FILES == [
        "agency_choices.toml",
        "counties_2017_quotes.toml",
        "data_notes.toml",
        "documents.toml",
        "ice_lists.toml",
        "local_policies.toml",
        "options.toml",
        "powers.toml",
        "state_provisions.toml",
        "wins.toml",
    ]


def test_keys_are_unique_slugs():
    for rows in (
        list(DOCUMENTS.values()),
        PROVISIONS,
        POLICIES,
        WINS,
        OPTIONS,
        POWERS["power"],
        POWERS["exception"],
        NOTES,
    ):
        keys = [row["key"] for row in rows]
        assert [key for key, count in Counter(keys).items() if count > 1] == []
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in keys)
    assert len(read_toml("documents.toml")["document"]) == len(DOCUMENTS)


def test_dates_parse_and_fit_their_precision():
    seen = 0
    for name, table in ALL_TABLES:
        for field, precision in list(table.items()):
            if not field.endswith("_precision"):
                continue
            seen += 1
            day = table[field.removesuffix("_precision")]
            if day == precision == "":
                continue
            date.fromisoformat(day)
            assert fits_precision(day, precision), (name, day, precision)
        for field in ("last_verified", "date_earliest", "date_latest", "compliance_date"):
            if field in table:
                date.fromisoformat(table[field])
    assert seen > 100


def test_periods_end_after_they_start():
    for _, table in ALL_TABLES:
        if table.get("effective_until"):
            assert table["effective_from"] < table["effective_until"]
        if "date_earliest" in table:
            assert table["date_earliest"] <= table["date_latest"]


def test_every_document_cited_exists_and_every_document_is_cited():
    cited = {t["document"] for _, t in ALL_TABLES if isinstance(t.get("document"), str)}
    cited |= {row["document"] for row in FIGURES} | {"mic-2017-safest-cities"}
    assert cited - set(DOCUMENTS) == set()
    assert set(DOCUMENTS) - cited == set()


def test_quotes_are_short_and_only_from_documents_that_were_read():
    for name, table in ALL_TABLES:
        quote = table.get("quote", "")
        if quote and isinstance(quote, str) and "document" in table:
            assert len(quote.split()) < 60, (name, quote)
            assert quote == quote.strip()
            assert DOCUMENTS[table["document"]]["read_as"] != "not_seen", (name, quote)


def test_what_needs_verification_says_what_to_check():
    flagged = 0
    for name, table in ALL_TABLES:
        if table.get("needs_verification"):
            flagged += 1
            assert len(table["verification_note"]) > 10, (name, table.get("key"))
    assert flagged > 40


def test_factor_codes_and_counties_are_well_formed():
    for name, table in ALL_TABLES:
        codes = [*table.get("factors", []), *table.get("also_factors", [])]
        if table.get("factor"):
            codes.append(table["factor"])
        assert set(codes) <= set(FACTORS), (name, codes)
        fips = [*table.get("counties", [])]
        if "county" in table:
            fips.append(table["county"])
        assert all(re.fullmatch(r"\d{5}", code) for code in fips), (name, fips)
        assert len(fips) == len(set(fips))
        for usps in [*table.get("states", []), *([table["state"]] if "state" in table else [])]:
            assert usps in USPS, (name, usps)


def test_nothing_speaks_of_the_compilers_machine():
    for path in [*BASELINE.iterdir(), Path(__file__)]:
        text = path.read_text(encoding="utf-8")
        for word in ("/" + "work/", ".." + "/shared", "/" + "tmp/"):
            assert word not in text, path.name


# --- Documents ------------------------------------------------------------------------------------


def test_documents_are_complete():
    for row in DOCUMENTS.values():
        assert row["kind"] in DOCUMENT_KINDS
        assert row["title"]
        assert row["publisher"]
        assert row["summary"]
        assert row["language"] == "en"
        assert row["read_as"] in {"full", "excerpt", "not_seen"}
        assert row["url"] == "" or re.match(r"https?://", row["url"])
    assert sum(row["read_as"] == "full" for row in DOCUMENTS.values()) == 5


# --- The 84 counties ------------------------------------------------------------------------------


def test_header_and_84_rows():
    assert tuple(COUNTIES[0]) == ("fips", "state", "county", *FACTORS, "quote_key")
    assert len(COUNTIES) == 84
    assert len({row["fips"] for row in COUNTIES}) == 84
    for row in COUNTIES:
        assert re.fullmatch(r"\d{5}", row["fips"])
        assert row["fips"][:2] == STATE_FIPS[row["state"]]
        assert {row[code] for code in FACTORS} <= {"yes", "none_found"}


def test_scores_are_two_seven_seventy_five():
    by_score: dict[int, set[str]] = {}
    for row in COUNTIES:
        by_score.setdefault(7 - len(lacks(row)), set()).add(row["fips"])
    assert {score: len(fips) for score, fips in by_score.items()} == {7: 2, 6: 7, 5: 75}
    assert by_score[7] == {"06075", "17031"}
    assert by_score[6] == NEW_YORK_CITY | {"35055", "35047"}


@pytest.mark.parametrize(
    ("state", "count", "missing"),
    [
        ("CA", 33, {"no_status_inquiry", "no_general_assistance"}),
        ("OR", 22, {"limits_interrogations", "no_general_assistance"}),
        ("VT", 14, {"limits_interrogations", "limits_notifications"}),
        ("NY", 5, {"no_general_assistance"}),
    ],
)
def test_state_groups(state, count, missing):
    group = [row for row in COUNTIES if row["state"] == state and row["fips"] != "06075"]
    assert len(group) == count
    assert all(lacks(row) == missing for row in group)


@pytest.mark.parametrize(
    ("fips", "missing"),
    [
        ("06075", set()),
        ("17031", set()),
        ("36061", {"no_general_assistance"}),
        ("35055", {"limits_notifications"}),
        ("35047", {"limits_notifications"}),
        ("50007", {"limits_interrogations", "limits_notifications"}),
        ("13121", {"no_status_inquiry", "no_general_assistance"}),
        ("08013", {"no_status_inquiry", "no_general_assistance"}),
        ("22071", {"no_general_assistance", "limits_notifications"}),
        ("42101", {"limits_interrogations", "limits_notifications"}),
        ("24033", {"no_status_inquiry", "no_general_assistance"}),
        ("35039", {"no_status_inquiry", "no_general_assistance"}),
        ("06033", {"no_status_inquiry", "no_general_assistance"}),
        ("41037", {"limits_interrogations", "no_general_assistance"}),
        ("41031", {"limits_interrogations", "no_general_assistance"}),
    ],
)
def test_single_counties(fips, missing):
    (row,) = [row for row in COUNTIES if row["fips"] == fips]
    assert lacks(row) == missing


def test_every_row_has_its_quote_and_every_quote_is_used():
    assert {row["quote_key"] for row in COUNTIES} == set(QUOTES)
    assert all(quote and len(quote.split()) < 60 for quote in QUOTES.values())


# --- State provisions -----------------------------------------------------------------------------


def test_provisions_are_complete():
    for row in PROVISIONS:
        assert row["level"] in {
            "constitution",
            "statute",
            "regulation",
            "directive",
            "executive_order",
        }
        assert row["binds"]
        assert set(row["binds"]) <= {
            "county_agencies",
            "state_agencies",
            "private_operators",
            "city_agencies",
            "courts",
        }
        assert row["summary"]
        assert row["citation"]
        assert any(c["quote"] for c in row["citation"]), row["key"]
        assert row["document"] in DOCUMENTS


def test_governors_orders_and_private_prison_laws_decide_no_county():
    for row in PROVISIONS:
        if row["level"] == "executive_order":
            assert row["binds"] == ["state_agencies"]
            assert "claim" not in row
        if "private_operators" in row["binds"] or "courts" in row["binds"]:
            assert "claim" not in row


def test_every_claim_quotes_words_or_is_flagged():
    for provision, claim in CLAIMS:
        assert claim["effect"] in {"requires", "mandates", "forbids"}
        assert claim["citation"], provision["key"]
        assert any(c["quote"] for c in claim["citation"]) or claim["needs_verification"]
        if claim["effect"] != "forbids":
            assert any(c["quote"] for c in claim["citation"]), provision["key"]


def test_no_claim_reaches_back_to_february_2017():
    for provision, claim in CLAIMS:
        assert date.fromisoformat(claim["effective_from"]) > QUIET_UNTIL, provision["key"]


def test_only_texas_florida_and_iowa_mandate_and_only_holds():
    mandates = {(p["state"], c["factor"]) for p, c in CLAIMS if c["effect"] == "mandates"}
    assert mandates == {(state, "limits_holds") for state in ("TX", "FL", "IA")}


def test_preemption_statutes_only_forbid():
    for provision, claim in CLAIMS:
        if provision["state"] in {"MS", "GA", "IN", "TN", "AR"}:
            assert claim["effect"] == "forbids"


def test_texas_detainer_mandate_is_one_period_from_the_stay():
    (claim,) = [c for p, c in CLAIMS if p["state"] == "TX" and c["effect"] == "mandates"]
    assert claim["effective_from"] == "2017-09-25"
    assert "effective_until" not in claim


def test_claims_of_one_state_and_factor_do_not_contradict():
    effects: dict[tuple[str, str], set[str]] = {}
    for provision, claim in CLAIMS:
        effects.setdefault((provision["state"], claim["factor"]), set()).add(claim["effect"])
    assert all(len(found) == 1 for found in effects.values())


@pytest.mark.parametrize(
    ("state", "factor", "day"),
    [
        ("CA", "limits_holds", "2018-01-01"),
        ("CA", "no_status_inquiry", "2018-01-01"),
        ("WA", "limits_interrogations", "2019-05-21"),
        ("CT", "no_287g", "2019-10-01"),
        ("IL", "limits_holds", "2017-08-28"),
        ("CO", "limits_holds", "2019-05-28"),
        ("NJ", "no_general_assistance", "2019-03-15"),
        ("NJ", "no_287g", "2019-09-27"),
        ("FL", "limits_holds", "2019-07-01"),
        ("IA", "limits_holds", "2018-07-01"),
    ],
)
def test_dates_of_claims(state, factor, day):
    days = [c["effective_from"] for p, c in CLAIMS if p["state"] == state and c["factor"] == factor]
    assert days == [day]


def test_both_directions_of_the_report_are_covered():
    protective = {"CA", "WA", "CT", "IL", "CO", "OR", "VT", "DC", "NJ", "NY", "GA"}
    opposed = {"TX", "FL", "IA", "MS", "GA", "IN", "TN", "AR"}
    assert {p["state"] for p in PROVISIONS} == protective | opposed


def test_a_provision_without_claims_says_what_stands_in_the_way():
    for row in PROVISIONS:
        if "claim" not in row:
            assert row["needs_verification"], row["key"]


# --- Local policies -------------------------------------------------------------------------------


def test_local_policies_are_complete():
    for row in POLICIES:
        assert row["answer"] in {"yes", "no", "none_found"}
        assert any(c["quote"] for c in row["citation"])
        assert row["observed_on"] >= row["effective_from"]
        assert row["last_verified"]


def test_travis_county_hold_policy_is_open_from_february_2017():
    (row,) = [row for row in POLICIES if row["county"] == "48453"]
    assert (row["factor"], row["answer"]) == ("limits_holds", "yes")
    assert row["effective_from"] == "2017-02-01"
    assert not row.get("effective_until")
    assert row["needs_verification"]


def test_local_policies_leave_the_84_alone_and_end_what_they_replace():
    early = {row["fips"]: row for row in COUNTIES}
    for row in POLICIES:
        if row["county"] in early:
            assert date.fromisoformat(row["effective_from"]) > QUIET_UNTIL
            assert row["ends_previous"]
            assert early[row["county"]][row["factor"]] != row["answer"]
        else:
            assert not row["ends_previous"]


def test_local_policies_do_not_overlap():
    pairs = [(row["county"], row["factor"]) for row in POLICIES]
    assert len(pairs) == len(set(pairs))


def test_montgomery_county_is_left_to_staff():
    assert "24031" not in {row["county"] for row in POLICIES}


# --- Wins -----------------------------------------------------------------------------------------


def test_wins_are_complete():
    for row in WINS:
        assert row["kind"] in WIN_KINDS
        assert row["summary"]
        assert row["citation"]
        assert row["citation"][0]["quote"]
        assert ("date" in row) != ("date_earliest" in row)
        assert bool(row["counties"]) != (row["kind"] == "state_law")


def test_number_of_wins_by_source():
    sections = Counter(
        (row["citation"][0]["document"], row["kind"].split("_")[0], "date" in row) for row in WINS
    )
    report, article = "ilrc-2019-growing-the-resistance", "marshall-2017-sanctuary-cities"
    assert sections[report, "local", True] == 8
    assert sections[report, "287g", False] == 11
    assert sections[report, "detention", False] == 15
    assert sections[article, "local", True] + sections[article, "local", False] == 9


def test_undated_wins_move_no_answer_and_dated_ones_name_what_is_coded():
    policies = {row["key"] for row in POLICIES}
    provisions = {row["key"]: row for row in PROVISIONS}
    for row in WINS:
        assert set(row.get("policies", [])) <= policies
        if row.get("provision"):
            assert row["provision"] in provisions
            claimed = {c["factor"] for c in provisions[row["provision"]].get("claim", [])}
            assert set(row["factors"]) == claimed, row["key"]
        if row["moves_answers"]:
            assert "date" in row
            assert row.get("policies") or row.get("provision")
    used = {key for row in WINS for key in row.get("policies", [])}
    assert policies - used == {"travis-tx-holds-2017"}


@pytest.mark.parametrize(
    ("key", "counties"),
    [
        ("287g-las-vegas-nv", ["32003"]),
        ("detention-springfield-or", ["41039"]),
        ("detention-la-joya-tx", ["48215"]),
        ("detention-nashville-tn", ["47037"]),
        ("detention-san-antonio-tx", ["48029"]),
        ("detention-alexandria-va", ["51510"]),
        ("detention-norfolk-va", ["51710"]),
        ("detention-adelanto-ca", ["06071"]),
        ("detention-santa-ana-ca", ["06059"]),
        ("detention-atlanta-ga", ["13121", "13089"]),
        ("detention-dearborn-mi", ["26163"]),
        ("philadelphia-pa-2018", ["42101"]),
        ("providence-ri-2017", ["44007"]),
    ],
)
def test_places_of_wins(key, counties):
    (row,) = [row for row in WINS if row["key"] == key]
    assert row["counties"] == counties


# --- Options and powers ---------------------------------------------------------------------------


def test_options_cover_the_four_chapters():
    assert Counter(row["place"] for row in OPTIONS) == {
        "county_jail": 7,
        "criminal_legal": 5,
        "city": 6,
        "other": 6,
    }
    for place in {row["place"] for row in OPTIONS}:
        orders = sorted(row["order"] for row in OPTIONS if row["place"] == place)
        assert orders == list(range(1, len(orders) + 1))
    county = [row["factor"] for row in OPTIONS if row["place"] == "county_jail"]
    assert sorted(county) == sorted(FACTORS)


def test_options_have_wording_of_our_own():
    for row in OPTIONS:
        assert row["explanation"]
        assert row["who_can_adopt"]
        assert len(row["model_wording"].split()) > 10
        assert row["citation"]["quote"] not in row["model_wording"]
        assert row["citation"]["quote"] not in row["explanation"]


def test_six_offices_and_two_states_without_county_government():
    assert Counter(row["place"] for row in POWERS["power"]) == {"county": 3, "city": 3}
    for row in POWERS["power"]:
        assert row["general"] is True
        assert row["powers"]
        assert row["jurisdiction"]
        assert row["selection"]
    assert [row["state"] for row in POWERS["exception"]] == ["CT", "RI"]


# --- Figures and notes ----------------------------------------------------------------------------


def figures(document: str, table: str) -> dict[str, int]:
    return {
        row["code_or_score"]: int(row["counties"])
        for row in FIGURES
        if row["document"] == document and row["table"] == table
    }


def test_figures_of_2019_are_as_printed():
    report = "ilrc-2019-growing-the-resistance"
    by_factor, by_score = figures(report, "by_factor"), figures(report, "by_score")
    headline = figures(report, "headline")
    assert tuple(by_factor) == FACTORS
    assert list(by_factor.values()) == [2877, 2770, 715, 196, 241, 169, 176]
    assert [by_score[str(n)] for n in range(7, -1, -1)] == [121, 21, 57, 106, 357, 2109, 162, 27]
    assert sum(by_score.values()) == headline["counties_analysed"] == 2960
    assert headline["counties_analysed"] + headline["counties_without_information"] == 3140
    # The two tables don't reconcile, and that is recorded rather than repaired.
    assert sum(int(score) * n for score, n in by_score.items()) == 7133
    assert sum(by_factor.values()) == 7144
    for row in FIGURES:
        if row["percent_printed"] and row["table"] != "headline":
            assert abs(int(row["counties"]) / 29.60 - int(row["percent_printed"])) <= 0.5


def test_figures_of_2017_match_the_rows():
    by_score = figures("mic-2017-safest-cities", "by_score")
    assert by_score == {"7": 2, "6": 7, "5": 75}
    assert figures("mic-2017-safest-cities", "headline")["five_or_more"] == len(COUNTIES)


def test_notes_are_complete():
    assert {row["kind"] for row in NOTES} == {"discrepancy", "context", "to_code"}
    for row in NOTES:
        assert row["title"]
        assert len(row["text"]) > 40
        assert row["document"] in DOCUMENTS
    assert {
        "mic-california-32-33",
        "mic-oregon-21-22",
        "mic-boulder-capital",
        "ilrc-2019-points",
        "ilrc-2019-sixteen-fifteen",
        "ilrc-2019-475-percent",
        "ilrc-2019-23-percent",
        "marshall-similar-states",
        "older-law-oregon-1987",
        "older-law-georgia-2009",
    } <= {row["key"] for row in NOTES}
