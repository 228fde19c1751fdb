"""What many files say together: counts, who gives what away, and in which order they were taken."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

from mapy.explain.finding import Subject, Weight

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mapy.batch.facts import Facts

_RANK = {weight: rank for rank, weight in enumerate(Weight)}


class Row(NamedTuple):
    """A file of the matrix."""

    name: str
    cells: tuple[Weight | None, ...]
    """The highest weight of each subject, in the order of `Matrix.subjects`; None: nothing."""


class Matrix(NamedTuple):
    """Who gives what away: files by subjects."""

    subjects: tuple[Subject, ...]
    rows: tuple[Row, ...]
    """In the order given, without the files that could not be read."""


def matrix(facts: Iterable[Facts]) -> Matrix:
    """What each file gives away, by subject."""
    subjects = tuple(Subject)
    rows = []
    for file in facts:
        if file.error is not None:
            continue
        highest: dict[Subject, Weight] = {}
        for found in file.findings:
            before = highest.get(found.subject)
            if before is None or _RANK[found.weight] < _RANK[before]:
                highest[found.subject] = found.weight
        rows.append(Row(file.name, tuple(map(highest.get, subjects))))
    return Matrix(subjects, tuple(rows))


def timeline(facts: Iterable[Facts]) -> tuple[Facts, ...]:
    """The files that tell a time, in the order they were taken.

    A time without a zone stands as if it were UTC: where it falls among others may be wrong by the
    zone of its camera.
    """
    return tuple(sorted((file for file in facts if file.taken_at is not None), key=moment_of))


def moment_of(file: Facts) -> datetime:
    """The moment by which a file with a time is sorted.

    Raises:
        ValueError: the file tells no time.
    """
    moment = file.utc or file.taken_at
    if moment is None:
        raise ValueError(file.name)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


class Summary(NamedTuple):
    """The counts of many files."""

    files: int
    unread: int
    """Files that could not be read."""
    incomplete: int
    """Files of which some places could not be read."""
    placed: int
    """Files that tell a position."""
    by_weight: dict[Weight, int]
    """Files by their highest finding."""
    by_subject: dict[Subject, int]
    """Files that give away something of a subject."""
    cameras: dict[str, int]
    """Files by camera, most first."""
    first: datetime | None
    """The earliest time that a file tells, as it tells it."""
    last: datetime | None


def summary(facts: Iterable[Facts]) -> Summary:
    """The counts of all files, in one pass."""
    counts: Counter[str] = Counter()
    weights: Counter[Weight] = Counter()
    subjects: Counter[Subject] = Counter()
    cameras: Counter[str] = Counter()
    first: Facts | None = None
    last: Facts | None = None
    for file in facts:
        counts["files"] += 1
        counts["unread"] += file.error is not None
        counts["incomplete"] += file.problems > 0
        counts["placed"] += file.position is not None
        if file.findings:
            weights[min((found.weight for found in file.findings), key=_RANK.__getitem__)] += 1
        subjects.update({found.subject for found in file.findings})
        if file.camera:
            cameras[file.camera] += 1
        if file.taken_at is not None:
            first = file if first is None or moment_of(file) < moment_of(first) else first
            last = file if last is None or moment_of(file) > moment_of(last) else last
    return Summary(
        files=counts["files"],
        unread=counts["unread"],
        incomplete=counts["incomplete"],
        placed=counts["placed"],
        by_weight={weight: weights[weight] for weight in Weight},
        by_subject={subject: subjects[subject] for subject in Subject},
        cameras=dict(cameras.most_common()),
        first=first.taken_at if first is not None else None,
        last=last.taken_at if last is not None else None,
    )
