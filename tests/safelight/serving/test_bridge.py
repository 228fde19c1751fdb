"""The bridge: bodies whole before a thread starts, its own refusals as complete as the app's."""

from __future__ import annotations

import asyncio
from dataclasses import replace
import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from account_builders import guarded, with_token
from safelight.security.body_limits import SMALL_BODY, BodyLimits
from safelight.security.identity import knows
from safelight.serving.body import Pace
from safelight.serving.bridge import Bridge, BridgeLimits
from safelight_builders import MULTIPART, Clock, app, form, part
from safelight_logs import written
import toy_tool
from toy_tool import PIECE, PIECES, SECRET

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from flask import Flask

    from safelight.serving.body import Message

LIMITS = BridgeLimits(
    threads=2,
    light_threads=1,
    max_open=10,
    max_queued=1,
    pace=Pace(patience_s=0.1, min_rate=1, longest_s=0.1),
    drain_s=0.1,
    send_s=0.1,
)
HOST = (b"host", b"localhost")
KIND = (b"content-type", MULTIPART.encode())


class Client:
    """Sends one request and keeps the reply."""

    def __init__(self, pieces: Iterable[bytes] = (b"",), *, reads: bool = True) -> None:
        self.pieces = list(pieces)
        self.reads = reads
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""
        self.is_complete = False
        self.taken = 0

    async def receive(self) -> Message:
        """The next piece; silence after the last."""
        if not self.pieces:
            await asyncio.Event().wait()
        piece = self.pieces.pop(0)
        self.taken += 1
        return {"type": "http.request", "body": piece, "more_body": bool(self.pieces)}

    async def send(self, message: Message) -> None:
        """Take a part of the reply."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {n.decode(): v.decode() for n, v in message["headers"]}
            return
        if not self.reads:
            await asyncio.Event().wait()
        self.body += message["body"]
        self.is_complete = not message["more_body"]


def scope(
    method: str = "GET", path: str = "/", *headers: tuple[bytes, bytes], scheme: str = "http"
) -> dict[str, Any]:
    """A request as the server describes it."""
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": scheme,
        "server": ("127.0.0.1", "8847"),
        "client": ("127.0.0.1", "40000"),
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [HOST, *headers],
    }


def bridge(application: Flask | None = None, **limits: int) -> Bridge:
    """A bridge to the toy's workbench."""
    application = application or app()
    return Bridge(application, BodyLimits(application), replace(LIMITS, **limits))  # type: ignore[arg-type]


def ask(over: Bridge, sent: dict[str, Any], client: Client) -> Client:
    """Send one request through the bridge."""
    asyncio.run(asyncio.wait_for(over(sent, client.receive, client.send), 5))
    return client


def upload(*headers: tuple[bytes, bytes], path: str = "/api/v1/toy/count") -> dict[str, Any]:
    """The start of an upload."""
    return scope("POST", path, KIND, *headers)


def test_a_page_comes_through() -> None:
    """Status, headers and body as the application made them."""
    reply = ask(bridge(), scope(), Client())
    assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert len(reply.body) == int(reply.headers["content-length"])


def test_an_upload_comes_through_in_pieces() -> None:
    """However the network cut it."""
    body = form(part("files", b"12345", "a.bin"))
    reply = ask(bridge(), upload(), Client([body[i : i + 7] for i in range(0, len(body), 7)]))
    assert json.loads(reply.body)["files"][0]["size"] == 5


def test_head_has_no_body() -> None:
    """But the length of the page."""
    reply = ask(bridge(), scope("HEAD"), Client())
    assert (reply.body, int(reply.headers["content-length"]) > 500) == (b"", True)


def test_an_announced_length_over_the_limit_is_refused_before_the_body() -> None:
    """413 at once; what is sent all the same is dropped."""
    client = Client([b"x"] * 3)
    over = bridge()
    reply = ask(over, upload((b"content-length", b"99999999")), client)
    assert (reply.status, reply.headers["content-type"]) == (413, "application/problem+json")
    assert (client.taken, over.budget.used) == (3, 0)


def test_a_client_that_asks_first_is_not_told_to_go_on() -> None:
    """Reading would answer `100 Continue` and invite the whole body."""
    client = Client([b"x"] * 3)
    ask(bridge(), upload((b"content-length", b"99999999"), (b"expect", b"100-continue")), client)
    assert client.taken == 0


