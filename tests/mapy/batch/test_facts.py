"""What is kept of a file while others are read."""

from __future__ import annotations

from datetime import UTC, datetime
import pickle
import tracemalloc
from typing import TYPE_CHECKING

import pytest

import mapy
from mapy.batch import Folder, facts_of, facts_of_each
from mapy.batch.facts import Found
from mapy.check import DEFAULT, Judge
from mapy.explain.finding import Subject, Weight
from mapy_builders import Entry, ascii_entry, camera, exif, ifd, jpeg, pointer, rational, tiff
from mapy_fact_builders import finding

if TYPE_CHECKING:
    from pathlib import Path

PHOTO = jpeg(exif(tiff(camera())))


def test_keeps_place_time_camera_and_findings() -> None:
    """And no sentence, no tag, no picture."""
    found = facts_of("a.jpg", mapy.read(PHOTO), [finding(), finding()])

    assert (found.name, found.format, found.camera) == ("a.jpg", "JPEG", "Lamp Safe 1")
    assert found.position is not None
    assert [round(degrees, 2) for degrees in found.position[:2]] == [-33.86, 151.21]
    assert found.taken_at == datetime(2024, 5, 1, 10, 11, 12)  # noqa: DTZ001 - no tag names a zone
    assert found.utc is None
    assert found.findings == (Found("place.position", Subject.PLACE, Weight.HIGH),)


def test_the_make_is_not_said_twice() -> None:
    """Many models begin with their make."""
    structure = tiff(ifd(ascii_entry(0x010F, "Lamp"), ascii_entry(0x0110, "LAMP Safe 1")))

    assert facts_of("a", mapy.read(structure), ()).camera == "LAMP Safe 1"


def test_the_time_of_the_satellites_places_a_clock_without_a_zone() -> None:
    """GPS date and time are UTC."""
    gps = ifd(
        rational(0x0007, (0, 1), (11, 1), (12, 1)),
        ascii_entry(0x001D, "2024:05:01"),
    )
    structure = tiff(ifd(pointer(0x8825, gps)))

    moment = datetime(2024, 5, 1, 0, 11, 12, tzinfo=UTC)
    assert facts_of("a", mapy.read(structure), ()).utc == moment


@pytest.mark.parametrize("moment", ["0001:01:01 00:00:00+14:00", "9999:12:31 23:59:59-12:00"])
def test_a_clock_at_the_end_of_time_has_no_utc(moment: str) -> None:
    """And loses nothing else of the file."""
    photo = ifd(ascii_entry(0x9003, moment[:19]), ascii_entry(0x9011, moment[19:]))
    found = facts_of("a", mapy.read(tiff(ifd(pointer(0x8769, photo)))), ())

    assert found.taken_at is not None
    assert found.utc is None


def test_a_receiver_without_satellites_tells_no_time() -> None:
    """0000:00:00 is no date."""
    gps = ifd(rational(0x0007, (0, 1), (0, 1), (0, 1)), ascii_entry(0x001D, "0000:00:00"))

    assert facts_of("a", mapy.read(tiff(ifd(pointer(0x8825, gps)))), ()).utc is None


def test_one_broken_file_never_loses_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken, missing, one at which MAPy itself fails: each has its reason, the rest is read."""
    paths = [
        tmp_path / name for name in ("a.jpg", "broken.jpg", "missing.jpg", "fault.jpg", "b.jpg")
    ]
    for path in paths:
        path.write_bytes(b"\xff\xd8\xff" if path.stem == "broken" else PHOTO)
    paths[2].unlink()

    def read(path: Path) -> mapy.Metadata:
        if path.stem == "fault":
            raise ZeroDivisionError
        return mapy.read(path)

    monkeypatch.setattr("mapy.batch.reading.read", read)
    found = list(facts_of_each(paths, with_findings=False))

    assert [file.name for file in found] == [str(path) for path in paths]
    assert [file.error.code if file.error else "" for file in found] == [
        *("", "file.broken", "file.not-opened", "file.fault", ""),
    ]


def test_the_facts_of_a_file_are_small_whatever_it_holds() -> None:
    """A text of 60,000 characters and thousands of owners leave less than 16 KiB."""
    photo = ifd(*(ascii_entry(0xA430, f"owner {number} " * 20) for number in range(300)))
    long = Entry(0x0110, 2, b"x" * 60_000)
    found = facts_of("a", mapy.read(tiff(ifd(long, pointer(0x8769, photo)))), ())

    assert len(pickle.dumps(found)) < 16 * 1024


def test_200_files_with_3_broken_give_197_results_and_3_named_errors(tmp_path: Path) -> None:
    """And what is kept of them needs little memory, though each file has much in it."""
    large = jpeg(exif(tiff(ifd(Entry(0x010E, 2, b"x" * 60_000)))))
    paths = [tmp_path / f"{number:03}.jpg" for number in range(200)]
    for number, path in enumerate(paths):
        path.write_bytes(b"\xff\xd8\xff" if number % 80 == 7 else large)
    list(facts_of_each(paths[:2]))  # what is loaded once is not counted
    tracemalloc.start()
    try:
        found = list(facts_of_each(Folder([tmp_path])))
        kept, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert [file.name for file in found if file.error] == [str(paths[at]) for at in (7, 87, 167)]
    assert sum(file.error is None for file in found) == 197
    assert kept < 200 * 2048
    assert peak < 4 * 1024 * 1024


def test_a_file_that_is_too_large_is_judged_by_its_tags(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not loaded as a whole."""
    path = tmp_path / "a.jpg"
    path.write_bytes(PHOTO)
    monkeypatch.setattr("mapy.batch.reading.MOST_CONTENT", len(PHOTO) - 1)
    contents: list[bytes | None] = []

    def explain(
        _: mapy.Metadata, *, name: str, content: bytes | None, **_options: object
    ) -> tuple[()]:
        contents.append(content)
        assert name == "a.jpg"
        return ()

    monkeypatch.setattr("mapy.batch.reading.explain", explain)
    list(facts_of_each([path]))

    assert contents == [None]


def test_a_rule_that_fails_loses_no_other_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours is named as ours."""
    paths = [tmp_path / "a.jpg", tmp_path / "b.jpg"]
    for path in paths:
        path.write_bytes(PHOTO)

    def explain(_: mapy.Metadata, *, name: str, **__: object) -> tuple[()]:
        if name == "a.jpg":
            raise ZeroDivisionError
        return ()

    monkeypatch.setattr("mapy.batch.reading.explain", explain)
    found = list(facts_of_each(paths))
    outcomes = list(Judge(DEFAULT).outcomes(paths))

    assert [each.error.code if each.error else "" for each in found] == ["file.fault", ""]
    assert [each.fails for each in outcomes] == [True, False]
