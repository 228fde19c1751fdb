"""What is the same for everybody on a page, made once for each language.

A form with its choices, or the frame of a page, takes longer to make than all that is said of one
file. Printers kept such matter set, and called it standing type. A template says
`{{ standing("mapy/others.html") }}`, with what the part depends on as arguments that are its own
words. `framed` fills parts that are made already into a page that is standing but for them.

Standing matter can't hold anything of a person: it is made without a request, a session, or who
asks. The token of a form and the number of a script are put in for each page.
"""

from __future__ import annotations

from functools import lru_cache, partial
import re
from typing import TYPE_CHECKING, NamedTuple

from flask import Response, current_app, g, render_template, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from safelight.security.headers import script_nonce
from safelight.web import languages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask

    from safelight.speaking import Language
    from safelight.web.viewer import Viewer

MOST_KEPT = 512
"""Parts and frames: some thirty, in each language, below each address that a proxy puts them."""
EXTENSION = "safelight.viewer"
_TOKEN, _NONCE = "csrf_token", "script_nonce"
"""What templates call them, and what they are kept as within a request."""
_OF_A_REQUEST = ("g", "identity", "may", "request", _NONCE, "session", "viewer")
_SLOT = re.compile("\0([a-z_]*)\0")
"""The place of something. Neither templates nor the words of the program hold such characters."""
_END = ""

Choice = str | bool | tuple[str, ...]


class _Matter(NamedTuple):
    """All that standing matter depends on."""

    asks: Callable[[], Viewer]
    """Who sees the current page; each application has its own."""
    template: str
    choices: tuple[tuple[str, Choice], ...]
    language: Language
    root: str
    """The address below which a proxy puts the workbench."""
    parts: tuple[str, ...] = ()
    """The names of those that are filled in."""
    viewer: Viewer | None = None
    """Who sees it, as far as a frame says so; a part of a page can't ask."""


def set_up(app: Flask, viewer: Callable[[], Viewer]) -> None:
    """Give templates `standing`, and `viewer`, which tells who sees the current page."""
    app.extensions[EXTENSION] = viewer
    app.jinja_env.globals.update(standing=standing, viewer=viewer)


def standing(template: str, **choices: Choice) -> Markup:
    """A part of a page, by its template and what it depends on."""
    around = _part(_matter(template, choices))
    return around[0] if len(around) == 1 else escape(generate_csrf()).join(around)


def framed(template: str, parts: Mapping[str, bytes], **choices: Choice) -> Response:
    """The page of a template, with HTML where it says `{{ parts.name }}`.

    Args:
        template: its name.
        parts: HTML by name, as it is sent.
        choices: what else the page depends on: words of the program, none of a person or a file.
    """
    matter = _matter(template, choices)
    frame = _frame(matter._replace(parts=tuple(parts), viewer=matter.asks()))
    filled = {**parts, _END: b""}
    for _, slot in frame:
        if slot == _TOKEN:
            filled[slot] = generate_csrf().encode()
        elif slot == _NONCE:
            filled[slot] = script_nonce().encode()
    body = b"".join([piece for text, slot in frame for piece in (text, filled[slot])])
    return Response(body, mimetype="text/html")


def forget() -> None:
    """Make all anew when it is asked for again: a template was edited."""
    _part.cache_clear()
    _frame.cache_clear()


def _matter(template: str, choices: Mapping[str, Choice]) -> _Matter:
    asks = current_app.extensions[EXTENSION]
    root = request.script_root
    return _Matter(asks, template, tuple(choices.items()), languages.current(), root)


@lru_cache(MOST_KEPT)
def _part(matter: _Matter) -> tuple[Markup, ...]:
    """What stands around the tokens."""
    return tuple(map(Markup, _made(matter).split(_slot(_TOKEN))))


@lru_cache(MOST_KEPT)
def _frame(matter: _Matter) -> tuple[tuple[bytes, str], ...]:
    """Texts, and the name of what stands behind each."""
    found = _SLOT.split(_made(matter) + _slot(_END))
    return tuple((text.encode(), slot) for text, slot in zip(found[::2], found[1::2], strict=False))


def _made(matter: _Matter) -> str:
    """The matter with slots in it. The language and the root are those of the request.

    Raises:
        ValueError: what is new in each reply is in it, by a macro imported without the context.
    """
    known: dict[str, object] = {
        name: current_app.jinja_env.undefined(name=name) for name in _OF_A_REQUEST
    }
    known["standing"] = _within
    known[_TOKEN] = partial(_slot, _TOKEN)
    if matter.viewer is not None:
        viewer = matter.viewer
        known["viewer"] = lambda: viewer
        known[_NONCE] = partial(_slot, _NONCE)
        known["parts"] = {name: _slot(name) for name in matter.parts}
    made = render_template(matter.template, **dict(matter.choices), **known)
    if any(name in g and str(g.get(name)) in made for name in (_TOKEN, _NONCE)):
        raise ValueError(matter.template)
    return made


def _within(template: str, **choices: Choice) -> Markup:
    """A standing part within standing matter: its tokens are put in with those of the whole."""
    return escape(_slot(_TOKEN)).join(_part(_matter(template, choices)))


def _slot(name: str) -> str:
    return f"\0{name}\0"
