"""Workbooks on AutoSubmit's pages: as the command line takes them, and read once."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl  # type: ignore[import-untyped]
import pytest

from elqkit.table.limits import Limits
from elqkit.table.reading import ReadOptions
from elqkit.web.autosubmit.files import kept_of, workbook_of
from elqkit.workbooks import bounds, reading, writing
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

    def text_of(content: bytes, options: ReadOptions) -> bytes:
        asked.append(len(content))
        return whole(content, options)

    monkeypatch.setattr(reading, "text_of", text_of)
    visitor.give(BOOK, "people.xlsx")
    page = words(visitor.get("file/"))
    assert "Each cell of the sheet" in page
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
    assert "text, cell by cell; a line is a row of the sheet" in page
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


def two_sheets() -> bytes:
    """A workbook whose second sheet is another table."""
    book = openpyxl.Workbook()
    book.active.title = "People"
    for row in ROWS:
        book.active.append(row)
    more = book.create_sheet("More & <b>")
    more.append(["Mail", "Name"])
    more.append(["cem@example.com", "Cem"])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that waits for no workbook: each is read as a job."""
    monkeypatch.setattr(bounds, "SHORT_WAIT_S", 0.0)


def test_another_sheet_can_be_chosen(visitor: Visitor) -> None:
    """What was decided of the first one begins anew."""
    visitor.give(two_sheets(), "people.xlsx")
    visitor.post("fix/1/", way="trim", do="apply")
    page = visitor.get("file/")
    assert '<option dir="auto" value="People" selected>' in page.text
    assert "The workbook has several sheets" in words(page)
    assert visitor.post("sheet/", sheet="More & <b>").status_code == 303
    visitor.wait_for_the_sheet()
    page = visitor.get("file/")
    assert ("cem@example.com" in page.text, "ana@example.com" in page.text) == (True, False)
    assert ("What you changed" in page.text, "More &amp; &lt;b&gt;" in page.text) == (False, True)
    visitor.to_mock()
    visitor.rehearse()
    visitor.send(1)
    visitor.wait()
    assert [set(each.values()) >= {"cem@example.com"} for each in visitor.stored()] == [True]


def test_a_sheet_can_be_named_beforehand(visitor: Visitor) -> None:
    """By its name, as on the command line."""
    visitor.give(two_sheets(), "people.xlsx", sheet="More & <b>")
    assert "cem@example.com" in visitor.get("file/").text


def test_a_sheet_that_there_is_not_leaves_the_one_that_was_read(visitor: Visitor) -> None:
    """And says so."""
    visitor.give(two_sheets(), "people.xlsx")
    answer = visitor.post("sheet/", sheet="Nobody")
    if answer.status_code == 303:  # read as a job
        while (answer := visitor.get("reading/")).status_code == 200:
            pass
    assert "has no sheet of that name" in words(answer)
    assert "ana@example.com" in visitor.get("file/").text


@pytest.mark.usefixtures("hurried")
def test_a_large_workbook_is_read_as_a_job(visitor: Visitor) -> None:
    """A page waits for it, and every step leads there meanwhile."""
    data = {"csrf_token": visitor.token, "csv": (BytesIO(two_sheets()), "people.xlsx")}
    answer = visitor.client.post(HOME, data=data, content_type="multipart/form-data")
    visitor.base = answer.location.removesuffix("file/")
    first = visitor.get("file/")
    assert first.location == f"{visitor.base}reading/"
    waiting = visitor.get("reading/")
    if waiting.status_code == 200:
        assert "The workbook is being read" in words(waiting)
    visitor.wait_for_the_sheet()
    assert "ana@example.com" in visitor.get("file/").text
    assert visitor.get("reading/").location == f"{visitor.base}file/"
    visitor.post("sheet/", sheet="More & <b>")
    visitor.wait_for_the_sheet()
    assert "cem@example.com" in visitor.get("file/").text


@pytest.mark.usefixtures("hurried")
def test_a_workbook_that_a_job_cannot_read_is_refused_by_name(visitor: Visitor) -> None:
    """And nothing of it is left."""
    answer = refused(visitor, BOOK[:-200] + bytes(200), "people.xlsx")
    assert answer.status_code == 303
    visitor.base = answer.location.removesuffix("file/")
    while (page := visitor.get("reading/")).status_code == 200:
        pass
    assert "The workbook cannot be read" in words(page)
    assert visitor.get("file/").status_code == 404


@pytest.mark.usefixtures("hurried")
def test_the_check_of_a_large_workbook_is_a_job_too(visitor: Visitor) -> None:
    """On its page, and for programs, who find the report in the job and the sheet as CSV."""
    answer = refused(visitor, two_sheets(), "people.xlsx", "/elqkit/")
    assert answer.status_code == 303
    while "is being read" in (page := visitor.client.get(answer.location)).text:
        pass
    assert "has several sheets" in words(page)
    data = {"csv": (BytesIO(two_sheets()), "people.xlsx"), "sheet": "More & <b>"}
    program = visitor.client.application.test_client()
    started = program.post("/api/v1/elqkit/check", data=data, content_type="multipart/form-data")
    assert started.status_code == 202
    job = f"/api/v1/jobs/{(started.json or {})['id']}"
    while (found := program.get(job).json or {})["state"] not in ("done", "failed"):
        pass
    assert found["result"]["sheet"] == "More & <b>"
    assert program.get(f"{job}/files/sheet.csv").data.splitlines()[0] == b'"Mail","Name"'
    data = {"csv": (BytesIO(two_sheets()), "people.xlsx"), "to": "mock", "form": "newsletter"}
    rehearsed = program.post(
        "/api/v1/elqkit/rehearse", data=data, content_type="multipart/form-data"
    )
    assert (rehearsed.status_code, (rehearsed.json or {})["code"]) == (422, "reading.takes-long")
