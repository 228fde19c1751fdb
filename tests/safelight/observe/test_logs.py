"""The log: one line a request, and nothing of the person or the file in it."""

from __future__ import annotations

import logging
import re

import pytest

from safelight.observe.logs import write_to_stderr
from safelight_builders import API, PAGE, app, file, form, part, token
from toy_tool import SECRET

LINE = re.compile(r"id=[0-9a-f]{16} method=[A-Z]+ endpoint=[\w.-]+ status=\d{3} ms=\d+")


@pytest.fixture(autouse=True)
def _everything(caplog: pytest.LogCaptureFixture) -> None:
    """No level may say more than it should."""
    caplog.set_level(logging.DEBUG)


def test_a_request_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """Number, method, endpoint, status, milliseconds."""
    reply = app().test_client().get(PAGE)
    (record,) = [r for r in caplog.records if r.name == "safelight.request"]
    assert LINE.fullmatch(record.getMessage())
    assert f"id={reply.headers['X-Request-Id']} method=GET endpoint=toy.form status=200" in (
        record.getMessage()
    )


def test_nothing_of_the_request_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Name, content, field, query, path, header, cookie, method; also when it fails."""
    client = app().test_client()
    value = token(client)
    headers = {
        "User-Agent": SECRET,
        "Referer": f"http://localhost/{SECRET}",
        "X-Request-Id": SECRET,
    }
    data = {"csrf_token": value, "files": file(SECRET.encode(), SECRET)}
    client.post(f"{PAGE}?q={SECRET}", data=data, headers=headers)
    client.post(API, data={"files": file(b"crash", SECRET), SECRET: SECRET}, headers=headers)
    client.get(f"/{SECRET}?{SECRET}", headers={"Cookie": f"safelight={SECRET}"})
    client.open("/", method=SECRET.upper())
    client.post(API, data=form(part(SECRET, b"", SECRET)), content_type=f"multipart/{SECRET}")
    assert len([r for r in caplog.records if r.name == "safelight.request"]) == 6
    assert SECRET not in caplog.text
    assert SECRET.upper() not in caplog.text
    assert value not in caplog.text


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


def test_the_level_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below it nothing is written, of ours; of others only what went wrong."""
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    before = root.level, logging.getLogger("safelight").level
    try:
        write_to_stderr("warning")
        assert not logging.getLogger("safelight.request").isEnabledFor(logging.INFO)
        write_to_stderr("info")
        assert logging.getLogger("safelight.request").isEnabledFor(logging.INFO)
        assert not logging.getLogger("another").isEnabledFor(logging.INFO)
        assert len(root.handlers) == 1
    finally:
        root.setLevel(before[0])
        logging.getLogger("safelight").setLevel(before[1])
