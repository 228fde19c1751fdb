"""One sheet of a workbook as a `Table`, read by a process that can be killed."""

from __future__ import annotations

from array import array
from dataclasses import replace
import json
import os
import signal
import subprocess
import sys
from threading import BoundedSemaphore
import time
from typing import TYPE_CHECKING, Any

from elqkit.errors import TakesLonger, UnreadableTable
from elqkit.table.causes import CAUSES
from elqkit.table.encodings import How
from elqkit.table.problems import Findings, Place
from elqkit.table.reading import ReadOptions, read_table, refuse_size
from elqkit.text import Text
from elqkit.workbooks.bounds import MAX_ANSWER_BYTES, MAX_AT_ONCE, MAX_GROWTH, MAX_WAIT_S

if TYPE_CHECKING:
    from elqkit.table.limits import Limits
    from elqkit.table.model import Table

SIGNATURE, MARKS = b"PK\x03\x04", (b"xl/workbook", b"xl/worksheets")
_COMMAND = (sys.executable, "-I", "-m", "elqkit.workbooks.reader")
_ENVIRONMENT = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
"""Nothing of ours, but what Windows starts no process without."""
_ENDED_BY_A_LIMIT = tuple(
    int(getattr(signal, name)) for name in ("SIGXCPU", "SIGKILL") if hasattr(signal, name)
)
"""Of processor time, or of the memory that there is: then the system ends the process."""
_TURNS = BoundedSemaphore(MAX_AT_ONCE)


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are an archive with the parts of a workbook. Nothing is unpacked."""
    return content.startswith(SIGNATURE) and any(mark in content for mark in MARKS)


def read_workbook(content: bytes, options: ReadOptions | None = None) -> Table:
    """Read one sheet; its lines are the sheet's rows.

    Raises:
        UnreadableTable: it is damaged, empty, too large, takes too long, or has no such sheet.
        TakesLonger: it takes longer than the caller's patience.
    """
    options = options or ReadOptions()
    return table_of(text_of(content, options), options.limits)


def text_of(content: bytes, options: ReadOptions) -> bytes:
    """One sheet as text, for `table_of`: the long part, for who reads it often.

    Raises:
        UnreadableTable: it is no workbook, has no such sheet, is too large, or takes longer than
            any may.
        TakesLonger: it takes longer than the caller's patience.
    """
    refuse_size(len(content), options.limits)
    if not is_workbook(content):
        raise UnreadableTable(
            "file.extension", Text("a workbook, by its name"), Text("other content")
        )
    return _asked(content, options)


def table_of(answer: bytes, limits: Limits) -> Table:
    """The table of a sheet that `text_of` gave.

    Raises:
        UnreadableTable: the workbook is damaged, empty or too large.
    """
    head, _, text = answer.partition(b"\n")
    told = json.loads(head)
    if "refused" in told:
        raise UnreadableTable(str(told["refused"]), Text("a workbook that can be read"))
    if not text:
        raise UnreadableTable("file.empty", Text("a header and rows"), Text("an empty sheet"))
    # The text is ours, and longer than the file: its size was bounded where it was made.
    within = replace(limits, max_bytes=len(text))
    table = read_table(text, ReadOptions("utf-8", "comma", within))
    lines = array("I", told["lines"])
    findings = Findings()
    _report(told, findings)
    return replace(
        table,
        encoding=replace(table.encoding, how=How.WORKBOOK),
        header_line=lines[0],
        lines=lines[1 : len(table) + 1],
        line_endings={},
        sheet=str(told["sheet"]),
        sheets=tuple(map(str, told["sheets"])),
        problems=(*_at_lines(table, lines), *findings.problems(CAUSES)),
    )


def _at_lines(table: Table, lines: array[int]) -> tuple[Any, ...]:
    """The table's own problems, with the sheet's rows in place of the lines of our text."""
    header = lines[0]
    return tuple(
        replace(
            problem,
            places=tuple(
                replace(place, line=header if place.line == table.header_line else place.line)
                for place in problem.places
            ),
        )
        for problem in table.problems
    )


def _asked(content: bytes, options: ReadOptions) -> bytes:
    """What the process answers: a line of JSON, then rows.

    Raises:
        UnreadableTable: it came to a limit, or its end without an answer.
        TakesLonger: it takes longer than the caller's patience.
    """
    limits = options.limits
    wait_s = MAX_WAIT_S if options.patience_s is None else options.patience_s
    wanted = {
        "sheet": options.sheet,
        "rows": limits.max_rows,
        "columns": limits.max_columns,
        "chars": limits.max_bytes * MAX_GROWTH,
    }
    end = time.monotonic() + wait_s
    if not _TURNS.acquire(timeout=wait_s):
        raise _too_long(wait_s)
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the workbook is its input alone
            _COMMAND,
            input=json.dumps(wanted).encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=max(0.0, end - time.monotonic()),
            env=_ENVIRONMENT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_long(wait_s) from None
    finally:
        _TURNS.release()
    if -done.returncode in _ENDED_BY_A_LIMIT or len(done.stdout) > MAX_ANSWER_BYTES:
        raise UnreadableTable("file.workbook-too-large", Text("a workbook within the limits"))
    if done.returncode:
        raise UnreadableTable("file.workbook-damaged", Text("a workbook that can be read"))
    return done.stdout


def _too_long(wait_s: float) -> UnreadableTable | TakesLonger:
    if wait_s < MAX_WAIT_S:
        return TakesLonger()
    return UnreadableTable("file.workbook-too-large", Text("a workbook that is read in time"))


def _report(told: dict[str, Any], findings: Findings) -> None:
    """What is to be said of cells, of blank rows and of other sheets."""
    for code, count in told["counts"].items():
        findings.count(code, count)
    for code, row, column in told["places"]:
        findings.place(code, Place(row, column))
    if told["blanks"]:
        findings.count("row.blank", told["blanks"])
    if len(told["sheets"]) > 1:
        found = Text("{count} sheet", "{count} sheets", count=len(told["sheets"]))
        findings.add("workbook.sheets", Place(expected=Text("one sheet"), found=found))
