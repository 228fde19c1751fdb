"""The rows of tags as HTML: hundreds on a page, so they are escaped together, not one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_EDGE = "\0"
"""Between two fields. None holds it: values are made visible, and it is changed in names."""
_REPLACED = "\N{REPLACEMENT CHARACTER}"


class Row(NamedTuple):
    """One tag."""

    anchor: str
    name: str
    readable: str
    stored: str
    meaning: str
    where: str


def tag_rows(rows: Iterable[Row], translate: Callable[[str], str]) -> Markup:
    """The body of a table of tags; the meanings in the language of the page."""
    fields: list[str] = []
    for anchor, name, readable, stored, meaning, where in rows:
        fields += (anchor, name.replace(_EDGE, _REPLACED), readable, stored)
        fields += (translate(meaning), where)
    if not fields:
        return Markup()
    escaped = iter(str(escape(_EDGE.join(fields))).split(_EDGE))
    # Of one iterator, six times: each turn takes the six fields of a row.
    return Markup("".join(map(_html, *[escaped] * len(Row._fields))))  # noqa: S704 - escaped above


def _html(  # noqa: PLR0917 - the fields of a row, in its order
    anchor: str, name: str, readable: str, stored: str, meaning: str, where: str
) -> str:
    """A row, of fields that are escaped."""
    if stored:
        readable = f'<span class="readable">{readable}</span><span class="stored">{stored}</span>'
    return (
        f'<tr role="row" id="{anchor}">'
        f'<th role="rowheader" scope="row">{name}</th>'
        f'<td role="cell" dir="auto" class="value">{readable}</td>'
        f'<td role="cell" class="meaning">{meaning}</td>'
        f'<td role="cell" class="value where">{where}</td></tr>\n'
    )
