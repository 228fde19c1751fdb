"""Standing parts: made once for each language, and with nothing of anybody in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, render_template
from flask_wtf.csrf import generate_csrf
from jinja2 import DictLoader, UndefinedError
import pytest

from account_builders import guarded
from safelight.security.headers import script_nonce
from safelight.security.identity import THIS_MACHINE
from safelight.serving.addresses import PortAddress
from safelight.serving.development import develop
from safelight.web.standing import framed
from safelight_builders import app

if TYPE_CHECKING:
    from flask import Flask

TEMPLATES = {
    "page": '<p>{{ csrf_token() }}</p>{{ standing("part", many=many) }}',
    "part": '{{ made() }}<form>{{ csrf_token() }}</form>{{ _("Read") }} {{ many }} '
    '{{ url_for("safelight.landing") }}',
    "frame": "{{ script_nonce() }} {{ csrf_token() }} {{ parts.body }}"
    '{{ standing("part", many=many) }} ä {{ viewer().is_known }}',
    **{f"asks {name}": f"{{{{ {name}() }}}}" for name in ("identity", "viewer", "script_nonce")},
    "escapes": "{{ choice }}",
    "leaks a token": '{% from "macros" import field %}{{ field() }}',
    "leaks a number": '{% from "macros" import script %}{{ script() }}',
    "macros": "{% macro field() %}{{ csrf_token() }}{% endmacro %}"
    "{% macro script() %}{{ script_nonce() }}{% endmacro %}",
}


def with_parts() -> tuple[Flask, list[str]]:
    """An application with these templates, and a note of each time that the part was made."""
    application, times = app(), list[str]()
    application.jinja_env.loader = DictLoader(TEMPLATES)

    def made() -> str:
        times.append("made")
        return ""

    application.jinja_env.globals["made"] = made
    return application, times


def page(application: Flask, *, many: bool = False, language: str = "en", root: str = "") -> str:
    """The page, and the token of its request instead of the token."""
    with application.test_request_context(
        f"/?lang={language}", environ_overrides={"SCRIPT_NAME": root}
    ):
        return render_template("page", many=many).replace(generate_csrf(), "TOKEN")


def test_each_page_has_its_own_token_in_it() -> None:
    """The one of the visitor who asks, though the part was made for another."""
    application, times = with_parts()
    pages = [page(application) for _ in range(3)]
    assert pages == ["<p>TOKEN</p><form>TOKEN</form>Read False /"] * 3
    assert times == ["made"]


@pytest.mark.parametrize(
    ("choice", "end"),
    [
        ({"many": True}, "True /"),
        ({"language": "ar"}, "False /"),
        ({"root": "/below"}, "False /below/"),
    ],
)
def test_what_it_depends_on_makes_another(choice: dict[str, object], end: str) -> None:
    """Its choices, the language of the page, and the address that a proxy puts it below."""
    application, times = with_parts()
    page(application)
    assert page(application, **choice).endswith(end)  # type: ignore[arg-type]
    assert len(times) == 2


@pytest.mark.parametrize("what", ["identity", "viewer", "script_nonce"])
def test_it_cannot_ask_who_reads_it(what: str) -> None:
    """Else the next visitor would read what was made for the one before."""
    application, _ = with_parts()
    with application.test_request_context("/"), pytest.raises(UndefinedError, match=what):
        application.jinja_env.globals["standing"](f"asks {what}")  # type: ignore[operator]


@pytest.mark.parametrize("what", ["a token", "a number"])
def test_it_cannot_have_what_is_new_in_each_reply_by_a_macro(what: str) -> None:
    """One that was imported without the context has what every template has."""
    application, _ = with_parts()
    with application.test_request_context("/"), pytest.raises(ValueError, match=f"leaks {what}"):
        application.jinja_env.globals["standing"](f"leaks {what}")  # type: ignore[operator]


def test_its_choices_are_escaped() -> None:
    """As in any template."""
    application, _ = with_parts()
    with application.test_request_context("/"):
        made = application.jinja_env.globals["standing"]("escapes", choice="<i>")  # type: ignore[operator]
    assert made == "&lt;i&gt;"


def framed_page(application: Flask, parts: dict[str, bytes], language: str = "en") -> str:
    """A frame around parts, with words for what is new in each reply."""
    with application.test_request_context(f"/?lang={language}"):
        body = framed("frame", parts, many=True).get_data(as_text=True)
        return body.replace(generate_csrf(), "TOKEN").replace(script_nonce(), "NONCE")


def test_a_frame_is_made_once_and_filled_each_time() -> None:
    """With its parts as they are, the visitor's token and the reply's number."""
    application, times = with_parts()
    pages = [framed_page(application, {"body": f"<b>{n}–</b>".encode()}) for n in range(2)]
    part = "<form>TOKEN</form>Read True /"
    assert pages == [f"NONCE TOKEN <b>{n}–</b>{part} ä False" for n in range(2)]
    assert times == ["made"]


def test_what_a_part_holds_is_no_place() -> None:
    """A file can write what marks one: it stands in the page as it is."""
    application, _ = with_parts()
    part = b"\0csrf_token\0\0script_nonce\0\0body\0"
    assert part.decode() in framed_page(application, {"body": part})


def test_the_development_server_shows_an_edited_template(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a new start: there nothing is kept from one request to the next."""
    application, times = with_parts()
    monkeypatch.setattr(application, "run", lambda *_, **__: None)
    develop(application, PortAddress("127.0.0.1", 0), None)
    for _ in range(2):
        with application.test_request_context("/"):
            application.preprocess_request()
            render_template("page", many=True)
    assert times == ["made", "made"]


def test_a_frame_tells_its_length() -> None:
    """The log counts it."""
    application, _ = with_parts()
    with application.test_request_context("/"):
        reply = framed("frame", {"body": b"x"}, many=True)
        assert reply.content_length == len(reply.get_data())


def test_frames_of_different_viewers_differ() -> None:
    """As far as their pages do: what runs here is for those who may know it."""
    application = guarded({})
    application.jinja_env.loader = DictLoader({"frame": "{{ viewer().is_known }}"})
    pages = []
    for identity in (None, THIS_MACHINE):
        with application.test_request_context("/"):
            g.identity = identity
            pages.append(framed("frame", {}).get_data())
    assert pages == [b"False", b"True"]
