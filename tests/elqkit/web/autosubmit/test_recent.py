"""What pages have read just now: once, for a while, and within bounds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from elqkit.autosubmit.preparing import Sheet, read_sheet
from elqkit.web.autosubmit import prepared, workroom
from elqkit.web.autosubmit.recent import RECENT, Recent
from elqkit_visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

CONTENT = b"a,b\n" + b"1,2\n" * 100


def reader(calls: list[int]) -> Callable[[], Sheet]:
    """Reads the file above, and tells."""

    def read() -> Sheet:
        calls.append(1)
        return read_sheet(CONTENT, "a.csv")

    return read


def test_a_sheet_is_read_once_for_each_way_of_reading() -> None:
    """Another file, or other edits, are another sheet."""
    calls: list[int] = []
    recent = Recent()
    first = recent.get("file", "utf-8", reader(calls))
    assert recent.get("file", "utf-8", reader(calls)) is first
    recent.get("file", "cp1252", reader(calls))
    recent.get("other", "utf-8", reader(calls))
    assert (len(calls), len(recent)) == (3, 3)


def test_a_file_that_is_forgotten_is_gone_in_all_its_readings() -> None:
    """At once."""
    recent = Recent()
    for file, reading in (("file", "1"), ("file", "2"), ("other", "1")):
        recent.get(file, reading, reader([]))
    recent.forget("file")
    assert len(recent) == 1


def test_the_longest_unused_makes_room() -> None:
    """Within so many bytes; one that is larger than all of it is not kept at all."""
    size = Recent().get("file", "", reader([])).size_bytes
    calls: list[int] = []
    recent = Recent(max_bytes=2 * size)
    for file in ("1", "2", "1", "3"):
        recent.get(file, "", reader(calls))
    assert (len(calls), len(recent)) == (3, 2)
    recent.get("1", "", reader(calls))
    assert len(calls) == 3
    small = Recent(max_bytes=size - 1)
    small.get("1", "", reader([]))
    assert len(small) == 0


def test_what_nobody_asks_for_is_forgotten_by_itself() -> None:
    """Without another request."""
    recent = Recent(idle_s=0.05)
    recent.get("file", "", reader([]))
    end = time.monotonic() + 5
    while len(recent):
        assert time.monotonic() < end
        time.sleep(0.01)


def counted(
    monkeypatch: pytest.MonkeyPatch, name: str, whole: Callable[..., object], calls: list[str]
) -> None:
    """Note each call of a function of the workroom."""

    def noted(*given: object) -> object:
        calls.append(name)
        return whole(*given)

    monkeypatch.setattr(workroom, name, noted)


def test_the_pages_of_a_draft_read_its_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the file to the page that sends; an edit is another reading, and its end forgets all."""
    calls: list[str] = []
    counted(monkeypatch, "sheet_of", prepared.sheet_of, calls)
    counted(monkeypatch, "prepare", prepared.prepare, calls)
    visitor, before = Visitor(), len(RECENT)
    visitor.ready()
    for step in ("file/", "columns/", "checks/", "rehearsal/", "send/"):
        assert visitor.get(step).status_code == 200
    assert calls == ["sheet_of", "prepare"]
    visitor.post("line/2/2/", value="Anna")
    assert "Anna" in visitor.get("rehearsal/").text
    assert calls == ["sheet_of", "prepare"] * 2
    visitor.post("drop/")
    assert len(RECENT) <= before
