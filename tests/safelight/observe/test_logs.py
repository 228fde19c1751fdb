"""The log of requests: one line each, and nothing of the person or the file in it."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest

from safelight.observe.fields import FIELDS
from safelight_builders import API, PAGE, app, file, form, part, token
from safelight_logs import written
from toy_tool import SECRET

if TYPE_CHECKING:
    from flask.testing import FlaskClient

PATH_OF_A_LINE = {"method": "GET", "route": "/toy/", "status": 200}


@pytest.fixture(autouse=True)
def _everything(caplog: pytest.LogCaptureFixture) -> None:
    """No level may say more than it should."""
    caplog.set_level(logging.DEBUG)


def bother(client: FlaskClient, canary: str, value: str) -> None:
    """Send `canary` in every place of a request that a person can fill; some of it fails."""
    headers = {
        "User-Agent": canary,
        "Referer": f"http://localhost/{canary}",
        "X-Request-Id": canary,
        "Authorization": f"Bearer {canary}",
    }
    data = {"csrf_token": value, "files": file(canary.encode(), canary)}
    client.post(f"{PAGE}?q={canary}", data=data, headers=headers)
    client.post(API, data={"files": file(b"crash", canary), canary: canary}, headers=headers)
    client.get(f"/{canary}?{canary}", headers={"Cookie": f"safelight={canary}"})
    client.open("/", method=canary.upper())
    client.post(API, data=form(part(canary, b"", canary)), content_type=f"multipart/{canary}")


def test_a_request_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """Number, method, route, status, milliseconds, bytes."""
    reply = app().test_client().get(PAGE)
    (line,) = written(caplog.records, "request")
    assert {key: line[key] for key in PATH_OF_A_LINE} == PATH_OF_A_LINE
    assert line["request"] == reply.headers["X-Request-Id"]
    assert line["bytes_out"] == len(reply.data)
    assert isinstance(line["ms"], int)
    assert set(line) <= {"time", "level", "logger", "event", *FIELDS}


def test_the_bytes_of_a_body_are_counted(caplog: pytest.LogCaptureFixture) -> None:
    """As they were announced."""
    client = app().test_client()
    client.post(API, data=form(part("x", b"1")), content_type="multipart/form-data; boundary=edge")
    assert written(caplog.records, "request")[0]["bytes_in"] == len(form(part("x", b"1")))


def test_nothing_of_the_request_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Name, content, field, query, path, header, cookie, method; also when it fails."""
    client = app().test_client()
    value = token(client)
    bother(client, SECRET, value)
    lines = written(caplog.records)
    assert len([line for line in lines if line["event"] == "request"]) == 6
    text = str(lines) + caplog.text
    assert SECRET not in text
    assert SECRET.upper() not in text
    assert value not in text


def test_an_address_is_logged_as_its_route(caplog: pytest.LogCaptureFixture) -> None:
    """An address that leads nowhere has none."""
    client = app().test_client()
    client.get(f"/toy/static/{SECRET}")
    client.get(f"/{SECRET}")
    routes = [line["route"] for line in written(caplog.records, "request")]
    assert routes == ["/toy/static/<name>", "-"]


def test_the_number_is_ours() -> None:
    """A client's own could carry anything into the log and the page."""
    client = app().test_client()
    reply = client.get("/nothing", headers={"X-Request-Id": SECRET})
    assert re.fullmatch("[0-9a-f]{16}", reply.headers["X-Request-Id"])
    assert SECRET not in reply.text


def test_each_request_has_its_own() -> None:
    """Or it would name no one."""
    client = app().test_client()
    assert len({client.get("/").headers["X-Request-Id"] for _ in range(10)}) == 10
