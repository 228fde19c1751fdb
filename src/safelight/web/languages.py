"""The language of a page: the one chosen in its footer, else the browser's, else English.

The sources are written in English. Each package brings catalogues as `gettext` compiles them, in
`locale/<language>/LC_MESSAGES/<package>.mo`; `tools/translations.py` keeps them up to date.
Templates say `{{ _("Read the pictures") }}`, and Python what `Shell.translate` is given. What no
catalogue knows is said in English.
"""

from __future__ import annotations

from dataclasses import dataclass
import gettext
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from flask import current_app, g, has_request_context, request, url_for
from markupsafe import Markup, escape

from safelight.web.language_templates import environment_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask, Response
    from jinja2.ext import InternationalizationExtension

    from safelight.api import Sentence


@dataclass(frozen=True, slots=True)
class Language:
    """A language that pages are written in."""

    code: str
    """As BCP 47 writes it: `de`."""
    name: str
    """In the language itself."""
    direction: str = "ltr"
    """Whether its lines begin at the left or at the right: `ltr` or `rtl`."""
    signs: str = ",."
    """What stands between thousands, and before decimals (CLDR, with Latin digits)."""

    def number(self, value: float) -> str:
        """A count with its thousands apart; what is no whole number, with one decimal."""
        english = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
        return english.translate(str.maketrans(",.", self.signs))


ENGLISH = Language("en", "English")
LANGUAGES = (
    ENGLISH,
    Language("de", "Deutsch", signs=".,"),
    Language("ar", "العربية", "rtl"),
)
"""Those whose catalogues are complete. The footer offers them in this order."""
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
    through `translated`, which leaves the escaping on.

    Args:
        app: the application, whose own catalogues come first.
        packages: those of its tools, which may bring catalogues.
    """
    app.extensions[CATALOGUES] = _catalogues(("safelight", *packages))
    environment = environment_of(app)
    environment.speak(_catalogue)
    environment.filters["translated"] = _shown
    environment.filters["number"] = lambda value: current().number(value)
    environment.add_extension("jinja2.ext.i18n")
    extended = cast("InternationalizationExtension", environment)
    extended.install_gettext_callables(  # type: ignore[attr-defined]  # added to the environment
        _translate, _translate_count, newstyle=True
    )
    environment.globals.update(language=current, languages=_catalogues_here, in_language=_address)
    app.after_request(_tell_and_remember)


def _catalogues(packages: Iterable[str]) -> Catalogues:
    """The catalogues of all packages behind each other, for each language."""
    found: Catalogues = {}
    for language in LANGUAGES:
        found[language] = gettext.NullTranslations()
        for package in packages:
            path = files(package).joinpath("locale", language.code, "LC_MESSAGES", f"{package}.mo")
            if path.is_file():
                with path.open("rb") as compiled:
                    found[language].add_fallback(gettext.GNUTranslations(compiled))
    return found


def _catalogues_here() -> Catalogues:
    return cast("Catalogues", current_app.extensions[CATALOGUES])


def current() -> Language:
    """The language of the current request."""
    if not has_request_context():
        return ENGLISH
    try:
        return cast("Language", g.language)
    except AttributeError:
        g.language = _chosen()
        return cast("Language", g.language)


def _chosen() -> Language:
    known = {language.code: language for language in _catalogues_here()}
    for code in (request.args.get(ARGUMENT, ""), request.cookies.get(_cookie(), "")):
        if code in known:
            return known[code]
    return known[request.accept_languages.best_match(list(known)) or ENGLISH.code]


@dataclass(frozen=True, slots=True)
class Speech:
    """Says the sentences of tools in a language: see `api.Speech`."""

    language: Language
    catalogue: gettext.NullTranslations

    @property
    def code(self) -> str:
        """Of the language."""
        return self.language.code

    @property
    def direction(self) -> str:
        """Of its lines."""
        return self.language.direction

    def __call__(self, one: str, many: str = "", count: int = 1, /) -> str:
        """An English sentence in that language; of two the one for a count."""
        if many:
            return self.catalogue.ngettext(one, many, count)
        return self.catalogue.gettext(one) if one else ""  # that of nothing is its header

    def number(self, value: float, /) -> str:
        """A number as that language writes it."""
        return self.language.number(value)

    def name(self, value: str, /) -> str:
        """A name or a value of the user's, as it is."""
        return value


class _PageSpeech(Speech):
    """The same as HTML: what is escaped stays so, and a name turns no sentence around."""

    def __call__(self, one: str, many: str = "", count: int = 1, /) -> str:
        return escape(super().__call__(one, many, count))

    def name(self, value: str, /) -> str:
        return Markup("<bdi>{}</bdi>").format(value)


_ENGLISH = gettext.NullTranslations()


def speech() -> Speech:
    """That of the current request; English outside of any."""
    return Speech(current(), _catalogue())


def translate(sentence: str | Sentence) -> str:
    """The sentence in the language of the current request."""
    return _said(sentence, Speech)


def _shown(sentence: str | Sentence) -> str:
    """The same in a page: of a sentence with values HTML, of any other text."""
    return _said(sentence, _PageSpeech)


def _said(sentence: str | Sentence, kind: type[Speech]) -> str:
    # Asked by its method: whether it is of a protocol takes longer to find out than all else.
    if type(sentence) is str or not hasattr(sentence, "translated"):
        return _translate(str(sentence))
    return cast("Sentence", sentence).translated(kind(current(), _catalogue()))


def _translate(sentence: str) -> str:
    return _catalogue().gettext(sentence) if sentence else ""  # that of nothing is its header


def _translate_count(one: str, many: str, count: int) -> str:
    return _catalogue().ngettext(one, many, count)


def _catalogue() -> gettext.NullTranslations:
    """That of the current request, found once: a page says hundreds of sentences."""
    try:
        return cast("gettext.NullTranslations", g.catalogue)
    except AttributeError:
        g.catalogue = _catalogues_here()[current()]
        return cast("gettext.NullTranslations", g.catalogue)
    except RuntimeError:  # nobody asked: English
        return _ENGLISH


def _address(language: Language) -> str:
    """Where the page is in another language; after a form was sent, the start, as nothing is kept.

    The page of an address that leads nowhere has no other, either.
    """
    if request.method == "GET" and request.url_rule is not None:
        return f"?{ARGUMENT}={language.code}"
    return f"{url_for('safelight.landing')}?{ARGUMENT}={language.code}"


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
