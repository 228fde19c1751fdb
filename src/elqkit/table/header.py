"""The checks of the header row: every column has a name, and each a name of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from elqkit.table.problems import NOTHING, Findings, Place
from elqkit.table.rules import EMAIL_ADDRESS
from elqkit.text import Text

if TYPE_CHECKING:
    from elqkit.table.limits import Limits

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_NAME, _OWN_NAME = Text("a name"), Text("a name of its own")


def check(names: tuple[str, ...], line: int, limits: Limits, findings: Findings) -> None:
    """Report what is wrong with the column names."""
    if len(names) > limits.max_columns:
        expected = Text(
            "at most {count} column", "at most {count} columns", count=limits.max_columns
        )
        found = Text("{count} column", "{count} columns", count=len(names))
        findings.add("columns.too-many", Place(line, expected=expected, found=found))
    exact: dict[str, int] = {}
    similar: dict[str, int] = {}
    for column, name in enumerate(names[: limits.max_columns], 1):
        plain = name.strip()
        folded = plain.casefold()
        if not plain:
            findings.add("header.empty", Place(line, column, _NAME, NOTHING))
        elif plain in exact:
            found = Text("the name of column {column}", column=exact[plain])
            findings.add("header.duplicate", Place(line, column, _OWN_NAME, found))
        elif folded in similar:
            found = Text("nearly the name of column {column}", column=similar[folded])
            findings.add("header.similar", Place(line, column, _OWN_NAME, found))
        if plain and len(plain) <= limits.max_cell_chars and _EMAIL.fullmatch(plain):
            findings.add("header.data", Place(line, column, _NAME, EMAIL_ADDRESS))
        exact.setdefault(plain, column)
        similar.setdefault(folded, column)
