"""The rows of tags as HTML: hundreds on a page, so they are escaped together, not one by one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Translate: TypeAlias = Callable[[str], str]

Row: TypeAlias = tuple[str, str, str, str, str, str]
"""One tag: the address of its row, its name, its value for people and as it is stored, if that is
another, what it means, and its place in the file. No class: hundreds are made for a page."""
_EDGE = "\0"
"""Between two fields. None holds it: values are made visible, and it is changed in names."""
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_MOST_LANGUAGES = 16


class _Meanings(dict[str, str]):
    """Meanings as HTML in a language, each translated when it is first needed: they are ours."""

    def __init__(self, translate: Translate) -> None:
        super().__init__()
        self._translate = translate

    def __missing__(self, meaning: str) -> str:
        html = self[meaning] = str(escape(self._translate(meaning)))
        return html


_meanings_in = lru_cache(_MOST_LANGUAGES)(_Meanings)


def tag_rows(rows: Iterable[Row], translate: Translate) -> Markup:
    """The body of a table of tags; the meanings in the language of the page.

    What comes from the file is escaped: names and values.
    """
    fields: list[str] = []
    ours: list[tuple[str, str, str]] = []
    meanings = _meanings_in(translate)
    for anchor, name, readable, stored, meaning, where in rows:
        fields += (name.replace(_EDGE, _REPLACED), readable, stored)
        ours.append((anchor, meanings[meaning], where))
    if not fields:
        return Markup()
    escaped = iter(str(escape(_EDGE.join(fields))).split(_EDGE))
    # Of one iterator, three times: each turn takes the three fields of a row.
    return Markup("".join(map(_html, ours, escaped, escaped, escaped)))  # noqa: S704 - escaped above


def _html(ours: tuple[str, str, str], name: str, readable: str, stored: str) -> str:
    """A row, of fields that are escaped."""
    anchor, meaning, where = ours
    if stored:
        readable = f'<span class="readable">{readable}</span><span class="stored">{stored}</span>'
    return (
        f'<tr role="row" id="{anchor}">'
        f'<th role="rowheader" scope="row">{name}</th>'
        f'<td role="cell" dir="auto" class="value">{readable}</td>'
        f'<td role="cell" class="meaning">{meaning}</td>'
        f'<td role="cell" class="value where">{where}</td></tr>\n'
    )
