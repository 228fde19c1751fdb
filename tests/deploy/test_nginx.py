"""The shipped nginx configuration, run by the real nginx."""

from __future__ import annotations

import json
from pathlib import Path
import re
import socket
import ssl
from typing import TYPE_CHECKING

import pytest

from exposed_server import TOKEN
from nginx_server import ERR, OUT, SHIPPED, running_nginx
from safelight.errors import FAULTS
from safelight.security.headers import NOT_KEPT, response_headers
from safelight.settings import Settings
from safelight.tool_loading import installed_tools
from safelight_builders import MULTIPART

if TYPE_CHECKING:
    from nginx_server import Nginx

GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /api/v1/mapy/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + MULTIPART.encode()
POST += b"\r\n"
KNOWN = f"Authorization: Bearer {TOKEN}\r\n".encode()
EXPECTED = {name.lower(): value for name, value in response_headers(secure=True)}
UNLIKE = {"server"}
"""nginx calls itself nginx in its own replies, without a version."""


def status(reply: bytes) -> int:
    """The status of a reply; 0 if there was none."""
    return int(reply.split(b" ", 2)[1]) if reply else 0


def headers(reply: bytes) -> dict[str, str]:
    """A reply's headers by lower-case name. Fails if one that must be single came twice."""
    lines = reply.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
    pairs = [(name.lower(), value) for name, _, value in (line.partition(": ") for line in lines)]
    assert len({name for name, _ in pairs} & set(EXPECTED)) == len(
        [name for name, _ in pairs if name in EXPECTED]
    )
    return dict(pairs)


def test_the_application_answers(site: Nginx) -> None:
    """Over TLS and the socket, with its own headers, each once."""
    reply = site.raw(GET + b"\r\n")
    found = headers(reply)
    assert status(reply) == 200
    assert {name: found.get(name) for name in EXPECTED} == EXPECTED


