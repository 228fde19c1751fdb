"""A page of HTML that stands alone: no script, nothing from outside, made to be printed.

A policy in its head forbids all else, so that even a fault in what is written here could not make
the page ask anything of a network.
"""

from __future__ import annotations

from base64 import b64encode
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from mapy.geo.marks import Mark
from mapy.output.escaping import markup
from mapy.output.labels import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapy.model import Position
    from mapy.output.labels import Language
    from mapy.text import Text

STYLE = """
:root{color-scheme:light dark;--ground:#faf8f6;--card:#fff;--text:#1d1a19;--muted:#5f5955;
--high:#a3201d;--look:#7a4b00;--line:#8a827c;--land:#e4ddd6;--sea:#f4f1ee}
@media(prefers-color-scheme:dark){:root{--ground:#171312;--card:#221c1a;--text:#f1ebe7;
--muted:#b3a8a1;--high:#ff7a6b;--look:#f0b14a;--line:#7d726b;--land:#3a312d;--sea:#221c1a}}
@media print{:root{--ground:#fff;--card:#fff;--text:#000;--muted:#333;--high:#000;--look:#000;
--line:#888;--land:#ddd;--sea:#fff}section{break-inside:avoid-page}thead{display:table-header-group}
tr{break-inside:avoid}}
body{margin:0 auto;padding:1.5rem;max-width:70rem;background:var(--ground);color:var(--text);
font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1,h2,h3{line-height:1.2}li{margin-bottom:.5rem}li em,li .tags{display:block}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.875rem}
caption{text-align:start;color:var(--muted)}
th,td{text-align:start;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid var(--line);
min-width:4.5rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}
dt{color:var(--muted)}dd{margin:0}
section{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:0 1rem 1rem;
margin:1rem 0}
.high{color:var(--high)}.look{color:var(--look)}.muted{color:var(--muted)}
.scroll{overflow-x:auto}figure{margin:1rem 0}svg{max-width:100%;height:auto;direction:ltr}
.map-sea{fill:var(--sea)}.map-land{fill:var(--land)}.map-border{stroke:var(--line)}
.map-pin{stroke:var(--high)}.map-pin-edge{stroke:var(--card)}.map-label{fill:var(--text)}
"""
_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none';"
    f" style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
)


def page(title: Text, body: Iterable[str], language: Language = ENGLISH) -> Iterator[str]:
    """The whole page: its head, the title, and the body's pieces of HTML as they come."""
    words = language.markup(title)
    yield (
        f'<!doctype html>\n<html lang="{markup(language.code)}" dir="{markup(language.direction)}">'
        '\n<head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{words}</title><style>{STYLE}</style></head>\n<body><main>\n<h1>{words}</h1>\n"
    )
    yield from body
    yield "</main></body></html>\n"


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table, all of whose parts are HTML already; the first cell of a row names it.

    Args:
        caption: what the table holds.
        header: names of the columns.
        rows: cells.
    """
    columns = "".join(f'<th scope="col">{name}</th>' for name in header)
    yield (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}">'
        f"<table><caption>{caption}</caption>"
        f"<thead><tr>{columns}</tr></thead><tbody>\n"
    )
    for first, *others in rows:
        cells = "".join(f"<td>{cell}</td>" for cell in others)
        yield f'<tr><th scope="row">{first}</th>{cells}</tr>\n'
    yield "</tbody></table></div>\n"


def near(position: Position, language: Language = ENGLISH) -> Iterator[str]:
    """A map of the land around a place; nothing for one that is nowhere on the Earth."""
    from mapy.geo.map import place_map  # noqa: PLC0415 - many pages need no coasts

    with suppress(ValueError):  # numbers that are none
        yield f"<figure>{place_map(Mark(*position[:2]), speech=language.speech)}</figure>\n"


def name(text: str) -> str:
    """A name that comes from outside: it does not turn the direction of what stands around it."""
    return f"<bdi>{markup(text)}</bdi>"
