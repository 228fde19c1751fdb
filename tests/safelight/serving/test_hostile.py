"""What hostile clients send to a server with its tools: a clean answer, and the server goes on."""

from __future__ import annotations

from pathlib import Path
import socket
import time
from typing import TYPE_CHECKING
import zlib

import pytest

from mapy_builders import jpeg
from safelight_builders import BOUNDARY, form, part
from safelight_server import INSTALLED, read_reply, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safelight_server import Running

READ, CHECK = "/api/v1/mapy/read", "/api/v1/elqkit/check"
FIELD = {READ: "images", CHECK: "csv"}
PATIENCE_S = 5
"""On a busy machine. Most take milliseconds."""
MOST_GROWTH = 60_000_000
"""Bytes that may stay of what was not read."""
MOST_OF_A_BOMB = 120_000_000
"""Bytes that reading one may take: as many tags as are read of a file, not what it unpacks to."""


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    """A server with the installed tools."""
    with running(command=INSTALLED, SAFELIGHT_RATE_LIMITS="off") as found:
        yield found


def post(path: str, body: bytes, *headers: str, boundary: str = BOUNDARY) -> bytes:
    """A request with a form."""
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: localhost",
        f"Content-Type: multipart/form-data; boundary={boundary}",
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def status(server: Running, request: bytes) -> int:
    """The status of the reply, which has to come in time and to show nothing of our inside."""
    started = time.monotonic()
    reply = server.raw(request)
    assert time.monotonic() - started < PATIENCE_S
    for leak in (b"Traceback", b"site-packages", b'File "/'):
        assert leak not in reply
    return int(reply.split(b" ", 2)[1])


