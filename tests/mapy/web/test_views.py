"""MAPy's page in the workbench, without JavaScript."""

from __future__ import annotations

from base64 import b64encode
from html import unescape
from importlib import resources
from io import BytesIO
import logging
import re
from typing import TYPE_CHECKING

import pytest

from mapy.web import present, tool
from safelight.app import create_app
from safelight.settings import Settings

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

PHOTO = resources.files("mapy.web").joinpath("sample", "photo.jpg").read_bytes()
HUGE = PHOTO + bytes(100_000)
LIMITS = {"MAPY_MAX_IMAGE_BYTES": str(len(PHOTO)), "MAPY_MAX_IMAGES": "5"}


@pytest.fixture
def client() -> FlaskClient:
    """A browser before a workbench with MAPy alone."""
    settings = Settings({**LIMITS, "SAFELIGHT_RATE_LIMITS": "off"})
    return create_app(settings, tools=[tool]).test_client()


def post(client: FlaskClient, *files: tuple[str, bytes], **options: str) -> TestResponse:
    """Send the page's own form, token and all."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/mapy/").text)
    assert token
    images = [(BytesIO(content), name) for name, content in files]
    form = {"csrf_token": token[1], "images": images, **options}
    return client.post("/mapy/", data=form, content_type="multipart/form-data")


def heading(answer: TestResponse) -> str:
    """The first heading of a page."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text)
    assert found
    return unescape(found[1])


def tags(answer: TestResponse) -> list[str]:
    """The names of the tags that a page lists."""
    return re.findall(r'scope="row">(\w+)</th>', answer.text)


def test_the_card_leads_to_the_page_and_to_the_sample(client: FlaskClient) -> None:
    """The landing page is where people begin."""
    text = client.get("/").text
    assert ('href="/mapy/"' in text, 'href="/mapy/sample/"' in text) == (True, True)


def test_one_picture_is_summed_up_in_its_heading(client: FlaskClient) -> None:
    """The place is what people have to know first."""
    answer = post(client, ("evening.jpg", PHOTO))
    assert (answer.status_code, heading(answer)) == (200, "This picture says where it was taken")


def test_several_pictures_are_counted(client: FlaskClient) -> None:
    """How many say where they were taken, and how many could not be read."""
    answer = post(client, ("a.jpg", PHOTO), ("b.jpg", b"words"), ("c.jpg", PHOTO))
    expected = "2 of 3 pictures say where they were taken; 1 could not be read"
    assert (answer.status_code, heading(answer)) == (200, expected)


def test_the_summary_says_when_and_with_what(client: FlaskClient) -> None:
    """Date, zone, camera, serial number and author stand in the summary."""
    text = unescape(post(client, ("evening.jpg", PHOTO)).text)
    for words in ("2026-05-16 20:31:44 (zone +02:00)", "Lumen F2", "LF2-0004711", "Sam Example"):
        assert words in text


def test_the_page_lists_what_the_api_answers(client: FlaskClient) -> None:
    """Each tag of the API stands on the page, and no other."""
    form = {"images": (BytesIO(PHOTO), "evening.jpg")}
    (found,) = client.post("/api/v1/mapy/read", data=form).json  # type: ignore[misc]
    expected = sorted(key.partition(":")[2] for key in found if ":" in key)
    assert sorted(tags(post(client, ("evening.jpg", PHOTO)))) == expected


def test_the_options_choose_a_group_and_a_tag(client: FlaskClient) -> None:
    """The search of a page without scripts."""
    answer = post(client, ("evening.jpg", PHOTO), group="gps", tag="GPSAltitude")
    assert tags(answer) == ["GPSAltitude"]


def test_machine_values_stand_in_the_place_of_words(client: FlaskClient) -> None:
    """As with `mapy show -n`."""
    answer = post(client, ("evening.jpg", PHOTO), tag="ExposureTime", numeric="on")
    assert "0.01666666667" in answer.text
    assert "1/60" not in answer.text


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 422, "empty"),
        (b"words", 415, "no picture"),
        (PHOTO[:3], 422, "broken"),
        (HUGE, 413, "MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(
    client: FlaskClient, content: bytes, status: int, words: str
) -> None:
    """The status says it too, as nothing else was asked for."""
    answer = post(client, ("evening.jpg", content))
    assert answer.status_code == status
    assert words in answer.text
    assert "<form" in answer.text


def test_one_picture_too_large_leaves_the_others(client: FlaskClient) -> None:
    """It is refused by itself."""
    answer = post(client, ("large.jpg", HUGE), ("evening.jpg", PHOTO))
    assert (answer.status_code, answer.text.count("Not read")) == (200, 1)


def test_too_many_files_are_refused_as_a_whole(client: FlaskClient) -> None:
    """With the limit, and the form again."""
    answer = post(client, *[(f"{number}.jpg", PHOTO) for number in range(6)])
    assert 400 <= answer.status_code < 500
    assert "<form" in answer.text


def test_no_file_at_all_is_said(client: FlaskClient) -> None:
    """The button without a choice."""
    answer = post(client)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_names_are_text_whatever_they_say(client: FlaskClient) -> None:
    """Markup and signs that turn the writing round are shown, not obeyed."""
    answer = post(client, ("<b>\u202egpj.exe", PHOTO))
    assert "<b>" not in answer.text
    assert "&lt;b&gt;&lt;U+202E&gt;gpj.exe" in answer.text


def test_the_preview_of_a_large_picture_is_the_one_inside_it(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page carries no large file back; the thumbnail is in the file anyway."""
    monkeypatch.setattr(present, "PREVIEW_BYTES", len(PHOTO) - 1)
    answer = post(client, ("large.jpg", PHOTO))
    thumbnail = b64encode(PHOTO[PHOTO.index(b"\xff\xd8", 2) :][:300]).decode()
    assert "The small picture inside the file" in answer.text
    assert f"data:image/jpeg;base64,{thumbnail}" in answer.text


def test_nothing_of_a_picture_is_logged(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither its name nor a value, at any level."""
    with caplog.at_level(logging.DEBUG):
        post(client, ("canary-name.jpg", PHOTO.replace(b"Evening over", b"canary value")))
    assert "canary" not in caplog.text


@pytest.mark.parametrize("program", ["<script>alert(1)</script>", '<g onload="alert(1)"/>'])
def test_a_drawing_that_holds_a_program_is_refused(client: FlaskClient, program: str) -> None:
    """However it is named; the command line still reads it."""
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{program}</svg>'.encode()
    answer = post(client, ("drawing.svg", drawing))
    assert (answer.status_code, "holds a program" in answer.text) == (415, True)
