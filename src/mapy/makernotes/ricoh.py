"""Ricoh: an IFD, or a text of the first cameras; cameras made with Pentax write Pentax's IFD."""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING

from mapy.explain import numbers, words
from mapy.makernotes.fields import Fields, fields, read_fields
from mapy.makernotes.kodak_ifds import PADDED, PADDED_AT, mended
from mapy.makernotes.note import IfdTable, Meanings, ifd_table
from mapy.makernotes.pentax import main as pentax
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, SHORT, UNDEFINED, text

if TYPE_CHECKING:
    from mapy.makernotes.note import Handler, Hook, Note, Piece
    from mapy.tags.definition import Value

_GROUP = "Ricoh"
_IFD_AT = 8
_BLANK = b"      "
"""How some of the first cameras begin their note."""
_PADDED_TOO = "RICOH WG-M1"
"""A camera whose directory is padded behind the maker's name, too."""
_TYPE_2 = re.compile(rb"RICOH\0(II\x2a\0|MM\0\x2a)")
_TYPE_2_BASE, _TYPE_2_IFD = 6, 8
_PENTAX = re.compile(rb"RICOH\0(II|MM)")
_TEXT = re.compile(rb"Re?v\w")
_LONGEST_TEXT = 2000
_PAIR = re.compile(r"([A-Z][a-z]+)([0-9A-F]+);?")


def _packed_date(tag: Tag) -> Value:
    """A date and a time of two decimal digits a byte."""
    century, year, month, day, hour, minute, second = (f"{part:02x}" for part in tag.raw[:7])
    return f"{century}{year}:{month}:{day} {hour}:{minute}:{second}"


def _serial(tag: Tag) -> Value:
    """A text where the bytes are one, else their digits."""
    raw = tag.raw
    if re.fullmatch(rb"[\x20-\x7e]+\0*", raw):
        return text(raw)
    return str(raw.hex())


def _version(value: Value) -> Value:
    """`Rev0104` as a version: `1.04`."""
    return _hundredths(str(value)[3:]) if str(value).startswith("Rev") else value


def _hundredths(value: Value) -> Value:
    return f"{int(value) / 100:.2f}" if str(value).isdigit() else value  # type: ignore[arg-type]


def _parted(value: Value) -> Value:
    """A number of eight digits behind those of the model: `(WD00000)12345678`."""
    if not isinstance(value, str) or len(value) < _LAST_DIGITS:
        return value
    return f"({value[:-_LAST_DIGITS]}){value[-_LAST_DIGITS:]}"


_LAST_DIGITS = 8


def _with_sign(value: Value) -> Value:
    return f"{value:+.1f}" if isinstance(value, (int, float)) and value else value


_MOST = 0x7FFFFFFF


def _or_most(value: Value) -> Value:
    return "MAX" if value == _MOST else value


def _serial_named(_note: Note, tag: Tag) -> Tag:
    if isinstance(tag.raw, bytes) and not re.fullmatch(rb"[\x20-\x7e]+\0*", tag.raw):
        means = tag.definition._replace(name="InternalSerialNumber", say=None)
        return tag._replace(definition=means)
    return tag


def _if_short(_note: Note, tag: Tag) -> Tag | None:
    """A setting of the GR and later, where older cameras keep something else."""
    return tag if tag.type == SHORT else None


def _white_balance(_note: Note, tag: Tag) -> Tag:
    """Older cameras keep the sharpness here, in 32 bits."""
    if tag.type == SHORT:
        return tag
    sharpness = makers.section("ricoh", "Main").rows
    row = next(row for row in sharpness if row.number == _WHITE_BALANCE)
    return tag._replace(definition=Definition(row.number, row.name, row.names))


_CONVERT = {"RicohDate": _packed_date, "SerialNumber": _serial}
_HOOKS = {
    "SerialNumber": _serial_named,
    "ExposureProgram": _if_short,
    "WhiteBalanceFineTune": _if_short,
    "DriveMode": _if_short,
    "WhiteBalance": _white_balance,
}


_START = "PreviewImageStart"


def _preview_start(note: Note, tag: Tag) -> Tag:
    """Where the preview begins in the file; the camera counts from the TIFF header."""
    start = int(tag.raw) + note.view.start
    note.seen[_START] = start
    return tag._replace(raw=start)


def _preview_length(note: Note, tag: Tag) -> Tag:
    """How long the preview is, which is told of as well."""
    start = note.seen.get(_START)
    if tag.raw and start is not None:
        length = int(tag.raw)
        preview = Tag(_GROUP, _PREVIEW, UNDEFINED, length, None, start, length)
        note.add(_GROUP, [preview], note.block, {})
    return tag


_PREVIEW = Definition("PreviewImage", "PreviewImage", None, numbers.binary)
_OF_PREVIEW: dict[str, Hook] = {_START: _preview_start, "PreviewImageLength": _preview_length}


