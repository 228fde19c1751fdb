"""A CSV file checked as a stream: any size, in memory that does not grow with it.

The same checks as of a file in memory, piece by piece; a piece ends where a record does. The file
is read twice: first to learn its encoding, then to check it.
"""

from __future__ import annotations

from array import array
import codecs
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from elqkit.errors import UnreadableTable
from elqkit.table import cells, dialects, encodings, header, signatures
from elqkit.table.causes import CAUSES
from elqkit.table.columns import Profile
from elqkit.table.encodings import Bad
from elqkit.table.limits import NAME_CHARS
from elqkit.table.model import BLOCK_ROWS, Table
from elqkit.table.problems import Findings, Place, Problem
from elqkit.table.reading import (
    BLANK_LINES,
    ENDINGS,
    HEADER_AND_ROWS,
    ReadOptions,
    endings_of,
    refuse_size,
    report_lines,
    report_rows,
    without_blank_lines,
)
from elqkit.table.report import Report
from elqkit.table.rows import RowChecks, SeenRows
from elqkit.table.scanner import NEWLINE, Records, scan, split
from elqkit.table.shapes import visible
from elqkit.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elqkit.table.columns import Column
    from elqkit.table.encodings import Encoding
    from elqkit.table.limits import Limits

PIECE_BYTES = 2 * 1024 * 1024
MAX_RECORD_CHARS = 16 * 1024 * 1024
"""A record that is longer is a quote left open: nothing after it could be read."""


class _Piece(NamedTuple):
    """Records that lie in one piece of the text."""

    text: str
    records: Records
    line: int
    """The lines before this piece."""


def check_stream(
    source: BinaryIO, size_bytes: int, name: str | None, options: ReadOptions | None = None
) -> Report:
    """Check a CSV file that is opened for reading and can be read twice.

    The report's `table` holds the beginning of the file, its `rows` counts all of them.
    """
    options = options or ReadOptions()
    shown = visible(name or "", NAME_CHARS)
    try:
        if name is not None:
            signatures.refuse_other_names(name)
        refuse_size(size_bytes, options.limits)
        return _Check(source, options).report(shown, size_bytes)
    except UnreadableTable as refusal:
        place = Place(expected=refusal.expected, found=refusal.found)
        problem = Problem(CAUSES[refusal.code], 1, (place,))
        return Report(shown, size_bytes, None, (), (problem,))


