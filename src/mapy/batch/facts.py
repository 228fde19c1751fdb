"""`Facts`: the few values of a file that are kept while others are read."""

from __future__ import annotations

from math import isfinite
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from mapy.batch.marks import Mark, marks_of
from mapy.batch.moments import utc_of
from mapy.batch.reading import Unread, explained, look_at_each
from mapy.explain import explain
from mapy.explain.facts import Facts as Looked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from mapy.explain.finding import Finding, Subject, Weight
    from mapy.model import Metadata, Position

MOST_FINDINGS = 200
"""Findings kept of one file; there are fewer rules."""
_LONGEST_CAMERA = 100


class Found(NamedTuple):
    """A finding without its sentences and values."""

    rule: str
    subject: Subject
    weight: Weight


class Facts(NamedTuple):
    """What is kept of a file: a few hundred bytes, whatever the file's size."""

    name: str
    """As the caller gave it."""
    error: Unread | None = None
    """Why nothing could be read."""
    format: str = ""
    size: int = 0
    """Bytes."""
    position: Position | None = None
    taken_at: datetime | None = None
    """By the clock that the file tells; with a zone only where a tag names one."""
    utc: datetime | None = None
    """The same moment in UTC, where the file names a zone or a satellite's time; else None."""
    camera: str = ""
    """Make and model."""
    marks: tuple[Mark, ...] = ()
    """What may link the file to others."""
    findings: tuple[Found, ...] = ()
    problems: int = 0
    """How many places could not be read."""


def facts_of(name: str, metadata: Metadata, findings: Iterable[Finding] | None = None) -> Facts:
    """What is kept of one file.

    Args:
        name: what the file is called in every answer.
        metadata: what was read of it.
        findings: what `mapy.explain` found, if the caller has it already.
    """
    if findings is None:
        findings = explain(metadata, name=PurePath(name).name)
    kept = dict.fromkeys(Found(each.rule, each.subject, each.weight) for each in findings)
    taken_at = metadata.taken_at
    return Facts(
        name=name,
        format=metadata.format,
        size=metadata.size,
        position=_finite(metadata.position),
        taken_at=taken_at,
        utc=utc_of(metadata, taken_at),
        camera=Looked(metadata).camera[:_LONGEST_CAMERA],
        marks=marks_of(metadata),
        findings=tuple(kept)[:MOST_FINDINGS],
        problems=len(metadata.problems),
    )


def _finite(position: Position | None) -> Position | None:
    """The position, if its numbers are numbers: no format for maps can hold another."""
    if position is None or not all(map(isfinite, position[:2])):
        return None
    altitude = position.altitude
    has_altitude = altitude is not None and isfinite(altitude)
    return position if has_altitude else position._replace(altitude=None)


def facts_of_each(paths: Iterable[Path], *, with_findings: bool = True) -> Iterator[Facts]:
    """The facts of each file, in the order given; of one that cannot be read, why."""

    def look(path: Path, metadata: Metadata) -> Facts:
        return facts_of(str(path), metadata, explained(path, metadata) if with_findings else ())

    for path, found in look_at_each(paths, look):
        yield Facts(str(path), error=found) if isinstance(found, Unread) else found
