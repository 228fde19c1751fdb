"""No page, in whatever state, says an English sentence to those who read another language."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from importlib import resources
from io import BytesIO
from pathlib import Path
import re
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po
import pytest

from account_builders import PASSWORD, guarded, send, sign_in, users_file
from mapy.web import tool
from mapy_builders import camera, exif, jpeg, segment, tiff
from safelight.app import create_app
from safelight.errors import EXPIRED_FORM, FAULTS, UNREACHABLE, plain_page
from safelight.settings import Settings
from safelight.speaking import LANGUAGES, Language, Speech, catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    Drive = Callable[[FlaskClient], TestResponse]

SOURCES = Path(__file__).parents[2] / "src"
FEWEST_WORDS = 3
"""Fewer are said by names and values, too."""
PHOTO = resources.files("mapy.web").joinpath("sample", "photo.jpg").read_bytes()
BROKEN = PHOTO[: len(PHOTO) // 3]
PLAIN = jpeg(segment(0xE1, exif(tiff(camera()))))
PROGRAM = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
SIDECAR = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    b' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
    b' xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="a"/></rdf:RDF></x:xmpmeta>'
)


class Visible(HTMLParser):
    """All that a page shows or reads out, but for styles, and for what programs write."""

    silent = frozenset({"pre", "style"})
    spoken = ("alt", "aria-label", "placeholder", "title", "data-sending", "data-no-answer")

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._is_silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what its attributes say."""
        self._is_silent = self._is_silent or tag in self.silent
        self.texts += [value for name, value in attrs if name in self.spoken and value]

    def handle_endtag(self, tag: str) -> None:
        """Leave it."""
        self._is_silent = self._is_silent and tag not in self.silent

    def handle_data(self, data: str) -> None:
        """Note what is said."""
        if not self._is_silent:
            self.texts.append(data)


@cache
def english(language: Language) -> set[str]:
    """What stands between the values of every sentence that the language says otherwise."""
    found: set[str] = set()
    for package in ("safelight", "mapy"):
        path = SOURCES / package / f"locale/{language.code}/LC_MESSAGES/{package}.po"
        with path.open("rb") as stored:
            for message in read_po(stored, locale=language.code):
                sources = [message.id] if isinstance(message.id, str) else list(message.id)
                said = str(message.string)
                found |= {part for each in sources for part in pieces_of(each) if part not in said}
    return found


def pieces_of(sentence: str) -> Iterator[str]:
    """What stands between its values, where it has some words."""
    for piece in re.split(r"\{\w+\}|%\(\w+\)s|`[^`]*`", sentence):
        if len(re.findall(r"[A-Za-z]{2,}", piece)) >= FEWEST_WORDS:
            yield piece.strip()


def english_on(page: str, language: Language) -> list[str]:
    """The English that a page shows."""
    visible = Visible()
    visible.feed(page)
    whole = "\n".join(" ".join(text.split()) for text in visible.texts)
    return sorted(piece for piece in english(language) if piece in whole)


def post(address: str, *pictures: tuple[str, bytes], **options: str | list[str]) -> Drive:
    """Send the form of MAPy's page, token and all."""

    def drive(client: FlaskClient) -> TestResponse:
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/mapy/").text)
        assert token
        images = [(BytesIO(content), name) for name, content in pictures]
        form = {"csrf_token": token[1], "images": images, **options}
        return client.post(address, data=form, content_type="multipart/form-data")

    return drive


def get(address: str, **headers: str) -> Drive:
    """Open a page."""
    return lambda client: client.get(address, headers=headers)


def breaking(client: FlaskClient) -> TestResponse:
    """A fault of ours."""

    @client.application.before_request
    def fail() -> None:
        raise RuntimeError

    return client.get("/egress")


