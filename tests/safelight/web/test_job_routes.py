"""Jobs as programs and browsers meet them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from safelight.sharing import of
from safelight_builders import app, token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

WALK = "/api/v1/toy/walk"
SHORT = {"way": "short", "steps": "2", "step_s": "0"}
LONG = {"way": "long", "steps": "10000", "step_s": "0.01"}


@pytest.fixture
def application() -> Iterator[Flask]:
    """The workbench, which works on jobs itself."""
    found = app(clock=time.time)  # type: ignore[arg-type]  # a clock is a function
    yield found
    of(found).stop()


def start(client: FlaskClient, way: dict[str, str], **headers: str) -> TestResponse:
    """A walk."""
    return client.post(WALK, data=way, headers=headers)


def over(client: FlaskClient, address: str) -> Any:
    """A job when it is over."""
    end = time.monotonic() + 10
    while (found := client.get(address).json or {})["state"] in {"waiting", "running"}:
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


def test_a_program_starts_a_job_and_watches_it(application: Flask) -> None:
    """202 with its address; there is all that is known of it, and what it kept."""
    client = application.test_client()
    started = start(client, SHORT)
    assert started.status_code == 202
    address = started.headers["Location"]
    found = over(client, address)
    assert (found["id"], found["job"]) == (address.rpartition("/")[2], "walk")
    assert (found["state"], found["result"], found["problem"]) == ("done", {"steps": 2}, None)
    assert found["files"] == ["way.txt"]
    kept = client.get(f"{address}/files/way.txt")
    assert kept.data == b"step 0\nstep 1"
    assert kept.headers["Content-Disposition"] == 'attachment; filename="way.txt"'


def test_a_program_pauses_and_cancels_a_job(application: Flask) -> None:
    """Each answer tells where it is then."""
    client = application.test_client()
    address = start(client, LONG).headers["Location"]
    paused = client.post(f"{address}/pause").json
    assert paused is not None
    assert paused["command"] == "pause"
    assert client.post(f"{address}/cancel").status_code == 200
    assert over(client, address)["state"] == "cancelled"
    late = client.post(f"{address}/cancel")
    assert (late.status_code, (late.json or {})["code"]) == (409, "job.over")


def test_a_browser_needs_the_form_token(application: Flask) -> None:
    """A job is neither started nor commanded without it."""
    client = application.test_client()
    given = token(client)
    assert start(client, LONG).status_code == 400
    address = start(client, LONG, **{"X-CSRFToken": given}).headers["Location"]
    assert client.post(f"{address}/cancel").status_code == 400
    cancelled = client.post(f"{address}/cancel", headers={"X-CSRFToken": given})
    assert cancelled.status_code == 200


def test_another_visitor_finds_no_job(application: Flask) -> None:
    """Whoever learns its number; the answer is that of a number that is none."""
    client = application.test_client()
    given = token(client)
    address = start(client, LONG, **{"X-CSRFToken": given}).headers["Location"]
    stranger = application.test_client()
    token(stranger)
    program = application.test_client()
    for other in (stranger, program):
        for path in (address, f"{address}/files/way.txt", f"/api/v1/jobs/{'0' * 32}"):
            reply = other.get(path)
            assert (reply.status_code, (reply.json or {})["code"]) == (404, "job.unknown")
    assert program.post(f"{address}/cancel").status_code == 404
    client.post(f"{address}/cancel", headers={"X-CSRFToken": given})


@pytest.mark.parametrize("word", ["explode", "hand-back"])
def test_a_word_that_is_none_leads_nowhere(application: Flask, word: str) -> None:
    """There is no such address."""
    client = application.test_client()
    address = start(client, LONG).headers["Location"]
    assert client.post(f"{address}/{word}").status_code == 404
    client.post(f"{address}/cancel")
