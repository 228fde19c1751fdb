"""The server as a process, over real sockets: framing, slow clients, TLS, a clean stop."""

from __future__ import annotations

import hashlib
from pathlib import Path
import re
import signal
import socket
import ssl
import threading
import time
from typing import TYPE_CHECKING

from granian.constants import HTTPModes
import pytest

from exposed_server import OTHERS_MAY_COME
from safelight.security.body_limits import BodyLimits
from safelight.serving.addresses import PortAddress
from safelight.serving.bridge import Bridge, BridgeLimits
from safelight.serving.server import _server
from safelight_builders import MULTIPART, app, form, part
from safelight_server import Running, read_reply, running
from toy_tool import SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /api/v1/toy/count HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + MULTIPART.encode()
POST += b"\r\n"


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    """One server for the tests that only talk to it."""
    with running(SAFELIGHT_RATE_LIMITS="off") as started:
        yield started


@pytest.fixture(scope="module")
def secure_server() -> Iterator[Running]:
    """One with a certificate of its own."""
    with running("-a") as started:
        yield started


def status(reply: bytes) -> int:
    """The status of a reply; 0 if there was none."""
    return int(reply.split(b" ", 2)[1]) if reply else 0


def context() -> ssl.SSLContext:
    """TLS that takes any certificate: which one it is, is for the fingerprint."""
    made = ssl.create_default_context()
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


def test_no_client_can_hold_a_connection_by_saying_nothing() -> None:
    """Granian's settings that bound a head in time and size; each was seen to matter."""
    made = _server(Bridge(app(), BodyLimits(app()), BridgeLimits()), PortAddress("127.0.0.1", 1))
    assert made.http1_settings.header_read_timeout <= 10_000
    assert made.http1_settings.max_buffer_size <= 64 * 1024
    assert made.http == HTTPModes.http1  # `auto` waits for the first byte without end
    assert made.backpressure >= 512
    assert (made.websockets, made.log_access) == (False, False)


def test_it_says_where_it_listens(server: Running) -> None:
    """One line, and it is the address to open."""
    assert server.first_line == f"Safelight: http://127.0.0.1:{server.port}\n"


def test_it_answers(server: Running) -> None:
    """With the headers, under the name that tells no version."""
    reply = server.raw(GET + b"\r\n")
    assert (status(reply), b"\r\nserver: safelight\r\n" in reply) == (200, True)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_program_uploads(server: Running, chunked: bool) -> None:
    """`curl -F`, with a length and in chunks."""
    body = form(part("files", b"12345", "a.bin"))
    if chunked:
        framed = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    else:
        framed = b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    assert b'"size": 5' in server.raw(POST + framed)


@pytest.mark.parametrize(
    "request_",
    [
        POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        POST + b"Content-Length: 5, 5\r\n\r\nabcde",
        POST + b"Content-Length: -5\r\n\r\nabcde",
        POST + b"Content-Length : 5\r\n\r\nabcde",
        POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        POST.replace(b"1.1", b"1.0") + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        GET + b"Host: other\r\n\r\n",
        GET + b"X: a\r\n b\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        GET.replace(b"/ ", b"/\x00 ") + b"\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    ],
)
def test_ambiguous_or_broken_requests_are_400(server: Running, request_: bytes) -> None:
    """Two readers could disagree where such a request ends."""
    assert status(server.raw(request_)) == 400


def test_a_length_beside_chunks_never_leaves_a_second_request(server: Running) -> None:
    """The chunks count and the connection is closed (RFC 9112, 6.1): nothing can be smuggled."""
    smuggled = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    request = POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled
    with server.connect() as connection:
        connection.sendall(request)
        replies = b""
        while piece := connection.recv(65536):
            replies += piece
    assert replies.count(b"HTTP/1.1 ") == 1
    assert b'"status": "ok"' not in replies


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (GET + b"X-Long: " + b"a" * 200_000 + b"\r\n\r\n", {0, 400, 431}),
        (GET + b"".join(b"X-%d: a\r\n" % n for n in range(500)) + b"\r\n", {0, 400, 431}),
        (GET.replace(b"/ ", b"/" + b"a" * 20_000 + b" ") + b"\r\n", {404, 414}),
        (b"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", {405}),
    ],
)
def test_oversized_heads_are_refused(server: Running, request_: bytes, expected: set[int]) -> None:
    """With 4xx or by closing, never by taking them."""
    try:
        reply = server.raw(request_)
    except ConnectionError:
        reply = b""
    assert status(reply) in expected


def test_a_large_body_is_refused_though_its_sender_goes_on(server: Running) -> None:
    """413 within two seconds, seen by a client that first sends all of its 50 MB."""
    size = 50_000_000
    started = time.monotonic()
    with server.connect() as connection:
        connection.sendall(POST + b"Content-Length: %d\r\n\r\n" % size)
        sending = threading.Thread(target=_send_quietly, args=(connection, bytes(size)))
        sending.start()
        reply = read_reply(connection)
        sending.join()
    assert (status(reply), time.monotonic() - started < 2) == (413, True)


def test_an_upload_opens_no_file(server: Running) -> None:
    """Half of a body has come: it is in memory and nowhere else."""
    before = _open_files(server.process.pid)
    with server.connect() as connection:
        connection.sendall(POST + b"Content-Length: 60000\r\n\r\n" + bytes(30_000))
        connection.sendall(bytes(100))
        assert server.raw(GET + b"\r\n")
        assert _open_files(server.process.pid) <= before


