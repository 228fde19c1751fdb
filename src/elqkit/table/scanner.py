"""Text to records: where each begins and ends, on which line, and where quotes went wrong.

RFC 4180, read as the programs read that write such files: a quote counts only as the first
character of a value; a doubled quote inside a quoted value is one quote; a record ends at CR LF, LF
or CR, except inside quotes. Only these end a line: not the form feed or U+2028, which
`str.splitlines` takes for ends and which are part of values here.

Time and memory are linear: a record is two offsets and a line, its values are split when asked for.
"""

from __future__ import annotations

from array import array
import csv
from dataclasses import dataclass, field
from itertools import islice
import re

QUOTE = '"'
NEWLINE = re.compile("\r\n?|\n")

MAX_FAULTS = 20
"""The places that are kept of each kind of fault; all are counted."""


_FAST_CHARS = 8_192
"""Records shorter than this are matched by one pattern; it bounds what the pattern may hold."""

_CSV_CHARS = 100_000
"""Records shorter than this may be given to `csv`, whose own limit is 131,072 a value."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A quote that is not where one may be."""

    code: str
    line: int
    """The line that the fault is on."""
    column: int
    """The field's number in its record, from 1."""
    opened_line: int
    """The line that the quoted value began on."""


@dataclass(slots=True)
class Records:
    """The records of a text. Blank lines are records of no length."""

    starts: array[int] = field(default_factory=lambda: array("I"))
    ends: array[int] = field(default_factory=lambda: array("I"))
    """Without the line ending."""
    lines: array[int] = field(default_factory=lambda: array("I"))
    endings: dict[str, int] = field(default_factory=lambda: {"\n": 0, "\r\n": 0, "\r": 0})
    """How many records end in which way."""
    faults: list[Fault] = field(default_factory=list)
    fault_counts: dict[str, int] = field(default_factory=dict)
    is_whole: bool = True
    """Whether the text ended before the records that were asked for."""

    def __len__(self) -> int:
        return len(self.starts)

    def add(self, start: int, end: int, line: int, ending: str) -> None:
        """Add a record; `ending` is what ended it, empty at the end of the text."""
        self.starts.append(start)
        self.ends.append(end)
        self.lines.append(line)
        if ending:
            self.endings[ending] += 1

    def fault(self, fault: Fault) -> None:
        """Count a fault, and keep it while there is room."""
        before = self.fault_counts.get(fault.code, 0)
        self.fault_counts[fault.code] = before + 1
        if before < MAX_FAULTS:
            self.faults.append(fault)


def scan(text: str, delimiter: str, max_records: int, start: int = 0) -> Records:
    """Find the records of a text from `start`, `max_records` of them at most.

    `Records.is_whole` tells whether these were all.
    """
    return _Scanner(text, delimiter, start).scan(max_records)


