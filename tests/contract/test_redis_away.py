"""What happens while Redis is away: a page that says so, and all is well when it is back."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

import pytest

from redis_server import RedisServer, redis_server
from safelight.app import create_app
from safelight.settings import BadSettings, Settings
from safelight_builders import token
import toy_tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

SECRET_KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEF"
JOB = f"/api/v1/jobs/{'0' * 32}"


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    """A server that may be killed."""
    with redis_server() as running:
        yield running


@pytest.fixture
def client(server: RedisServer) -> FlaskClient:
    """A browser with a session, and Redis gone since."""
    server.kill()
    server.start()
    variables = {"SECRET_KEY": SECRET_KEY, "REDIS_URL": server.url}
    browser = create_app(Settings(variables), (toy_tool.tool,), time.time).test_client()
    browser.environ_base["HTTP_X_CSRFTOKEN"] = token(browser)
    server.kill()
    return browser


def test_a_page_that_needs_a_session_says_that_it_is_away(client: FlaskClient) -> None:
    """By its own name, with a time to come again, and soon."""
    began = time.monotonic()
    reply = client.get("/toy/")
    assert time.monotonic() - began < 3
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "5")
    assert "can&#39;t remember" in reply.text


def test_a_program_is_told_the_same(client: FlaskClient) -> None:
    """As problem+json, with a code of its own."""
    reply = client.get(JOB)
    assert reply.status_code == 503
    assert reply.json is not None
    assert reply.json["code"] == "state.unreachable"


def test_what_needs_no_session_goes_on(client: FlaskClient) -> None:
    """Style sheets, health, and the start page of someone new."""
    paths = ("/healthz", "/static/safelight.css", "/.well-known/security.txt")
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]
    stranger = client.application.test_client()
    assert stranger.get("/").status_code == 200


def test_readiness_names_it(client: FlaskClient) -> None:
    """So that no more visitors are sent here."""
    reply = client.get("/readyz")
    assert reply.status_code == 503
    assert reply.json is not None
    assert reply.json["missing"] == ["redis"]


def test_what_was_written_is_not_claimed_to_be_kept(client: FlaskClient) -> None:
    """A change of the session that could not be stored is no success."""
    stranger = client.application.test_client()
    reply = stranger.get("/toy/")  # its form needs a session for its token
    assert reply.status_code == 503
    assert "Set-Cookie" not in reply.headers


def test_each_process_limits_by_itself_meanwhile(client: FlaskClient) -> None:
    """No limit is off because its counters can't be reached."""
    stranger = client.application.test_client()
    codes = {stranger.post("/api/v1/toy/count").status_code for _ in range(6)}
    assert 429 in codes


def test_the_log_tells_no_address_of_it(
    client: FlaskClient, server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    """An address may hold a password."""
    caplog.set_level(logging.DEBUG)
    client.get("/toy/")
    assert str(server.socket) not in caplog.text


def test_all_is_well_when_it_is_back(client: FlaskClient, server: RedisServer) -> None:
    """It forgot all sessions, as it does; new ones begin."""
    assert client.get("/toy/").status_code == 503
    server.start()
    assert client.get("/toy/").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_it_needs_a_secret_key_of_all(server: RedisServer) -> None:
    """Each process making its own could read nothing of the others."""
    with pytest.raises(BadSettings, match="SECRET_KEY"):
        create_app(Settings({"REDIS_URL": server.url}), (toy_tool.tool,))


@pytest.mark.parametrize("address", ["localhost:6379", "http://localhost", "redis://host:port"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """Without quoting it: it may hold a password."""
    variables = {"SECRET_KEY": SECRET_KEY, "REDIS_URL": address}
    with pytest.raises(BadSettings, match="REDIS_URL") as refused:
        create_app(Settings(variables), (toy_tool.tool,))
    assert address not in str(refused.value)
