"""The process that reads one workbook: `python -I -m elqkit.workbooks.reader`.

Reads the file from its input and writes to its output a line of JSON, then the rows as CSV. Its
memory and time are bounded by the system; it opens no connection, no file for writing and starts no
program. Whatever fails, its parent sees an end without an answer.
"""

from __future__ import annotations

from contextlib import suppress
import csv
from io import BytesIO, TextIOWrapper
from itertools import islice, repeat, zip_longest
import json
from pathlib import Path
import sys
from typing import TYPE_CHECKING, Any
import warnings
import zipfile

from elqkit.workbooks.bounds import (
    MAX_BYTES,
    MAX_CPU_S,
    MAX_ENTRIES,
    MAX_MEMORY_BYTES,
    MAX_NOTES,
    MAX_UNPACKED_BYTES,
)
from elqkit.workbooks.texts import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

DAMAGED, TOO_LARGE = "file.workbook-damaged", "file.workbook-too-large"
NO_SHEET = "workbook.no-sheet"
MAX_SHEETS, MAX_NAME_CHARS = 200, 100
"""Of the sheets that are named; a sheet's name has 31 characters at the most."""
ENOUGH_ROWS = 2
"""A header and a row: a sheet with less is passed over where none was chosen."""
FORMULA, NOT_COMPUTED = "workbook.formula", "workbook.not-computed"
_PIECE_BYTES = 1024 * 1024
_DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_FORMULAS = (b"<f>", b"<f ", b"<f/", b":f>", b":f ")
"""How a cell's formula begins, with or without a prefix before its name."""
_OVERLAP = max(map(len, _DECLARATIONS))
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.spawn", "os.system", "ctypes.")


class Refused(Exception):  # noqa: N818 - what happened
    """The workbook is not read; the code says why."""


def main() -> None:
    """Read one workbook, and answer."""
    limits = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    _bound()
    try:
        has_formulas = check_archive(content)
        told, rows = _read(content, limits, has_formulas=has_formulas)
    except Refused as refusal:
        told, rows = {"refused": str(refusal)}, []
    except MemoryError:
        told, rows = {"refused": TOO_LARGE}, []
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    target = TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    target.flush()


def check_archive(content: bytes) -> bool:
    """Unpack everything once: `zipfile` reads no more of an entry than the archive says it has.

    XML that declares entities is refused: it could say much in few bytes.

    Returns:
        Whether there may be formulas.

    Raises:
        Refused: it is damaged, too large, or declares entities.
    """
    has_formulas = False
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES:
                raise Refused(TOO_LARGE)
            for entry in entries:
                with archive.open(entry) as member:
                    tail = b""
                    while piece := member.read(_PIECE_BYTES):
                        whole = tail + piece
                        if any(word in whole for word in _DECLARATIONS):
                            raise Refused(DAMAGED)
                        has_formulas = has_formulas or any(word in whole for word in _FORMULAS)
                        tail = piece[-_OVERLAP:]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise Refused(DAMAGED) from None
    return has_formulas


def _read(
    content: bytes, limits: dict[str, Any], *, has_formulas: bool
) -> tuple[dict[str, Any], list[Any]]:
    """The sheet of a name; without one, the first sheet that can be seen and has rows.

    Raises:
        Refused: there is none, it cannot be read, or it holds too much.
    """
    warnings.simplefilter("ignore")
    try:
        shown = _opened(content, is_value=True)
        seen = [sheet for sheet in shown.worksheets if sheet.sheet_state == "visible"]
        wanted = _wanted(seen, limits["sheet"])
        twins = _opened(content, is_value=False).worksheets if has_formulas else None
        found: list[tuple[dict[str, Any], list[Any]]] = []
        for sheet in wanted:
            twin = twins[shown.worksheets.index(sheet)] if twins is not None else None
            reading = _Sheet(limits["rows"], limits["columns"], limits["chars"])
            found.append(reading.read(sheet, twin))
            if len(found[-1][1]) >= ENOUGH_ROWS:
                break
        told, rows = next((each for each in reversed(found) if each[1]), found[0])
    except (MemoryError, Refused):
        raise
    except Exception:  # noqa: BLE001 - openpyxl raises what its parsers raise
        raise Refused(DAMAGED) from None
    names = [str(sheet.title) for sheet in seen[:MAX_SHEETS] if len(sheet.title) <= MAX_NAME_CHARS]
    return {**told, "sheets": names}, rows


