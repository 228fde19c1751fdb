"""A page says the same whether its picture was read here or by a process beside the server."""

from __future__ import annotations

from io import BytesIO
import re
from typing import TYPE_CHECKING

import pytest

from mapy.web import tool, views
from safelight.app import create_app
from safelight.settings import Settings
from safelight.sharing import of as shared_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

ONCE = re.compile(r'(name="csrf_token" value|nonce)="[^"]*"')
"""What is new in each reply."""


@pytest.fixture
def here() -> Flask:
    """A workbench without such processes."""
    return create_app(Settings({}), tools=[tool])


@pytest.fixture
def apart() -> Iterator[Flask]:
    """One with a process."""
    made = create_app(Settings({}), tools=[tool])
    shared_of(made).apart.add(1)
    yield made
    shared_of(made).apart.stop()


def page(app: Flask, name: str, content: bytes) -> tuple[int, str]:
    """The reply to a picture, without what is new in each."""
    client = app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/mapy/").text)
    assert token
    form = {"csrf_token": token[1], "images": (BytesIO(content), name)}
    reply = client.post("/mapy/", data=form, content_type="multipart/form-data")
    return reply.status_code, ONCE.sub("", reply.text)


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_page_is_the_same(here: Flask, apart: Flask, language: str) -> None:
    """In each language, down to the last character."""
    pages = [
        ONCE.sub("", app.test_client().get(f"/mapy/sample/?lang={language}").text)
        for app in (here, apart)
    ]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("content", [b"no picture", b"\xff\xd8\xff", b"BM"])
def test_a_refusal_is_the_same(here: Flask, apart: Flask, content: bytes) -> None:
    """With its status."""
    assert page(here, "a.jpg", content) == page(apart, "a.jpg", content)


def test_a_large_file_is_read_here(apart: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """To hand it over would take its memory twice."""
    monkeypatch.setattr(views, "APART_BYTES", 2)
    shared_of(apart).apart.stop()
    monkeypatch.setattr(shared_of(apart).apart, "call", None)
    assert page(apart, "a.jpg", b"\xff\xd8\xff")[0] == 422


def test_a_process_that_is_lost_is_told(apart: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next picture is read."""
    with monkeypatch.context() as broken:
        broken.setattr(views, "report_of", len)  # takes no three arguments
        status, text = page(apart, "a.jpg", views.SAMPLE.content)
    assert (status, "could not finish this" in text) == (500, True)
    assert page(apart, "a.jpg", views.SAMPLE.content)[0] == 200
