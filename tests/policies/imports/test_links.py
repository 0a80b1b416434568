"""Which addresses behind cells are kept."""

import pytest

from policies.imports.links import real_address

WRAPPED = (
    "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.ice.gov%2Fa.pdf%3Fb%3D1"
    "&data=05%7C02&sdata=x&reserved=0"
)


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://www.ice.gov/a.pdf", "https://www.ice.gov/a.pdf"),
        (" http://a.example/b c ", "http://a.example/b c"),
        ("HTTPS://A.EXAMPLE/", "HTTPS://A.EXAMPLE/"),
        (WRAPPED, "https://www.ice.gov/a.pdf?b=1"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url="
            "https%3A%2F%2Fnam02.safelinks.protection.outlook.com%2F%3Furl%3Dhttps%253A%252F%252Fa.example%252F",
            "https://a.example/",
        ),
        ("https://nam02.safelinks.protection.outlook.com/?data=1", ""),
        ("https://nam02.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)", ""),
        ("mailto:someone@example.org", ""),
        ("javascript:alert(1)", ""),
        ("file:///C:/a.pdf", ""),
        ("https://", ""),
        ("http://[broken", ""),
        ("../a.pdf", ""),
        ("", ""),
    ],
)
def test_address(target, address):
    assert real_address(target) == address
