from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counties.fips import FipsError, clean_fips, resolve_fips, split_fips
from counties.state_codes import STATES

COUNTY_CODES = st.builds(
    lambda state, county: f"{state}{county:03}",
    st.sampled_from(sorted(STATES)),
    st.integers(min_value=1, max_value=999),
)
KNOWN = {"01001", "02063", "02066", "46102"}
CHANGES = {
    "46113": [{"county": "46102", "certain": True, "explanation": "Renamed in 2015."}],
    "02261": [
        {"county": "02063", "certain": False, "explanation": "Split in 2019."},
        {"county": "02066", "certain": False, "explanation": "Split in 2019."},
    ],
    "09120": [{"county": "09001", "certain": False, "explanation": "A part of it."}],
}


@pytest.mark.parametrize(
    "value",
    [
        1001,
        1001.0,
        Decimal("1001"),
        "1001",
        "01001",
        "01001 ",
        "\u00a001001\u200b",
        "\ufeff01001",
        "'01001",
        '"01001"',
        '="01001"',
        "1001.0",
        "1001.",
        "1,001",
        "1.001E+03",
        "1.0010e3",
        "０１００１",
        "0500000US01001",
    ],
)
def test_mangled_code_is_restored(value):
    assert clean_fips(value) == "01001"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "empty"),
        ("", "empty"),
        ("  ", "empty"),
        (float("nan"), "empty"),
        ("n/a", "empty"),
        (True, "not_a_number"),
        ("Autauga", "not_a_number"),
        ("01-001", "not_a_number"),
        ("-1001", "not_a_number"),
        (float("inf"), "not_a_number"),
        (1001.5, "not_whole"),
        ("1001.25", "not_whole"),
        ("6.08E+03", "rounded"),
        ("1E+04", "rounded"),
        ("123456", "wrong_length"),
        (1e300, "wrong_length"),
        ("99", "wrong_length"),
        ("075", "state_missing"),
        ("0", "whole_country"),
        ("00000", "whole_country"),
        (44, "whole_state"),
        ("44", "whole_state"),
        ("6", "whole_state"),
        ("44000", "whole_state"),
        (72, "whole_territory"),
        ("66000", "whole_territory"),
    ],
)
def test_rubbish_is_refused_with_a_code(value, code):
    with pytest.raises(FipsError) as error:
        clean_fips(value)
    assert error.value.code == code
    assert error.value.message == str(error.value)


def test_whole_state_is_named():
    with pytest.raises(FipsError, match="Rhode Island") as error:
        clean_fips("44")
    assert error.value.state_fips == "44"


@given(COUNTY_CODES)
def test_code_survives_every_way_a_spreadsheet_stores_it(fips):
    number = int(fips)
    written = [fips, number, float(number), str(number), f"'{fips}", f"{number}.0", f"{number:,}"]
    written.append(f"{number:.{len(str(number)) - 1}E}")
    assert {clean_fips(value) for value in written} == {fips}


@given(st.one_of(st.text(max_size=12), st.integers(), st.floats(), st.none(), st.booleans()))
def test_any_cell_gives_five_digits_or_a_fips_error(value):
    try:
        fips = clean_fips(value)
    except FipsError:
        return
    assert len(fips) == 5
    assert fips.isascii()
    assert fips.isdigit()


def test_split_gives_state_and_county():
    assert split_fips("06075") == ("06", "075")


@pytest.mark.parametrize(
    ("fips", "status", "meant", "candidates"),
    [
        ("01001", "current", "01001", ("01001",)),
        ("46113", "changed", "46102", ("46102",)),
        ("02261", "ambiguous", None, ("02063", "02066")),
        ("09120", "ambiguous", None, ("09001",)),
        ("72001", "territory", None, ()),
        ("66010", "territory", None, ()),
        ("44000", "whole_state", None, ()),
        ("03001", "unknown", None, ()),
        ("01999", "unknown", None, ()),
    ],
)
def test_code_is_resolved(fips, status, meant, candidates):
    match = resolve_fips(fips, KNOWN, CHANGES)
    assert (match.status, match.fips, match.candidates) == (status, meant, candidates)
    assert match.certain == (meant is not None)
    assert bool(match.explanation) == (status != "current")


def test_territory_is_explained_by_name():
    assert "Puerto Rico" in resolve_fips("72001", KNOWN, CHANGES).explanation