OWN_ERRORS = {
    "broken": (b"GARBAGE\r\n\r\n", 400),
    "two lengths": (POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", 400),
    "length and chunks": (
        POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400,
    ),
    "chunks twice": (
        POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400,
    ),
    "unknown encoding": (POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501),
    "space before the colon": (POST + b"Content-Length : 5\r\n\r\nabcde", 400),
    "two hosts": (GET + b"Host: other\r\n\r\n", 400),
    "no host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "long header": (GET + b"X: " + b"a" * 20_000 + b"\r\n\r\n", 431),
    "long address": (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
    "trace": (b"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
    "foreign host": (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
    "large body": (POST + b"Content-Length: 300000000\r\n\r\n", 413),
    "unknown version": (b"GET / HTTP/3.7\r\nHost: localhost\r\n\r\n", 505),
}
PASSED_ON = {
    "many headers": (GET + b"".join(b"X-%d: a\r\n" % n for n in range(150)) + b"\r\n", 431),
    "address of bytes": (b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    "control character": (GET + b"X-A: \x01\r\n\r\n", 400),
}
"""What nginx takes, and the library that reads the application's requests does not."""


@pytest.mark.parametrize("kind", OWN_ERRORS)
def test_what_nginx_refuses_carries_every_header_of_the_application(site: Nginx, kind: str) -> None:
    """Also what is too broken to be passed on."""
    request, expected = OWN_ERRORS[kind]
    reply = site.raw(request)
    found = headers(reply)
    assert status(reply) == expected
    assert {n: found.get(n) for n in EXPECTED if n not in UNLIKE} == {
        n: value for n, value in EXPECTED.items() if n not in UNLIKE
    }
    assert (found["cache-control"], found["server"]) == (dict(NOT_KEPT)["Cache-Control"], "nginx")


@pytest.mark.parametrize("kind", PASSED_ON)
def test_what_the_application_can_not_read_is_refused_with_every_header(
    site: Nginx, kind: str
) -> None:
    """The library's own reply has none: nginx adds them."""
    request, expected = PASSED_ON[kind]
    found = headers(reply := site.raw(request))
    missing = {name: value for name, value in EXPECTED.items() if found.get(name) != value}
    assert (status(reply), missing.keys() - UNLIKE) == (expected, set())
    assert len(found["x-request-id"]) >= 16


def test_a_page_for_people_and_json_for_programs(site: Nginx) -> None:
    """As the application does, with the number that is in the log."""
    page = site.raw(OWN_ERRORS["foreign host"][0])
    program = site.raw(OWN_ERRORS["large body"][0])
    problem = json.loads(program.partition(b"\r\n\r\n")[2])
    assert headers(page)["content-type"] == "text/html; charset=utf-8"
    assert headers(program)["content-type"] == "application/problem+json"
    assert (problem["status"], problem["code"]) == (413, "upload.too-large")
    assert problem["instance"] == headers(program)["x-request-id"]


def test_nginx_says_the_same_as_the_application() -> None:
    """One error, one sentence: whoever answers first."""
    text = (SHIPPED / "snippets" / "errors.conf").read_text()
    maps = {
        name: dict(re.findall(r'^\s+(\w+)\s+"?([^";]*)"?;$', body, re.MULTILINE))
        for name, body in re.findall(r"map \$status \$safelight_(\w+) \{(.*?)\n\}", text, re.DOTALL)
    }
    for code in (403, 404, 405, 408, 413, 414, 429, 500, 503):
        fault = FAULTS[code]
        said = [
            maps[name].get(str(code), maps[name]["default"])
            for name in ("code", "title", "message", "hint")
        ]
        assert said == [fault.code, fault.title, fault.message, fault.hint]
    bad = FAULTS[400]
    assert maps["title"]["default"] == bad.title
    assert maps["hint"]["default"] == bad.hint


def test_plain_http_leads_to_the_same_address_over_tls(site: Nginx) -> None:
    """Same host, same path and query, no HSTS on the plain reply."""
    reply = site.raw(b"GET /a?b=c HTTP/1.1\r\nHost: localhost\r\n\r\n", secure=False)
    found = headers(reply)
    assert (status(reply), found["location"]) == (308, f"{site.url}/a?b=c")
    assert "strict-transport-security" not in found
    assert "content-security-policy" in found


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (b"POST /mapy/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", 403),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
    ],
)
def test_plain_http_does_nothing_else(site: Nginx, request_: bytes, expected: int) -> None:
    """A body sent in the clear is not sent once more; no foreign name is led anywhere."""
    assert status(site.raw(request_, secure=False)) == expected


def test_an_unknown_name_gets_no_certificate(site: Nginx) -> None:
    """The handshake ends before the server has told who it is."""
    with pytest.raises(ssl.SSLError, match="UNRECOGNIZED_NAME"):
        site.connect(name="evil.example")


CLAIMS = (
    b"X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: evil.example\r\n"
    b"X-Forwarded-Prefix: /evil\r\nForwarded: host=evil.example\r\nX-Real-IP: 203.0.113.7\r\n"
)


def test_what_a_client_claims_of_itself_ends_here(site: Nginx) -> None:
    """The application is told what nginx saw: TLS, the name, no path."""
    reply = site.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + CLAIMS + b"\r\n")
    assert (status(reply) < 500, b"evil" in reply) == (True, False)
    assert "strict-transport-security" in headers(reply)


def test_below_a_path_every_link_stays_below_it(sub_path: Nginx) -> None:
    """Pages, redirects, style sheets and scripts."""
    request = b"GET /safelight/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    reply = sub_path.raw(request)
    while status(reply) in {302, 303}:
        path = headers(reply)["location"]
        assert path.startswith("/safelight/")
        reply = sub_path.raw(request.replace(b"/safelight/", path.encode()))
    links = re.findall(r'(?:href|src|action)="(/[^"]*)"', reply.decode())
    assert status(reply) in {200, 401}
    assert len(links) > 3
    assert [link for link in links if not link.startswith("/safelight/")] == []
    style = next(link for link in links if ".css" in link)
    assert status(sub_path.raw(request.replace(b"/safelight/", style.encode()))) == 200


def test_beside_the_path_there_is_nothing_of_ours(sub_path: Nginx) -> None:
    """The host belongs to others, too."""
    assert status(sub_path.raw(GET + b"\r\n")) == 404
    bare = sub_path.raw(GET.replace(b"/healthz", b"/safelight") + b"\r\n")
    assert headers(bare)["location"] == "/safelight/"


def test_a_slow_upload_is_on_no_disk(site: Nginx) -> None:
    """Two megabytes of it have come: no file of nginx holds a byte of them."""
    with site.connect() as connection:
        connection.sendall(POST + KNOWN + b"Content-Length: 4000000\r\n\r\n")
        connection.sendall(b"canary" * 300_000)
        connection.settimeout(0.5)
        with pytest.raises(TimeoutError):
            connection.recv(1)
        assert _files_of(site) == []


def _files_of(site: Nginx) -> list[str]:
    """Regular files of nginx's processes that are open for writing, and those in its folders."""
    children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text()
    found = [
        str(path)
        for folder in ("body", "proxy")
        for path in (site.folder / f"nginx-{folder}").rglob("*")
        if path.is_file()
    ]
    for process in children.split():
        for entry in Path(f"/proc/{process}/fd").iterdir():
            target = str(entry.readlink())
            is_log = Path(target).name in {OUT, ERR}
            if target.startswith("/") and not target.startswith(("/dev/", "/memfd")) and not is_log:
                found.append(target)
    return found


def test_a_line_feed_alone_divides_no_request_in_two(site: Nginx) -> None:
    """Nginx reads it as the end of a line (RFC 9112, 2.2) and writes its own lines to the next.

    So what it passes on is never read in another way: one request in is one request out.
    """
    smuggled = b"GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n"
    body = b"0\n\n" + smuggled
    chunked = POST + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    lengthened = POST + b"Content-Length: %d\nConnection: close\r\n\r\n" % len(body)
    for request in (chunked + body, lengthened + body):
        replies = site.all_replies(request)
        assert replies.count(b"HTTP/1.1 ") == 1
        assert b'"version"' not in replies


def test_a_method_or_a_path_of_a_client_is_in_no_log(folder: Path, application: str) -> None:
    """Neither of an answer nor of an error: not the address either."""
    place = folder / "log"
    place.mkdir()
    canary = b"canary-xyzzy"
    with running_nginx(place, [application]) as nginx:
        for request in (
            GET.replace(b"/healthz", b"/" + canary + b"?q=" + canary) + b"\r\n",
            GET.replace(b"GET", canary.upper()) + b"X-" + canary + b": " + canary + b"\r\n\r\n",
            canary + b"\r\n\r\n",
            GET + b"Referer: " + canary + b"\r\nUser-Agent: " + canary + b"\r\n\r\n",
        ):
            nginx.raw(request)
        nginx.process.terminate()
        nginx.process.wait(timeout=10)
        out, err = nginx.said()
    assert [canary.decode() in text.lower() for text in (out, err)] == [False, False]
    assert "127.0.0.1" not in out + err
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["status"] for line in lines] == [404, 405, 400, 200]
    assert all(len(line["request"]) >= 16 for line in lines)


def test_with_no_application_it_says_so(folder: Path) -> None:
    """502, with the headers and a time to come back."""
    place = folder / "alone"
    place.mkdir()
    with running_nginx(place, [f"unix:{folder}/nobody.sock"]) as nginx:
        reply = nginx.raw(GET + b"\r\n")
    assert (status(reply), headers(reply)["retry-after"]) == (502, "5")
    assert b"The server can&#39;t be reached" in reply or b"can't be reached" in reply


@pytest.mark.parametrize(
    ("version", "intermediate", "modern"),
    [
        (ssl.TLSVersion.TLSv1_1, False, False),
        (ssl.TLSVersion.TLSv1_2, True, False),
        (ssl.TLSVersion.TLSv1_3, True, True),
    ],
)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1:DeprecationWarning")
def test_the_protocols_are_those_of_the_chosen_configuration(
    site: Nginx, sub_path: Nginx, version: ssl.TLSVersion, intermediate: bool, modern: bool
) -> None:
    """Mozilla's intermediate and modern: nothing older is spoken."""
    spoken = []
    for nginx in (site, sub_path):
        context = nginx.issued.context()
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = version
        with socket.create_connection(("127.0.0.1", nginx.https_port), 10) as plain:
            try:
                context.wrap_socket(plain, server_hostname="localhost").close()
            except (ssl.SSLError, ConnectionError):
                spoken.append(False)
            else:
                spoken.append(True)
    assert spoken == [intermediate, modern]


def test_nginx_lets_through_what_the_application_takes() -> None:
    """The largest body of any action, and not much more: the application says what is too large."""
    text = (SHIPPED / "snippets" / "limits.conf").read_text()
    told = re.search(r"client_max_body_size (\d+)m;", text)
    assert told is not None
    taken = max(
        action.files.body_limit
        for tool in installed_tools().loaded
        for action in tool.actions(Settings().values(tool.settings))
        if action.files
    )
    assert taken <= int(told[1]) * 1024 * 1024 < taken + 2 * 1024 * 1024


def test_a_flood_from_one_address_is_turned_away_by_nginx(folder: Path) -> None:
    """429 with a time to come back, whether the application is there or not."""
    place = folder / "flood"
    place.mkdir()
    with running_nginx(place, [f"unix:{folder}/nobody.sock"]) as nginx, nginx.connect() as flood:
        flood.sendall((GET + b"\r\n") * 700)
        replies = b""
        while replies.count(b"HTTP/1.1 ") < 700 and (piece := flood.recv(65536)):
            replies += piece
    assert replies.count(b"HTTP/1.1 502 ") >= 400
    assert replies.count(b"HTTP/1.1 429 ") >= 50
    assert b"Retry-After: 1\r\n" in replies
