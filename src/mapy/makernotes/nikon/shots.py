"""Nikon's shot info (0x0091): one layout a camera, enciphered from version 0200 on.

Older cameras write at fixed places. Newer ones begin with a table of offsets to blocks.
"""

from __future__ import annotations

from functools import cache
from struct import Struct
from typing import TYPE_CHECKING, Final, NamedTuple

from mapy.makernotes.nikon.menus import Z6_III, Z8, Z9, read_menu, shifted
from mapy.makernotes.nikon.records import PLAIN, Shape, add, plain_view, record

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.makernotes.fields import Fields
    from mapy.makernotes.nikon.menus import Menu
    from mapy.makernotes.note import Note, Piece

_START: Final = 4


class Inner(NamedTuple):
    """A block at a fixed place of the record."""

    at: int
    size: int
    section: str
    profile: str = ""


class Pointed(NamedTuple):
    """A block that an offset leads to."""

    pointer: int
    section: str
    inner: int = 0
    """Where a further offset stands, counted from the block, that leads to the section."""
    since: str = ""
    """The first firmware that has it."""
    menus: tuple[Menu, ...] = ()
    """The layouts of a menu, which stand for the section's."""
    later: tuple[str, tuple[tuple[int, int], ...]] = ("", ())
    """From which firmware on the section is shifted, and how."""


class Shot(NamedTuple):
    """The layout of a record."""

    shape: Shape
    inner: tuple[Inner, ...] = ()
    count_at: int = 0
    """Where the number of offsets stands, in front of them."""
    pointed: tuple[Pointed, ...] = ()


def _fixed(versions: str, camera: str, at: int, length: int, custom: str, *, size: int = 0) -> Shot:
    section = f"Custom.Settings{custom or camera}"
    profile = camera.rstrip("ab") if custom == "D3" else ""
    shape = Shape(versions, f"ShotInfo{camera}", order=">", start=_START, size=size)
    return Shot(shape, (Inner(at, length, section, profile),))


def _table(versions: str, camera: str, count_at: int, *pointed: Pointed) -> Shot:
    return Shot(
        Shape(versions, f"ShotInfo{camera}", order="<", start=_START), (), count_at, pointed
    )


_OLD_TABLE, _NEW_TABLE = 0x0C, 0x24
SHOTS = (
    _fixed("0208", "D80", 748, 17, ""),
    _fixed("0209", "D40", 729, 12, ""),
    _fixed("0210", "D300a", 790, 24, "D3", size=5291),
    _fixed("0210", "D300b", 802, 24, "D3", size=5303),
    _fixed("0210", "D3a", 769, 24, "D3", size=5399),
    _fixed("0210", "D3b", 778, 24, "D3", size=5408),
    _fixed("0210", "D3b", 778, 24, "D3", size=5412),
    _fixed("0212", "D700", 804, 48, "", size=5312),
    _fixed("0213", "D90", 884, 36, ""),
    _fixed("0214", "D3X", 779, 24, "D3", size=5409),
    _fixed("0215", "D5000", 888, 34, "", size=6745),
    _fixed("0216", "D300S", 804, 24, "D3", size=5311),
    _fixed("0218", "D3S", 718, 27, "D3", size=5356),
    _fixed("0218", "D3S", 718, 27, "D3", size=5388),
    _fixed("0220", "D7000", 1028, 48, ""),
    _fixed("0221", "D5100", 1031, 34, "", size=8902),
    _fixed("0222", "D800", 1772, 48, ""),
    _fixed("0223", "D4", 1873, 56, ""),
    _fixed("0226", "D5200", 3285, 34, "", size=11587),
    Shot(
        Shape("0231", "ShotInfoD4S", order="<", start=_START),
        (Inner(6461, 56, "Custom.SettingsD4", "D4S"), Inner(13579, 12, "OrientationInfo")),
    ),
    Shot(
        Shape("0232", "ShotInfoD610", order="<", start=_START),
        (Inner(1999, 48, "Custom.SettingsD610"),),
    ),
    _table(
        "0233", "D810", _OLD_TABLE,
        Pointed(0x10, "SettingsInfoD810"),
        Pointed(0x24, "BracketingInfoD810"),
        Pointed(0x38, "ISOAutoInfoD810"),
        Pointed(0x40, "Custom.SettingsD810"),
        Pointed(0x84, "OrientationInfo"),
    ),
    *(
        _table(
            version, "D500", _OLD_TABLE,
            Pointed(0x10, "RotationInfoD500"),
            Pointed(0x14, "JPGInfoD500"),
            Pointed(0x2C, "BracketingInfoD500"),
            Pointed(0x50, "ShootingMenuD500"),
            Pointed(0x58, f"Custom.Settings{camera}"),
            Pointed(0xA0, "OrientationInfo"),
            Pointed(0xA8, "OtherInfoD500"),
        )
        for version, camera in (("0238", "D5"), ("0239", "D500"))
    ),
    _table("0242", "D7500", _OLD_TABLE, Pointed(0xA0, "OrientationInfo")),
    _table("0245", "D780", _NEW_TABLE, Pointed(0x9C, "OrientationInfo")),
    _table(
        "0243", "D850", _OLD_TABLE,
        Pointed(0x10, "MenuSettingsD850"),
        Pointed(0x4C, "MoreSettingsD850"),
        Pointed(0x58, "Custom.SettingsD850"),
        Pointed(0xA0, "OrientationInfo"),
    ),
    _table(
        "0246", "D6", _NEW_TABLE,
        Pointed(0x30, "SeqInfoD6"),
        Pointed(0x9C, "OrientationInfo"),
        Pointed(0xA4, "IntervalInfoD6"),
    ),
    _table(
        "0800 0801 0802 0803 0804 0807 0808", "Z7II", _NEW_TABLE,
        Pointed(0x30, "IntervalInfoZ7II"),
        Pointed(0x38, "PortraitInfoZ7II"),
        Pointed(0x98, "OrientationInfo"),
        Pointed(0xA0, "MenuSettingsZ7II", 0x10),
    ),
    _table(
        "0805", "Z9", _NEW_TABLE,
        Pointed(0x30, "SeqInfoZ9"),
        Pointed(0x58, "Offset13InfoZ9", since="03.01"),
        Pointed(0x80, "AutoCaptureInfo", since="04.00"),
        Pointed(0x84, "OrientationInfo"),
        Pointed(0x8C, "", 0x10, menus=Z9),
    ),
    _table(
        "0806", "Z8", _NEW_TABLE,
        Pointed(0x30, "SeqInfoZ9", later=("03.00", ((33, 2),))),
        Pointed(0x80, "AutoCaptureInfo", since="02.00"),
        Pointed(0x84, "OrientationInfo"),
        Pointed(0x8C, "", 0x10, menus=Z8),
    ),
    _table(
        "0809 0810 0811", "Z6III", _NEW_TABLE,
        Pointed(0x88, "OrientationInfo"),
        Pointed(0x90, "", menus=Z6_III),
    ),
    Shot(Shape("02", "ShotInfo", order=">", start=_START)),
    Shot(Shape("", "ShotInfo")),
)  # fmt: skip
_MAX_OFFSETS: Final = 200
_OFFSET: Final = Struct("<I")
_VERSION: Final = 4
_FIRMWARE, _FIRMWARE_SIZE = 4, 5
"""Where the version of the firmware stands, and how much of it counts."""