def goes_on(server: Running) -> bool:
    """Whether the server still answers, in time."""
    return status(server, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n") == 200


def memory(server: Running, name: str = "VmRSS") -> int:
    """Bytes that the process holds."""
    for line in Path(f"/proc/{server.process.pid}/status").read_text("ascii").splitlines():
        if line.startswith(f"{name}:"):
            return 1024 * int(line.split()[1])
    raise LookupError(name)


def files_of(server: Running) -> set[str]:
    """The files of a disk that the process has open for writing."""
    found = set()
    for link in Path(f"/proc/{server.process.pid}/fd").iterdir():
        try:
            target = link.readlink()
        except OSError:
            continue  # closed meanwhile
        if target.is_absolute() and target.is_file():
            found.add(str(target))
    return found


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    check = zlib.crc32(kind + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + kind + content + check


def png(*chunks: bytes, width: int = 1, height: int = 1) -> bytes:
    """A PNG of RGB pixels."""
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    whole = [chunk(b"IHDR", size + b"\x08\x02\x00\x00\x00"), *chunks, chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(whole)


def zeros(megabytes: int) -> bytes:
    """So many of them, compressed a thousandfold."""
    squeezer = zlib.compressobj(9)
    return b"".join(squeezer.compress(bytes(1 << 20)) for _ in range(megabytes)) + squeezer.flush()


PHOTO = part("images", jpeg(), "a.jpg")
MALFORMED = {
    "ten thousand fields": form(*(part(f"f{n}", b"x") for n in range(10_000)), PHOTO),
    "a header of a part of a megabyte": form(
        part("images", jpeg(), "a.jpg", extra=b"\r\nX-More: " + b"a" * 1_000_000)
    ),
    "a field of a megabyte": form(part("group", b"a" * 1_000_000), PHOTO),
    "no end": form(PHOTO, closed=False),
    "a part that is cut off": form(PHOTO, closed=False)[:60],
    "no part": form(),
    "no name": form(PHOTO.replace(b'; name="images"', b"")),
    "no file": form(part("group", b"GPS")),
    "a file in another field": form(part("pictures", jpeg(), "a.jpg")),
    "nothing but edges": b"--edge\r\n" * 50_000,
    "noise": bytes(range(256)) * 400,
    "nothing": b"",
}


@pytest.mark.parametrize("path", [READ, CHECK])
@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_form_is_refused(server: Running, path: str, body: bytes) -> None:
    """With a 4xx, whatever is wrong with it."""
    assert 400 <= status(server, post(path, body)) < 500
    assert goes_on(server)


@pytest.mark.parametrize("boundary", ["", "a" * 300, "other", '"; x="'])
def test_an_edge_that_is_not_there_is_no_form(server: Running, boundary: str) -> None:
    """The body is not guessed at."""
    assert 400 <= status(server, post(READ, form(PHOTO), boundary=boundary)) < 500


@pytest.mark.parametrize(
    "headers",
    [
        "X-More: " + "a" * 200_000,
        "\r\n".join(f"X-{number}: a" for number in range(5_000)),
        "Cookie: " + "; ".join(f"c{number}=1" for number in range(20_000)),
    ],
    ids=["one of 200 kB", "5,000", "a cookie of 200 kB"],
)
def test_huge_headers_are_refused(server: Running, headers: str) -> None:
    """Before anything is read behind them."""
    request = f"GET / HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\n".encode()
    try:
        reply = server.raw(request)
    except ConnectionError:
        reply = b""  # it hung up on the rest
    assert reply == b"" or 400 <= int(reply.split(b" ", 2)[1]) < 500
    assert goes_on(server)


@pytest.mark.parametrize(
    "name",
    [
        "../../../../tmp/canary.jpg",
        "..\\\\..\\\\canary.jpg",
        "/tmp/canary.jpg",  # noqa: S108 - the name of an upload
        "C:\\\\canary.jpg",
        "n" * 5_000,
        "\u202egpj.exe",
        "con.jpg",
        ".",
        "a\tb;$(id)`id`.jpg",
    ],
)
def test_a_name_is_never_a_path(server: Running, name: str) -> None:
    """It is text of the sender's, and comes back to nobody but them."""
    before = files_of(server)
    assert status(server, post(READ, form(part("images", jpeg(), name)))) == 200
    assert files_of(server) == before
    assert not Path("/tmp/canary.jpg").exists()  # noqa: S108 - must not be there


BOMBS = {
    "a picture of 10,000 by 10,000": png(chunk(b"IDAT", zeros(286)), width=10_000, height=10_000),
    "a text of 300 MB": png(chunk(b"zTXt", b"Comment\0\0" + zeros(300)), chunk(b"IDAT", zeros(0))),
    "a profile of 300 MB": png(chunk(b"iCCP", b"x\0\0" + zeros(300))),
    "60,000 by 60,000 and no pixels": png(width=60_000, height=60_000),
    "30,000 texts": png(*[chunk(b"tEXt", b"a\0b")] * 30_000),
}


@pytest.mark.parametrize("content", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_takes_little_time_and_memory(server: Running, content: bytes) -> None:
    """What is read of it has limits; the rest stays compressed."""
    goes_on(server)
    Path(f"/proc/{server.process.pid}/clear_refs").write_text("5", "ascii")
    before = memory(server)
    assert status(server, post(READ, form(part("images", content, "a.png")))) < 500
    assert memory(server, "VmHWM") - before < MOST_OF_A_BOMB
    assert goes_on(server)


POLYGLOTS = {
    "a page": (READ, b"<!doctype html><script>alert(1)</script>", "a.jpg"),
    "a drawing with a program": (
        READ,
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "a.svg",
    ),
    "an archive as a CSV": (CHECK, b"PK\x03\x04" + bytes(200), "rows.csv"),
    "a picture as a CSV": (CHECK, jpeg(), "rows.csv"),
    "a program": (READ, b"MZ" + bytes(500), "a.jpg"),
}


@pytest.mark.parametrize(("path", "content", "name"), POLYGLOTS.values(), ids=POLYGLOTS.keys())
def test_content_decides_what_a_file_is(
    server: Running, path: str, content: bytes, name: str
) -> None:
    """Not its name."""
    assert status(server, post(path, form(part(FIELD[path], content, name)))) in {415, 422}


def test_a_picture_with_an_archive_behind_it_is_read_as_a_picture(server: Running) -> None:
    """And what stands behind it is told."""
    content = jpeg() + b"PK\x03\x04" + bytes(300)
    reply = server.raw(post(READ, form(part("images", content, "a.jpg"))))
    assert reply.startswith(b"HTTP/1.1 200")
    assert b'"picture' in reply or b'"data' in reply or b"behind" in reply


def test_half_sent_uploads_stay_in_memory_and_leave_it(server: Running) -> None:
    """Twenty clients that begin with a file and then wait, and hang up."""
    goes_on(server)
    before, files = memory(server), files_of(server)
    body = form(part("images", jpeg() + bytes(4_000_000), "a.jpg"))
    clients = []
    for _ in range(20):
        client = socket.create_connection(("127.0.0.1", server.port), 10)
        client.sendall(post(READ, body)[:2_000_000])
        clients.append(client)
    assert goes_on(server)
    assert files_of(server) == files
    for client in clients:
        client.close()
    deadline = time.monotonic() + PATIENCE_S
    while memory(server) - before > MOST_GROWTH and time.monotonic() < deadline:
        time.sleep(0.05)
    assert memory(server) - before <= MOST_GROWTH


def test_an_upload_that_is_too_large_is_refused_before_it_is_there(server: Running) -> None:
    """By its announced length, and memory does not grow by it."""
    before = memory(server)
    with server.connect() as client:
        head = post(READ, b"", "Expect: 100-continue").replace(
            b"Content-Length: 0", b"Content-Length: 900000000"
        )
        client.sendall(head)
        assert read_reply(client).startswith(b"HTTP/1.1 413")
    assert memory(server) - before < MOST_GROWTH
    assert goes_on(server)