ONE, TWO = ("one.jpg", PHOTO), ("two.jpg", PLAIN)
STATES: dict[str, tuple[Drive, int]] = {
    "start": (get("/"), 200),
    "connections": (get("/egress"), 200),
    "api": (get("/api/docs"), 200),
    "mapy": (get("/mapy/"), 200),
    "sample": (get("/mapy/sample/"), 200),
    "one": (post("/mapy/", ONE, compare="on"), 200),
    "one without findings": (post("/mapy/", ("x.gif", b"GIF89a\x01\0\x01\0\0\0\0;")), 200),
    "one that breaks off": (post("/mapy/", ("x.jpg", BROKEN)), 200),
    "one that is not cleaned": (post("/mapy/", ("x.xmp", SIDECAR)), 200),
    "several": (post("/mapy/", ONE, TWO, ("x.txt", b"no picture")), 200),
    "outcome": (post("/mapy/clean/report/", ONE), 200),
    "outcome by purpose": (post("/mapy/clean/report/", ONE, preset="press", coarsen="city"), 200),
    "outcome of nothing": (post("/mapy/clean/report/", ONE, remove="none"), 200),
    "outcomes": (post("/mapy/clean/report/", ONE, TWO, ("x.xmp", SIDECAR)), 200),
    "compared": (post("/mapy/compare/", ONE, TWO, ("x.txt", b"no")), 200),
    "report": (post("/mapy/export/", ONE, ("x.txt", b"no picture"), format="report"), 200),
    "overview": (post("/mapy/export/", ONE, TWO, ("x.txt", b"no"), format="html"), 200),
    "places for maps": (post("/mapy/export/", ONE, format="gpx"), 200),
    "places for globes": (post("/mapy/export/", ONE, format="kml"), 200),
    "no picture": (post("/mapy/", ("x.txt", b"no picture")), 415),
    "an empty file": (post("/mapy/", ("x.jpg", b"\0"), ("y.jpg", b"")), 415),
    "a broken picture": (post("/mapy/", ("x.png", b"\x89PNG\r\n\x1a\n")), 422),
    "a program": (post("/mapy/", ("x.svg", PROGRAM)), 415),
    "no file": (post("/mapy/"), 422),
    "too many files": (post("/mapy/", *[ONE] * 4), 413),
    "too large": (post("/mapy/", ("x.jpg", bytes(len(PHOTO) + 1))), 413),
    "one too large": (post("/mapy/", ONE, ("x.jpg", bytes(len(PHOTO) + 1))), 200),
    "no choice": (post("/mapy/clean/report/", ONE, coarsen="x"), 400),
    "no purpose": (post("/mapy/clean/", ONE, preset="x"), 400),
    "no option": (post("/mapy/", ONE, other="x"), 400),
    "an option twice": (post("/mapy/", ONE, group=["a", "b"]), 400),
    "a long option": (post("/mapy/", ONE, group="a" * 201), 400),
    "no switch": (post("/mapy/", ONE, numeric="x"), 400),
    "one to compare": (post("/mapy/compare/", ONE), 422),
    "a raw file to clean": (post("/mapy/clean/", ("x.xmp", SIDECAR)), 422),
    "no token": (lambda client: client.post("/mapy/"), 400),
    "nothing there": (get("/nothing"), 404),
    "no such method": (lambda client: client.delete("/egress"), 405),
    "another host": (get("/", Host="evil.example"), 400),
    "another site": (
        lambda client: client.post("/mapy/", headers={"Sec-Fetch-Site": "cross-site"}),
        403,
    ),
    "a fault": (breaking, 500),
}
"""What is asked, and the status of the reply."""


@pytest.mark.parametrize("language", LANGUAGES[1:], ids=lambda each: each.code)
@pytest.mark.parametrize("state", STATES)
def test_a_page_says_nothing_in_english(state: str, language: Language) -> None:
    """Its sentences are all in the language of the reader, whatever came of the request."""
    limits = {"MAPY_MAX_IMAGE_BYTES": str(len(PHOTO)), "MAPY_MAX_IMAGES": "4"}
    limits |= {"MAPY_MAX_TOTAL_BYTES": str(4 * len(PHOTO))}
    if state == "too many files":
        limits["MAPY_MAX_IMAGES"] = "3"
    application = create_app(Settings({**limits, "SAFELIGHT_RATE_LIMITS": "off"}), (tool,))
    client = speaking(application.test_client(), language)
    drive, status = STATES[state]
    reply = drive(client)
    assert (reply.status_code, english_on(reply.text, language)) == (status, [])


