"""What a real process tells: of itself, and nothing of those who use it."""

from __future__ import annotations

from contextlib import contextmanager
import http.client
import json
import math
import resource
import socket
import subprocess
import sys
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from safelight.observe.health import Health
from safelight.observe.patience import Patience
from safelight.observe.service import WEB, watch_shared, watched
from safelight.settings import BadSettings, Settings
from safelight_builders import BOUNDARY, form, part
from safelight_metrics import samples
from safelight_server import free_port, read_reply, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safelight_server import Running

CANARY = "canary-4711"
KEY = "kP3-zV9_qL7xT1wB5nM8rC2yH6dJ4fGa"


def get(port: int, path: str) -> str:
    """The body of a reply."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def sent_with_canaries(server: Running) -> str:
    """Send the canary in every place of requests, some of which fail; everything that came back."""
    heads = (
        f"User-Agent: {CANARY}\r\nReferer: http://localhost/{CANARY}\r\n"
        f"Authorization: Basic {CANARY}\r\nX-Forwarded-For: {CANARY}\r\nConnection: close\r\n"
    )
    host = "Host: localhost\r\n"
    body = form(part("files", b"crash", CANARY), part(CANARY, CANARY.encode())).decode()
    crash = form(part("files", b"crash", CANARY)).decode()
    kind = f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
    requests = [
        f"GET /{CANARY}?q={CANARY} HTTP/1.1\r\n{host}{heads}Cookie: safelight={CANARY}\r\n\r\n",
        f"{CANARY.upper()} / HTTP/1.1\r\n{host}{heads}\r\n",
        f"GET / HTTP/1.1\r\nHost: {CANARY}.example\r\n{heads}\r\n",
        *(
            f"POST /api/v1/toy/count HTTP/1.1\r\n{host}Connection: close\r\n{kind}"
            f"Content-Length: {len(each)}\r\n\r\n{each}"
            for each in (body, crash, CANARY)
        ),
        f"POST /{CANARY} HTTP/1.1\r\n{host}{heads}Content-Length: 999999999\r\n\r\n",
        f"GET / HTTP/1.1\r\n{host}{CANARY}\r\n\r\n",
        f"{CANARY}\r\n\r\n",
    ]
    replies = []
    for request in requests:
        with server.connect() as connection:
            connection.sendall(request.encode())
            replies.append(read_reply(connection).decode("latin-1"))
    with server.connect() as connection:  # begun, and never ended
        head = f"POST /toy/ HTTP/1.1\r\n{host}{kind}Content-Length: 1000\r\n\r\n"
        connection.sendall((head + crash[:40]).encode())
    return "".join(replies)


@contextmanager
def _dumps_allowed() -> Iterator[None]:
    """Let processes that begin here leave core dumps, as far as this user can."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    hard = resource.RLIM_INFINITY
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    except ValueError:  # not even root may raise it everywhere
        hard = before[1]
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, (before[0], hard))


@pytest.fixture(name="told", scope="module")
def _told() -> dict[str, Any]:
    """All that a server said while canaries were sent to it, at the level that says most."""
    port = free_port()
    with (
        _dumps_allowed(),
        running(
            "-b",
            "127.0.0.1",
            SAFELIGHT_LOG_LEVEL="debug",
            SAFELIGHT_LOG_FORMAT="json",
            SAFELIGHT_METRICS_PORT=str(port),
            SECRET_KEY=KEY,
        ) as server,
    ):
        replies = sent_with_canaries(server)
        found = {
            "replies": replies,
            "metrics": get(server.port, "/metrics"),
            "listener": get(port, "/metrics"),
            "ready": json.loads(get(port, "/readyz")),
            "limits": resource.prlimit(server.process.pid, resource.RLIMIT_CORE),
        }
        code, log = server.stop()
    return {**found, "code": code, "log": log, "lines": [json.loads(x) for x in log.splitlines()]}


