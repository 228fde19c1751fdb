"""Bytes to a table. The order matters: size and kind are checked before anything is decoded."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from elqkit.errors import UnreadableTable
from elqkit.table import dialects, encodings, header, signatures
from elqkit.table.causes import CAUSES
from elqkit.table.limits import Limits
from elqkit.table.model import Table
from elqkit.table.problems import Findings, Place
from elqkit.table.scanner import Records, scan, split
from elqkit.text import Text, joined

ENDINGS = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}
HEADER_AND_ROWS, BLANK_LINES = Text("a header and rows"), Text("blank lines")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a caller knows better than the file shows."""

    encoding: str | None = None
    """A key of `elqkit.table.encodings.NAMES`; None: found."""
    delimiter: str | None = None
    """A key of `elqkit.table.dialects.DELIMITERS`; None: found."""
    limits: Limits = field(default_factory=Limits)
    sheet: str = ""
    """The sheet of a workbook; empty: the first that can be seen and has rows."""
    patience_s: float | None = None
    """How long to wait for a workbook; None: as long as any may take."""


def read_table(content: bytes, options: ReadOptions | None = None) -> Table:
    """Read a CSV file. A faulty file gives a table too, with its problems.

    Raises:
        UnreadableTable: there is nothing to show: empty, too large, UTF-32 or not a CSV.
        KeyError: the options name an encoding or delimiter that does not exist.
    """
    options = options or ReadOptions()
    limits, findings = options.limits, Findings()
    if options.encoding is not None:
        encodings.NAMES[options.encoding]
    delimiter = None if options.delimiter is None else dialects.DELIMITERS[options.delimiter]
    refuse_size(len(content), limits)
    signatures.refuse_other_formats(content)
    text, encoding = encodings.decode(content, options.encoding, findings)
    signatures.refuse_binary(text)
    if not text.strip():
        raise UnreadableTable("file.empty", HEADER_AND_ROWS, _bytes(len(content)))
    dialect = dialects.detect(text, delimiter, findings)
    # Blank lines are records too: room for as many of them as rows, and the header.
    records = scan(text, dialect.delimiter, 2 * limits.max_rows + 2, dialect.start)
    endings = endings_of(records)
    report_lines(endings, records, findings)
    starts, ends, lines = without_blank_lines(text, dialect.delimiter, records, findings)
    if not starts:
        raise UnreadableTable("file.empty", HEADER_AND_ROWS, BLANK_LINES)
    names = tuple(split(text[starts[0] : ends[0]], dialect.delimiter))
    header.check(names, lines[0], limits, findings)
    last = limits.max_rows + 1
    is_whole = records.is_whole and len(starts) <= last
    report_rows(len(starts) - 1, is_whole=is_whole, limits=limits, findings=findings)
    return Table(
        text=text,
        encoding=encoding,
        dialect=dialect,
        line_endings=endings,
        header=names,
        header_line=lines[0],
        problems=findings.problems(CAUSES),
        is_whole=is_whole,
        starts=starts[1:last],
        ends=ends[1:last],
        lines=lines[1:last],
    )


def refuse_size(size_bytes: int, limits: Limits) -> None:
    """Raise when a file is larger than it may be.

    Raises:
        UnreadableTable: `file.too-large`.
    """
    if size_bytes > limits.max_bytes:
        most = Text("at most {count} byte", "at most {count} bytes", count=limits.max_bytes)
        raise UnreadableTable("file.too-large", most)


def _bytes(count: int) -> Text:
    return Text("{count} byte", "{count} bytes", count=count)


def endings_of(records: Records) -> dict[str, int]:
    """How many records end in which way, by its name."""
    return {ENDINGS[ending]: count for ending, count in records.endings.items() if count}


def report_lines(endings: dict[str, int], records: Records, findings: Findings) -> None:
    """Report quotes that are out of place, and lines that end in different ways."""
    for code, count in records.fault_counts.items():
        if count:
            findings.count(code, count)
    for fault in records.faults:
        is_elsewhere = fault.opened_line != fault.line
        # A number of a line stands as it is here, without thousands apart.
        opened = Text("opened on line {line}", line=str(fault.opened_line)) if is_elsewhere else ""
        findings.place(fault.code, Place(fault.line, fault.column, found=opened))
    if len(endings) > 1:
        kinds = [
            Text("{number} {name}", number=count, name=each) for each, count in endings.items()
        ]
        place = Place(expected=Text("one kind"), found=joined(kinds))
        findings.add("line-ending.mixed", place)


def report_rows(rows: int, *, is_whole: bool, limits: Limits, findings: Findings) -> None:
    """Report that there are no rows, or too many."""
    if rows == 0:
        findings.add("rows.none", Place(expected=Text("at least 1 row"), found=Text("0 rows")))
    elif not is_whole:
        expected = Text("at most {count} row", "at most {count} rows", count=limits.max_rows)
        findings.add("rows.too-many", Place(expected=expected, found=Text("more")))


def without_blank_lines(
    text: str, delimiter: str, records: Records, findings: Findings
) -> tuple[array[int], array[int], array[int]]:
    """The records that hold something; blank lines are counted and named."""
    starts, ends, lines = array("I"), array("I"), array("I")
    for start, end, line in zip(records.starts, records.ends, records.lines, strict=True):
        if start == end or _is_blank(text[start:end], delimiter):
            findings.add("row.blank", Place(line))
        else:
            starts.append(start)
            ends.append(end)
            lines.append(line)
    return starts, ends, lines


def _is_blank(record: str, delimiter: str) -> bool:
    """Whether a line is of spaces only. A line of delimiters is a row of empty values."""
    return record.isspace() and delimiter not in record
