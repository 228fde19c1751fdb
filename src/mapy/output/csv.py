"""Tables of comma-separated values (RFC 4180) that no spreadsheet program runs as formulas.

A text that begins with = + - @, a tab or the end of a line gets a quote mark in front; numbers stay
numbers. See `escaping.cell` for the way back.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, TypeAlias

from mapy.output.escaping import cell
from mapy.output.json import as_json, as_object, selected
from mapy.output.labels import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapy.batch import Facts, Unread
    from mapy.model import Metadata
    from mapy.output.labels import Language
    from mapy.tags.definition import Value

    Cell: TypeAlias = "Value | None"
    Read: TypeAlias = "tuple[str, Metadata | Unread]"
    """A file's name, and what was read of it or why nothing was."""

PLACES = ("SourceFile", "Latitude", "Longitude", "Altitude", "Time", "TimeUTC", "Camera", "Error")
TAGS = ("SourceFile", "Group", "Tag", "Value", "Offset", "Length")


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A header and rows as lines of a table, each safe for a spreadsheet program."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\r\n")
    yield _line(line, writer, header)
    for row in rows:
        yield _line(line, writer, row)


def _line(line: io.StringIO, writer: csv._writer, row: Sequence[Cell]) -> str:  # type: ignore[name-defined]
    line.seek(0)
    line.truncate()
    writer.writerow([_safe(value) for value in row])
    return line.getvalue()


def _safe(value: Cell) -> str | int | float:
    """A value as a cell: numbers plain, all else as a text."""
    value = "" if value is None else as_json(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, list):
        return cell("; ".join(map(str, value)))
    return cell(value)


def of_files(
    files: Iterable[Read], columns: Sequence[str], *, is_numeric: bool = False
) -> Iterator[str]:
    """One row a file: its name, the tags of these names, and why it could not be read.

    Args:
        files: the files, read one at a time.
        columns: `IFD0:Make`, or `Make` for the first tag of that name in any group.
        is_numeric: machine values in place of readable ones.
    """
    return table(
        ("SourceFile", *columns, "Error"),
        (_row(name, metadata, columns, is_numeric=is_numeric) for name, metadata in files),
    )


def _row(
    name: str, metadata: Metadata | Unread, columns: Sequence[str], *, is_numeric: bool
) -> list[Cell]:
    if isinstance(metadata, tuple):
        return [name, *([None] * len(columns)), str(metadata)]
    values = as_object(name, metadata, is_numeric=is_numeric)
    by_name: dict[str, Value] = {}
    for key, value in values.items():
        by_name.setdefault(key.rpartition(":")[2].casefold(), value)
        by_name.setdefault(key.casefold(), value)
    return [name, *(by_name.get(column.casefold()) for column in columns), None]


def of_tags(
    files: Iterable[Read],
    *,
    is_numeric: bool = False,
    group: str | None = None,
    tag: str | None = None,
) -> Iterator[str]:
    """One row a tag: file, group, name, value, and where it stands in the file.

    Args:
        files: the files, read one at a time.
        is_numeric: machine values in place of readable ones.
        group: only tags of this group.
        tag: only tags of this name.
    """

    def rows() -> Iterator[Sequence[Cell]]:
        for name, metadata in files:
            if isinstance(metadata, tuple):
                yield name, "", "Error", str(metadata), None, None
                continue
            for each in selected(metadata, group, tag):
                value = each.machine if is_numeric else each.readable
                yield name, each.group, each.name, value, each.offset, each.length

    return table(TAGS, rows())


def of_places(facts: Iterable[Facts], language: Language = ENGLISH) -> Iterator[str]:
    """One row a file: where and when it was taken, and with what."""
    return table(PLACES, (_place(file, language) for file in facts))


def _place(file: Facts, language: Language) -> Sequence[Cell]:
    position = file.position
    return (
        file.name,
        round(position.latitude, 7) if position else None,
        round(position.longitude, 7) if position else None,
        position.altitude if position else None,
        file.taken_at.isoformat() if file.taken_at else None,
        file.utc.isoformat() if file.utc else None,
        file.camera,
        language.say(file.error.text) if file.error else None,
    )
