"""What the address of an agreement tells."""

from datetime import date

import pytest

from policies.imports.moa_links import day_in


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("OttawaCoSheriffsOfficeOK_TFM_MOA_02232026.pdf", date(2026, 2, 23)),
        ("ColbertCoSheriffsOfficeAL_WSO_MOA_05.08.25.pdf", date(2025, 5, 8)),
        ("287gJEM_%20etowahCoAL_06-09-2020.pdf", date(2020, 6, 9)),
        ("LoweCoTX_MOA_02232026_signed.pdf", date(2026, 2, 23)),
        ("MadisonCountySOTN_WSO_MOA.pdf", None),
        ("X_MOA_13452026.pdf", None),
        ("287gWSO_KodiakAk2020-07-20.pdf", None),
    ],
)
def test_the_day_at_the_end_of_the_name(name, expected):
    assert day_in(f"https://www.ice.gov/doclib/287gMOA/{name}") == expected
