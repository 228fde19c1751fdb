"""AutoSubmit for programs."""

from __future__ import annotations

from io import BytesIO
import time
from typing import TYPE_CHECKING, Any

import pytest

from elqkit.workbooks.writing import workbook_of
from elqkit_visitor import workbench

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

PEOPLE = b"E-mail,Name\nana@example.com,Ana\nno,Bo\n"


@pytest.fixture
def program() -> FlaskClient:
    """A program that keeps its cookie."""
    return workbench().test_client()


def call(
    program: FlaskClient,
    action: str,
    content: bytes = PEOPLE,
    name: str = "people.csv",
    **options: Any,
) -> TestResponse:
    """Call an action with a file."""
    data = {"csv": (BytesIO(content), name), "to": "mock", "form": "newsletter", **options}
    url = f"/api/v1/elqkit/{action}"
    return program.post(url, data=data, content_type="multipart/form-data")


def test_a_rehearsal_tells_what_would_be_sent(program: FlaskClient) -> None:
    """As `elqkit submit --dry-run --json` does."""
    answer = call(program, "rehearse", map='{"Name": "firstName"}').json
    assert answer is not None
    assert (answer["read"], answer["would_send"], answer["skipped"]) == (2, 1, {"value.email": 1})
    assert answer["columns"] == {"E-mail": "emailAddress", "Name": "firstName"}
    fields = [["emailAddress", "ana@example.com"], ["firstName", "Ana"], ["source", "web"]]
    assert answer["payloads"] == [{"line": 2, "fields": fields}]


def test_a_workbook_is_rehearsed_as_a_csv_is(program: FlaskClient) -> None:
    """The same rows, the same answer."""
    book = workbook_of([line.split(",") for line in PEOPLE.decode().splitlines()])
    answer = call(program, "rehearse", book, "people.xlsx").json
    assert answer == {**(call(program, "rehearse").json or {}), "file": "people.xlsx"}


def test_a_file_of_another_kind_than_its_name_is_refused(program: FlaskClient) -> None:
    """A workbook named CSV, and the reverse."""
    book = workbook_of([["E-mail"], ["ana@example.com"]])
    answers = [
        call(program, "rehearse", book).json,
        call(program, "submit", name="people.xlsx", rows="1").json,
    ]
    assert [answer and answer["code"] for answer in answers] == [
        "file.spreadsheet",
        "file.extension",
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_submission_is_a_job(program: FlaskClient, kind: str) -> None:
    """202, a number, and in the end the counts."""
    book = workbook_of([line.split(",") for line in PEOPLE.decode().splitlines()])
    content = {"csv": PEOPLE, "xlsx": book}[kind]
    started = call(program, "submit", content, f"people.{kind}", rows="1")
    assert started.status_code == 202
    address = started.headers["Location"]
    end = time.monotonic() + 10
    while (job := program.get(address).json or {})["state"] in ("waiting", "running"):
        assert time.monotonic() < end
        time.sleep(0.05)
    result = job["result"]
    assert (job["state"], result["accepted"], result["skipped"], result["left"]) == (
        "done",
        1,
        1,
        0,
    )


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"rows": "2"}, "send.count"),
        ({}, "send.count"),
        ({"rows": "1", "rate": "0"}, "send.speed"),
        ({"rows": "1", "form": ""}, "form.none"),
        ({"rows": "1", "form": "nothing"}, "form.not-found"),
        ({"rows": "1", "to": "server"}, "eloqua.no-credentials"),
        ({"rows": "1", "map": "[]"}, "map.not-understood"),
        ({"rows": "1", "map": '{"Name": "nothing"}'}, "columns.none"),
        ({"rows": "1", "form": "webinar"}, "columns.missing"),
        ({"rows": "1", "form": "webinar", "map": '{"Name": "fullName"}'}, "send.effects"),
        ({"rows": "1", "to": "public", "site": "x"}, "connection.not-understood"),
    ],
)
def test_what_is_missing_is_named(program: FlaskClient, options: dict[str, Any], code: str) -> None:
    """And nothing is sent."""
    answer = call(program, "submit", **options)
    assert (answer.status_code, (answer.json or {})["code"]) == (422, code)


def test_side_effects_are_agreed_to_by_an_option(program: FlaskClient) -> None:
    """As a person's tick."""
    options: dict[str, Any] = {"form": "webinar", "map": '{"Name": "fullName"}', "rows": "1"}
    assert call(program, "submit", **options, accept_side_effects="on").status_code == 202
