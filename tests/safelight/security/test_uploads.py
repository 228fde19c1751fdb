"""Uploads: in memory, counted while they are read, one refused file beside the others."""

from __future__ import annotations

from io import BytesIO
import tempfile

import pytest

from safelight.api import FORM_OVERHEAD
from safelight.security.body_limits import MAX_FORM_FIELDS, SMALL_BODY
from safelight.security.uploads import BoundedFile, megabytes
from safelight_builders import API, MULTIPART, PAGE, app, form, part, token
from toy_tool import MAX_BYTES, MAX_FILES

BODY_LIMIT = MAX_BYTES * MAX_FILES + FORM_OVERHEAD


def post(
    body: bytes, content_type: str = MULTIPART
) -> tuple[int, str, list[tuple[str, int, str | None]]]:
    """Send a body to the API: status, error code, and name, size and refusal of each file."""
    reply = app().test_client().post(API, data=body, content_type=content_type)
    document = reply.get_json()
    files = [(f["name"], f["size"], f["refusal"]) for f in document.get("files", [])]
    return reply.status_code, document.get("code", ""), files


def test_files_arrive_with_name_and_content() -> None:
    """Several under one field, in their order."""
    body = form(part("files", b"1", "a.bin"), part("files", b"22", "b.bin"))
    assert post(body) == (200, "", [("a.bin", 1, None), ("b.bin", 2, None)])


def test_no_byte_goes_to_a_temporary_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Werkzeug would spool a file above 500 kB to the disk."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was opened")

    for name in ("TemporaryFile", "SpooledTemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refuse)
    client = app({"TOY_MAX_BYTES": "3000000"}).test_client()
    body = form(part("files", bytes(2_000_000), "a.bin"))
    reply = client.post(API, data=body, content_type=MULTIPART)
    assert reply.get_json()["files"][0]["size"] == 2_000_000


@pytest.mark.parametrize(
    ("size", "refusal"), [(MAX_BYTES, None), (MAX_BYTES + 1, "upload.too-large")]
)
def test_a_file_over_its_limit_leaves_the_others(size: int, refusal: str | None) -> None:
    """It keeps its place, without its bytes; the rest is worked on."""
    body = form(part("files", b"x", "a"), part("files", bytes(size), "b"), part("files", b"y", "c"))
    kept = 0 if refusal else size
    assert post(body) == (200, "", [("a", 1, None), ("b", kept, refusal), ("c", 1, None)])


def test_only_refused_files_are_413() -> None:
    """Which file and what limit is said, not its name."""
    body = form(part("files", bytes(MAX_BYTES + 1), "holiday.jpg"))
    reply = app().test_client().post(API, data=body, content_type=MULTIPART)
    assert reply.status_code == 413
    assert reply.get_json()["detail"] == "File 1 is larger than 0.001 MB, so it was not read."
    assert "holiday" not in reply.text


def test_too_many_files_are_413() -> None:
    """Named by the number that may be sent."""
    body = form(*(part("files", b"x", "a") for _ in range(MAX_FILES + 1)))
    assert post(body) == (413, "upload.too-many", [])


def test_a_body_over_the_routes_limit_is_413_by_its_length() -> None:
    """Before any of it is parsed; the per-file limits don't matter then."""
    body = form(part("files", bytes(BODY_LIMIT), "a"))
    assert post(body) == (413, "upload.too-large", [])


@pytest.mark.parametrize("path", ["/", "/healthz", "/toy/undeclared", "/api/v1/toy/ping"])
def test_a_route_without_files_takes_a_small_body_only(path: str) -> None:
    """64 KiB, whatever other routes take."""
    application = app()
    client = application.test_client()
    fits = client.post(path, data=bytes(SMALL_BODY), content_type=MULTIPART)
    over = client.post(path, data=bytes(SMALL_BODY + 1), content_type=MULTIPART)
    assert fits.status_code in {200, 400, 405}
    assert over.status_code in {405, 413}
    assert path != "/api/v1/toy/ping" or over.status_code == 413


def test_a_large_form_that_is_not_multipart_is_413() -> None:
    """`a&a&a...` would grow to a hundred times its size."""
    body = b"a&" * SMALL_BODY
    assert post(body, "application/x-www-form-urlencoded")[:2] == (413, "upload.too-large")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (form(part("files", b"x", "a"), closed=False), MULTIPART),
        (form(part("files", b"x", "a"))[:-20], MULTIPART),
        (form(part("files", b"x", "a")), "multipart/form-data"),
        (form(part("files", b"x", "a")), "multipart/form-data; boundary="),
        (form(part("files", b"x", "a")), "multipart/form-data; boundary=é"),
        (b"\xff" * 500, MULTIPART),
        (b"--edge\r\nno colon\r\n\r\nx\r\n--edge--\r\n", MULTIPART),
        (
            b'--edge\r\nContent-Disposition: form-data; name="\xff"\r\n\r\nx\r\n--edge--\r\n',
            MULTIPART,
        ),
        (b"--edge\r\nX: y\r\n\r\nx\r\n--edge--\r\n", MULTIPART),
    ],
)
def test_a_broken_form_is_400(body: bytes, content_type: str) -> None:
    """Werkzeug would take it for an empty one, and files would be lost without a word."""
    assert post(body, content_type)[:2] == (400, "form.malformed")