def shot_info(note: Note, piece: Piece) -> None:
    """Read the record."""
    view = piece.view
    head = view.take(0, min(view.size, _VERSION)).decode("latin-1")
    shot = next(shot for shot in SHOTS if shot.shape.fits(head, view.size))
    shape = shot.shape
    plain = plain_view(note, view, PLAIN if head < "0200" else shape.start)
    if plain is None:
        return
    order = shape.order or piece.order
    layout = record(shape.section)
    if shape.section == "ShotInfo":
        layout = _of_version(head[:4] if head[:4] in _PLACES else "", "P6000" in note.model)
    add(note, piece.entry.id, layout, plain, order)
    for inner in shot.inner:
        if plain.has(inner.at, 1):
            size = min(inner.size, len(plain) - inner.at)
            block = plain.sub(inner.at, size)
            add(note, piece.entry.id, record(inner.section, "int8u", inner.profile), block, order)
    if shot.pointed:
        _follow(note, piece.entry.id, shot, plain)


_ANY_VERSION: Final = {"ShotInfoVersion", "FirmwareVersion"}
_PLACES: Final = {
    "0204": (106, 110, 130),
    "0205": (343, 430),
    "0207": (117, 589),
}
"""Places of the common layout that one version has."""
_DISTORTION: Final = 16


@cache
def _of_version(version: str, is_p6000: bool) -> Fields:  # noqa: FBT001 - a key of the cache
    """The common layout with what a camera has of it."""
    layout = record("ShotInfo")
    places = _PLACES.get(version, ())
    if is_p6000:
        places = (*places, _DISTORTION)
    kept = [
        each
        for each in layout.fields
        if each.definition.name in _ANY_VERSION or each.offset in places
    ]
    return layout.of(kept)


def _follow(note: Note, entry: int, shot: Shot, view: ByteView) -> None:
    """Read the blocks that the offsets lead to; each ends where the next begins."""
    if not view.has(shot.count_at, _OFFSET.size):
        return
    count = view.unpack(_OFFSET, shot.count_at)[0]
    first = shot.count_at + _OFFSET.size
    if not 0 < count <= _MAX_OFFSETS or not view.has(first, count * _OFFSET.size):
        return
    offsets = view.unpack(Struct(f"<{count}I"), first)
    firmware = view.take(_FIRMWARE, _FIRMWARE_SIZE).decode("latin-1")
    for pointed in shot.pointed:
        place = (pointed.pointer - first) // _OFFSET.size
        if firmware < pointed.since or not 0 <= place < count:
            continue
        if not 0 < offsets[place] < view.size:
            continue
        at = offsets[place]
        end = min((each for each in offsets if at < each <= view.size), default=view.size)
        if pointed.inner:
            if not view.has(at + pointed.inner, _OFFSET.size):
                continue
            at += view.unpack(_OFFSET, at + pointed.inner)[0]
            end = view.size
        if at < end:
            block = view.sub(at, end - at)
            if pointed.menus:
                read_menu(note, entry, pointed.menus, firmware, block)
            else:
                later, shifts = pointed.later
                shifts = shifts if firmware >= later else ()
                add(note, entry, shifted(pointed.section, shifts), block, "<")
