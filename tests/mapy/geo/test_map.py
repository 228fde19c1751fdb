"""Maps as SVG: what is on them, how large they are, and that nothing in them runs or loads."""

from __future__ import annotations

from itertools import combinations, pairwise
import math
import re
from xml.etree import ElementTree as ET

import pytest

from mapy.geo import Mark, place_map, world_map
from mapy.geo.map import MARKS_MAX
from mapy.geo.projection import WORLD_HEIGHT, WORLD_WIDTH

SVG = "{http://www.w3.org/2000/svg}"
AREZZO = Mark(43.4674, 11.8851)
PLACES = {
    "Arezzo": AREZZO,
    "the date line at Fiji": Mark(-16.8, 179.99),
    "the date line at Chukotka": Mark(66.0, -180.0),
    "the coast of Norway": Mark(68.0, 15.0),
    "islands of Canada": Mark(76.0, -95.0),
    "islands of Greece": Mark(37.5, 24.0),
    "channels of Chile": Mark(-50.0, -74.0),
    "the North Pole": Mark(90.0, 0.0),
    "the South Pole": Mark(-90.0, 0.0),
    "the Gulf of Guinea": Mark(0.0, 0.0),
    "the towns of the Ganges": Mark(25.6, 85.0),
}
ALL = [pytest.param(mark, id=name) for name, mark in PLACES.items()]


def shapes(svg: str, name: str) -> list[ET.Element]:
    """The elements of a class."""
    return [each for each in ET.fromstring(svg).iter() if each.get("class") == name]  # noqa: S314


def corners(path: str) -> list[list[tuple[int, int]]]:
    """The points of a path's lines, in whole units."""
    lines = []
    for line in re.findall(r"M[^M]+", path):
        numbers = [int(each) for each in re.findall(r"-?\d+", line)]
        x, y = numbers[:2]
        points = [(x, y)]
        for across, up in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + across, y + up
            points.append((x, y))
        lines.append(points)
    return lines


@pytest.mark.parametrize("mark", ALL)
def test_the_nearer_map_is_small(mark: Mark) -> None:
    """Even the most ragged coast stays below 40 KB."""
    assert len(place_map(mark).encode()) < 40_000
    assert len(place_map(mark, span=40).encode()) < 40_000


def test_the_world_is_small() -> None:
    """The world stays below 130 KB, with a batch's pins too."""
    marks = [Mark(n * 0.17 - 85, (n * 7.3) % 360 - 180) for n in range(MARKS_MAX + 200)]
    assert len(world_map([AREZZO]).encode()) < 60_000
    assert len(world_map(marks).encode()) < 130_000


@pytest.mark.parametrize("mark", ALL)
def test_a_map_is_a_picture_with_a_name_and_holds_nothing_that_runs(mark: Mark) -> None:
    """Title first, then what it shows; no style, script, handler, link or address."""
    for svg in (world_map([mark]), place_map(mark)):
        root = ET.fromstring(svg)  # noqa: S314 - our own
        assert root.get("role") == "img"
        assert [each.tag for each in root][:2] == [f"{SVG}title", f"{SVG}desc"]
        assert all(each.text for each in root[:2])
        assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
            "svg", "title", "desc", "rect", "path", "g", "ellipse", "text",
        }  # fmt: skip
        names = {name for each in root.iter() for name in each.attrib}
        assert not [n for n in names if n in {"style", "href", "id"} or n.startswith("on")]
        assert svg.count("://") == 1  # the namespace
        assert "nan" not in svg
        assert "inf" not in svg


def test_text_is_escaped() -> None:
    """Markup in a title or a description is text, and what XML forbids is left out."""
    svg = world_map([AREZZO], title="<script>&\x00", description="]]></desc><b>\ud800")
    assert "<script>" not in svg
    root = ET.fromstring(svg)  # noqa: S314 - our own
    assert [each.text for each in root[:2]] == ["<script>&", "]]></desc><b>"]


@pytest.mark.parametrize("name", ["map-land", "map-border"])
def test_no_line_crosses_the_world(name: str) -> None:
    """Nothing is drawn from one edge to the other over Russia or Fiji."""
    (path,) = shapes(world_map([]), name)
    for line in corners(path.get("d", "")):
        steps = [abs(b[0] - a[0]) for a, b in pairwise(line)]
        below = [max(a[1], b[1]) for a, b in pairwise(line)]
        wide = [y for step, y in zip(steps, below, strict=True) if step > WORLD_WIDTH / 8]
        assert all(y > WORLD_HEIGHT for y in wide)  # under the frame, where Antarctica is closed


def test_the_sea_is_as_large_as_the_drawing() -> None:
    """In units, not in parts of the view: it stays when the view is enlarged."""
    (sea,) = shapes(world_map([]), "map-sea")
    assert (sea.get("width"), sea.get("height")) == (str(WORLD_WIDTH), str(WORLD_HEIGHT))


