"""What the page shows of several pictures: a row each, who gives what away, and what links them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapy.batch import Facts, facts_of, links, matrix, summary, timeline
from mapy.explain.clock import moment_text, offset_text
from mapy.geo import Mark
from mapy.output.labels import SUBJECTS, WEIGHTS
from mapy.text import ENGLISH, Text
from mapy.web.exporting import unread
from mapy.web.listing import NOT_LISTED, listing_of
from mapy.web.picture import Picture, brief_of
from mapy.web.places import map_of_all
from mapy.web.uploads import distinct, found_in, read_upload
from safelight.api import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from markupsafe import Markup

    from mapy.explain.finding import Weight
    from mapy.text import Speech
    from safelight.api import Upload

MOST_ROWS = 1_500
"""Tags that one page lists; the pictures after them are to be read alone."""
MOST_THUMBNAIL_BYTES = 1_000_000
"""Letters of all small pictures of a page."""
MOST_NAMES = 20
"""Names that stand behind a link; the others are counted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a picture gives away of a subject."""

    weight: str
    word: Text


@dataclass(frozen=True, slots=True)
class Line:
    """A picture of the matrix."""

    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """What links some of the pictures."""

    what: Text
    names: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture of the timeline."""

    moment: str
    zone: str
    name: str
    camera: str


@dataclass(frozen=True, slots=True)
class Several:
    """All that the page shows of several uploads."""

    heading: Text
    pictures: tuple[Picture, ...]
    subjects: tuple[Text, ...]
    lines: tuple[Line, ...]
    ties: tuple[Tie, ...]
    taken: tuple[Taken, ...]
    world: Markup | None
    placed: int


def several_of(
    uploads: Sequence[Upload], *, compare: bool = False, speech: Speech = ENGLISH
) -> Several:
    """What the uploads say one by one and together. One reading at a time is in memory."""
    facts: list[Facts] = []
    pictures: list[Picture] = []
    names = distinct([upload.name for upload in uploads])
    tags = thumbnails = 0
    for index, (name, upload) in enumerate(zip(names, uploads, strict=True)):
        try:
            metadata = read_upload(upload)
        except Refusal as refusal:
            facts.append(Facts(name, error=unread(refusal)))
            pictures.append(Picture(index, name, refusal))
            continue
        found = found_in(upload, metadata, compare=compare)
        facts.append(facts_of(name, metadata, found))
        tags += len(metadata)
        listing = (
            listing_of(metadata, {}, f"p{index}t", speech) if tags <= MOST_ROWS else NOT_LISTED
        )
        picture = brief_of(index, name, upload, metadata, found, listing=listing)
        thumbnails += len(picture.shown.uri) if picture.shown else 0
        pictures.append(picture if thumbnails <= MOST_THUMBNAIL_BYTES else picture.without_shown())
    return _together(facts, pictures, speech)


def _together(facts: Sequence[Facts], pictures: Sequence[Picture], speech: Speech) -> Several:
    table = matrix(facts)
    places = [file.position for file in facts if file.position is not None]
    return Several(
        heading=heading_of(facts),
        pictures=tuple(pictures),
        subjects=tuple(SUBJECTS[subject] for subject in table.subjects),
        lines=tuple(Line(row.name, tuple(map(_cell, row.cells))) for row in table.rows),
        ties=tuple(
            Tie(link.what, link.names[:MOST_NAMES], max(0, len(link.names) - MOST_NAMES))
            for link in links(facts)
        ),
        taken=tuple(_taken(file, file.taken_at) for file in timeline(facts) if file.taken_at),
        world=map_of_all([Mark(*place[:2]) for place in places], speech),
        placed=len(places),
    )


def heading_of(facts: Sequence[Facts]) -> Text:
    """How many say where they were taken, and how many could not be read."""
    counts = summary(facts)
    values: dict[str, object] = {
        "placed": counts.placed,
        "files": counts.files,
        "unread": counts.unread,
    }
    if counts.unread:
        return Text(
            "{placed} of {files} files say where they were taken; {unread} could not be read",
            values,
        )
    return Text("{placed} of {files} pictures say where they were taken", values)


def _cell(weight: Weight | None) -> Cell | None:
    return None if weight is None else Cell(weight.value, WEIGHTS[weight])


def _taken(file: Facts, moment: datetime) -> Taken:
    offset = moment.utcoffset()
    return Taken(
        moment_text(moment),
        offset_text(offset) if offset is not None else "",
        file.name,
        file.camera,
    )