def test_an_unannounced_body_over_the_limit_is_refused_when_it_passes_it() -> None:
    """Counting, without a length."""
    limit = BodyLimits(app()).limit("POST", "/api/v1/toy/count", MULTIPART)
    client = Client([b"x" * (limit // 4 + 1)] * 40)
    assert ask(bridge(), upload(), client).status == 413


def test_a_route_without_files_takes_little() -> None:
    """64 KiB, refused by the bridge and not only by the application."""
    client = Client([b"x" * (SMALL_BODY + 1)])
    assert ask(bridge(), upload(path="/nothing"), client).status == 413


LARGE = (b"content-length", b"%d" % (SMALL_BODY + 1))
CHUNKS = (b"transfer-encoding", b"chunked")


def for_users(clock: Clock | None = None, variables: dict[str, str] | None = None) -> Bridge:
    """A bridge to a workbench where everybody signs in."""
    application = guarded({"TOY_MAX_BYTES": "1000000", **(variables or {})}, clock=clock)
    return Bridge(application, BodyLimits(application), LIMITS, is_known=knows(application))


@pytest.mark.parametrize("announced", [LARGE, CHUNKS])
def test_a_stranger_sends_little(announced: tuple[bytes, bytes]) -> None:
    """Who is not signed in fills no memory: 401 before the first byte of a large body."""
    client = Client([b"x"] * 3)
    over = for_users()
    ask(over, upload(announced, (b"expect", b"100-continue")), client)
    assert (client.status, client.taken, over.budget.used) == (401, 0, 0)
    assert client.headers["www-authenticate"] == 'Bearer realm="safelight"'


def test_somebody_known_sends_much() -> None:
    """By the token of a program; the body is then read as ever."""
    token, settings = with_token(["toy"], clock := Clock())
    body = form(part("files", bytes(SMALL_BODY), "a.bin"))
    sent = upload(
        (b"content-length", b"%d" % len(body)), (b"authorization", f"Bearer {token}".encode())
    )
    assert ask(for_users(clock, settings), sent, Client([body])).status == 200


def test_a_silent_client_is_408() -> None:
    """It cost a coroutine, and no thread."""
    client = Client()
    client.pieces = []
    assert ask(bridge(), upload(), client).status == 408


def test_no_memory_is_503_with_a_time_to_come_back() -> None:
    """By the announced length, and by what comes."""
    body = form(part("files", b"12345", "a.bin"))
    length = str(len(body)).encode()
    for headers in ([(b"content-length", length)], []):
        reply = ask(bridge(memory_bytes=len(body) - 1), upload(*headers), Client([body]))
        assert (reply.status, reply.headers["retry-after"]) == (503, "5")


def test_a_body_that_will_not_fit_is_refused_before_it_is_read() -> None:
    """By its announced length: reading it would only take room from the others."""
    client = Client([b"x"] * 3)
    headers = ((b"content-length", b"1000"), (b"expect", b"100-continue"))
    ask(bridge(memory_bytes=999), upload(*headers), client)
    assert (client.status, client.taken) == (503, 0)


def test_memory_is_given_back() -> None:
    """After an answer, a refusal, and a client that does not read."""
    over = bridge()
    body = form(part("files", b"12345", "a.bin"))
    for sent, client in (
        (upload(), Client([body])),
        (upload(), Client([b"x" * 50_000] * 4)),
        (scope(), Client(reads=False)),
        (upload((b"content-length", b"x")), Client([body])),
    ):
        ask(over, sent, client)
        assert (over.budget.used, over.open) == (0, 0)


def test_a_client_that_does_not_read_is_given_up() -> None:
    """After the time for a slice; the thread was free long before."""
    assert ask(bridge(), scope(), Client(reads=False)).body == b""


def test_ambiguous_framing_is_400() -> None:
    """Two lengths of one body."""
    twice = upload((b"content-length", b"1"), (b"content-length", b"1"))
    assert ask(bridge(), twice, Client([b"x"])).status == 400


@pytest.mark.parametrize("status", [400, 408, 413, 503])
def test_its_own_refusals_carry_every_header_and_nothing_of_the_request(status: int) -> None:
    """As the application's errors do: a page for people, a document for programs, HSTS over TLS."""
    for path, kind in ((f"/{SECRET}", "text/html"), (f"/api/{SECRET}", "application/problem+json")):
        reply = ask(*_refused(status, path))
        page = app().test_client().get("/nothing", base_url="https://localhost")
        fixed = {n.lower(): v for n, v in page.headers.items() if n != "X-Request-Id"}
        # The application's page has scripts, and says which may run; these have none.
        policy = fixed["content-security-policy"].partition("; script-src 'nonce-")[0]
        fixed["content-security-policy"] = policy
        for name in fixed.keys() - {"content-type", "content-length", "set-cookie"}:
            assert reply.headers[name] == fixed[name], name
        assert (reply.status, reply.headers["content-type"].partition(";")[0]) == (status, kind)
        assert SECRET not in reply.body.decode() + str(reply.headers)
        assert reply.headers["x-request-id"] in reply.body.decode()


def test_a_refusal_is_logged_as_a_line(caplog: pytest.LogCaptureFixture) -> None:
    """With its number, and no path."""
    caplog.set_level("INFO", "safelight")
    reply = ask(*_refused(413, f"/{SECRET}"))
    (line,) = written(caplog.records, "request")
    assert line["request"] == reply.headers["x-request-id"]
    assert (line["method"], line["route"], line["status"]) == ("POST", "-", 413)
    assert SECRET not in str(line)


def test_more_than_can_wait_is_503() -> None:
    """The queue for the threads has an end; who is in it is served."""
    go_on = threading.Event()

    def waiting(environ: dict[str, Any], start_response: Callable[..., object]) -> list[bytes]:
        if environ["PATH_INFO"] == "/wait":
            go_on.wait(10)
        start_response("200 OK", [("Content-Length", "4")])
        return [b"done"]

    async def flood() -> list[int]:
        over = Bridge(waiting, BodyLimits(app()), LIMITS)  # room for two at work and one waiting
        clients = [Client([b"x"]) for _ in range(5)]
        left = {
            asyncio.create_task(over(scope("POST", "/wait"), c.receive, c.send)) for c in clients
        }
        while len(left) > 3:
            _, left = await asyncio.wait(left, return_when=asyncio.FIRST_COMPLETED)
        page = Client()
        await over(scope(), page.receive, page.send)  # pages have threads of their own
        go_on.set()
        await asyncio.wait(left)
        return [page.status, *sorted(client.status for client in clients)]

    assert asyncio.run(flood()) == [200, 200, 200, 200, 503, 503]


def test_too_many_at_a_time_is_503() -> None:
    """Before anything of them is read."""
    assert ask(bridge(max_open=0), scope(), Client()).status == 503


def test_a_fault_below_the_application_is_a_plain_500(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing of it is shown; the log says where, not what."""

    def broken(environ: object, start_response: object) -> Iterable[bytes]:
        del environ, start_response
        raise RuntimeError(SECRET)

    over = Bridge(broken, BodyLimits(app()), LIMITS)
    reply = ask(over, scope(), Client())
    (line,) = written(caplog.records, "fault")
    assert (reply.status, SECRET in reply.body.decode() + str(line)) == (500, False)
    assert line["trace"].startswith("RuntimeError at ")


def test_stopping_waits_for_what_has_begun_and_takes_no_more() -> None:
    """A deployment loses no answer."""

    async def stop() -> tuple[int, int]:
        over = bridge()
        client, late = Client(), Client()
        held: list[Callable[[], Awaitable[Message]]] = [client.receive]
        let_go = asyncio.Event()

        async def slowly() -> Message:
            await let_go.wait()
            return await held[0]()

        call = asyncio.create_task(over(scope(), slowly, client.send))
        await asyncio.sleep(0)
        finishing = asyncio.create_task(over.finish(5))
        await asyncio.sleep(0)
        await over(scope(), late.receive, late.send)
        let_go.set()
        await call
        await finishing
        return client.status, late.status

    assert asyncio.run(stop()) == (200, 503)


def _refused(status: int, path: str) -> tuple[Bridge, dict[str, Any], Client]:
    """A bridge, a request and a client that end in this status."""
    silent = Client()
    silent.pieces = []
    cases = {
        400: (bridge(), [(b"content-length", b"-1")], Client()),
        408: (bridge(), [], silent),
        413: (bridge(), [(b"content-length", b"999999999")], Client()),
        503: (bridge(max_open=0), [], Client()),
    }
    over, headers, client = cases[status]
    return over, scope("POST", path, *headers, scheme="https"), client


def test_a_stream_comes_through_whole() -> None:
    """Its pieces one after the other, though nobody said how many there would be."""
    reply = ask(bridge(), scope("POST", "/api/v1/toy/stream"), Client())
    assert (len(reply.body), "content-length" in reply.headers) == (PIECES * len(PIECE), False)


def test_a_piece_is_made_when_the_one_before_it_is_taken() -> None:
    """A client that reads nothing has one piece made, which is all that waits in memory."""
    toy_tool.made.clear()
    over = bridge()
    ask(over, scope("POST", "/api/v1/toy/stream"), Client(reads=False))
    assert (toy_tool.made, over.budget.used) == ([0], 0)


def test_a_stream_that_fails_is_never_taken_for_whole(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It ends without its end; the fault is logged, and what it said is not."""
    client = Client()
    body = form(part("broken", b"on"))
    sent = scope("POST", "/api/v1/toy/stream", KIND)
    client.pieces = [body]
    ask(bridge(), sent, client)
    assert (client.body, client.is_complete) == (PIECE, False)
    (line,) = written(caplog.records, "fault")
    assert line["trace"].startswith("RuntimeError at ")
    assert SECRET not in str(line)
