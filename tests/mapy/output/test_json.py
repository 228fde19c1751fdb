"""Values as JSON: numbers where no digit is lost."""

from __future__ import annotations

import math

import pytest

from mapy.output.json import as_json


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("935476", 935476),
        ("0220", "0220"),
        ("-12", -12),
        ("2.5", 2.5),
        ("2.50", "2.50"),
        ("1e5", "1e5"),
        ("", ""),
        ("12345678901234567890", "12345678901234567890"),
        ("12345678901234567", "12345678901234567"),
        ("True", True),
        ("false", False),
        ("\u0661", "\u0661"),
        (0.1 + 0.2, 0.3),
        (math.inf, "Inf"),
        (["1", "x"], [1, "x"]),
        (6, 6),
    ],
)
def test_writes_a_value_as_it_is_meant(value: object, expected: object) -> None:
    """A text that is a number becomes one if it can be written back as it was."""
    written = as_json(value)  # type: ignore[arg-type]

    assert (expected, type(expected)) == (written, type(written))
