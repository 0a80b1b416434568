import io

import pytest
from django.core.management import call_command

from counties.fips import resolve_fips
from counties.lookups import fips_changes, known_fips, name_index
from counties.models import County, CountyAlias, FipsChange, State
from counties.names import match_county
from counties.reference import load_reference

pytestmark = pytest.mark.django_db


def test_loading_fills_every_table():
    load_reference()
    counts = [model.objects.count() for model in (State, County, CountyAlias, FipsChange)]
    assert counts[:2] == [51, 3143]
    assert all(counts)


def test_loading_again_changes_nothing_in_four_queries(django_assert_num_queries):
    load_reference()
    # Four tables are read; a savepoint is opened and released around them.
    with django_assert_num_queries(6):
        again = load_reference()
    assert {(t.created, t.updated, t.deleted) for t in again} == {(0, 0, 0)}


def test_command_prints_what_it_did():
    out = io.StringIO()
    call_command("load_reference", stdout=out)
    assert "counties: 3143 created, 0 updated, 0 deleted, 0 unchanged" in out.getvalue()


def test_loading_restores_what_was_changed():
    load_reference()
    County.objects.filter(pk="06075").update(name="Frisco", population=1)
    states, counties, *_rest = load_reference()
    assert (states.updated, counties.updated) == (0, 1)
    county = County.objects.get(pk="06075")
    assert (county.name, county.population) == ("San Francisco County", 808_988)


def test_loading_keeps_what_staff_entered():
    load_reference()
    State.objects.filter(pk="CA").update(law_coded_through="2026-01-31")
    CountyAlias.objects.create(county_id="06075", name="The City", key="thecity")
    load_reference()
    assert str(State.objects.get(pk="CA").law_coded_through) == "2026-01-31"
    assert CountyAlias.objects.filter(key="thecity").exists()


def test_loading_withdraws_a_code_the_file_does_not_have():
    load_reference()
    FipsChange.objects.create(
        old_fips="99999", county_id="06075", kind="renamed", certain=True, explanation="Wrong."
    )
    assert load_reference()[-1].deleted == 1
    assert not FipsChange.objects.filter(old_fips="99999").exists()


@pytest.mark.parametrize(
    ("fips", "population", "year"),
    [("06075", 808_988, 2023), ("09001", 943_332, 2019), ("02063", 6_769, 2023)],
)
def test_population_is_the_newest_there_is(fips, population, year):
    load_reference()
    county = County.objects.get(pk=fips)
    assert (county.population, county.population_year) == (population, year)


def test_lookups_serve_the_pure_modules_in_four_queries(django_assert_num_queries):
    load_reference()
    with django_assert_num_queries(4):
        names, known, changes = name_index(), known_fips(), fips_changes()
    assert match_county("Brooklyn", "NY", names).fips == "36047"
    assert resolve_fips("46113", known, changes).fips == "46102"
    assert resolve_fips("09110", known, changes).candidates == ("09003", "09013")
