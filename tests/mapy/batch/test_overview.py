"""What many files say together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from mapy.batch import Facts, Unread, matrix, summary, timeline
from mapy.batch.facts import Found
from mapy.explain.finding import Subject, Weight
from mapy.model import Position

LATER = datetime(2024, 5, 1, 12, tzinfo=UTC)
PLACE = Found("place.position", Subject.PLACE, Weight.HIGH)
MODEL = Found("device.model", Subject.DEVICE, Weight.NOTE)
SERIAL = Found("device.serial", Subject.DEVICE, Weight.HIGH)
A = Facts("a", findings=(PLACE, MODEL), camera="Lamp", position=Position(0, 0), taken_at=LATER)
B = Facts("b", findings=(MODEL, SERIAL), camera="Lamp", problems=2)
BROKEN = Facts("c", error=Unread("file.broken", "It is broken."))


def test_the_matrix_tells_who_gives_what_away() -> None:
    """The highest weight of each subject; files that were not read have no row."""
    found = matrix([A, B, BROKEN])
    cells = {row.name: dict(zip(found.subjects, row.cells, strict=True)) for row in found.rows}

    assert list(cells) == ["a", "b"]
    assert (cells["a"][Subject.PLACE], cells["a"][Subject.DEVICE]) == (Weight.HIGH, Weight.NOTE)
    assert (cells["b"][Subject.PLACE], cells["b"][Subject.DEVICE]) == (None, Weight.HIGH)


def test_the_timeline_is_in_order_of_the_moments() -> None:
    """Moments, not the digits of clocks; files without a time are left out."""
    east = LATER.astimezone(timezone(timedelta(hours=9))) - timedelta(hours=1)
    before = Facts("before", taken_at=east, utc=east.astimezone(UTC))
    satellite = Facts("by gps", taken_at=datetime(2024, 5, 1, 20), utc=LATER - timedelta(hours=2))  # noqa: DTZ001

    assert [file.name for file in timeline([A, before, B, satellite])] == ["by gps", "before", "a"]


def test_the_summary_counts_in_one_pass() -> None:
    """Files by what they tell and how they could be read."""
    found = summary(iter([A, B, BROKEN]))

    assert (found.files, found.unread, found.incomplete, found.placed) == (3, 1, 1, 1)
    assert found.by_weight == {Weight.HIGH: 2, Weight.LOOK: 0, Weight.NOTE: 0}
    assert (found.by_subject[Subject.PLACE], found.by_subject[Subject.DEVICE]) == (1, 2)
    assert found.cameras == {"Lamp": 2}
    assert (found.first, found.last) == (LATER, LATER)


def test_the_summary_of_nothing_is_zeros() -> None:
    """An empty folder is no error."""
    assert summary([])[:4] == (0, 0, 0, 0)
