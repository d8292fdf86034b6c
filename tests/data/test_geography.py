"""The shipped boundaries: every current area, inside the canvas, sharing borders, small enough."""

from __future__ import annotations

import gzip
import re

import pytest

from data.areas import CONSTITUENT
from data.geography import BOUNDARIES, LEVELS, boundaries, path_points
from data.reference_data import REFERENCE, itl1_codes, read_areas_file

# What `data/reference/README.md` states: areas, bytes, bytes when gzipped.
STATED = re.compile(r"\| `(\w+)\.json` \| (\d+) \| ([\d,]+) \| ([\d,]+) \|")
MOST_GZIPPED_BYTES = 18_000
Corner = tuple[int, int]


def current_codes(level: str) -> set[str]:
    areas = read_areas_file()
    current = areas[areas["end_on"].isna()]
    if level == "region":
        return set(itl1_codes().values()) - {"E92000001"}
    if level == "combined_authority":
        return set(current[current["type"] == "combined authority"]["code"])
    return set(current[current[level]]["code"])


def borders(path: str) -> set[frozenset[Corner]]:
    """The straight pieces of an area's outline, whichever way they are walked."""
    return {
        frozenset(piece)
        for part in path_points(path)
        for piece in zip(part, part[1:] + part[:1], strict=True)
        if piece[0] != piece[1]
    }


def area_inside(path: str) -> float:
    total = 0.0
    for part in path_points(path):
        pieces = zip(part, part[1:] + part[:1], strict=True)
        total += sum(ax * by - bx * ay for (ax, ay), (bx, by) in pieces) / 2
    return abs(total)


@pytest.mark.parametrize("level", LEVELS)
def test_every_current_area_is_drawn_and_no_other(level: str) -> None:
    content = boundaries(level)
    assert content["level"] == level
    assert set(content["paths"]) == current_codes(level)
    assert set(content["centroids"]) == set(content["paths"])


@pytest.mark.parametrize("level", LEVELS)
def test_paths_are_closed_whole_numbered_and_inside_the_canvas(level: str) -> None:
    content = boundaries(level)
    for code, path in content["paths"].items():
        assert re.fullmatch(r"(M\d+ \d+l-?\d+(?:[ -]\d+|-\d+)*z)+", path), code
        for part in path_points(path):
            assert len(set(part)) >= 3, code
            for x, y in part:
                assert 0 <= x <= content["width"], code
                assert 0 <= y <= content["height"], code


@pytest.mark.parametrize("level", LEVELS)
def test_every_area_can_be_seen_and_its_centre_lies_within_its_extent(level: str) -> None:
    content = boundaries(level)
    for code, path in content["paths"].items():
        assert area_inside(path) >= 4, code
        xs, ys = zip(*(corner for part in path_points(path) for corner in part), strict=True)
        x, y = content["centroids"][code]
        assert min(xs) <= x <= max(xs), code
        assert min(ys) <= y <= max(ys), code


def test_the_boroughs_of_the_west_midlands_can_be_told_apart() -> None:
    content = boundaries("lower_tier")
    for code in CONSTITUENT:
        assert area_inside(content["paths"][code]) > 100, code
    centres = [tuple(content["centroids"][code]) for code in CONSTITUENT]
    assert len(set(centres)) == 7


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("E08000025", "E08000028"),  # Birmingham and Sandwell
        ("E08000026", "E08000029"),  # Coventry and Solihull
        ("E08000038", "E08000039"),  # Barnsley and Sheffield
        ("S12000049", "S12000050"),  # Glasgow City and North Lanarkshire
        ("E06000051", "W06000023"),  # Shropshire and Powys
    ],
)
def test_neighbours_share_their_border_exactly(one: str, other: str) -> None:
    paths = boundaries("lower_tier")["paths"]
    assert len(borders(paths[one]) & borders(paths[other])) >= 2


def test_an_outline_lies_on_the_borders_of_the_areas_inside_it() -> None:
    lower = boundaries("lower_tier")["paths"]
    inside = set().union(*(borders(lower[code]) for code in CONSTITUENT))
    assert borders(boundaries("combined_authority")["paths"]["E47000007"]) <= inside


def test_the_seven_boroughs_fill_the_combined_authority() -> None:
    lower = boundaries("lower_tier")["paths"]
    whole = area_inside(boundaries("combined_authority")["paths"]["E47000007"])
    assert sum(area_inside(lower[code]) for code in CONSTITUENT) == whole


def test_shetland_stands_in_its_inset_and_nothing_else_does() -> None:
    content = boundaries("lower_tier")
    x, y, width, height = content["inset"]["box"]

    def framed(code: str) -> bool:
        return any(
            x <= px <= x + width and y <= py <= y + height
            for part in path_points(content["paths"][code])
            for px, py in part
        )

    assert [code for code in content["paths"] if framed(code)] == ["S12000027"]
    assert boundaries("combined_authority")["inset"] is None


def test_the_map_has_north_up_and_northern_ireland_in_the_west() -> None:
    centres = boundaries("region")["centroids"]
    scotland, wales, london = centres["S92000003"], centres["W92000004"], centres["E12000007"]
    assert scotland[1] < wales[1]
    assert centres["N92000002"][0] < scotland[0] < london[0]


def test_files_are_no_larger_than_stated_and_lower_tier_fits_a_phone() -> None:
    readme = (REFERENCE / "README.md").read_text(encoding="utf-8")
    stated = {
        level: tuple(int(number.replace(",", "")) for number in numbers)
        for level, *numbers in STATED.findall(readme)
    }
    measured = {}
    for level in LEVELS:
        content = (BOUNDARIES / f"{level}.json").read_bytes()
        zipped = len(gzip.compress(content, 9, mtime=0))
        assert zipped <= MOST_GZIPPED_BYTES
        measured[level] = (len(boundaries(level)["paths"]), len(content), zipped)
    assert {level: row[:2] for level, row in measured.items()} == {
        level: row[:2] for level, row in stated.items()
    }
    # Compression differs by a few bytes between versions of zlib.
    for level, row in measured.items():
        assert row[2] == pytest.approx(stated[level][2], rel=0.01)


def test_the_attribution_names_ons_and_ordnance_survey() -> None:
    for level in LEVELS:
        assert boundaries(level)["attribution"].startswith("Source: Office for National Statistics")
        assert "OS data © Crown copyright" in boundaries(level)["attribution"]


def test_an_unknown_level_is_refused_with_the_levels_there_are() -> None:
    with pytest.raises(ValueError, match="no boundaries for 'ward'; expected one of lower_tier"):
        boundaries("ward")  # type: ignore[arg-type]


def test_corners_of_a_path_are_its_steps_added_up() -> None:
    assert path_points("M10 20l3-2 1 5zM0 0l1 1-2 0z") == [
        [(10, 20), (13, 18), (14, 23)],
        [(0, 0), (1, 1), (-1, 1)],
    ]
