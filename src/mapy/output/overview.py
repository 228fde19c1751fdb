"""The printable page of many pictures: map, time, who gives what away, and what links them."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import TYPE_CHECKING

from mapy.batch import links, matrix, summary, timeline
from mapy.explain.finding import Weight
from mapy.explain.surroundings import place_text
from mapy.geo.marks import Mark
from mapy.output import html
from mapy.output.labels import ENGLISH, SUBJECTS, WEIGHTS
from mapy.output.table import shown
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapy.batch import Facts, Link
    from mapy.output.labels import Language

TITLE = Text("Where the pictures were taken")
MOST_NAMES = 50
"""Names of files that stand behind a link; the others are counted."""


def pieces(facts: Iterable[Facts], language: Language = ENGLISH) -> Iterator[str]:
    """The page. The facts of all files are kept, a few hundred bytes each."""
    return html.page(TITLE, _body(tuple(facts), language), language)


def _body(files: Sequence[Facts], language: Language) -> Iterator[str]:
    folder, files = _without_folder(files)
    yield f"<p>{_counts(files, language)}</p>\n"
    if folder:
        where = language.markup(Text("All names are below {folder}", {"folder": folder}))
        yield f"<p>{where}</p>\n"
    yield from _map(files, language)
    yield from _pictures(files, language)
    yield from _matrix(files, language)
    yield from _links(links(files), language)
    yield from _unread(files, language)


def _without_folder(files: Sequence[Facts]) -> tuple[str, Sequence[Facts]]:
    """The folder that all files are in, and the files with names below it."""
    try:
        folder = os.path.commonpath([PurePath(file.name).parent for file in files])
    except ValueError:  # no files, or on several drives
        return "", files
    if not folder:
        return "", files
    below = [
        file._replace(name=PurePath(file.name).relative_to(folder).as_posix()) for file in files
    ]
    return folder, below


def _counts(files: Sequence[Facts], language: Language) -> str:
    counts = summary(files)
    return language.markup(
        Text(
            "Files: {files}. With a place: {placed}. With something that can lead to a person or a"
            " place: {high}. Unreadable: {unread}.",
            {
                "files": counts.files,
                "placed": counts.placed,
                "high": counts.by_weight[Weight.HIGH],
                "unread": counts.unread,
            },
        )
    )


def _map(files: Sequence[Facts], language: Language) -> Iterator[str]:
    places = [file.position for file in files if file.position is not None]
    if len(places) == 1:
        yield from html.near(places[0], language)
    if places:
        from mapy.geo.map import world_map  # noqa: PLC0415 - few pages need its outlines

        marks = [Mark(*place[:2]) for place in places]
        yield f"<figure>{world_map(marks, speech=language.speech)}</figure>\n"


def _pictures(files: Sequence[Facts], language: Language) -> Iterator[str]:
    """The pictures by time, then those that tell none."""
    timed = timeline(files)
    others = [file for file in files if file.taken_at is None and file.error is None]
    header = (Text("File"), Text("Time"), Text("Place"), Text("Camera"))
    return html.table(
        language.markup(Text("The pictures by time; a clock without a zone is the camera's")),
        [language.markup(each) for each in header],
        (_row(file, language) for file in (*timed, *others)),
    )


def _row(file: Facts, language: Language) -> Sequence[str]:
    place = file.position
    return (
        html.name(file.name),
        html.name(file.taken_at.isoformat(sep=" ", timespec="seconds")) if file.taken_at else "",
        language.markup(place_text(place.latitude, place.longitude)) if place else "",
        html.name(shown(file.camera)),
    )


def _matrix(files: Sequence[Facts], language: Language) -> Iterator[str]:
    found = matrix(files)
    return html.table(
        language.markup(Text("Who gives what away")),
        [
            language.markup(each)
            for each in (Text("File"), *(SUBJECTS[one] for one in found.subjects))
        ],
        (
            (html.name(row.name), *(_weight(weight, language) for weight in row.cells))
            for row in found.rows
        ),
    )


def _weight(weight: Weight | None, language: Language) -> str:
    if weight is None:
        return ""
    return f'<span class="{weight.value}">{language.markup(WEIGHTS[weight])}</span>'


def _links(found: Sequence[Link], language: Language) -> Iterator[str]:
    if not found:
        return
    yield f"<h2>{language.markup(Text('What links them'))}</h2>\n<ul>\n"
    for link in found:
        names = ", ".join(html.name(name) for name in link.names[:MOST_NAMES])
        rest = len(link.names) - MOST_NAMES
        more = language.markup(Text("and {count} more", {"count": rest})) if rest > 0 else ""
        yield f"<li>{language.markup(link.what)}<br>{names} {more}</li>\n"
    yield "</ul>\n"


def _unread(files: Sequence[Facts], language: Language) -> Iterator[str]:
    unread = [file for file in files if file.error is not None]
    if not unread:
        return
    yield f"<h2>{language.markup(Text('What could not be read'))}</h2>\n<ul>\n"
    for file in unread:
        reason = language.markup(file.error.text) if file.error else ""
        yield f"<li>{html.name(file.name)}: {reason}</li>\n"
    yield "</ul>\n"