def _wanted(sheets: list[Any], name: str) -> list[Any]:
    """The sheets that may be read, in their order.

    Raises:
        Refused: there is none of that name.
    """
    found = [sheet for sheet in sheets if name in ("", sheet.title)]
    if sheets and not found:
        raise Refused(NO_SHEET)
    return found


def _opened(content: bytes, *, is_value: bool) -> Any:  # noqa: ANN401 - openpyxl has no types
    """A workbook with the values of its formulas, or with the formulas."""
    import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415 - in this process alone

    return openpyxl.load_workbook(
        BytesIO(content), read_only=True, data_only=is_value, keep_links=False
    )


class _Sheet:
    """One sheet as rows of text, with what is to be said of its cells."""

    def __init__(self, max_rows: int, max_columns: int, max_chars: int) -> None:
        # The header, and one row or column more than may be: the table says that it is too many.
        self._most, self._columns = max_rows + 2, max_columns + 1
        self._chars = max_chars
        self._counts: dict[str, int] = {}
        self._places: list[tuple[str, int, int]] = []

    def read(self, sheet: Any, twin: Any) -> tuple[dict[str, Any], list[Any]]:  # noqa: ANN401 - openpyxl has no types
        lines: list[int] = []
        rows: list[list[str]] = []
        blanks = 0
        with_formulas = self._rows(twin) if twin is not None else repeat(())
        pairs = zip(self._rows(sheet), with_formulas, strict=False)
        for number, (cells, twins) in enumerate(pairs, 1):
            values = self._texts(number, cells, twins)
            while values and not values[-1]:
                values.pop()
            self._chars -= sum(map(len, values))
            if self._chars < 0:
                raise Refused(TOO_LARGE)
            if values:
                lines.append(number)
                rows.append(values)
            if len(rows) == self._most:
                break
        if lines:
            blanks = lines[-1] - lines[0] + 1 - len(lines)
        width = len(rows[0]) if rows else 0
        for row in rows:
            row.extend([""] * (width - len(row)))
        told = {
            "sheet": str(sheet.title),
            "lines": lines,
            "blanks": blanks,
            "counts": self._counts,
            "places": self._places,
        }
        return told, rows

    def _rows(self, sheet: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
        sheet.reset_dimensions()  # what a sheet says of its size is not believed
        return iter(sheet.iter_rows())

    def _texts(self, row: int, cells: Any, twins: Any) -> list[str]:  # noqa: ANN401 - as above
        texts = []
        pairs = islice(zip_longest(cells, twins[: len(cells)]), self._columns)
        for column, (cell, twin) in enumerate(pairs, 1):
            value = cell.value
            # Finding the format of a cell takes longer than all else; few need it.
            is_text = value is None or isinstance(value, str)
            text, said = text_of(value, None if is_text else getattr(cell, "number_format", None))
            if twin is not None and getattr(twin, "data_type", "") == "f":
                self._say(NOT_COMPUTED if value is None else FORMULA, row, column)
            elif said:
                self._say(said, row, column)
            texts.append(text)
        return texts

    def _say(self, code: str, row: int, column: int) -> None:
        before = self._counts.get(code, 0)
        self._counts[code] = before + 1
        if before < MAX_NOTES:
            self._places.append((code, row, column))


def _bound() -> None:
    """Bound memory and time by the system, and forbid what reading does not need."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not there on Windows

        with suppress(OSError):  # where memory runs out, this process goes, and no server
            Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
        for kind, soft, hard in (
            (resource.RLIMIT_AS, MAX_MEMORY_BYTES, MAX_MEMORY_BYTES),
            # The first is heard of as a signal of its own, which tells it from a crash.
            (resource.RLIMIT_CPU, MAX_CPU_S, MAX_CPU_S + 1),
            (resource.RLIMIT_FSIZE, 0, 0),
            (resource.RLIMIT_CORE, 0, 0),
        ):
            resource.setrlimit(kind, (soft, hard))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hooks cannot be taken away again: PEP 578."""
    is_writing = event == "open" and (
        any(letter in str(arguments[1]) for letter in "wax+") or bool(int(arguments[2] or 0) & 3)
    )
    if is_writing or event.startswith(_FORBIDDEN):
        raise PermissionError(event)


if __name__ == "__main__":
    main()
