"""The columns of ICE's facility list that we know and do not use: recognised, never copied. Pure.

Naming them keeps the warning about unknown headings for headings that are really unknown.
"""

from policies.imports.tables import Column

_FISCAL_YEARS = ("FY18", "FY17", "FY16", "FY15", "FY14", "FY13", "FY12", "FY11", "FY10", "FY09")
_MONTHS = (
    *("November 2016", "December 2016"),
    *(
        f"{month} 2017"
        for month in (
            *("January", "February", "March", "April", "May", "June", "July", "August"),
            *("September", "October", "November"),
        )
    ),
)
#: Statistics given for the last four fiscal years.
_A_YEAR = (
    *("ALOS", "Facility Bookins", "Initial Bookins", "Initial Bookin ADP"),
    *("Non-Criminal", "Criminal"),
)
_INSPECTIONS = (
    *("Last Inspection Type", "Last Inspection Standard", "Last Inspection Pre-Occ?"),
    *("Last Inspection Rating - Final", "Last Inspection Rating - Recommended"),
    *("Last Inspection Date", "Second to Last Inspection Type"),
    *("Second to Last Inspection Standard", "Second to Last Inspection Pre-Occ?"),
    *("Second to Last Rating", "Second to Last Inspection Date", "Next Inspection Date"),
    *("Next Inspection Standard", "Next Inspection Type", "Next Insp Pre-Occ?"),
    *(f"CY{year} Rating" for year in range(10, 18)),
)
_HEADINGS = (
    *("Address", "Circuit", "AOR", "Docket", "ICE Funded", "Male/Female", "Levels A,B,C,D"),
    *("Capacity", "Current FY Utilization", "Population Count"),
    *("Date of Last Use", "Date of First Use", "FY18 Max Population Count"),
    *(f"{year} ADP" for year in _FISCAL_YEARS if year != "FY17"),
    *_MONTHS,
    *(f"{year} {statistic}" for statistic in _A_YEAR for year in _FISCAL_YEARS[:4]),
    *(f"Level {level}" for level in "ABCD"),
    *("Male Crim", "Male Non-Crim", "Female Crim", "Female Non-Crim"),
    *(f"ICE Threat Level {level}" for level in (1, 2, 3)),
    *("No ICE Threat Level", "Mandatory", "Non-Mandatory"),
    *("Medical Provider Onsite?", "Provider Type"),
    # ICE's own guesses at dates; a contract counts from the date of the list.
    *("Best Known Contract Initiation Date", "Best Known Contract Expiration Date"),
    *("Guaranteed Minimum", "Per Diem Rate Detailed", "ICE Telephone Services"),
    *("Authorization Status", "Authorizing Authority", "Over/Under 72"),
    *("Contractually Obligated Inspection Standard", "PREA/Standard 2.11 Status"),
    "Current Inspection Frequency",
    *_INSPECTIONS,
    *("EMDD Notes", "EMDD USE", "ACA", "NCCHC", "JCHCO", "DSM Assigned?", "DSM Assignment Type"),
    *("FY18 Calendar Days in Use", "FY18 Possible Days", "FY18 % of Days in Use"),
    *("FY18 Total Mandays", "FY17 Calendar Days in Use", "FY17 % of Days in Use"),
    *("FY17 Total Mandays", "FY17 Max Pop Count"),
)

UNUSED: tuple[Column, ...] = tuple(
    Column(f"unused_{number}", (heading,), big=True) for number, heading in enumerate(_HEADINGS, 1)
)
