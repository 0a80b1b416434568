import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from counties.models import County, CountyAlias, FipsChange, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def maryland():
    return State.objects.create(usps="MD", fips="24", name="Maryland")


@pytest.fixture
def baltimore(maryland):
    return County.objects.create(**county_fields())


def county_fields(**changes):
    return {
        "fips": "24005",
        "state_id": "MD",
        "name": "Baltimore County",
        "short_name": "Baltimore",
        "slug": "baltimore",
        "kind": County.Kind.COUNTY,
        "latitude": 39.44,
        "longitude": -76.62,
    } | changes


def assert_refused(constraint, model, **fields):
    """The database itself refuses the row; PostgreSQL and SQLite both name a check."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        model.objects.create(**fields)
    if constraint:
        assert constraint in str(error.value)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("state_usps_two_capitals", {"usps": "va"}),
        ("state_fips_two_digits", {"fips": "5"}),
        ("state_fips_two_digits", {"fips": "72"}),
        ("state_unified_jail_names_authority", {"unified_jail": True}),
    ],
)
def test_bad_state_is_refused(constraint, changes):
    fields = {"usps": "VA", "fips": "51", "name": "Virginia"} | changes
    assert_refused(constraint, State, **fields)


@pytest.mark.parametrize("fips", ["2451", "2451O", "72001", "00001"])
def test_county_code_of_the_wrong_form_is_refused(maryland, fips):
    assert_refused("county_fips_five_digits", County, **county_fields(fips=fips))


@pytest.mark.parametrize("same", ["slug", "name"])
def test_second_county_with_the_same_slug_or_name_is_refused(baltimore, same):
    other = {"fips": "24510", "name": "Baltimore city", "slug": "baltimore-city"}
    other.pop(same)
    # SQLite names the columns of a unique constraint, PostgreSQL the constraint.
    assert_refused("", County, **county_fields(**other))


def test_population_without_year_is_refused(maryland):
    assert_refused("county_population_has_year", County, **county_fields(population=5))


def test_same_slug_in_another_state_is_allowed(baltimore):
    State.objects.create(usps="OH", fips="39", name="Ohio")
    County.objects.create(**county_fields(fips="39005", state_id="OH"))
    assert County.objects.filter(slug="baltimore").count() == 2


def test_code_of_another_state_does_not_validate(maryland):
    county = County(**county_fields(fips="51005"))
    with pytest.raises(ValidationError, match="does not begin with 24"):
        county.full_clean()


def test_alias_is_given_once_per_county(baltimore):
    CountyAlias.objects.create(county=baltimore, name="Balto", key="balto")
    assert_refused("", CountyAlias, county=baltimore, name="BALTO", key="balto")


def test_alias_without_key_is_refused(baltimore):
    assert_refused("county_alias_key_not_empty", CountyAlias, county=baltimore, name="-", key="")


def test_changed_code_of_the_wrong_form_is_refused(baltimore):
    fields = {"county": baltimore, "kind": "renamed", "certain": True, "explanation": "x"}
    assert_refused("fips_change_five_digits", FipsChange, old_fips="2499", **fields)


def test_changed_code_cannot_mean_two_counties_for_certain(baltimore):
    city = County.objects.create(
        **county_fields(fips="24510", name="Baltimore city", slug="baltimore-city")
    )
    fields = {"old_fips": "24999", "kind": "renamed", "certain": True, "explanation": "x"}
    FipsChange.objects.create(county=baltimore, **fields)
    assert_refused("", FipsChange, county=city, **fields)


def test_state_with_counties_is_not_deleted(maryland, baltimore):
    with pytest.raises(ProtectedError):
        maryland.delete()


def test_county_is_shown_with_its_state(baltimore):
    assert str(baltimore) == "Baltimore County, MD"


@pytest.mark.parametrize("model", [State, County, FipsChange, CountyAlias])
def test_model_has_readable_names(model):
    assert "_" not in str(model._meta.verbose_name)