def test_no_canary_is_in_log_metrics_replies_or_crash_output(told: dict[str, Any]) -> None:
    """Not of a name, a tag, a cell, a header, an address, a method or a password; at no level."""
    assert "fault" in [line["event"] for line in told["lines"]]
    for where in ("log", "metrics", "listener", "replies"):
        assert CANARY not in told[where].lower(), where


def test_every_line_is_an_object(told: dict[str, Any]) -> None:
    """Also those of the server itself, and of libraries."""
    assert all({"time", "level", "logger", "event"} <= set(line) for line in told["lines"])
    assert len({line.get("request") for line in told["lines"]}) > 5


def test_a_process_records_that_it_began_with_what_and_that_it_ended(told: dict[str, Any]) -> None:
    """Settings by their names alone."""
    events = [line["event"] for line in told["lines"] if line["logger"] == "safelight.audit"]
    assert (events[0], events[-1], told["code"]) == ("service.started", "service.stopped", 0)
    changed = {line["setting"] for line in told["lines"] if line["event"] == "settings.changed"}
    assert {"SECRET_KEY", "SAFELIGHT_METRICS_PORT", "SAFELIGHT_LOG_LEVEL"} <= changed
    assert KEY not in told["log"]


def test_both_ways_tell_the_numbers_of_the_process(told: dict[str, Any]) -> None:
    """And the limits of what they count."""
    for way in ("metrics", "listener"):
        assert "safelight_open_requests_limit 2048.0" in told[way]
        assert 'safelight_audit_events_total{event="service.started"} 1.0' in told[way]
        for line in ("safelight_state_up 1.0", "safelight_jobs_waiting 0.0", "safelight_sessions "):
            assert f"\n{line}" in told[way]
    assert told["ready"] == {"status": "ok", "missing": [], "reasons": {}}


def test_what_never_reaches_the_application_is_told_too(told: dict[str, Any]) -> None:
    """A body over its limit is refused before it is read: its line has the number of its reply."""
    (line,) = [x for x in told["lines"] if x.get("code") == "upload.too-large"]
    assert line["event"] == "upload.refused"
    assert f"x-request-id: {line['request']}" in told["replies"].lower()
    assert 'safelight_refusals_total{code="upload.too-large"} 1.0' in told["metrics"]


def test_a_process_that_serves_leaves_no_core_dump(told: dict[str, Any]) -> None:
    """Neither in a file nor by a pipe: less than any dump, and not to be raised."""
    assert told["limits"] in {(0, 0), (1, 1)}


def test_a_child_leaves_none_either() -> None:
    """Limits are inherited."""
    code = (
        "from safelight.security import core_dumps; core_dumps.switch_off(); import resource as r"
    )
    code += "; print(r.getrlimit(r.RLIMIT_CORE))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() in {"(1, 1)", "(0, 0)"}


def test_a_state_that_hangs_is_not_up() -> None:
    """It takes the question and does not answer: the other numbers are told all the same."""
    go_on = threading.Event()
    state = SimpleNamespace(is_reachable=lambda: go_on.wait(10))
    queue = SimpleNamespace(waiting=lambda: go_on.wait(10))
    shared: Any = SimpleNamespace(state=state, queue=queue, sessions=[])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Patience.__init__, "__defaults__", (0.05,))
        watch_shared(shared)
    told = samples()
    go_on.set()
    assert told["safelight_state_up", ()] == 0
    assert math.isnan(told["safelight_jobs_waiting", ()])
    assert told["safelight_sessions", ()] == 0


def test_a_port_that_is_taken_is_said() -> None:
    """Before anything is served."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings = Settings({"SAFELIGHT_METRICS_PORT": str(other.getsockname()[1])})
        with (
            pytest.raises(BadSettings, match=r"SAFELIGHT_METRICS_PORT: .* can't be used"),
            watched(WEB, Health(), settings),
        ):
            pass
