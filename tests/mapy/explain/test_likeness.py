"""Whether two small grey pictures show the same."""

from __future__ import annotations

import pytest

from mapy.explain.likeness import Grey, are_alike, likeness


def scene(
    width: int, height: int, *, left: float = 0.0, right: float = 1.0, gain: int = 200
) -> Grey:
    """A bright disc at the left of a slope, or a part of it."""
    pixels = bytearray()
    for row in range(height):
        for column in range(width):
            x, y = left + (right - left) * (column + 0.5) / width, (row + 0.5) / height
            is_disc = (x - 0.25) ** 2 + (y - 0.5) ** 2 < 0.03
            pixels.append(min(255, int(30 + gain * (0.9 if is_disc else 0.5 * x + 0.1 * y))))
    return Grey(width, height, bytes(pixels))


def letterboxed(picture: Grey, bar: int) -> Grey:
    """With black bars above and below."""
    black = bytes(picture.width * bar)
    return Grey(picture.width, picture.height + 2 * bar, black + picture.pixels + black)


@pytest.mark.parametrize(
    "other",
    [
        scene(160, 107),
        scene(60, 40),
        scene(160, 107, gain=120),
        letterboxed(scene(160, 90), 15),
    ],
    ids=["resize", "small", "darker", "bars"],
)
def test_a_resize_a_development_and_bars_are_alike(other: Grey) -> None:
    """None of them changes what is to be seen."""
    assert likeness(scene(300, 200), other) > 0.97


def test_a_crop_is_not_alike() -> None:
    """What was cut away is missed."""
    assert not are_alike(scene(300, 200, left=0.5), scene(160, 120))


def test_a_negative_is_the_opposite() -> None:
    """The scale goes from -1 to 1."""
    picture = scene(64, 64)
    negative = picture._replace(pixels=bytes(255 - value for value in picture.pixels))
    assert likeness(picture, negative) == pytest.approx(-1)


def test_even_shades_are_alike_only_to_each_other() -> None:
    """There is nothing to compare but that."""
    grey, black = Grey(4, 4, b"\x80" * 16), Grey(8, 8, bytes(64))
    assert (likeness(grey, black), likeness(grey, scene(20, 20))) == (1.0, 0.0)


@pytest.mark.parametrize("picture", [Grey(0, 4, b""), Grey(2, 2, b"abc")])
def test_a_picture_has_the_pixels_that_it_says(picture: Grey) -> None:
    """Else there is nothing to compare."""
    with pytest.raises(ValueError, match="pixels"):
        likeness(picture, scene(4, 4))