def test_the_pin_is_where_the_place_is() -> None:
    """Eight units a degree to the east, ten to the north."""
    (pin,) = shapes(world_map([Mark(43.5, 11.5)]), "map-pin")
    assert pin.get("d") == "M1532 405h0"
    (pin,) = shapes(place_map(AREZZO), "map-pin")
    assert pin.get("d") == "M300 200h0"


def test_a_pin_on_the_date_line_is_on_both_edges() -> None:
    """The world ends there on paper only."""
    (pin,) = shapes(world_map([Mark(-17.0, 179.9)]), "map-pin")
    assert pin.get("d") == "M-0.8 1010h0M2879.2 1010h0"


def test_marks_how_exact_the_place_is_and_where_the_camera_looked() -> None:
    """A circle of the accuracy's size; a wedge with an angle, a line without."""
    svg = place_map(Mark(43.4674, 11.8851, accuracy_m=50_000, direction=90, angle=60))
    (circle,) = shapes(svg, "map-accuracy")
    assert float(circle.get("ry", "")) == pytest.approx(27.0, abs=0.1)
    assert float(circle.get("rx", "")) == pytest.approx(27.0, abs=0.1)
    (wedge,) = shapes(svg, "map-view")
    assert wedge.get("d", "").endswith("z")
    (line,) = shapes(place_map(Mark(43.4674, 11.8851, direction=90)), "map-view")
    assert line.get("d") == "M300 200L360 200"


def test_draws_no_circle_under_the_pin_and_no_direction_that_is_unknown() -> None:
    """Ten metres are no circle on a map of 1,000 km."""
    svg = place_map(Mark(43.4674, 11.8851, accuracy_m=10))
    assert shapes(svg, "map-accuracy") == shapes(svg, "map-view") == []


def test_names_the_nearest_town_and_the_largest_around() -> None:
    """Names are where the towns are, and none covers another's."""
    names = [each.text for each in shapes(place_map(AREZZO), "map-label")]
    assert {"Arezzo", "Rome", "Milan", "200 km"} <= set(names)


def test_names_towns_on_both_sides_of_the_date_line() -> None:
    """West of it in Fiji and east of it in Samoa."""
    names = [each.text for each in shapes(place_map(Mark(-15.0, -179.0), span=30), "map-label")]
    assert "Lautoka" in names
    assert "Apia" in names


def test_draws_land_from_both_sides_of_the_date_line() -> None:
    """Chukotka is whole, whether the camera stood west or east of the line."""
    for longitude in (179.0, -179.0):
        (land,) = shapes(place_map(Mark(67.0, longitude)), "map-land")
        xs = [x for line in corners(land.get("d", "")) for x, _ in line]
        assert min(xs) < 0
        assert max(xs) > 5000


def test_no_name_covers_another() -> None:
    """Where towns are many, some go without a name."""
    drawn = shapes(place_map(PLACES["the towns of the Ganges"]), "map-label")
    frames = []
    for each in drawn:
        width = 6.5 * len(each.text or "")
        x, y = float(each.get("x", "")), float(each.get("y", ""))
        left = x - width if each.get("text-anchor") == "end" else x
        frames.append((left, left + width, y))
    assert len(frames) > 8
    for a, b in combinations(frames, 2):
        assert a[1] < b[0] or b[1] < a[0] or abs(a[2] - b[2]) > 11


def test_a_place_without_land_and_towns_still_has_a_map() -> None:
    """Water, a pin and a scale."""
    svg = place_map(Mark(-48.9, -123.4))
    (land,) = shapes(svg, "map-land")
    assert land.get("d") == ""
    assert "No town is near." in svg


def test_draws_at_most_so_many_pins_and_says_how_many_places_there_are() -> None:
    """Pins on the same spot are one; the description counts all."""
    svg = world_map([AREZZO] * 3)
    assert svg.count("h0") == 2  # the pin and its edge
    assert "3 places are marked." in svg
    assert world_map([Mark(0, n / 10) for n in range(MARKS_MAX + 5)]).count("h0") <= 2 * MARKS_MAX


@pytest.mark.parametrize(
    "mark",
    [
        Mark(math.nan, 0),
        Mark(0, math.inf),
        Mark(91, 0),
        Mark(0, 0, accuracy_m=math.nan),
        Mark(0, 0, accuracy_m=-1),
        Mark(0, 0, direction=math.inf),
        Mark(0, 0, direction=0, angle=math.nan),
    ],
)
def test_refuses_what_cannot_be_drawn(mark: Mark) -> None:
    """A file's numbers are checked before anything is drawn."""
    for draw in (place_map, lambda one: world_map([one])):
        with pytest.raises(ValueError, match="number"):
            draw(mark)


@pytest.mark.parametrize("accuracy_m", [0.0, 1e9, 1e300])
def test_an_endless_accuracy_is_the_whole_earth(accuracy_m: float) -> None:
    """However large the number, the circle's is not."""
    svg = place_map(Mark(89.99, 0, accuracy_m=accuracy_m, direction=1e300, angle=1e9))
    assert all(float(each.get("rx", "0")) <= 1e4 for each in shapes(svg, "map-accuracy"))
