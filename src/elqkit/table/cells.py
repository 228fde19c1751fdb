"""The checks of single values: what cannot be seen, what a spreadsheet program has done to them.

The text is searched for signs of trouble as a whole, which is fast; only rows that hold one are
looked at value by value. A file without trouble costs a few searches.
"""

from __future__ import annotations

from bisect import bisect_right
import re
from typing import TYPE_CHECKING

from elqkit.table.model import BLOCK_ROWS, Table
from elqkit.table.problems import Findings, Place
from elqkit.table.rules import at_most_characters
from elqkit.table.shapes import shape
from elqkit.text import Text

if TYPE_CHECKING:
    from elqkit.table.limits import Limits

_CONTROLS = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_NO_BREAK = "\u00a0\u2007\u202f"
_ODD = re.compile(f"[\x00{_CONTROLS}{_INVISIBLE}{_NO_BREAK}\ufffd]")
_BY_CHARACTER = (
    ("cell.nul", re.compile("\x00"), Text("no NUL byte")),
    ("cell.control", re.compile(f"[{_CONTROLS}]"), Text("no control character")),
    ("cell.non-breaking-space", re.compile(f"[{_NO_BREAK}]"), Text("ordinary spaces")),
    ("cell.invisible", re.compile(f"[{_INVISIBLE}]"), Text("characters that can be seen")),
    ("cell.replacement", re.compile("\ufffd"), Text("no lost letters")),
)
_NUMBER_SIGN = r"[0-9\s().,/+-]"
_LOOK_AHEAD = 30
_FORMULA = re.compile(rf"[=@]|[+-](?!{_NUMBER_SIGN}*\Z)")
"""A sign before nothing but digits is a number or a telephone number."""
_SCIENTIFIC = re.compile(r"-?\d(?:[.,]\d{1,20})?E\+\d{1,3}")
_SPREADSHEET_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)")


def check(table: Table, limits: Limits, findings: Findings) -> None:
    """Report what is odd about single values, the header's among them."""
    check_header(table, limits, findings)
    check_values(table, limits, findings)


def check_header(table: Table, limits: Limits, findings: Findings) -> None:
    """Report what is odd about the names of columns, as values."""
    _check_row(table.header_line, list(table.header), limits, findings)


def check_values(table: Table, limits: Limits, findings: Findings) -> None:
    """Report what is odd about the values of rows."""
    suspects = _suspects(table, limits)
    for first in range(0, len(suspects), BLOCK_ROWS):
        block = suspects[first : first + BLOCK_ROWS]
        for index, values in zip(block, table.values_of(block), strict=True):
            _check_row(table.lines[index], values, limits, findings)


def _suspects(table: Table, limits: Limits) -> list[int]:
    """The rows that may hold a value worth a look, in their order."""
    text, starts, ends = table.text, table.starts, table.ends
    if not starts:
        return []
    marks = bytearray(len(starts))
    begin, end = starts[0], ends[-1]
    marks[0] = 1  # its first value stands behind no sign that the search knows, nor does
    marks[-1] = 1  # the last one before any
    for index, (first, last) in enumerate(zip(starts, ends, strict=True)):
        if last - first > limits.max_cell_chars:
            marks[index] = 1
    for match in _ODD.finditer(text, begin, end):
        marks[max(bisect_right(starts, match.start()) - 1, 0)] = 1
    for match in _signed(table.dialect.delimiter).finditer(text, begin, end):
        marks[bisect_right(starts, match.end() - 1) - 1] = 1
    for needle in _needles(table.dialect.delimiter):
        at = text.find(needle, begin, end)
        while at >= 0:
            # By its last character: the first may be the line ending of the row before.
            index = bisect_right(starts, at + len(needle) - 1) - 1
            marks[index] = 1
            at = text.find(needle, max(ends[index], at + 1), end)
    return [index for index, mark in enumerate(marks) if mark]


def _needles(delimiter: str) -> list[str]:
    """The pairs of characters that stand at the edge of a value worth a look."""
    edges = [delimiter, "\n", "\r", '"']
    # A tab that is the delimiter is part of a value in quotes only.
    spaces = [
        (edge, space) for edge in edges for space in " \t" if edge == '"' or space != delimiter
    ]
    return [
        *(edge + space for edge, space in spaces),
        *(space + edge for edge, space in spaces),
        *(edge + sign for edge in edges for sign in "=@#"),
        "E+",
    ]


def _signed(delimiter: str) -> re.Pattern[str]:
    """A sign at the beginning of a value that is not soon seen to be a number.

    Telephone numbers begin with a plus in whole columns: they are passed over here, or each row
    would have to be looked at. The count of characters looked ahead keeps this linear.
    """
    end = f"[{re.escape(delimiter)}\\r\\n]"
    number = f"{_NUMBER_SIGN}{{0,{_LOOK_AHEAD}}}"
    plain = f"{end}[+-](?!{number}{end})"
    quoted = rf'"[+-](?!{number}"(?:{end}|\Z))'  # a delimiter within quotes ends nothing
    return re.compile(f"{plain}|{quoted}")


def _check_row(line: int, values: list[str], limits: Limits, findings: Findings) -> None:
    for column, value in enumerate(values[: limits.max_columns], 1):
        if not value:
            continue
        if len(value) > limits.max_cell_chars:
            expected = at_most_characters(limits.max_cell_chars)
            found = Text("{count} character", "{count} characters", count=len(value))
            findings.add("cell.long", Place(line, column, expected, found))
            value = value[: limits.max_cell_chars]  # noqa: PLW2901 - the rest is not looked at
        for code, expected in _oddities(value):
            if findings.count(code):
                findings.place(code, Place(line, column, expected, shape(value)))


def _oddities(value: str) -> list[tuple[str, Text]]:
    found = []
    if _ODD.search(value):
        found = [(code, expected) for code, sign, expected in _BY_CHARACTER if sign.search(value)]
    if value[0] in " \t" or value[-1] in " \t":
        found.append(("cell.spaces", Text("no space at either end")))
    if _FORMULA.match(value):
        found.append(("cell.formula", Text("text")))
    elif "E+" in value and _SCIENTIFIC.fullmatch(value):
        found.append(("cell.scientific", Text("all digits")))
    elif value[0] == "#" and _SPREADSHEET_ERROR.fullmatch(value):
        found.append(("cell.spreadsheet-error", Text("a value")))
    return found