class _Scanner:
    """Goes through a text once: in great steps where no quote is, field by field where one is."""

    def __init__(self, text: str, delimiter: str, start: int) -> None:
        mark = re.escape(delimiter)
        field_form = f'(?:"[^"]*(?:""[^"]*)*"|[^"{mark}\r\n]*)'
        self._text = text
        self._delimiter = delimiter
        self._field_end = re.compile(f"[{mark}\r\n]")
        self._whole_record = re.compile(f"{field_form}(?:{mark}{field_form})*(\r\n?|\n)")
        """A record without a fault. There is one way only to match it, so it is linear."""
        self._at = start
        self._line = 1 + len(NEWLINE.findall(text, 0, start))
        self._records = Records()

    def scan(self, max_records: int) -> Records:
        text, size, records, quote = self._text, len(self._text), self._records, -1
        while self._at < size and len(records) < max_records:
            if quote < self._at:
                quote = text.find(QUOTE, self._at)
                quote = size if quote < 0 else quote
            self._plain_lines(quote, max_records - len(records))
            if self._at < size and quote < size and len(records) < max_records:
                self._quoted_record()
        records.is_whole = self._at >= size
        return records

    def _plain_lines(self, quote: int, most: int) -> None:
        """Add the records that end before the next quote."""
        at, records = self._at, self._records
        starts, ends, endings = records.starts, records.ends, records.endings
        before = len(starts)
        for match in islice(NEWLINE.finditer(self._text, at, quote), most):
            starts.append(at)
            ends.append(match.start())
            at = match.end()
            endings[match[0]] += 1
        if at < quote == len(self._text) and len(starts) - before < most:
            starts.append(at)
            ends.append(quote)
            at = quote
        after = self._line + len(starts) - before
        records.lines.extend(range(self._line, after))
        self._at, self._line = at, after

    def _quoted_record(self) -> None:
        """Add the record that begins here and holds a quote."""
        text, start, line, records = self._text, self._at, self._line, self._records
        match = self._whole_record.match(text, start, start + _FAST_CHARS)
        # At the very end of what was looked at, a CR may be half of a CR LF.
        if match and match.end() < start + _FAST_CHARS:
            records.add(start, match.start(1), line, match[1])
            self._at = match.end()
            self._line += len(NEWLINE.findall(text, start, self._at))
            return
        column = 1
        self._field(column)
        while text.startswith(self._delimiter, self._at):
            self._at += 1
            column += 1
            self._field(column)
        ending = NEWLINE.match(text, self._at)
        records.add(start, self._at, line, ending[0] if ending else "")
        if ending:
            self._at = ending.end()
            self._line += 1

    def _field(self, column: int) -> None:
        """Go to the end of a field: its delimiter, its line ending or the end of the text."""
        text, opened, code = self._text, self._line, "quote.stray"
        if text.startswith(QUOTE, self._at):
            close = closing_quote(text, self._at)
            if close < 0:
                self._records.fault(Fault("quote.unclosed", opened, column, opened))
                self._at = len(text)
                return
            self._line += len(NEWLINE.findall(text, self._at, close))
            self._at = close + 1
            code = "quote.after"
        match = self._field_end.search(text, self._at)
        end = match.start() if match else len(text)
        if end > self._at and (code == "quote.after" or text.find(QUOTE, self._at, end) >= 0):
            self._records.fault(Fault(code, self._line, column, opened))
        self._at = end


def closing_quote(text: str, opening: int) -> int:
    """The offset of the quote that closes the one at `opening`, or -1."""
    at = text.find(QUOTE, opening + 1)
    while at >= 0 and text.startswith(QUOTE, at + 1):
        at = text.find(QUOTE, at + 2)
    return at


def split_all(records: list[str], delimiter: str) -> list[list[str]]:
    """The values of many records, as `split` gives them.

    The csv module splits records as `split` does, and faster; what it cannot do is find them and
    say on which line they are.
    """
    if any(map(_CSV_CHARS.__lt__, map(len, records))):
        return [split(record, delimiter) for record in records]
    return list(csv.reader(records, delimiter=delimiter))


def split(record: str, delimiter: str) -> list[str]:
    """The values of one record, each exactly as it was written, without its quotes."""
    if QUOTE not in record:
        return record.split(delimiter)
    values: list[str] = []
    at = 0
    while True:
        value, at = _value(record, at, delimiter)
        values.append(value)
        if at >= len(record):
            return values
        at += 1


def _value(record: str, at: int, delimiter: str) -> tuple[str, int]:
    quoted = ""
    if record.startswith(QUOTE, at):
        close = closing_quote(record, at)
        inner = record[at + 1 : close] if close >= 0 else record[at + 1 :]
        quoted = inner.replace(QUOTE * 2, QUOTE)
        at = close + 1 if close >= 0 else len(record)
    end = record.find(delimiter, at)
    end = len(record) if end < 0 else end
    # Text after a closing quote is a recorded fault; it is shown with the value, as csv does.
    return quoted + record[at:end], end
