"""How alike two small grey pictures are: whether a thumbnail shows what the picture shows.

Pure arithmetic on pixels that a decoder has made elsewhere. A resize, a brighter development and
the black bars of old cameras' thumbnails leave the likeness high; a crop or a retouch does not.
"""

from __future__ import annotations

import itertools
import math
from typing import NamedTuple

GRID = 16
"""Cells a side that both pictures are brought to."""
ALIKE = 0.9
"""From here on two pictures are the same one; below it, one was cropped or changed."""
_BLACK = 24
"""Grey values of a bar, with the noise of compression."""
_MOST_BAR = 3
"""A bar is at most a third of the picture on each side."""
_FLAT = 1e-9


class Grey(NamedTuple):
    """A picture in shades of grey: 0 is black, 255 is white, rows from the top."""

    width: int
    height: int
    pixels: bytes

    def row(self, number: int) -> bytes:
        """One row."""
        return self.pixels[number * self.width : (number + 1) * self.width]


def likeness(one: Grey, other: Grey) -> float:
    """How alike two pictures are: 1 the same, 0 nothing in common, below it the negative.

    Raises:
        ValueError: a picture has no pixels, or not as many as its size says.
    """
    first, second = (_cells(_without_bars(_checked(each))) for each in (one, other))
    return _correlation(first, second)


def are_alike(one: Grey, other: Grey) -> bool:
    """Whether two pictures show the same."""
    return likeness(one, other) >= ALIKE


def turned(picture: Grey) -> Grey:
    """The picture, a quarter turned to the left."""
    columns = (picture.pixels[x :: picture.width] for x in reversed(range(picture.width)))
    return Grey(picture.height, picture.width, b"".join(columns))


def _checked(picture: Grey) -> Grey:
    if picture.width < 1 or picture.height < 1:
        raise ValueError("A picture without pixels cannot be compared.")
    if len(picture.pixels) != picture.width * picture.height:
        raise ValueError("A picture must have as many pixels as its size says.")
    return picture


def _without_bars(picture: Grey) -> Grey:
    """The picture without black bars above and below, or left and right, if both are there."""
    top, bottom = _bars([max(picture.row(n)) for n in range(picture.height)])
    width, height = picture.width, picture.height - top - bottom
    rows = picture.pixels[top * width : (top + height) * width]
    left, right = _bars([max(rows[n::width]) for n in range(width)])
    if not left and not right:
        return Grey(width, height, rows)
    kept = b"".join(rows[n * width + left : (n + 1) * width - right] for n in range(height))
    return Grey(width - left - right, height, kept)


def _bars(brightest: list[int]) -> tuple[int, int]:
    """How many lines at each end are black; none unless both ends are, about equally."""
    ends = []
    for lines in (brightest, brightest[::-1]):
        count = next((n for n, value in enumerate(lines) if value > _BLACK), 0)
        ends.append(count)
    first, last = ends
    is_bar = first and last and abs(first - last) <= 2 and max(ends) * _MOST_BAR <= len(brightest)  # noqa: PLR2004 - lines that rounding may take
    return (first, last) if is_bar else (0, 0)


def _cells(picture: Grey) -> list[float]:
    """The picture as `GRID` by `GRID` means, each of the pixels that its cell touches."""
    across, down = _touched(picture.width), _touched(picture.height)
    rows = map(picture.row, range(picture.height))
    sums = [[sum(row[left:right]) for left, right in across] for row in rows]
    return [
        sum(row[x] for row in sums[top:bottom]) / ((right - left) * (bottom - top))
        for top, bottom in down
        for x, (left, right) in enumerate(across)
    ]


def _touched(side: int) -> list[tuple[int, int]]:
    """The first pixel that each cell touches, and the one behind its last."""
    edges = [number * side / GRID for number in range(GRID + 1)]
    return [
        (int(start), max(int(start) + 1, math.ceil(end - _FLAT)))
        for start, end in itertools.pairwise(edges)
    ]


def _correlation(one: list[float], other: list[float]) -> float:
    """Pearson's correlation; 1 for two pictures of one even shade."""
    mean_1, mean_2 = sum(one) / len(one), sum(other) / len(other)
    spread_1 = math.sqrt(sum((value - mean_1) ** 2 for value in one))
    spread_2 = math.sqrt(sum((value - mean_2) ** 2 for value in other))
    if spread_1 < _FLAT or spread_2 < _FLAT:
        return 1.0 if spread_1 < _FLAT and spread_2 < _FLAT else 0.0
    product = sum((a - mean_1) * (b - mean_2) for a, b in zip(one, other, strict=True))
    return product / (spread_1 * spread_2)
