"""Nikon's menus of the Z 6III, Z 8 and Z 9: where a setting stands goes with the firmware."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mapy.makernotes.nikon.records import add, record

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.makernotes.fields import Fields
    from mapy.makernotes.note import Note


class Menu(NamedTuple):
    """The layout of a menu from one firmware on."""

    since: str
    """The firmware; versions are compared as texts."""
    sections: tuple[str, ...] = ()
    """Of the table; all begin where the menu begins."""
    custom: str = ""
    """The section of the custom settings."""
    custom_at: int = 0
    custom_size: int = 0
    shifts: tuple[tuple[int, int], ...] = ()
    """Places, from each of which on all stands so many bytes later than the table says."""


_Z8, _Z8_2 = ("MenuSettingsZ8", "MenuSettingsZ8v1"), ("MenuSettingsZ8", "MenuSettingsZ8v2")
_Z8_CUSTOM = "Custom.SettingsZ8"
_Z9_4, _Z9_CUSTOM = ("MenuSettingsZ9v4",), "Custom.SettingsZ9v4"
Z6_III = (
    Menu("", ("MenuSettingsZ6III",), "Custom.SettingsZ6III", 1255, 700),
    Menu("02.00"),
)
Z8 = (
    Menu("", _Z8, _Z8_CUSTOM, 943, 730),
    Menu("02.00", _Z8_2, _Z8_CUSTOM, 943, 755),
    Menu("02.10", _Z8_2, _Z8_CUSTOM, 943, 755, ((73, 4),)),
    Menu("03.00", _Z8_2, _Z8_CUSTOM, 943, 755, ((73, 4), (637, 4))),
)
Z9 = (
    Menu("", ("MenuSettingsZ9",)),
    Menu("03.00", ("MenuSettingsZ9v3",), "Custom.SettingsZ9", 847, 608),
    Menu("04.00", _Z9_4, _Z9_CUSTOM, 847, 632),
    Menu("05.10", _Z9_4, _Z9_CUSTOM, 847, 632, ((73, 4),)),
)


@cache
def shifted(section: str, shifts: tuple[tuple[int, int], ...]) -> Fields:
    """The layout of a section with all that stands behind some places moved."""
    layout = record(section)
    if not shifts:
        return layout
    return layout.of(
        field._replace(offset=field.offset + _shift(shifts, field.offset))
        for field in layout.fields
    )


def _shift(shifts: tuple[tuple[int, int], ...], place: int) -> int:
    return sum(size for start, size in shifts if place >= start)


def read_menu(
    note: Note, entry: int, menus: tuple[Menu, ...], firmware: str, view: ByteView
) -> None:
    """Read a menu by the layout of the camera's firmware, and the custom settings inside it."""
    menu = [each for each in menus if each.since <= firmware][-1]
    for section in menu.sections:
        add(note, entry, shifted(section, menu.shifts), view, "<")
    at = menu.custom_at + _shift(menu.shifts, menu.custom_at)
    if menu.custom and view.has(at, 1):
        block = view.sub(at, min(menu.custom_size, len(view) - at))
        add(note, entry, record(menu.custom), block, "<")
