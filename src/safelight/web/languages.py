"""The language of a page: the one chosen in its footer, else the browser's, else English.

The sources are written in English; `tools/translations.py` keeps the catalogues up to date.
Templates say `{{ _("Read the pictures") }}`, and Python what `Shell.translate` is given. What no
catalogue knows is said in English.
"""

from __future__ import annotations

import gettext
from typing import TYPE_CHECKING, cast

from flask import current_app, g, has_request_context, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header, parse_cookie

from safelight.speaking import ENGLISH, LANGUAGES, Language, Speech, catalogue_of
from safelight.web.language_templates import environment_of
from safelight.web.page_speech import said, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flask import Flask, Response
    from jinja2.ext import InternationalizationExtension

    from safelight.api import Sentence


ARGUMENT = "lang"
COOKIE = "safelight-language"
"""Holds the language that was chosen, and nothing else."""
COOKIE_OVER_TLS = f"__Host-{COOKIE}"
"""Browsers take a cookie of this name only from its own host."""
YEAR_S = 365 * 24 * 3600
CATALOGUES = "safelight-languages"
"""Where the application keeps its catalogues, by language."""

Catalogues = dict[Language, gettext.NullTranslations]


def set_up(app: Flask, packages: Iterable[str] = ()) -> None:
    """Give templates `_`, `ngettext` and `{% trans %}`, and a filter for what a tool declares.

    What `_` returns is taken for HTML, as it stands in a template; what comes from elsewhere goes
    through `translated`, which sets values apart, or `say`, which gives plain text to be escaped.

    Args:
        app: the application, whose own catalogues come first.
        packages: those of its tools, which may bring catalogues.
    """
    whose = ("safelight", *packages)
    app.extensions[CATALOGUES] = {each: catalogue_of(each, whose) for each in LANGUAGES}
    environment = environment_of(app)
    environment.speak(_catalogue)
    environment.filters.update(translated=_shown, say=translate)
    environment.filters["number"] = lambda value: current().number(value)
    environment.add_extension("jinja2.ext.i18n")
    extended = cast("InternationalizationExtension", environment)
    extended.install_gettext_callables(  # type: ignore[attr-defined]  # added to the environment
        _translate, _translate_count, newstyle=True
    )
    environment.globals.update(
        language=current, languages=_catalogues_here, language_argument=ARGUMENT
    )
    app.after_request(_tell_and_remember)


def _catalogues_here() -> Catalogues:
    return cast("Catalogues", current_app.extensions[CATALOGUES])


def current() -> Language:
    """The language of the current request."""
    return speech().language


def preferred(headers: Mapping[str, str]) -> Language:
    """The language of a request that never reaches the application, by its headers."""
    known = {language.code: language for language in LANGUAGES}
    cookies = parse_cookie(headers.get("cookie", ""))
    for name in (COOKIE_OVER_TLS, COOKIE):
        if cookies.get(name, "") in known:
            return known[cookies[name]]
    return _accepted(parse_accept_header(headers.get("accept-language", ""), LanguageAccept), known)


def _chosen() -> Language:
    known = {language.code: language for language in _catalogues_here()}
    for code in (request.args.get(ARGUMENT, ""), request.cookies.get(_cookie(), "")):
        if code in known:
            return known[code]
    return _accepted(request.accept_languages, known)


def _accepted(accepted: LanguageAccept, known: Mapping[str, Language]) -> Language:
    """What the browser asks for, as far as it is there."""
    return known[accepted.best_match(list(known)) or ENGLISH.code]


_IN_ENGLISH = Speech(ENGLISH, gettext.NullTranslations())


def speech() -> Speech:
    """That of the current request; English outside of any. A page says hundreds of sentences."""
    try:
        return cast("Speech", g.speech)
    except AttributeError:
        language = _chosen() if has_request_context() else ENGLISH
        g.speech = Speech(language, _catalogues_here()[language])
        return cast("Speech", g.speech)
    except RuntimeError:  # there is no request
        return _IN_ENGLISH


def translate(sentence: str | Sentence) -> str:
    """The sentence in the language of the current request."""
    return said(sentence, speech())


def _shown(sentence: str | Sentence) -> str:
    """The same in a page."""
    return shown(sentence, speech())


def _translate(sentence: str) -> str:
    return speech()(sentence)


def _translate_count(one: str, many: str, count: int) -> str:
    return speech()(one, many, count)


def _catalogue() -> gettext.NullTranslations:
    return speech().catalogue


def _cookie() -> str:
    return COOKIE_OVER_TLS if request.is_secure else COOKIE


def _tell_and_remember(response: Response) -> Response:
    """Say which language a page is in, and keep one that was chosen."""
    if response.mimetype == "text/html":
        response.content_language.add(current().code)
        if request.args.get(ARGUMENT) == current().code:
            response.set_cookie(
                _cookie(),
                current().code,
                max_age=YEAR_S,
                secure=request.is_secure,
                httponly=True,
                samesite="Lax",
            )
    return response
