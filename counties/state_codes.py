"""The 50 states, DC and the territories: codes and names. Pure."""

import unicodedata

# (FIPS, postal abbreviation, name)
_STATES = """
01 AL Alabama
02 AK Alaska
04 AZ Arizona
05 AR Arkansas
06 CA California
08 CO Colorado
09 CT Connecticut
10 DE Delaware
11 DC District of Columbia
12 FL Florida
13 GA Georgia
15 HI Hawaii
16 ID Idaho
17 IL Illinois
18 IN Indiana
19 IA Iowa
20 KS Kansas
21 KY Kentucky
22 LA Louisiana
23 ME Maine
24 MD Maryland
25 MA Massachusetts
26 MI Michigan
27 MN Minnesota
28 MS Mississippi
29 MO Missouri
30 MT Montana
31 NE Nebraska
32 NV Nevada
33 NH New Hampshire
34 NJ New Jersey
35 NM New Mexico
36 NY New York
37 NC North Carolina
38 ND North Dakota
39 OH Ohio
40 OK Oklahoma
41 OR Oregon
42 PA Pennsylvania
44 RI Rhode Island
45 SC South Carolina
46 SD South Dakota
47 TN Tennessee
48 TX Texas
49 UT Utah
50 VT Vermont
51 VA Virginia
53 WA Washington
54 WV West Virginia
55 WI Wisconsin
56 WY Wyoming
"""
_TERRITORIES = """
60 AS American Samoa
66 GU Guam
69 MP Northern Mariana Islands
72 PR Puerto Rico
78 VI U.S. Virgin Islands
"""


def _table(text: str) -> dict[str, tuple[str, str]]:
    rows = (line.split(maxsplit=2) for line in text.strip().splitlines())
    return {fips: (usps, name) for fips, usps, name in rows}


def _plain(text: str) -> str:
    """Lower-case letters and digits only."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in decomposed if c.isalnum() and not unicodedata.combining(c))


STATES: dict[str, tuple[str, str]] = _table(_STATES)
"""FIPS -> (postal abbreviation, name) of the 50 states and DC."""

TERRITORIES: dict[str, tuple[str, str]] = _table(_TERRITORIES)
"""The same for the territories, which are outside the map."""

_BY_TEXT = {
    _plain(text): usps
    for fips, (usps, name) in {**STATES, **TERRITORIES}.items()
    for text in (fips, str(int(fips)), usps, name)
} | {
    _plain(text): usps
    for text, usps in {
        "D.C.": "DC",
        "Washington DC": "DC",
        "Commonwealth of the Northern Mariana Islands": "MP",
        "Virgin Islands": "VI",
        "United States Virgin Islands": "VI",
    }.items()
}
_TERRITORY_USPS = {usps for usps, _name in TERRITORIES.values()}


def state_usps(text: object) -> str | None:
    """The postal abbreviation of a state or territory, however it is written; else None.

    Takes "TX", "Texas ", "TEXAS", "State of Texas", "48", "D.C.".
    """
    key = _plain(str(text))
    for prefix in ("stateof", "commonwealthof"):
        key = key.removeprefix(prefix) if key not in _BY_TEXT else key
    return _BY_TEXT.get(key)


def is_territory(usps: str) -> bool:
    """Whether a postal abbreviation is that of a territory, such as PR."""
    return usps in _TERRITORY_USPS