@pytest.mark.parametrize(
    "body",
    [
        form(*(part(f"f{n}", b"x") for n in range(5000)), part("files", b"x", "a")),
        form(*(part(f"f{n}", b"x") for n in range(MAX_FORM_FIELDS + MAX_FILES + 1))),
        form(part("files", b"x", "a", extra=b"; " + b"x" * (1 << 20) + b"=1")),
        form(part("label", b"x" * 300_000), part("files", b"x", "a")),
    ],
    ids=["5000 fields", "one field too many", "1 MB part header", "long text"],
)
def test_a_form_out_of_proportion_is_413(body: bytes) -> None:
    """Fields, part headers and texts have limits of their own."""
    client = app({"TOY_MAX_BYTES": "2000000"}).test_client()
    reply = client.post(API, data=body, content_type=MULTIPART)
    assert (reply.status_code, reply.get_json()["code"]) == (413, "form.too-large")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (form(part("label", b"x")), 422, "upload.none"),
        (form(part("files", b"", "")), 422, "upload.none"),
        (form(part("other", b"x", "a")), 400, "upload.field"),
        (form(part("other", b"x", "a"), part("files", b"x", "a")), 400, "upload.field"),
        (form(part("files", b"x")), 422, "upload.none"),
    ],
    ids=["no file", "none chosen", "other field", "two fields", "text in the file's field"],
)
def test_a_form_without_its_file_is_refused(body: bytes, status: int, code: str) -> None:
    """The hint names the field."""
    reply = app().test_client().post(API, data=body, content_type=MULTIPART)
    got = reply.get_json()
    if code == "upload.none" and got["code"] == "option.unknown":  # the field's name is no option
        return
    assert (reply.status_code, got["code"]) == (status, code)
    assert "files" in got["hint"]


def test_an_empty_file_is_for_the_tool_to_judge() -> None:
    """It was chosen, so it is handed over."""
    assert post(form(part("files", b"", "empty.bin"))) == (200, "", [("empty.bin", 0, None)])


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ("C:\\\\pictures\\\\a.jpg", "a.jpg"),
        ("..", ".."),
        ("n" * 5000 + ".jpg", "n" * 251 + ".jpg"),
        ("con.jpg", "con.jpg"),
        ("a.jpg\u202egpj.exe", "a.jpg\u202egpj.exe"),
    ],
)
def test_a_name_is_cut_to_its_last_part(sent: str, kept: str) -> None:
    """Text to show back, and never a path."""
    assert post(form(part("files", b"x", sent)))[2] == [(kept, 1, None)]


def test_a_page_shows_hidden_characters_of_a_name() -> None:
    """A right-to-left override would make `gpj.exe` read as `exe.jpg`; markup stays text."""
    client = app().test_client()
    name = "<b>\u202egpj.exe\x07"
    data = {"csrf_token": token(client), "files": (BytesIO(b"x"), name)}
    page = client.post(PAGE, data=data).text
    assert "&lt;b&gt;&lt;U+202E&gt;gpj.exe" in page
    assert "\u202e" not in page


def test_a_view_that_declares_nothing_receives_nothing() -> None:
    """A fault of the tool, found at the first try, not a hole."""
    client = app().test_client()
    assert client.post("/toy/undeclared", data={"csrf_token": token(client)}).status_code == 500


def test_a_bounded_file_forgets_what_it_refuses() -> None:
    """The memory is given back at the byte that is too many, and nothing is kept after."""
    kept = BoundedFile(10)
    kept.write(b"x" * 10)
    assert (kept.is_too_large, kept.getvalue()) == (False, b"x" * 10)
    kept.write(b"x")
    kept.write(b"y")
    assert (kept.is_too_large, kept.getvalue()) == (True, b"")


@pytest.mark.parametrize(
    ("size", "words"), [(50 * 1024 * 1024, "50 MB"), (5_000_000, "5 MB"), (500_000, "0.5 MB")]
)
def test_limits_in_words(size: int, words: str) -> None:
    """As the operator wrote them."""
    assert megabytes(size) == words
