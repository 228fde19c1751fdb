"""Collect what pages say, bring the catalogues up to date, and compile them.

    .venv/bin/python tools/translations.py

Run it after a sentence was added or changed; then fill the empty entries in
`src/<package>/locale/<language>/LC_MESSAGES/<package>.po` and run it again. What no one says any
more leaves the catalogues. A test runs the same and fails where something differs or is missing.
"""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
import re
import sys
from typing import TYPE_CHECKING, NamedTuple

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from mapy.geo.country import countries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from babel.messages.catalog import Message

ROOT = Path(__file__).parents[1]
PACKAGES = ("safelight", "mapy", "elqkit")
LANGUAGES = ("de", "ar")
TEMPLATE_CALLS = ("_", "gettext", "ngettext")


class Spoken(NamedTuple):
    """Which arguments of a call are said to people."""

    places: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


CALLS = {
    "NotSignedIn": Spoken((1,)),
    "Text": Spoken((0,)),
    "Cause": Spoken((2, 3)),
    "Said": Spoken((0, 1)),
    "sentence": Spoken((0,)),
    "Fault": Spoken((2, 3, 4)),
    "Refusal": Spoken((1, 2)),
    "Unread": Spoken((1, 2)),
    **dict.fromkeys(
        (
            "CannotClean",
            "LimitExceeded",
            "OutOfBounds",
            "UnknownFormat",
            "UnreadableFile",
            "VerificationFailed",
            "_Malformed",
            "_Refused",
        ),
        Spoken((1,), ("hint",)),
    ),
    **dict.fromkeys(("Problem", "problem", "_problem"), Spoken((1,))),
    "Action": Spoken((), ("title", "summary")),
    "Route": Spoken((1,)),
    "FileField": Spoken((), ("label", "help")),
    "Option": Spoken((1,)),
    "Tool": Spoken((), ("summary",)),
}
"""Calls of Python whose sentences a page passes through a catalogue."""
COUNTED = ("Text", "sentence")
"""Those that take a second sentence, for more than one."""
COUNTRIES = {country.code: country.name for country in countries()}
"""Names that the Unicode CLDR has in every language, unless a catalogue has another."""
BORDERS = "mapy/geo/borders.bin"
"""The table that has them."""
WORDLESS = re.compile(r"\W*(?:\{\w+\})?\W*")
"""A template that is a value and no more. How two are joined is a language's own."""
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 ? 4 : 5);"
}
"""Which form a count has, in the CLDR's order, where Babel has another: many before other."""
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Catalogues bear no date of their own, so that the same sentences give the same bytes."""


def spoken_in(source: str) -> Iterator[str | tuple[str, str]]:
    """The sentences of a Python module that are written as literals; two for a count as a pair."""
    for call, found in _calls_in(source):
        many = [each.value for each in call.keywords if each.arg == "many"]
        both = _literals([*call.args[:1], *(many or call.args[1:2])])
        if both and _called(call.func) in COUNTED:
            yield both
            continue
        for each in found:
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                yield each.value


def composed_in(source: str) -> Iterator[tuple[int, str]]:
    """Sentences that are put together of pieces, so that no catalogue can have them: where, how."""
    for _, found in _calls_in(source):
        for each in found:
            is_joined = isinstance(each, ast.Call) and _called(each.func) in {"format", "join"}
            if is_joined or isinstance(each, (ast.JoinedStr, ast.BinOp)):
                yield each.lineno, ast.unparse(each)


def _calls_in(source: str) -> Iterator[tuple[ast.Call, list[ast.expr]]]:
    """The calls that say something, with what they say."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and _called(call.func) in CALLS:
            spoken = CALLS[_called(call.func)]
            found = [call.args[at] for at in spoken.places if at < len(call.args)]
            found += [each.value for each in call.keywords if each.arg in spoken.names]
            yield call, found


