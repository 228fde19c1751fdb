"""Machine values in the words of photographers."""

from __future__ import annotations

import math
from types import FunctionType
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
import pytest

from mapy.explain import words, xmp_values

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("say", "value", "expected"),
    [
        (words.exposure_time, 0.002, "1/500"),
        (words.exposure_time, 0.25, "1/4"),
        (words.exposure_time, 0.3, "0.3"),
        (words.exposure_time, 2, "2"),
        (words.exposure_time, 0, "0"),
        (words.exposure_time, "undef", "undef"),
        (words.f_number, 2.8, "2.8"),
        (words.f_number, 0.95, "0.95"),
        (words.fraction, 1 / 3, "+1/3"),
        (words.fraction, -2 / 3, "-2/3"),
        (words.fraction, 1, "+1"),
        (words.fraction, 0, 0),
        (words.fraction, 0.7, "+0.7"),
        (words.metres, 58.5, "58.5 m"),
        (words.metres, "inf", "inf"),
        (words.millimetres_1, 50, "50.0 mm"),
        (words.degrees, 33.8598333333333, "33 deg 51' 35.40\""),
        (words.degrees, 59.99999999, "60 deg 0' 0.00\""),
        (words.degrees, "", ""),
        (words.dotted, "2 3 0 0", "2.3.0.0"),
        (words.components, "1 2 3 0", "Y, Cb, Cr, -"),
        (words.cfa_pattern, "2 2 0 1 1 2", "[Red,Green][Green,Blue]"),
        (words.cfa_pattern, "65535 65535 0", "<invalid pattern size>"),
        (words.lens, "24 70 2.8 2.8", "24-70mm f/2.8"),
        (words.lens, "50 50 1.8 1.8", "50mm f/1.8"),
        (words.lens, "18 55 undef undef", "18-55mm f/?"),
        (words.unknown_code, 38, "Unknown (0x26)"),
    ],
)
def test_says(say: Callable[[object], object], value: object, expected: object) -> None:
    """Each formatter's wording, at its usual values and at its edges."""
    assert expected == say(value)


_VALUES = st.one_of(
    st.integers(),
    st.floats(),
    st.sampled_from([math.nan, math.inf, -math.inf, 5e-324, 1e308, -1e-300]),
    st.text(max_size=20),
    st.lists(st.integers(0, 300), max_size=5),
)
FORMATTERS = [value for name, value in vars(words).items() if isinstance(value, FunctionType)]


@pytest.mark.parametrize("say", FORMATTERS)
@given(value=_VALUES)
def test_never_fails(say: Callable[[object], object], value: object) -> None:
    """Whatever a file makes of a value, nothing fails."""
    say(value)


@pytest.mark.parametrize(
    ("convert", "text", "expected"),
    [
        (xmp_values.rational, "1/4", 0.25),
        (xmp_values.rational, "1/0", "inf"),
        (xmp_values.rational, "x", "x"),
        (xmp_values.date, "2024-05-01T10:11", "2024:05:01 10:11"),
        (xmp_values.date, "2024-05-01", "2024:05:01"),
        (xmp_values.date, "2024-05-01T10:11:12.5Z", "2024:05:01 10:11:12.5Z"),
        (xmp_values.date, "May", "May"),
        (xmp_values.guess, "1/4", 0.25),
        (xmp_values.guess, "image/jpeg", "image/jpeg"),
        (xmp_values.guess, "2024-05-01", "2024-05-01"),
        (xmp_values.coordinate, "51,30.5N", pytest.approx(51.508333)),
        (xmp_values.coordinate, "51,30,30S", pytest.approx(-51.508333)),
        (xmp_values.coordinate, "north", ""),
    ],
)
def test_converts_a_text_of_xmp(
    convert: Callable[[str], object], text: str, expected: object
) -> None:
    """Rationals, dates and coordinates; what is none of them stays as it is."""
    assert expected == convert(text)


def test_a_huge_number_has_a_text() -> None:
    """A float beyond every exposure is shown as it is."""
    assert math.inf == words.exposure_time(math.inf)
