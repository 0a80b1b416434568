"""The tables that the pure modules `names` and `fips` work on, read from the database."""

from counties.fips import Change
from counties.models import County, CountyAlias, FipsChange
from counties.names import NameIndex, build_index


def name_index() -> NameIndex:
    """Every name of every county, for `names.match_county`. Two queries."""
    counties = County.objects.order_by().values_list("fips", "state_id", "name", "kind")
    aliases = CountyAlias.objects.order_by("county_id", "key").values_list("county_id", "name")
    city = County.Kind.INDEPENDENT_CITY
    return build_index(
        ((fips, usps, name, kind == city) for fips, usps, name, kind in counties), aliases
    )


def known_fips() -> frozenset[str]:
    """The codes of our counties, for `fips.resolve_fips`. One query."""
    return frozenset(County.objects.order_by().values_list("fips", flat=True))


def fips_changes() -> dict[str, list[Change]]:
    """What each changed code may mean now, for `fips.resolve_fips`. One query."""
    changes: dict[str, list[Change]] = {}
    for change in FipsChange.objects.order_by("old_fips", "county_id"):
        changes.setdefault(change.old_fips, []).append(
            {
                "county": change.county_id,
                "certain": change.certain,
                "explanation": change.explanation,
            }
        )
    return changes
