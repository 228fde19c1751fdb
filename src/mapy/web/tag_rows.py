"""The rows of tags as HTML: hundreds on a page, so they are escaped together, not one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from mapy.web.listing import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_EDGE = "\0"
"""Between two fields. None holds it: values are made visible, and it is changed in names."""
_REPLACED = "\N{REPLACEMENT CHARACTER}"


def tag_rows(rows: Iterable[Row], translate: Callable[[str], str]) -> Markup:
    """The body of a table of tags; the meanings in the language of the page."""
    fields: list[str] = []
    for anchor, name, readable, stored, meaning, where in rows:
        fields += (anchor, name.replace(_EDGE, _REPLACED), readable, stored)
        fields += (translate(meaning), where)
    escaped = iter(str(escape(_EDGE.join(fields))).split(_EDGE))
    parts = zip(*[escaped] * len(Row._fields), strict=True) if fields else ()
    return Markup("".join(_html(Row(*part)) for part in parts))  # noqa: S704 - escaped above


def _html(row: Row) -> str:
    """A row, of fields that are escaped."""
    anchor, name, readable, stored, meaning, where = row
    both = f'<span class="readable">{readable}</span><span class="stored">{stored}</span>'
    return (
        f'<tr role="row" id="{anchor}">'
        f'<th role="rowheader" scope="row">{name}</th>'
        f'<td role="cell" dir="auto" class="value">{both if stored else readable}</td>'
        f'<td role="cell" class="meaning">{meaning}</td>'
        f'<td role="cell" class="value where">{where}</td></tr>\n'
    )