def test_slow_clients_do_not_keep_others_waiting(server: Running) -> None:
    """A hundred that send nothing more: half a head, half a body, or read no reply."""
    stuck = []
    for number in range(100):
        connection = server.connect()
        half = (GET, POST + b"Content-Length: 60000\r\n\r\n" + bytes(1000), GET + b"\r\n")
        connection.sendall(half[number % 3])
        stuck.append(connection)
    started = time.monotonic()
    replies = [status(server.raw(GET + b"\r\n")) for _ in range(10)]
    took = time.monotonic() - started
    for connection in stuck:
        connection.close()
    assert (replies, took < 3) == ([200] * 10, True)


def test_it_stops_cleanly_and_its_log_tells_no_secret() -> None:
    """SIGTERM: the answer that has begun is given, the exit code is 0."""
    with running() as server:
        body = form(part("files", b"12345", SECRET))
        path = f"/{SECRET}?q={SECRET} ".encode()
        server.raw(GET.replace(b"/ ", path) + b"\r\n")
        with server.connect() as connection:
            head = b"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n" % len(body)
            connection.sendall(POST + head)
            assert status(read_reply(connection)) == 100  # so it has begun
            server.process.send_signal(signal.SIGTERM)
            connection.sendall(body)
            reply = read_reply(connection)
        code, log = server.stop()
    assert (status(reply), code) == (200, 0), log
    assert SECRET not in log
    assert re.search(r"safelight\.request\] request=\w+ method=GET .*status=404", log)


def test_a_stop_ends_listening_first_and_finishes_what_came_in() -> None:
    """A proxy is refused at once and asks another process; what had begun to come is served."""
    with running() as server:
        body = form(part("files", b"12345", "a.bin"))
        with server.connect() as begun, server.connect() as half:
            begun.sendall(POST + b"Content-Length: %d\r\n\r\n" % len(body))
            half.sendall(GET)
            time.sleep(0.2)
            server.process.send_signal(signal.SIGTERM)
            _wait_until_refused(server)
            half.sendall(b"\r\n")
            begun.sendall(body)
            replies = [status(read_reply(connection)) for connection in (half, begun)]
        code, log = server.stop()
    assert (replies, code) == ([200, 200], 0), log


def test_it_listens_on_a_socket_for_a_proxy(tmp_path: Path) -> None:
    """Whose words it believes: the socket's permissions say who is one. It is gone at the end."""
    path = tmp_path / "web.sock"
    request = GET.replace(b"/ ", b"/healthz ") + b"X-Forwarded-Proto: https\r\n\r\n"
    with running(SAFELIGHT_SOCKET=str(path), **OTHERS_MAY_COME) as server:
        first_line, mode = server.first_line, path.stat().st_mode & 0o777
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(path))
            connection.sendall(request)
            reply = read_reply(connection)
        server.stop()
    assert (first_line, mode) == (f"Safelight: unix:{path}\n", 0o660)
    assert (status(reply), b"strict-transport-security" in reply) == (200, True)
    assert not path.exists()


def test_the_secure_server_prints_the_fingerprint_of_its_certificate(
    secure_server: Running,
) -> None:
    """What the browser's warning shows can be compared with it."""
    certificate = ssl.get_server_certificate(("127.0.0.1", secure_server.port))
    digest = re.search(r"SHA-256 ([0-9A-F:]{95})", secure_server.first_line)
    der = ssl.PEM_cert_to_DER_cert(certificate)
    assert digest is not None
    assert digest[1].replace(":", "").lower() == hashlib.sha256(der).hexdigest()


def test_over_tls_come_hsts_and_the_bound_cookie(secure_server: Running) -> None:
    """The application knows that the connection is secure."""
    with (
        secure_server.connect() as plain,
        context().wrap_socket(plain, server_hostname="localhost") as connection,
    ):
        connection.sendall(GET.replace(b"/ ", b"/toy/ ") + b"\r\n")
        reply = read_reply(connection)
        assert connection.version() == "TLSv1.3"
    assert b"strict-transport-security: max-age=63072000; includeSubDomains" in reply
    assert b"set-cookie: __Host-safelight=" in reply


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1:DeprecationWarning")
def test_old_tls_is_refused(secure_server: Running) -> None:
    """1.2 and up."""
    old = context()
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version = ssl.TLSVersion.TLSv1_1
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    with secure_server.connect() as plain, pytest.raises(ssl.SSLError):
        old.wrap_socket(plain)


def _wait_until_refused(server: Running) -> None:
    ends = time.monotonic() + 5
    while time.monotonic() < ends:
        try:
            server.connect().close()
        except OSError:
            return
        time.sleep(0.01)
    pytest.fail("it still listens")


def _send_quietly(connection: socket.socket, content: bytes) -> None:
    try:
        connection.sendall(content)
    except OSError:
        return  # the server has closed, as it may


def _open_files(pid: int) -> set[str]:
    """Regular files that a process has open."""
    found = set()
    for entry in Path(f"/proc/{pid}/fd").glob("*"):
        try:
            if entry.is_file():
                found.add(str(entry.readlink()))
        except OSError:
            continue
    return found


def test_a_stream_that_fails_closes_the_connection(server: Running) -> None:
    """Chunks without the last one: no client takes them for the whole file."""
    body = b"broken=on"
    head = b"POST /api/v1/toy/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    kind = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n"
    received = b""
    with server.connect() as connection:
        connection.sendall(head + kind + body)
        while piece := connection.recv(65536):
            received += piece
    assert status(received) == 200
    assert not received.endswith(b"0\r\n\r\n")
