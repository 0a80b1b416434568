import re

import pytest

from counties.shapes import (
    HEIGHT,
    WIDTH,
    county_paths,
    joined,
    path_points,
    state_borders,
    state_paths,
    state_viewbox,
    strips,
    tiny_counties,
)
from tests.counties.data import COUNTIES, STATES


def extent(fips):
    points = path_points(county_paths()[fips])
    across, down = zip(*points, strict=True)
    return max(across) - min(across), max(down) - min(down)


def test_every_county_is_drawn_in_order():
    assert list(county_paths()) == [county["fips"] for county in COUNTIES]


def test_paths_are_whole_numbers_and_closed():
    ring = re.compile(r"(m-?\d+( \d+|-\d+)(( |-)\d+( |-)\d+){2,}z)+")
    assert [fips for fips, path in county_paths().items() if not ring.fullmatch(path)] == []


def test_every_county_is_big_enough_to_be_seen():
    assert [fips for fips in county_paths() if min(extent(fips)) < 1] == []


@pytest.mark.parametrize("fips", ["51610", "51683", "51685", "15005"])
def test_tiny_county_is_at_least_a_box_of_two_pixels(fips):
    assert min(extent(fips)) >= 2


def test_tiny_neighbours_do_not_hide_each_other():
    assert set(path_points(county_paths()["51683"])) != set(path_points(county_paths()["51685"]))


def test_all_but_the_western_aleutians_is_on_the_canvas():
    outside = {
        fips
        for fips, path in county_paths().items()
        for x, y in path_points(path)
        if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT)
    }
    assert outside == {"02016"}


def test_neighbours_share_their_border():
    san_francisco = set(path_points(county_paths()["06075"]))
    san_mateo = set(path_points(county_paths()["06081"]))
    assert len(san_francisco & san_mateo) >= 2


def test_state_borders_lie_on_county_borders():
    corners = {point for path in county_paths().values() for point in path_points(path)}
    border = set(path_points(state_borders()))
    # A corner of three counties may lie on a straight stretch, where no county needs a point.
    assert len(border - corners) / len(border) < 0.02


@pytest.mark.parametrize("usps", [state["usps"] for state in STATES])
def test_view_box_holds_the_state(usps):
    x, y, width, height = state_viewbox(usps)
    for county in COUNTIES:
        if county["state"] == usps:
            for across, down in path_points(county_paths()[county["fips"]]):
                assert x < across < x + width
                assert y < down < y + height


def test_view_box_of_a_state_is_a_part_of_the_canvas():
    x, y, width, height = state_viewbox("CA")
    assert 0 < x < 40
    assert width < WIDTH / 4
    assert y + height < HEIGHT


def test_view_box_of_a_territory_is_refused():
    with pytest.raises(KeyError):
        state_viewbox("PR")


def test_points_follow_relative_moves_from_ring_to_ring():
    assert path_points("m10 10 2 0 0 2zm5-5 1 1 0-1z") == [
        (10, 10),
        (12, 10),
        (12, 12),
        (15, 5),
        (16, 6),
        (16, 5),
    ]


def test_counties_joined_to_one_path_are_the_same_rings():
    # San Francisco, then Accomack, which has an island: two rings.
    path = joined(["06075", "51001"])
    assert path.count("Z") == 2
    rings = path_points(path.replace("Z", "z"))
    assert rings == path_points(county_paths()["06075"]) + path_points(county_paths()["51001"])


def test_strips_hold_as_many_counties_each_from_west_to_east():
    sizes = [list(strips().values()).count(strip) for strip in range(8)]
    assert sum(sizes) == 3143
    assert max(sizes) - min(sizes) <= 1
    assert strips()["06075"] < strips()["17031"] < strips()["36061"]


def test_boxes_are_among_the_tiny_counties():
    boxes = {fips for fips in county_paths() if extent(fips) == (2, 2)}
    assert boxes <= tiny_counties()
    assert len(tiny_counties()) < 40


def test_every_state_has_an_outline_around_its_counties():
    assert set(state_paths()) == {state["usps"] for state in STATES}
    for state in STATES:
        x, y, width, height = state_viewbox(state["usps"])
        points = path_points(state_paths()[state["usps"]])
        assert all(x < across < x + width and y < down < y + height for across, down in points)
