"""Workbooks: read as people see them, by a process that can do no harm; written as text."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
import subprocess
import sys
from typing import Any
import zipfile

import openpyxl  # type: ignore[import-untyped]
import pytest

from elqkit import Report, UnreadableTable, check_file
from elqkit.errors import TakesLonger
from elqkit.table.limits import Limits
from elqkit.table.reading import ReadOptions
from elqkit.workbooks import bounds, reader, reading
from elqkit.workbooks.reading import read_workbook
from elqkit.workbooks.texts import DATE, DIGITS, NUMBER, text_of
from elqkit.workbooks.writing import MAX_CELL_CHARS, TooLarge, workbook_of
from elqkit_builders import codes, places
from elqkit_naughty import NAUGHTY


def workbook(*rows: list[Any], formats: dict[str, str] | None = None, sheets: int = 1) -> bytes:
    """A workbook of these rows, as a spreadsheet program writes it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, number_format in (formats or {}).items():
        book.active[cell].number_format = number_format
    for number in range(1, sheets):
        book.create_sheet(f"More {number}")
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def archive(**parts: bytes) -> bytes:
    """An archive with the parts of a workbook, and others."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {"xl/workbook.xml": b"<workbook/>", **parts}.items():
            made.writestr(name, content)
    return target.getvalue()


def checked(content: bytes, name: str = "people.xlsx") -> Report:
    """The report of a workbook."""
    return check_file(content, name)


@pytest.mark.parametrize(
    ("value", "number_format", "text", "said"),
    [
        ("00123", "General", "00123", ""),
        ("_x0041_", "General", "A", ""),
        (123, "General", "123", ""),
        (123.0, "General", "123", ""),
        (0.1 + 0.2, "General", "0.3", ""),
        (1e-7, "General", "0.0000001", ""),
        (-0.5, "General", "-0.5", ""),
        (1234, "00000", "01234", ""),
        (12.5, "0.00", "12.50", ""),
        (1234567.5, "#,##0.00", "1,234,567.50", ""),
        (0.125, "0%", "12%", ""),
        (12, "[Red]0;[Blue]-0", "12", NUMBER),
        (12345678901234567, "General", "12345678901234567", DIGITS),
        (True, "General", "TRUE", ""),
        (dt.datetime(2026, 3, 5), "dd/mm/yyyy", "05/03/2026", ""),  # noqa: DTZ001 - as cells are
        (dt.datetime(2026, 3, 5), "mm-dd-yy", "2026-03-05", DATE),  # noqa: DTZ001
        (dt.datetime(2026, 3, 5, 7, 8), "yyyy-mm-dd h:mm", "2026-03-05 07:08:00", DATE),  # noqa: DTZ001
        (dt.time(7, 8, 9), "h:mm", "07:08:09", DATE),
        (dt.timedelta(hours=30), "[h]:mm", "30:00:00", DATE),
        (None, "General", "", ""),
    ],
)
def test_a_cell_is_the_text_that_people_see(
    value: object, number_format: str, text: str, said: str
) -> None:
    """As far as the workbook says how it is shown; where not, it is said."""
    assert text_of(value, number_format) == (text, said)


def test_a_sheet_is_a_table_with_its_own_row_numbers() -> None:
    """Blank rows are passed over and counted; lines are those of the sheet."""
    content = workbook([], ["email", "zip"], ["a@example.com", 1234], [], ["b@example.com", "x\ny"])
    table = read_workbook(content)
    assert (table.header, table.header_line) == (("email", "zip"), 2)
    assert [(row.line, row.values) for row in table] == [
        (3, ("a@example.com", "1234")),
        (5, ("b@example.com", "x\ny")),
    ]
    assert [problem.code for problem in table.problems] == ["row.blank"]


def test_what_may_look_otherwise_is_said_with_row_and_column() -> None:
    """Dates that depend on the reader, other formats, other sheets."""
    day = dt.datetime(2026, 3, 5)  # noqa: DTZ001 - as cells are
    content = workbook(
        ["when", "cost"], [day, 5], formats={"A2": "mm-dd-yy", "B2": '"EUR" 0'}, sheets=3
    )
    report = checked(content)
    assert codes(report) == ["workbook.date", "workbook.number", "workbook.sheets"]
    assert places(report, "workbook.date") == [(2, 1)]
    assert report.is_usable


def test_a_formula_without_a_value_blocks() -> None:
    """A program wrote it and none computed it: there is nothing to send."""
    report = checked(workbook(["a", "b"], ["1", "=1+1"]))
    assert (report.is_usable, places(report, "workbook.not-computed")) == (False, [(2, 2)])


def test_a_row_that_is_too_long_is_named_by_the_sheets_row() -> None:
    """As of a CSV file."""
    assert places(checked(workbook(["a"], ["1"], [], ["1", "2"])), "row.long") == [(4, 2)]


@pytest.mark.parametrize(
    ("name", "code"),
    [("people.csv", "file.spreadsheet"), ("people.exe", "file.extension")],
)
def test_a_workbook_with_another_name_is_refused(name: str, code: str) -> None:
    """Name and content have to agree."""
    assert codes(checked(workbook(["a"], ["1"]), name)) == [code]


@pytest.mark.parametrize(
    "content",
    [b"", b"email\na@example.com\n", b"PK\x03\x04 xl/workbook", archive(), workbook()[:-200]],
    ids=["empty", "csv", "no archive", "no sheet", "cut"],
)
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    """By name, and nothing is guessed."""
    assert codes(checked(content))[0] in ("file.workbook-damaged", "file.extension")


@pytest.mark.parametrize(
    ("declaration", "code"),
    [("", "none"), ("<!DOCTYPE sheet>", "file.workbook-damaged")],
)
def test_xml_with_a_declaration_is_refused(declaration: str, code: str) -> None:
    """A workbook that is fine but for it: a few bytes could say a great deal."""
    source, target = zipfile.ZipFile(BytesIO(workbook(["a"], ["1"]))), BytesIO()
    with source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = declaration.encode() + part
            made.writestr(name, part)
    assert (codes(checked(target.getvalue())) or ["none"]) == [code]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("at", [0, 1024 * 1024 - 4])
def test_a_declaration_is_found_wherever_it_stands(encoding: str, at: int) -> None:
    """In each encoding, and across the pieces in which a file is read."""
    part = (" " * at + '<!ENTITY a "aaaa">').encode(encoding)
    with pytest.raises(reader.Refused, match="damaged"):
        reader.check_archive(archive(part=part))
    reader.check_archive(archive(part=b" " * at))


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """By what it says it holds, and by the number of its files; a lie is damage."""
    monkeypatch.setattr(reader, "MAX_UNPACKED_BYTES", 100_000)
    monkeypatch.setattr(reader, "MAX_ENTRIES", 50)
    large = archive(big=bytes(200_000))
    many = archive(**{f"part{number}": b"" for number in range(60)})
    lying = bytearray(large)
    for at in (large.index(b"big") - 30 + 22, large.rindex(b"big") - 46 + 24):
        lying[at : at + 4] = (10).to_bytes(4, "little")
    for content, word in ((large, "too-large"), (many, "too-large"), (bytes(lying), "damaged")):
        with pytest.raises(reader.Refused, match=word):
            reader.check_archive(content)


def book_of(**sheets: tuple[list[Any], ...]) -> bytes:
    """A workbook of sheets; one whose name begins with an underscore cannot be seen."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        if name.startswith("_"):
            sheet.sheet_state = "hidden"
        for row in rows:
            sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("wanted", "sheet", "header"),
    [("", "People", ("email",)), ("More", "More", ("zip",)), ("Cover", "Cover", ("about",))],
)
def test_a_sheet_is_chosen_or_the_first_with_rows(
    wanted: str, sheet: str, header: tuple[str, ...]
) -> None:
    """A cover sheet and a hidden one are passed over, and all that can be seen are named."""
    content = book_of(
        _old=(["a"], ["1"]),
        Cover=(["about"],),
        People=(["email"], ["a@example.com"]),
        More=(["zip"], ["00123"]),
    )
    table = read_workbook(content, ReadOptions(sheet=wanted))
    assert (table.sheet, table.header) == (sheet, header)
    assert table.sheets == ("Cover", "People", "More")