def _called(function: ast.expr) -> str:
    """The name of what is called, whatever it is called on."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _literals(found: Sequence[ast.expr]) -> tuple[str, str] | None:
    said = [each.value for each in found if isinstance(each, ast.Constant)]
    pair = tuple(each for each in said if isinstance(each, str))
    return (pair[0], pair[1]) if len(pair) == 2 else None


def sentences_of(package: str) -> Catalog:
    """All that a package says, without a translation."""
    catalogue = Catalog(fuzzy=False)
    folder = ROOT / "src" / package
    for path in sorted(folder.rglob("*.html")):
        with path.open("rb") as template:
            for _, _, found, _ in babel_extract(template, TEMPLATE_CALLS, (), {}):
                words = (found,) if isinstance(found, str) else (found or ())
                said = tuple(each for each in words if each is not None)
                where = [(path.relative_to(ROOT / "src").as_posix(), 1)]
                catalogue.add(said[0] if len(said) == 1 else said[:2], locations=where)
    for sentence, table in _of_tables(folder):
        catalogue.add(sentence, locations=[(table, 1)])
    for path in sorted(folder.rglob("*.py")):
        where = [(path.relative_to(ROOT / "src").as_posix(), 1)]
        for said_there in spoken_in(path.read_text("utf-8")):
            first = said_there if isinstance(said_there, str) else said_there[0]
            if not WORDLESS.fullmatch(first):
                catalogue.add(said_there, locations=where)
    return catalogue


def _of_tables(folder: Path) -> Iterator[tuple[str, str]]:
    """What stands in a package's tables, and where."""
    for path in sorted(folder.rglob("meanings.tsv")):
        for line in path.read_text("utf-8").splitlines():
            _, tab, sentence = line.partition("\t")
            if tab and not line.startswith("#"):
                yield sentence, path.relative_to(ROOT / "src").as_posix()
    if BORDERS.startswith(f"{folder.name}/"):
        for name in COUNTRIES.values():
            yield name, BORDERS


def po_of(package: str, language: str) -> Path:
    """Where the catalogue of a package in a language lies."""
    return ROOT / "src" / package / "locale" / language / "LC_MESSAGES" / f"{package}.po"


def updated(package: str, language: str) -> Catalog:
    """The catalogue with the sentences of today: new ones empty, old ones gone."""
    path = po_of(package, language)
    catalogue = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as stored:
            catalogue = read_po(stored, locale=language)
    catalogue.update(sentences_of(package), no_fuzzy_matching=True)
    if package == "mapy":
        names = Locale.parse(language).territories
        for code, name in COUNTRIES.items():
            catalogue[name].string = catalogue[name].string or names[code]
    catalogue.obsolete.clear()
    catalogue.project, catalogue.version = package, "1"
    catalogue.creation_date = catalogue.revision_date = _UNDATED
    catalogue.fuzzy = False
    if language in PLURALS:
        catalogue.mime_headers = [("Plural-Forms", PLURALS[language])]
    catalogue.header_comment = f"# What {package} says. tools/translations.py keeps it up to date."
    return catalogue


def text_of(catalogue: Catalog) -> bytes:
    """The catalogue as people edit it."""
    stream = BytesIO()
    write_po(stream, catalogue, width=100, sort_by_file=True, include_lineno=False)
    return stream.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as `gettext` reads it."""
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def faults_of(catalogue: Catalog) -> list[str]:
    """What keeps a catalogue from being complete."""
    return [fault for message in catalogue if message.id for fault in _faults(message)]


def _faults(message: Message) -> Iterator[str]:
    forms = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    if message.fuzzy:
        yield f"unsure: {sources[0]}"
    if not all(forms):
        yield f"missing: {sources[0]}"
        return
    for form in forms:
        differing = _placeholders(form) ^ _placeholders(sources[-1])
        # A form for one or two may say the number in words.
        if differing - ({"%(num)s", "{count}"} if len(sources) > 1 else set()):
            yield f"other placeholders: {form}"


def _placeholders(sentence: str) -> set[str]:
    return set(re.findall(r"\{\w+\}|%\(\w+\)s", sentence))


def main() -> int:
    """Bring every catalogue up to date; the exit code counts those that are not complete."""
    incomplete = 0
    for package in PACKAGES:
        for language in LANGUAGES:
            path = po_of(package, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue = updated(package, language)
            path.write_bytes(text_of(catalogue))
            path.with_suffix(".mo").write_bytes(compiled(catalogue))
            faults = faults_of(catalogue)
            incomplete += bool(faults)
            print(f"{package} {language}: {len(catalogue)} sentences, {len(faults)} faults")
            print(*(f"  {fault}" for fault in faults[:20]), sep="\n")
    return incomplete


if __name__ == "__main__":
    sys.exit(main())
