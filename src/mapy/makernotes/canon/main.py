"""Canon's main directory: what its own values mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.makernotes.canon import codes
from mapy.makernotes.canon.picture import hyphened
from mapy.makernotes.canon.records import bits

if TYPE_CHECKING:
    from mapy.makernotes.note import Hook, Note
    from mapy.model import Tag
    from mapy.tags.definition import Formatter, Value


def _serial(note: Note, tag: Tag) -> Tag | None:
    """The number as the camera's plate has it, for which each family has a way."""
    number = tag.raw
    if not isinstance(number, int):
        return tag
    say: Formatter = _ten_digits
    if "EOS D30" in note.model:
        say = _serial_of_d30
    elif "EOS-1D" in note.model:
        say = _six_digits
    return tag._replace(definition=tag.definition._replace(say=say))


def _ten_digits(value: Value) -> Value:
    return f"{value:010d}" if isinstance(value, int) else value


def _six_digits(value: Value) -> Value:
    return f"{value:06d}" if isinstance(value, int) else value


def _serial_of_d30(value: Value) -> Value:
    return f"{value >> 16:04x}{value & 0xFFFF:05d}" if isinstance(value, int) else value


def _firmware(value: Value) -> Value:
    """`Beta 1.01 rev 2.03` from hexadecimal digits."""
    if not isinstance(value, int):
        return value
    digits = f"{value:08x}"
    kind = {"a": "Alpha ", "b": "Beta ", "0": ""}.get(digits[0], f"Unknown({digits[0]}) ")
    revision = digits[4:6].removeprefix("0")
    return f"{kind}{digits[1]}.{digits[2:4]} rev {revision}.{digits[6:8]}"


_CATEGORIES_HEAD = 8


def _categories(_note: Note, tag: Tag) -> Tag | None:
    """The bits of the second number; the first is the length of both in bytes."""
    raw = tag.raw
    if not isinstance(raw, tuple) or len(raw) != 2 or raw[0] != _CATEGORIES_HEAD:  # noqa: PLR2004
        return None
    return codes.plain(tag, int(raw[1]))


def _unique_id(_note: Note, tag: Tag) -> Tag | None:
    raw = tag.raw
    if not isinstance(raw, bytes) or not raw.strip(b"\0"):
        return None
    return codes.plain(tag, raw.hex())


_BATTERY_BYTES = 76


def _battery(_note: Note, tag: Tag) -> Tag | None:
    raw = tag.raw
    if not isinstance(raw, bytes) or len(raw) != _BATTERY_BYTES:
        return None
    return codes.plain(tag, raw[4:].partition(b"\0")[0].decode("latin-1"))


_SERIAL_IN_5D = 9


def _internal_serial(note: Note, tag: Tag) -> Tag | None:
    """The serial number of the board; the 5D keeps it behind nine bytes."""
    raw = tag.raw
    if not isinstance(raw, bytes):
        return tag
    if "EOS 5D" in note.model:
        raw = raw[_SERIAL_IN_5D:]
    text = raw.partition(b"\0")[0].rstrip(b"\xff").decode("latin-1")
    return codes.plain(tag, text)


HOOKS: dict[str, Hook] = {
    "SerialNumber": _serial,
    "Categories": _categories,
    "ImageUniqueID": _unique_id,
    "BatteryType": _battery,
    "InternalSerialNumber": _internal_serial,
}
SAY: dict[str, Formatter] = {
    "FileNumber": hyphened,
    "FirmwareRevision": _firmware,
    "Categories": bits(("People", "Scenery", "Events", "User 1", "User 2", "User 3", "To Do")),
}
