"""The checks of the header row: every column has a name, and each a name of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from elqkit.table.problems import Findings, Place

if TYPE_CHECKING:
    from elqkit.table.limits import Limits

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)


def check(names: tuple[str, ...], line: int, limits: Limits, findings: Findings) -> None:
    """Report what is wrong with the column names."""
    if len(names) > limits.max_columns:
        expected = f"at most {limits.max_columns:,} columns"
        findings.add(
            "columns.too-many", Place(line, expected=expected, found=f"{len(names):,} columns")
        )
    exact: dict[str, int] = {}
    similar: dict[str, int] = {}
    for column, name in enumerate(names[: limits.max_columns], 1):
        plain = name.strip()
        folded = plain.casefold()
        if not plain:
            findings.add("header.empty", Place(line, column, "a name", "nothing"))
        elif plain in exact:
            found = f"the name of column {exact[plain]}"
            findings.add("header.duplicate", Place(line, column, "a name of its own", found))
        elif folded in similar:
            found = f"nearly the name of column {similar[folded]}"
            findings.add("header.similar", Place(line, column, "a name of its own", found))
        if plain and len(plain) <= limits.max_cell_chars and _EMAIL.fullmatch(plain):
            findings.add("header.data", Place(line, column, "a name", "an e-mail address"))
        exact.setdefault(plain, column)
        similar.setdefault(folded, column)
