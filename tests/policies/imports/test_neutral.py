"""Text that leaves cannot be run by a spreadsheet program, and comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policies.imports.cells import clean, text
from policies.imports.neutral import is_formula, neutral, original

FORMULAS = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "-", '"=1+1', "  =1+1", " '@x"),
    *("＝1+1", "＠x", "−1", "\n=1"),
)


@pytest.mark.parametrize("written", FORMULAS)
def test_what_a_program_might_run_gets_a_mark(written):
    assert neutral(written) == f"'{written}"


@pytest.mark.parametrize("written", ["", "Ordinance 12-3", "a = b", "<b>bold</b>", "'tis", "1-2"])
def test_other_text_stays_as_it_is(written):
    assert neutral(written) == written


@pytest.mark.parametrize("written", ["#REF!", " #n/a", "'#REF!"])
def test_words_that_look_like_a_failed_formula_get_a_mark(written):
    assert neutral(written) == f"'{written}"


@given(st.text(max_size=12) | st.text("'\"=+-@# REF!\t\r", max_size=12))
@example("'=1")
@example("''#REF!")
def test_every_text_comes_back(written):
    assert original(neutral(written)) == written


@given(st.text("'\"=+-@x \n", min_size=1, max_size=8))
def test_reading_takes_the_mark_off(written):
    kept = clean(written)
    assert text(neutral(kept)) == (kept if is_formula(kept) else text(kept))
