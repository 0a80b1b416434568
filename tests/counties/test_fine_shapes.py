import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from counties.shapes import (
    FINE,
    county_paths,
    fine_border,
    fine_edge,
    fine_file,
    fine_paths,
    fine_viewbox,
    path_points,
)
from tests.counties.data import COUNTIES, STATES

USPS = [state["usps"] for state in STATES]


def middle(points):
    across, down = zip(*points, strict=True)
    return (min(across) + max(across)) / 2, (min(down) + max(down)) / 2


def test_every_county_is_drawn_in_order():
    drawn = [fips for usps in USPS for fips in fine_paths(usps)]
    assert sorted(drawn) == [county["fips"] for county in COUNTIES]
    assert all(list(fine_paths(usps)) == sorted(fine_paths(usps)) for usps in USPS)


@pytest.mark.parametrize("usps", USPS)
def test_paths_are_whole_numbers_and_closed(usps):
    ring = re.compile(r"(m-?\d+( \d+|-\d+)(( |-)\d+( |-)\d+){2,}z)+")
    assert [fips for fips, path in fine_paths(usps).items() if not ring.fullmatch(path)] == []


@pytest.mark.parametrize("usps", USPS)
def test_every_county_is_big_enough_to_be_seen(usps):
    for fips, path in fine_paths(usps).items():
        across, down = zip(*path_points(path), strict=True)
        assert min(max(across) - min(across), max(down) - min(down)) >= 5, fips


@pytest.mark.parametrize("usps", USPS)
def test_fine_county_lies_where_the_coarse_one_does(usps):
    for fips, path in fine_paths(usps).items():
        fine, coarse = middle(path_points(path)), middle(path_points(county_paths()[fips]))
        assert abs(fine[0] / FINE - coarse[0]) < 3, fips
        assert abs(fine[1] / FINE - coarse[1]) < 3, fips


def test_neighbours_share_their_border():
    san_francisco = set(path_points(fine_paths("CA")["06075"]))
    san_mateo = set(path_points(fine_paths("CA")["06081"]))
    assert len(san_francisco & san_mateo) >= 2


def test_neighbours_in_two_states_share_their_border():
    kansas = set(path_points(fine_border("KS")))
    missouri = set(path_points(fine_border("MO")))
    assert len(kansas & missouri) > 10


def test_only_alaska_and_hawaii_touch_no_other_state():
    assert [usps for usps in USPS if not fine_border(usps)] == ["AK", "HI"]


def test_state_within_others_has_no_edge():
    assert fine_edge("CO") == ""
    assert fine_edge("CA")


@pytest.mark.parametrize("usps", USPS)
def test_border_and_edge_lie_on_county_borders(usps):
    corners = {p for path in fine_paths(usps).values() for p in path_points(path)}
    lines = {*path_points(fine_border(usps)), *path_points(fine_edge(usps))}
    # Where a line ends a county may need no point: its border goes straight on.
    assert len(lines - corners) <= max(2, len(lines) * 0.05)


@pytest.mark.parametrize("usps", USPS)
def test_view_box_holds_the_state(usps):
    x, y, width, height = fine_viewbox(usps)
    for path in fine_paths(usps).values():
        for across, down in path_points(path):
            assert x < across < x + width
            assert y < down < y + height


def test_what_is_served_is_what_is_read():
    served = json.loads(Path(finders.find(fine_file("CA"))).read_text(encoding="utf-8"))
    assert served == {
        "border": fine_border("CA"),
        "edge": fine_edge("CA"),
        "counties": fine_paths("CA"),
    }


def test_place_off_the_map_is_refused():
    with pytest.raises(KeyError):
        fine_paths("PR")
