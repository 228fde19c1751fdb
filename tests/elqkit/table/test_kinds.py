"""What a value looks like."""

from __future__ import annotations

import pytest

from elqkit.table.kinds import kind_of


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("0", "whole number"),
        ("-12", "whole number"),
        ("123456789012345", "whole number"),
        ("1234567890123456", "digits"),
        ("00123", "digits"),
        ("1.5", "decimal number"),
        ("1,5", "decimal number"),
        ("2026-11-22", "date (YYYY-MM-DD)"),
        ("2026/11/22", "date (YYYY/MM/DD)"),
        ("22.11.2026", "date (DD.MM.YYYY)"),
        ("22/11/2026", "date (DD/MM/YYYY)"),
        ("11/22/2026", "date (MM/DD/YYYY)"),
        ("11/12/2026", "date (DD/MM or MM/DD)"),
        ("2026-11-22T10:00:00Z", "date and time"),
        ("2026-11-22 10:00", "date and time"),
        ("2026-13-22", "text"),
        ("Yes", "yes or no"),
        ("FALSE", "yes or no"),
        ("ana@example.com", "e-mail"),
        ("ana@example.com\u00a0", "text"),
        ("ana@example", "text"),
        ("a@b@example.com", "text"),
        ("https://example.com/x", "web address"),
        ("1E5", "text"),
        ("١٢", "text"),
        ("x" * 1_000, "text"),
        ("1" * 320, "digits"),
        ("1" * 321, "text"),
    ],
)
def test_names_the_kind(value: str, kind: str) -> None:
    """By form alone; digits of other scripts are text."""
    assert kind_of(value) == kind
