"""Whether quoted words occur in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.quotes import Text, find, occurs, pages_cited

ORDER = (
    "The Sheriff’s Ofﬁce shall not hold any person in deten-\ntion on a so-called “detainer”,\n"
    "unless a judge has signed a warrant. Doña Ana County declines."
)


@pytest.mark.parametrize(
    "quote",
    [
        "shall not hold any person",
        "shall  not\nhold any   person",
        "in detention on",
        "SHERIFF'S OFFICE SHALL",
        'a so-called "detainer"',
        "a so called “detainer,”",
        "“shall not hold any person in detention.”",
        "shall not hold … a judge has signed a warrant",
        "shall not hold [...] warrant.",
        "shall not hold ... warrant.",
        "shall not hold [any] person",
        "[S]hall not hold any person",
        "shall not hold [people, generally] unless a judge",
        "Doña Ana",
    ],
)
def test_the_same_words_are_found_however_they_are_written(quote):
    assert occurs(quote, ORDER)


@pytest.mark.parametrize(
    "quote",
    [
        "shall hold any person",
        "a judge has signed … shall not hold",
        "any per",
        "old any person",
        "Dona Ana",
        "",
        "   ",
        "…",
        "[...]",
        "“”",
    ],
)
def test_other_words_are_not(quote):
    assert not occurs(quote, ORDER)


def test_where_the_parts_stand():
    spans = find("not hold any […] in detention", ORDER)

    assert [ORDER[span.start : span.end] for span in spans] == ["not hold any", "in deten-\ntion"]


@given(st.text(max_size=80), st.text(max_size=300))
def test_anything_may_be_looked_for_in_anything(quote, text):
    for span in find(quote, text):
        assert 0 <= span.start < span.end <= len(text)


@given(st.lists(st.sampled_from(["shall", "not", "hold", "ICE", "a"]), min_size=3, max_size=30))
def test_every_run_of_whole_words_occurs(words):
    text = Text.of("\n".join(words))
    assert text.find(" ".join(words[1:3]))
    assert text.find(" ".join(words))


@pytest.mark.parametrize(
    ("page", "labels", "numbers"),
    [
        ("2", ["", "", ""], (2,)),
        ("p. 2", ["", "", ""], (2,)),
        ("2-3", ["", "", ""], (2, 3)),
        ("2–3", ["", "", ""], (2, 3)),
        ("4", ["", "", ""], ()),
        ("0", ["", "", ""], ()),
        ("", ["", ""], ()),
        ("section 2", ["", ""], ()),
        ("9" * 5000, ["", ""], ()),
        ("ii", ["i", "ii", "1"], (2,)),
        ("1", ["i", "ii", "1"], (3,)),
        ("3", ["i", "ii", "1"], ()),
    ],
)
def test_which_pages_a_citation_means(page, labels, numbers):
    assert pages_cited(page, labels) == numbers