@cache
def _record(section: str) -> Fields:
    return fields("ricoh", section, "int8u", Meanings(_CONVERT, hooks=_OF_PREVIEW))


_SHORT = 3
"""Bytes of an entry that is a number, and no record."""
_DIRECTORY_MARK = b"[Ricoh Camera Info]\0"


def _image_info(note: Note, piece: Piece) -> None:
    if len(piece.view) > _SHORT:
        read_fields(_record("ImageInfo"), note, piece.view, piece.order)


def _camera_info(note: Note, piece: Piece) -> None:
    """An IFD behind a mark, or at an offset; its offsets count as those of the note."""
    mark = len(_DIRECTORY_MARK)
    table = _subdirectory("Subdir")
    if isinstance(piece.entry.raw, int):
        at = piece.entry.raw
        if piece.around.has(at, mark) and piece.around.take(at, mark) == _DIRECTORY_MARK:
            at += mark
    else:
        at = piece.entry.place + mark
    note.ifd(table, at, view=piece.around, order=note.order_at(at, piece.around))


def _theta(note: Note, piece: Piece) -> None:
    """The sensors of a Theta."""
    if isinstance(piece.entry.raw, int):
        note.ifd(
            _subdirectory("ThetaSubdir"), piece.entry.raw, view=piece.around, order=piece.order
        )


_HANDLERS = {0x1001: _image_info, 0x2001: _camera_info, 0x4001: _theta}
_IN_CAMERA_INFO = {0x001A: "FaceInfo", 0x0029: "FirmwareInfo", 0x002C: "SerialInfo"}
_WHITE_BALANCE = 0x1003


def _reads(section: str) -> Handler:
    def handle(note: Note, piece: Piece) -> None:
        read_fields(_record(section), note, piece.view, piece.order)

    return handle


@cache
def _main() -> IfdTable:
    say = {
        "FocalLength": words.millimetres_1,
        "FirmwareVersion": _version,
        "SerialNumber": _parted,
        "Contrast": _or_most,
        "FlashExposureComp": _with_sign,
    }
    meanings = Meanings(_CONVERT, say, _HOOKS, _HANDLERS, {"Contrast": None})
    table = ifd_table("ricoh", "Main", meanings)
    definitions = dict(table.definitions)
    for row in makers.section("ricoh", "Main").rows:
        if row.number == _WHITE_BALANCE and row.variant:
            definitions[row.number] = Definition(row.number, row.name, row.names)
    return table._replace(definitions=definitions)


@cache
def _subdirectory(section: str) -> IfdTable:
    handlers = {id_: _reads(name) for id_, name in _IN_CAMERA_INFO.items()}
    return ifd_table("ricoh", section, Meanings(handlers=handlers if section == "Subdir" else {}))


def parse(note: Note) -> None:
    """Read the note, by how it begins."""
    block = note.block
    head = block.take(0, min(len(block), 16))
    if _TYPE_2.match(head):
        view = block.sub(_TYPE_2_BASE, len(block) - _TYPE_2_BASE)
        order = ">" if head[6:8] == b"MM" else "<"
        note.ifd(_subdirectory("Type2"), _TYPE_2_IFD, view=view, order=order)
    elif _PENTAX.match(head):
        note.ifd(pentax.newer(), _IFD_AT, view=block, order=note.order_at(_IFD_AT, block))
    elif PADDED.match(head) or note.model == _PADDED_TOO:
        order = ">" if head.startswith(b"MM") else "<"
        note.ifd(_subdirectory("Type2"), PADDED_AT, view=mended(note), order=order)
    elif head[:5].lower() == b"ricoh" or head.startswith(_BLANK):
        at = note.at + _IFD_AT
        note.ifd(_main(), at, order=note.order_at(at))
    elif _TEXT.match(head):
        _text_note(note)


_TEXT_SAY = {"FirmwareVersion": _hundredths}


def _text_note(note: Note) -> None:
    """A text of names and values, a few of which are known: `Rv0207;Rg76;Bg60`."""
    found = note.block.take(0, min(len(note.block), _LONGEST_TEXT)).decode("latin-1")
    rows = {row.id: row.name for row in makers.section("ricoh", "Text").rows}
    tags = []
    for match in _PAIR.finditer(found):
        name, value = match.groups()
        if name in rows:
            is_number = value.isdigit() and not value.startswith("0")
            raw = int(value) if is_number and len(value) < 10 else value  # noqa: PLR2004
            means = Definition(name, rows[name], None, None, _TEXT_SAY.get(rows[name]))
            at = note.block.start + match.start()
            tags.append(Tag(_GROUP, means, PLAIN, 1, raw, at, len(match[0])))
    note.add(_GROUP, tags, note.block, {})
