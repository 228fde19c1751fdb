"""The action as the workbench runs it."""

from __future__ import annotations

import pytest

from elqkit import check_file
from elqkit.output.json import as_object
from elqkit.web import tool
from elqkit.web.actions import actions, status_of
from elqkit.web.settings import SETTINGS
from elqkit.workbooks.writing import workbook_of
from safelight.api import Answer, OptionValue, Refusal, Request, Upload

MAX_BYTES = 1_000


def answer_of(content: bytes, name: str) -> Answer:
    """The command line's report as an answer."""
    report = check_file(content, name)
    return Answer(as_object(report), status_of(report))


def answer(
    content: bytes, name: str = "people.csv", max_bytes: int = MAX_BYTES, **options: OptionValue
) -> Answer:
    """The action's answer to one file."""
    check = actions({"max_csv_bytes": max_bytes})[0]
    found = check.run(Request((Upload(name, content),), options))
    assert isinstance(found, Answer)
    return found


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"a,b\n1,2\n", 200),
        (b"a,b\n 1,=2\n", 200),
        (b"a,b\n1,\xfc\n", 200),
        (b"a,b\n1\n", 422),
        (b"a,b\n1,2,3\n", 422),
        (b"a,b\n1,\x00\n", 422),
        (b'a,b\n1,"2\n', 422),
        (b"a,a\n1,2\n", 422),
        (b"a,\n1,2\n", 422),
        (b"a,b\n", 422),
        (b"", 422),
        (b"a,b\n1,\x81\n", 422),
        (b"x" * (MAX_BYTES + 1), 413),
        (b"\x7fELF", 415),
        (b"PK\x03\x04xl/workbook.xml", 415),
    ],
)
def test_the_status_says_whether_the_file_can_be_used(content: bytes, status: int) -> None:
    """200 with whatever is worth a look; 4xx with the full report where something blocks."""
    assert answer(content).status == status


def test_a_csv_with_another_name_is_of_the_wrong_kind() -> None:
    """Name and content must agree."""
    assert answer(b"a,b\n1,2\n", "people.exe").status == 415


def test_the_answer_is_the_report_of_the_command_line() -> None:
    """One engine, one JSON."""
    assert answer(b"a,b\n1\n") == answer_of(b"a,b\n1\n", "people.csv")


def test_a_workbook_is_checked_by_the_same_engine() -> None:
    """A file that is none, and one that nobody can read, are of the wrong kind."""
    book = workbook_of([["a", "b"], ["1", "2"]])
    assert answer(book, "people.xlsx", max_bytes=10_000) == answer_of(book, "people.xlsx")
    assert answer(book, max_bytes=10_000).status == 415
    assert answer(b"a,b\n1,2\n", "people.xlsx").status == 415
    assert answer(book[:-200], "people.xlsx", max_bytes=10_000).status == 415


def test_options_are_passed_on() -> None:
    """Encoding and delimiter, where they are given."""
    data = answer(b"a;b\n1;2\n", encoding="cp1252", delimiter="semicolon").data
    assert isinstance(data, dict)
    assert data["dialect"] == {**dict(data["dialect"]), "delimiter": "semicolon", "chosen": True}  # type: ignore[arg-type]


def test_a_file_that_the_workbench_refused_stays_refused() -> None:
    """Its bytes are gone; it is not called empty."""
    check = actions({"max_csv_bytes": MAX_BYTES})[0]
    refusal = Refusal("upload.too-large", "It is too large.", status=413)
    with pytest.raises(Refusal):
        check.run(Request((Upload("a.csv", b"", refusal),)))


def test_the_setting_is_the_limit_of_the_upload() -> None:
    """The workbench enforces it while reading."""
    check = actions({"max_csv_bytes": MAX_BYTES})[0]
    assert check.files is not None
    assert (check.files.name, check.files.max_bytes, check.files.max_files) == ("csv", 1_000, 1)


def test_the_setting_is_5_mb_by_default_and_never_nothing() -> None:
    """A limit of 0 would refuse every file."""
    (setting,) = (each for each in SETTINGS if each.name == "max_csv_bytes")
    assert (setting.variable, setting.default) == ("ELQKIT_MAX_CSV_BYTES", 5_000_000)
    assert setting.check is not None
    assert (setting.check(1), bool(setting.check(0))) == (None, True)


def test_the_tool_is_what_the_entry_point_names() -> None:
    """Slug, card and settings, without Flask being asked."""
    assert (tool.slug, tool.card, tool.settings) == ("elqkit", "elqkit/card.html", SETTINGS)
