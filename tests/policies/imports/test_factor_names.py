import pytest
from django.utils.translation import override

from policies.imports.cells import CellError
from policies.imports.factor_names import factor_of
from policies.rubric import Factor
from policies.texts import FACTOR_TEXTS


@pytest.mark.parametrize(
    ("value", "factor"),
    [
        ("no_287g", Factor.NO_287G),
        ("NO_287G ", Factor.NO_287G),
        ("No 287(g)", Factor.NO_287G),
        ("no ice alerts", Factor.LIMITS_NOTIFICATIONS),
        ("Limits holds", Factor.LIMITS_HOLDS),
        (1, Factor.NO_287G),
        (7.0, Factor.NO_GENERAL_ASSISTANCE),
        ("Factor 3", Factor.LIMITS_HOLDS),
        ("6.", Factor.NO_STATUS_INQUIRY),
        ("", None),
        (None, None),
    ],
)
def test_a_factor_by_code_number_or_name(value, factor):
    assert factor_of(value) is factor


@pytest.mark.parametrize(
    ("value", "likely"),
    [
        ("limits_hold", "limits_holds"),
        ("No ICE allerts", "limits_notifications"),
        ("287(g)", "no_287g"),
        ("detention contract", "no_detention_contract"),
    ],
)
def test_another_name_is_answered_with_the_likely_factor(value, likely):
    with pytest.raises(CellError) as caught:
        factor_of(value)
    assert caught.value.code == "unknown_factor"
    assert caught.value.suggestions[0] == likely


@pytest.mark.parametrize("value", [0, 8, 1.5, "zzzz", "#REF!", True])
def test_what_is_no_factor(value):
    with pytest.raises(CellError):
        factor_of(value)


def test_names_of_our_spanish_pages_are_known():
    with override("es"):
        names = {factor: str(text.name) for factor, text in FACTOR_TEXTS.items()}
    assert {factor: factor_of(name) for factor, name in names.items()} == {f: f for f in Factor}