@pytest.mark.parametrize("wanted", ["people", "_old", "Nobody"])
def test_a_sheet_that_there_is_not_is_named(wanted: str) -> None:
    """Letter by letter, and none that is hidden."""
    content = book_of(_old=(["a"], ["1"]), People=(["email"], ["a@example.com"]))
    assert codes(check_file(content, "a.xlsx", ReadOptions(sheet=wanted))) == ["workbook.no-sheet"]


def test_a_workbook_without_any_rows_is_empty() -> None:
    """Whichever of its sheets is looked at."""
    assert codes(checked(book_of(One=(), Two=()))) == ["file.empty"]


def test_a_caller_without_patience_is_told_so_at_once() -> None:
    """Nothing is wrong with the workbook, and nothing is said of it."""
    with pytest.raises(TakesLonger):
        read_workbook(workbook(["a"], ["1"]), ReadOptions(patience_s=0.0))


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "file.workbook-too-large"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "file.workbook-too-large"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "file.workbook-damaged"),
        ("raise SystemExit(1)", "file.workbook-damaged"),
    ],
    ids=["time", "memory", "crash", "fault"],
)
def test_too_large_is_said_only_where_a_limit_was_met(
    program: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash is what damage does."""
    monkeypatch.setattr(reading, "_COMMAND", (sys.executable, "-c", program))
    assert codes(checked(workbook(["a"], ["1"]))) == [code]


def test_a_process_that_overruns_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the file is refused by name."""
    monkeypatch.setattr(reading, "_COMMAND", (sys.executable, "-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(reading, "MAX_WAIT_S", 0.2)
    with pytest.raises(UnreadableTable, match=r"file\.workbook-too-large"):
        read_workbook(workbook(["a"], ["1"]))


@pytest.mark.parametrize(
    "harm",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "open('x', 'w')",
        "import os; os.system('true')",
        "import subprocess; subprocess.run(['true'])",
        "bytearray(2 * 10**9)",
    ],
)
def test_the_process_can_do_no_harm(harm: str) -> None:
    """No connection, no file, no program, no gigabytes."""
    code = (
        "from elqkit.workbooks.reader import _bound\nimport socket, os, subprocess\n_bound()\n"
        f"try:\n    {harm}\nexcept (PermissionError, MemoryError):\n    print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert done.stdout == "refused\n"


def test_limits_hold_for_a_workbook() -> None:
    """Bytes of the file and rows of the sheet."""
    content = workbook(["a"], *([str(row)] for row in range(30)))
    with pytest.raises(UnreadableTable, match=r"file\.too-large"):
        read_workbook(content, ReadOptions(limits=Limits(max_bytes=100)))
    assert len(read_workbook(content, ReadOptions(limits=Limits(max_rows=30)))) == 30
    assert len(read_workbook(content, ReadOptions(limits=Limits(max_rows=30))).problems) == 0
    table = read_workbook(content, ReadOptions(limits=Limits(max_rows=10)))
    assert "rows.too-many" in [problem.code for problem in table.problems]
    assert bounds.MAX_WAIT_S > bounds.MAX_CPU_S


def test_naughty_strings_are_written_and_read_as_they_are() -> None:
    """Every cell is text, in the text format: no number, no date, no formula."""
    values = [value.replace("\r\n", "\n").replace("\r", "\n") for value in NAUGHTY]
    content = workbook_of([["value", "n"], *([value, "1"] for value in values)])
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert {(cell.data_type, cell.number_format) for row in sheet for cell in row} == {("s", "@")}
    table = read_workbook(content)
    assert [row.values[0] for row in table] == values


def test_a_workbook_tells_of_nobody_and_of_no_time() -> None:
    """The same rows make the same bytes."""
    assert workbook_of([["a"], ["1"]]) == workbook_of([["a"], ["1"]])


def test_what_a_cell_cannot_hold_is_not_cut() -> None:
    """It is refused by name."""
    with pytest.raises(TooLarge):
        workbook_of([["x" * (MAX_CELL_CHARS + 1)]])


def test_text_that_is_many_times_the_file_is_not_read() -> None:
    """A workbook packs the same value of a million cells into next to nothing."""
    limits = Limits(max_bytes=10_000)
    options = ReadOptions(limits=limits)
    cells = bounds.MAX_GROWTH * limits.max_bytes // 10_000
    fitting = workbook_of([["a"], *[["x" * 9_999]] * cells])
    assert (len(fitting) < limits.max_bytes, len(read_workbook(fitting, options))) == (True, cells)
    with pytest.raises(UnreadableTable, match=r"file\.workbook-too-large"):
        read_workbook(workbook_of([["a"], *[["x" * 9_999]] * (cells + 1)]), options)
