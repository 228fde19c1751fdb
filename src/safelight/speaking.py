"""Languages, their catalogues, and how a tool's sentences are said in them.

Each package brings catalogues as `gettext` compiles them, in
`locale/<language>/LC_MESSAGES/<package>.mo`. What no catalogue knows is said in English.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
import gettext
from importlib.resources import files


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


class Catalogue(gettext.NullTranslations):
    """The catalogues of some packages behind each other, in one language."""

    def __init__(self, language: Language, packages: tuple[str, ...]) -> None:
        super().__init__()
        self._origin = language, packages
        for package in packages:
            path = files(package).joinpath("locale", language.code, "LC_MESSAGES", f"{package}.mo")
            if path.is_file():
                with path.open("rb") as compiled:
                    self.add_fallback(gettext.GNUTranslations(compiled))

    def __reduce__(self) -> tuple[object, ...]:
        """To another process goes what it is made of."""
        return catalogue_of, self._origin


@cache
def catalogue_of(language: Language, packages: tuple[str, ...]) -> Catalogue:
    """The catalogue of a language, read once a process."""
    return Catalogue(language, packages)


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


IN_ENGLISH = Speech(ENGLISH, gettext.NullTranslations())
"""As the sources say it, without any catalogue."""