@pytest.mark.parametrize("language", LANGUAGES[1:], ids=lambda each: each.code)
@pytest.mark.parametrize(
    ("call", "fields"),
    [
        ("read", {}),
        ("read", {"group": "a" * 201}),
        ("export", {"format": "csv"}),
        ("export", {"format": "gpx"}),
        ("clean", {"preset": "x"}),
    ],
)
def test_programs_read_the_same_in_every_language(
    call: str, fields: dict[str, str], language: Language
) -> None:
    """What the API answers is English, whoever asks: findings, problems and refusals, too."""
    application = create_app(Settings({}), (tool,))

    def answer(code: str) -> tuple[int, bytes]:
        pictures = [("one.jpg", BROKEN), ("two.jpg", PHOTO), ("x.txt", b"no picture")]
        images = [(BytesIO(content), name) for name, content in pictures]
        reply = application.test_client().post(
            f"/api/v1/mapy/{call}",
            data={"images": images, **fields},
            headers={"Accept-Language": code},
        )
        return reply.status_code, re.sub(rb'"instance": ?"\w+"', b"", reply.data)

    assert answer(language.code) == answer("en")


def speaking(client: FlaskClient, language: Language) -> FlaskClient:
    """A browser that asks for a language."""
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language.code
    return client


NEW = "a sentence that nobody has"
ACCOUNT: dict[str, tuple[str, str, dict[str, str], int]] = {
    "a token": ("ada", "/account/tokens/create", {"grant": "toy", "days": "90"}, 200),
    "no grant": ("ada", "/account/tokens/create", {"days": "90"}, 422),
    "no days": ("ada", "/account/tokens/create", {"grant": "toy", "days": "9"}, 422),
    "no name": ("ada", "/account/tokens/create", {"grant": "toy", "days": "90", "name": ""}, 422),
    "a wrong password": ("ada", "/account/tokens/create", {"password": "x"}, 401),
    "two passwords": ("ada", "/account/password", {"new": NEW, "again": "x"}, 422),
    "a short one": ("ada", "/account/password", {"new": "x", "again": "x"}, 422),
    "a changed one": ("ada", "/account/password", {"new": NEW, "again": NEW}, 200),
}
"""Who sends which form of the account's page, and the status of the reply."""


@pytest.mark.parametrize("language", LANGUAGES[1:], ids=lambda each: each.code)
@pytest.mark.parametrize("state", ACCOUNT)
def test_an_account_says_nothing_in_english(state: str, language: Language, tmp_path: Path) -> None:
    """Neither its page nor what came of its forms."""
    name, address, fields, status = ACCOUNT[state]
    client = speaking(guarded(path=users_file(tmp_path)).test_client(), language)
    sign_in(client, name)
    reply = send(client, address, **{"name": "desk", "password": PASSWORD, **fields})
    assert (reply.status_code, english_on(reply.text, language)) == (status, [])


@pytest.mark.parametrize("language", LANGUAGES[1:], ids=lambda each: each.code)
def test_coming_in_says_nothing_in_english(language: Language) -> None:
    """The form, a failure, a page that asks for more than one may, and who may what."""
    application = guarded()
    stranger, bob, root = (speaking(application.test_client(), language) for _ in range(3))
    replies = [stranger.get("/account"), sign_in(stranger, "ada", "wrong")]
    sign_in(bob, "bob")
    replies += [bob.get("/toy/"), bob.get("/"), bob.get("/account")]
    sign_in(root, "root")
    replies += [root.get("/account/people")]
    assert [english_on(reply.text, language) for reply in replies] == [[]] * 6
    assert [reply.status_code for reply in replies] == [401, 401, 403, 200, 200, 200]


@pytest.mark.parametrize("language", LANGUAGES[1:], ids=lambda each: each.code)
def test_no_failure_says_anything_in_english(language: Language) -> None:
    """Not even those that come before any page: too many requests, too slow ones, a full server."""
    speech = Speech(language, catalogue_of(language, ("safelight",)))
    pages = [
        plain_page(each, "1f", speech) for each in (*FAULTS.values(), EXPIRED_FORM, UNREACHABLE)
    ]
    assert [english_on(page, language) for page in pages] == [[]] * len(pages)


@pytest.mark.parametrize("language", LANGUAGES[1:], ids=lambda each: each.code)
def test_english_is_found_where_it_is_shown(language: Language) -> None:
    """In texts and in what is read out; not in what programs write."""
    page = (
        "<p>The address\n leads <b>nowhere</b>.</p><img alt='Show the whole map'>"
        "<pre>Try a sample photo</pre>"
    )
    assert english_on(page, language) == ["Show the whole map"]
    page = "<p>The address leads nowhere.</p><p>MAPy reads it.</p>"
    assert english_on(page, language) == ["The address leads nowhere."]
