"""ElqKit's pages in the workbench, without JavaScript."""

from __future__ import annotations

from io import BytesIO
import logging
import re
from typing import TYPE_CHECKING

import pytest

from elqkit.web import tool
from safelight.app import create_app
from safelight.settings import Settings

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

GOOD = b"email,name\na@example.com,A\n"


@pytest.fixture
def client() -> FlaskClient:
    """A browser before a workbench with ElqKit alone."""
    settings = Settings({"ELQKIT_MAX_CSV_BYTES": "100000", "SAFELIGHT_RATE_LIMITS": "off"})
    return create_app(settings, tools=[tool]).test_client()


def post(client: FlaskClient, content: bytes, name: str = "a.csv", **options: str) -> TestResponse:
    """Send the page's own form, token and all."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/elqkit/").text)
    assert token
    form = {"csrf_token": token[1], "csv": (BytesIO(content), name), **options}
    return client.post("/elqkit/", data=form, content_type="multipart/form-data")


def test_the_card_leads_to_the_page_and_to_the_sample(client: FlaskClient) -> None:
    """The landing page is where people begin."""
    text = client.get("/").text
    assert ('href="/elqkit/"' in text, 'href="/elqkit/sample/"' in text) == (True, True)


def test_the_empty_page_has_a_form_that_posts_to_itself(client: FlaskClient) -> None:
    """With the file field that the API has."""
    text = client.get("/elqkit/").text
    assert re.search(r'<form[^>]*action="/elqkit/"[^>]*enctype="multipart/form-data"', text)
    assert re.search(r'<input[^>]*name="csv"', text)


def test_a_good_file_is_shown(client: FlaskClient) -> None:
    """Summary, columns and first rows."""
    answer = post(client, GOOD)
    assert answer.status_code == 200
    for words in ("This file is in order", "UTF-8", "comma", "a@example.com", "e-mail"):
        assert words in answer.text


def test_a_blocked_file_is_shown_too(client: FlaskClient) -> None:
    """With 422, the fault, its line and column, and what could be read."""
    answer = post(client, b"email,name\nb@example.com\n")
    assert answer.status_code == 422
    for words in (
        "1 fault has to be mended first",
        "line 2, column 2 (<bdi>name</bdi>)",
        "b@example.com",
    ):
        assert words in answer.text


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (b"\x7fELF", "a.csv", 415),
        (GOOD, "a.exe", 415),
        (b"x" * 100_001, "a.csv", 413),
        (b"", "a.csv", 422),
    ],
)
def test_a_refused_file_gets_a_page_that_says_why(
    client: FlaskClient, content: bytes, name: str, status: int
) -> None:
    """The form is there again."""
    answer = post(client, content, name)
    assert (answer.status_code, 'name="csv"' in answer.text) == (status, True)


def test_no_file_gets_the_form_again(client: FlaskClient) -> None:
    """With the reason."""
    answer = post(client, b"", "")
    assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)


def test_encoding_and_delimiter_can_be_changed(client: FlaskClient) -> None:
    """By the selects of the form."""
    answer = post(client, b"a;b\n1;2\n", encoding="cp1252", delimiter="semicolon")
    assert ("cp1252" in answer.text, "semicolon, as chosen" in answer.text) == (True, True)


def test_markup_in_the_file_and_its_name_is_text(client: FlaskClient) -> None:
    """Nothing of a file becomes part of the page."""
    mark = "<img src=x onerror=alert(1)>"
    answer = post(client, f"email,{mark}\n{mark},{mark}\n".encode(), f"{mark}.csv")
    assert (mark in answer.text, answer.text.count("&lt;img src=x") > 3) == (False, True)


def test_a_short_row_shows_what_it_lacks(client: FlaskClient) -> None:
    """In the table of the first rows."""
    text = post(client, b"a,b,c\n1\n2,3,4\n").text
    assert '<td class="missing" colspan="2">missing</td>' in text


def test_a_wide_file_makes_no_wide_page(client: FlaskClient) -> None:
    """The first hundred columns are enough to judge by."""
    names = ",".join(f"column{number}" for number in range(150))
    text = post(client, f"{names}\n{names}\n".encode()).text
    assert "The first 100 columns are shown." in text
    assert text.count("column149") == 1  # in the list of columns, and in no row


def test_the_sample_shows_what_a_check_finds(client: FlaskClient) -> None:
    """It is faulty on purpose, so the page itself is fine."""
    answer = client.get("/elqkit/sample/")
    assert answer.status_code == 200
    for code in ("row.short", "row.duplicate", "cell.non-breaking-space", "cell.formula"):
        assert code in answer.text


def test_the_page_and_the_api_agree(client: FlaskClient) -> None:
    """On the status and on what was found."""
    content = b"a,b\n1\n"
    page = post(client, content)
    program = client.application.test_client()
    api = program.post(
        "/api/v1/elqkit/check",
        data={"csv": (BytesIO(content), "a.csv")},
        content_type="multipart/form-data",
    )
    assert page.status_code == api.status_code == 422
    assert [problem["code"] for problem in api.get_json()["problems"]] == ["row.short"]


def test_nothing_of_a_file_is_kept_by_caches(client: FlaskClient) -> None:
    """The page holds the sender's own data."""
    assert "no-store" in post(client, GOOD).headers["Cache-Control"]


def test_nothing_of_a_file_reaches_a_log(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither its values nor its names, whether it is read or refused."""
    caplog.set_level(logging.DEBUG)
    for content in (
        b"canary,b\ncanary@example.com,1\n",
        b"canary,canary\ncanary\n",
        b"\x7fELFcanary",
    ):
        post(client, content, "canary.csv")
    assert "canary" not in caplog.text
