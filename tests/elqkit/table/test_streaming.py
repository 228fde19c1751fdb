"""A stream gives the same report as a file in memory, wherever its pieces end."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st
import pytest

from elqkit import ReadOptions, Report, check_file
from elqkit.output.json import as_object
from elqkit.table import streaming
from elqkit.table.limits import Limits
from elqkit.table.rows import SeenRows
from elqkit_builders import codes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elqkit.output.json import Json

ALPHABET = 'ab01 @.,;"\n\r\té\u00a0='


@pytest.fixture(autouse=True, params=[7, 64])
def tiny_pieces(request: pytest.FixtureRequest) -> Iterator[None]:
    """Pieces of a few bytes, so that every boundary falls everywhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streaming, "PIECE_BYTES", request.param)
        yield


def streamed(content: bytes, options: ReadOptions | None = None) -> Report:
    """The report of a stream."""
    return streaming.check_stream(BytesIO(content), len(content), "people.csv", options)


def told(report: Report) -> dict[str, Json]:
    """All of a report but what only the beginning of a stream shows."""
    found = as_object(report)
    del found["first_rows"]
    if report.table is not None:
        found["dialect"] = report.table.dialect.name
    problems = found["problems"]
    assert isinstance(problems, list)
    found["problems"] = sorted(problems, key=str)
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.text(ALPHABET, max_size=6), min_size=2, max_size=3), max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
@example([['"a', 'b"'], ["c", "d"]], "\r\n")
@example([['"a""b"', "é"], ["", ""], ["\u00a0", "=1"]], "\n")
def test_reports_the_same_as_in_memory(rows: list[list[str]], ending: str) -> None:
    """Whatever the file holds, open quotes and mixed line endings among it."""
    lines = ["email,name", *(",".join(row) for row in rows)]
    content = ending.join(lines).encode()
    options = ReadOptions(delimiter="comma")
    assert told(streamed(content, options)) == told(check_file(content, "people.csv", options))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_letters_cut_by_a_piece_are_whole(encoding: str) -> None:
    """And the first byte that is no UTF-8 has its place."""
    text = "email,name\r\n" + "".join(f"p{row}@example.com,Zoë {row}\r\n" for row in range(20))
    content = text.encode(encoding)
    options = ReadOptions(delimiter="comma")
    assert told(streamed(content, options)) == told(check_file(content, "people.csv", options))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"\n \n\n", "file.empty"),
        (b"%PDF-1.7", "file.not-csv"),
        (b"\xff\xfe\0\0a\0\0\0", "encoding.utf-32"),
        (b"email,name\n", "rows.none"),
        (b"email,name\na@example.com,caf\xe9\n", "encoding.unsure"),
    ],
)
def test_what_is_no_table_is_refused_by_name(content: bytes, code: str) -> None:
    """As of a file in memory."""
    assert code in codes(streamed(content))


def test_limits_hold_for_a_stream() -> None:
    """Rows and bytes; reading stops there."""
    content = b"a,b\n" + b"1,2\n" * 500
    assert codes(streamed(content, ReadOptions(limits=Limits(max_bytes=100)))) == ["file.too-large"]
    options = ReadOptions(delimiter="comma", limits=Limits(max_rows=100))
    assert "rows.too-many" in codes(streamed(content, options))


def test_rows_beyond_what_can_be_remembered_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A duplicate of a row that was not remembered is not claimed to be new."""
    monkeypatch.setattr(streaming, "SeenRows", lambda: SeenRows(bits=4))
    content = b"a,b\n" + b"".join(b"%d,x\n" % row for row in range(40))
    assert "rows.not-compared" in codes(streamed(content, ReadOptions(delimiter="comma")))


def test_only_the_same_row_is_a_duplicate() -> None:
    """Rows whose places in the table are the same are told apart."""
    seen = SeenRows(bits=5)
    assert [seen.line_of(f"row {number}", number) for number in range(20)] == [None] * 20
    assert [seen.line_of(f"row {number}", 99) for number in range(20)] == list(range(20))
