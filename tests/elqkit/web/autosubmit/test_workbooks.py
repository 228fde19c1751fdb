"""Workbooks on AutoSubmit's pages: as the command line takes them, and read once."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl  # type: ignore[import-untyped]
import pytest

from elqkit.table.limits import Limits
from elqkit.table.reading import ReadOptions
from elqkit.web.autosubmit.files import kept_of, workbook_of
from elqkit.workbooks import reading, writing
from elqkit_visitor import HOME, Visitor, words

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

ROWS = [
    ["E-mail", "First name", "Phone"],
    ["ana@example.com", "=1+1", "00123"],
    ["no", "Bo", "+49 1E5"],
]
BOOK = writing.workbook_of(ROWS)
CSV = b"E-mail,First name\nana@example.com,Ana\n"


@pytest.fixture
def visitor() -> Visitor:
    """A person with a session of their own."""
    return Visitor()


def refused(visitor: Visitor, content: bytes, name: str, path: str = HOME) -> TestResponse:
    """The page after a file that was not taken."""
    data = {"csrf_token": visitor.token, "csv": (BytesIO(content), name)}
    return visitor.client.post(path, data=data, content_type="multipart/form-data")


def test_a_workbook_goes_from_the_file_to_its_rows_as_a_workbook(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each value as it is; the process that reads workbooks is asked once for all steps."""
    asked: list[int] = []
    whole = reading.text_of

    def text_of(content: bytes, limits: Limits) -> bytes:
        asked.append(len(content))
        return whole(content, limits)

    monkeypatch.setattr(reading, "text_of", text_of)
    visitor.give(BOOK, "people.xlsx")
    page = words(visitor.get("file/"))
    assert "The first sheet that can be seen, each cell as text." in page
    assert "Read it again" not in page
    visitor.to_mock()
    visitor.rehearse()
    visitor.send(1)
    visitor.wait()
    (stored,) = visitor.stored()
    assert {"ana@example.com", "=1+1", "00123"} <= set(stored.values())
    taken = visitor.client.get(f"{visitor.run}rows/all/xlsx/")
    assert taken.mimetype == writing.MEDIA_TYPE
    sheet = openpyxl.load_workbook(BytesIO(taken.data)).active
    cells = [cell for row in sheet.iter_rows(min_row=2, max_col=4) for cell in row]
    assert [cell.value for cell in cells] == [*ROWS[1], "2", *ROWS[2], "3"]
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    assert asked == [len(BOOK)]


def test_rows_to_mend_are_a_workbook_that_comes_back_mended(visitor: Visitor) -> None:
    """The added columns go nowhere, and the form is the same."""
    visitor.give(BOOK, "people.xlsx")
    visitor.to_mock()
    visitor.rehearse()
    taken = visitor.client.get(f"{visitor.base}checks/rows/xlsx/")
    book = openpyxl.load_workbook(BytesIO(taken.data))
    book.active["A2"] = "bo@example.com"
    mended = BytesIO()
    book.save(mended)
    answer = refused(visitor, mended.getvalue(), "mended.xlsx", f"{visitor.base}again/")
    assert answer.status_code == 303
    visitor.base = answer.location.removesuffix("file/")
    visitor.rehearse()
    visitor.send(1)
    visitor.wait()
    assert visitor.counts()["accepted"] == 1


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (BOOK, "people.csv", "This is a spreadsheet, not a CSV file."),
        (CSV, "people.xlsx", "The file's name does not fit"),
        (BOOK[:-200], "people.xlsx", "The workbook cannot be read"),
        (writing.workbook_of([]), "people.xlsx", "The file is empty."),
    ],
)
def test_what_is_no_workbook_is_named(
    visitor: Visitor, content: bytes, name: str, message: str
) -> None:
    """On the page that takes it, with nothing kept."""
    answer = refused(visitor, content, name)
    assert (answer.status_code, message in words(answer)) == (422, True), words(answer)
    assert "Files of this session" not in words(answer)


def test_a_workbook_is_checked_on_the_page_of_checks(visitor: Visitor) -> None:
    """Without an encoding or a delimiter, which it does not have."""
    page = words(refused(visitor, BOOK, "people.xlsx", "/elqkit/"))
    assert "the first sheet of a workbook, each cell as text" in page
    assert "Lines end with" not in page


@pytest.mark.parametrize("page", [HOME, "/elqkit/"])
def test_the_browser_offers_workbooks(visitor: Visitor, page: str) -> None:
    """In its dialog."""
    assert ".txt,.xlsx," in visitor.client.get(page).text


def test_a_file_is_kept_whole() -> None:
    """By its own bytes a run is found again, from the command line too."""
    kept = kept_of(BOOK, "people.xlsx", ReadOptions())
    content, table = workbook_of(kept, Limits())
    assert (content, table[0].values) == (BOOK, tuple(ROWS[1]))
