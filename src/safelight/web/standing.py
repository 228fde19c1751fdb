"""Parts of pages that are the same for everybody, made once for each language.

A form with its choices, or the list of languages, takes longer to make than all that a page says
of one file. Printers kept such matter set, and called it standing type. A template says
`{{ standing("mapy/others.html") }}`, with what it depends on as arguments that are its own words.

Such a part can't hold anything of a person: it is made without a request, a session, or who asks.
The token of a form is put in for each page.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from flask import g, render_template, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from safelight.web import languages

if TYPE_CHECKING:
    from flask import Flask

    from safelight.speaking import Language

MOST_PARTS = 512
"""Parts kept: some twenty, in each language, below each address that a proxy puts them."""
_TOKEN = "\0token\0"  # noqa: S105 - its place; no template holds such characters
_FIELD = "csrf_token"
"""What forms call it, and where it is kept for the length of a request."""
_OF_A_REQUEST = ("g", "identity", "may", "request", "script_nonce", "session")

Choice = str | bool | tuple[str, ...]


def set_up(app: Flask) -> None:
    """Give templates `standing`."""

    @lru_cache(MOST_PARTS)
    def pieces(
        template: str, choices: tuple[tuple[str, Choice], ...], language: Language, root: str
    ) -> tuple[Markup, ...]:
        """What stands around the tokens. The language and the root are those of the request."""
        del language, root
        unknown = {name: app.jinja_env.undefined(name=name) for name in _OF_A_REQUEST}
        made = render_template(template, **dict(choices), **unknown, **{_FIELD: lambda: _TOKEN})
        if _FIELD in g and str(g.get(_FIELD)) in made:  # by a macro imported without the context
            raise ValueError(template)
        return tuple(map(Markup, made.split(_TOKEN)))

    def standing(template: str, **choices: Choice) -> Markup:
        """A part of a page, by its template and what it depends on."""
        around = pieces(template, tuple(choices.items()), languages.current(), request.script_root)
        return around[0] if len(around) == 1 else escape(generate_csrf()).join(around)

    app.jinja_env.globals["standing"] = standing
