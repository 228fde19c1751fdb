"""Fixes as a person writes them: `trim`, `date:Day=DD/MM/YYYY>YYYY-MM-DD`, `split:Name= >A|B`.

    NAME[:COLUMN][=HOW]

Without a column, a fix without settings is for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.table.dates import DATE_FORMATS
from elqkit.table.fixes import WAYS, Change, DateForm, Fix, Split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DATE, SPLIT = "date", "split"
NAMES = (*WAYS, DATE, SPLIT)


class BadFix(ValueError):  # noqa: N818 - what it is, read as a claim
    """A fix that is not understood, with what it should be."""


def fixes_of(written: Iterable[str], header: Sequence[str]) -> tuple[Fix, ...]:
    """The fixes of a file with these columns.

    Raises:
        BadFix: one is not understood, or names a column that there is not.
    """
    return tuple(fix for each in written for fix in _fixes(each, header))


def _fixes(written: str, header: Sequence[str]) -> list[Fix]:
    name, _, rest = written.partition(":")
    if name in WAYS:
        columns = [_column(rest, header)] if rest else range(1, len(header) + 1)
        return [Change(column, name) for column in columns]
    if name not in (DATE, SPLIT):
        raise BadFix(f"There is no fix {name!r}. The fixes are {', '.join(NAMES)}.")
    column_name, equals, how = rest.partition("=")
    before, arrow, after = how.rpartition(">")
    if not (column_name and equals and arrow and before and after):
        example = "date:COLUMN=DD/MM/YYYY>YYYY-MM-DD" if name == DATE else "split:COLUMN=, >A|B"
        raise BadFix(f"The fix {name!r} is written {example}.")
    column = _column(column_name, header)
    if name == SPLIT:
        names = tuple(after.split("|"))
        if len(names) != 2 or not all(names):  # noqa: PLR2004 - first and second
            raise BadFix("The fix 'split' needs two names: split:COLUMN=, >A|B.")
        return [Split(column, before, names)]
    if before not in DATE_FORMATS or after not in DATE_FORMATS:
        raise BadFix(f"The forms of dates are {', '.join(DATE_FORMATS)}.")
    return [DateForm(column, before, after)]


def _column(name: str, header: Sequence[str]) -> int:
    """The number of a column by its name, or by its number."""
    if name in header:
        return header.index(name) + 1
    if name.isascii() and name.isdecimal() and 1 <= int(name[:9]) <= len(header):
        return int(name)
    raise BadFix(f"There is no column {name!r}.")
