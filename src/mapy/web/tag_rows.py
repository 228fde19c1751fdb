"""The rows of tags as HTML: hundreds on a page, so they are escaped together, not one by one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Translate: TypeAlias = Callable[[str], str]

Row: TypeAlias = tuple[int, str, str, str, str, str]
"""One tag: the number of its row, its name, its value for people and as it is stored, if that is
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


def tag_rows(rows: Iterable[Row], prefix: str, translate: Translate) -> Markup:
    """The body of a table of tags; the meanings in the language of the page.

    The address of a row is its number behind `prefix`. What comes from the file is escaped: names
    and values.
    """
    rows = list(rows)
    if not rows:
        return Markup()
    fields: list[str] = []
    for _, name, readable, stored, _, _ in rows:
        fields += (name.replace(_EDGE, _REPLACED), readable, stored)
    escaped = iter(str(escape(_EDGE.join(fields))).split(_EDGE))
    meanings = _meanings_in(translate)
    html = [
        f'<tr role="row" id="{prefix}{number}">'
        f'<th role="rowheader" scope="row">{name}</th>'
        f'<td role="cell" dir="auto" class="value">'
        f"{_both(readable, stored) if stored else readable}</td>"
        f'<td role="cell" class="meaning">{meanings[meaning]}</td>'
        f'<td role="cell" class="value where">{where}</td></tr>\n'
        # Of one iterator, three times: each turn takes the three fields of a row.
        for (number, _, _, _, meaning, where), name, readable, stored in zip(
            rows, escaped, escaped, escaped, strict=True
        )
    ]
    return Markup("".join(html))  # noqa: S704 - escaped above


def _both(readable: str, stored: str) -> str:
    """A value for people, and as it is stored: the style shows one of them."""
    return f'<span class="readable">{readable}</span><span class="stored">{stored}</span>'