class _Check:
    """One pass over one file."""

    def __init__(self, source: BinaryIO, options: ReadOptions) -> None:
        self._source, self._options = source, options
        self._limits: Limits = options.limits
        self._findings = Findings()
        self._seen = SeenRows()
        self._endings: dict[str, int] = {}
        self._rows = 0

    def report(self, name: str, size_bytes: int) -> Report:
        encoding = self._encoding(size_bytes)
        table, columns = self._checked(encoding)
        table.line_endings.update(
            (name, self._endings[name]) for name in ENDINGS.values() if name in self._endings
        )
        report_lines(table.line_endings, Records(), self._findings)
        if self._seen.is_full:
            found = Text("{count} row", "{count} rows", count=self._rows)
            self._findings.add("rows.not-compared", Place(found=found))
        problems = self._findings.problems(CAUSES)
        return Report(name, size_bytes, table, columns, problems, self._rows)

    def _encoding(self, size_bytes: int) -> Encoding:
        """The encoding of the whole file, and whether all of its bytes fit."""
        first = self._source.read(PIECE_BYTES)
        signatures.refuse_other_formats(first)
        delimiter = self._options.delimiter
        if delimiter is not None:
            dialects.DELIMITERS[delimiter]
        return encodings.of_stream(
            first,
            self._options.encoding,
            self._findings,
            lambda encoding: _first_bad(self._source, encoding),
            size_bytes=size_bytes,
        )

    def _checked(self, encoding: Encoding) -> tuple[Table, tuple[Column, ...]]:
        beginning: Table | None = None
        profile: Profile | None = None
        last = self._limits.max_rows
        is_whole = True
        for piece in self._pieces(encoding):
            table = self._table(piece, encoding, beginning)
            if beginning is None:
                beginning, profile = table, Profile(table, self._limits)
                cells.check_header(table, self._limits, self._findings)
            if profile is not None:
                is_whole = self._rows + len(table) <= last
                self._look(table, profile)
            if not is_whole:
                break
        if beginning is None or profile is None:
            raise UnreadableTable("file.empty", HEADER_AND_ROWS, BLANK_LINES)
        report_rows(self._rows, is_whole=is_whole, limits=self._limits, findings=self._findings)
        return beginning, profile.columns()

    def _look(self, table: Table, profile: Profile) -> None:
        """Check the rows and values of one piece."""
        rows = RowChecks(table, self._findings, self._seen)
        for first in range(0, len(table), BLOCK_ROWS):
            block = table.values_of(range(first, min(first + BLOCK_ROWS, len(table))))
            rows.see(first, block)
            profile.see(block)
        cells.check_values(table, self._limits, self._findings)
        self._rows += len(table)

    def _table(self, piece: _Piece, encoding: Encoding, beginning: Table | None) -> Table:
        """A piece as a table; the first has the header."""
        records = piece.records
        records.lines = array("I", [line + piece.line for line in records.lines])
        records.faults = [
            replace(fault, line=fault.line + piece.line, opened_line=fault.opened_line + piece.line)
            for fault in records.faults
        ]
        for ending, count in endings_of(records).items():
            self._endings[ending] = self._endings.get(ending, 0) + count
        report_lines({}, records, self._findings)
        starts, ends, lines = without_blank_lines(
            piece.text, self._dialect.delimiter, records, self._findings
        )
        if beginning is None:
            if not starts:
                raise UnreadableTable("file.empty", HEADER_AND_ROWS, BLANK_LINES)
            names = tuple(split(piece.text[starts[0] : ends[0]], self._dialect.delimiter))
            header.check(names, lines[0], self._limits, self._findings)
            header_line, first = lines[0], 1
        else:
            names, header_line, first = beginning.header, beginning.header_line, 0
        return Table(
            text=piece.text,
            encoding=encoding,
            dialect=self._dialect,
            line_endings={},
            header=names,
            header_line=header_line,
            problems=(),
            is_whole=True,
            starts=starts[first:],
            ends=ends[first:],
            lines=lines[first:],
        )

    def _pieces(self, encoding: Encoding) -> Iterator[_Piece]:
        """The file's text in pieces of whole records."""
        text, line, start, is_first = "", 0, 0, True
        for more, is_last in _decoded(self._source, encoding):
            text += more
            if is_first and not text.strip() and not is_last:
                continue
            if is_first:
                signatures.refuse_binary(text)
                if not text.strip():
                    raise UnreadableTable("file.empty", HEADER_AND_ROWS, Text("nothing but space"))
                delimiter = self._options.delimiter
                chosen = None if delimiter is None else dialects.DELIMITERS[delimiter]
                self._dialect = dialects.detect(text, chosen, self._findings)
                start, is_first = self._dialect.start, False
            records = scan(text, self._dialect.delimiter, len(text) + 1, start)
            is_hopeless = bool(records) and len(text) - records.starts[-1] > MAX_RECORD_CHARS
            if is_last or is_hopeless:
                yield _Piece(text, records, line)
                return
            if len(records) > 1:
                cut, last_line = _without_last(text, records, self._dialect.delimiter)
                yield _Piece(text, records, line)
                text, line, start = text[cut:], line + last_line - 1, 0


def _without_last(text: str, records: Records, delimiter: str) -> tuple[int, int]:
    """Take the last record away, which may go on in the next piece; where it begins."""
    cut, line = records.starts.pop(), records.lines.pop()
    end = records.ends.pop()
    ending = NEWLINE.match(text, end)
    if ending:
        records.endings[ending[0]] -= 1
    for code, count in scan(text[cut:], delimiter, 1).fault_counts.items():
        records.fault_counts[code] -= count
    records.faults = [fault for fault in records.faults if fault.line < line]
    return cut, line


def _decoded(source: BinaryIO, encoding: Encoding) -> Iterator[tuple[str, bool]]:
    """The text in pieces without the byte order mark, and whether a piece is the last."""
    source.seek(0)
    decode = codecs.getincrementaldecoder(encoding.name)("backslashreplace").decode
    skip = encodings.mark_bytes(encoding)
    content = source.read(PIECE_BYTES)[skip:]
    while True:
        following = source.read(PIECE_BYTES)
        yield decode(content, final=not following), not following
        if not following:
            return
        content = following


def _first_bad(source: BinaryIO, encoding: str) -> Bad | None:
    """The first byte that means nothing in an encoding, if there is one."""
    source.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    at, line = 0, 1
    ends_with_cr = False
    while True:
        content = source.read(PIECE_BYTES)
        waiting = len(decoder.getstate()[0])
        try:
            text = decoder.decode(content, final=not content)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(encoding, "replace")
            line += len(NEWLINE.findall(before)) - (ends_with_cr and before.startswith("\n"))
            bad = error.object[error.start : error.start + 1]
            return Bad(at - waiting + error.start, line, bad)
        if not content:
            return None
        line += len(NEWLINE.findall(text)) - (ends_with_cr and text.startswith("\n"))
        ends_with_cr = text.endswith("\r")
        at += len(content)
