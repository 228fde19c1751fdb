"""The private directory of Sony's raw files (SR2, ARW), and the enciphered one that it leads to.

Tag 0xC634 of the first IFD says where it is. Offsets count from the start of the file, in the
enciphered directory, too.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.buffer import ByteView
from mapy.errors import LimitExceeded, OutOfBounds
from mapy.limits import MIB
from mapy.makernotes.note import Meanings, Note, ifd_table
from mapy.text import Text

if TYPE_CHECKING:
    from mapy.makernotes.note import Piece
    from mapy.model import Tag
    from mapy.reading import Reading

_MAX_BYTES = MIB
"""Of the enciphered directory; cameras write some 50 KB."""
_MAX_OFFSET = 4 * MIB
"""Where it may begin; cameras put it in front of the picture."""
_PAD, _FACTOR, _ALL = 128, 48_828_125, 0xFFFFFFFF


def decrypted(data: bytes, key: int) -> bytes:
    """The bytes, each word of four combined with the next of a row that the key begins.

    A rest of less than a word stays as it is.
    """
    pad = [0] * _PAD
    for place in range(4):
        pad[place] = key = (key * _FACTOR + 1) & _ALL
    pad[3] = (pad[3] << 1 | (pad[0] ^ pad[2]) >> 31) & _ALL
    for place in range(4, _PAD - 1):
        fresh = (pad[place - 4] ^ pad[place - 2]) << 1 | (pad[place - 3] ^ pad[place - 1]) >> 31
        pad[place] = fresh & _ALL
    count = len(data) // 4
    words = list(Struct(f">{count}I").unpack_from(data))
    place = _PAD - 1
    for number in range(count):
        pad[place] = pad[(place + 1) % _PAD] ^ pad[(place + 65) % _PAD]
        words[number] ^= pad[place]
        place = (place + 1) % _PAD
    return Struct(f">{count}I").pack(*words) + data[4 * count :]


def _keep(note: Note, tag: Tag) -> Tag:
    note.seen[tag.name] = tag.raw
    return tag


def _data_ifds(note: Note, piece: Piece) -> None:
    """Directories of calibration, one a colour mode."""
    raw = piece.entry.raw
    offsets = raw if isinstance(raw, tuple) else (raw,)
    for number, at in enumerate(offsets[:_DATA_IFDS]):
        if isinstance(at, int) and piece.around.has(at, 2):
            group = f"SR2DataIFD{number or ''}"
            note.ifd(_DATA._replace(group=group), at, view=piece.around, order=piece.order)


_DATA_IFDS = 7
_NAMES = ("SR2SubIFDOffset", "SR2SubIFDLength", "SR2SubIFDKey")
_DATA = ifd_table("sony", "SR2DataIFD", Meanings())
_PRIVATE = ifd_table("sony", "SR2Private", Meanings(hooks=dict.fromkeys(_NAMES, _keep)))
_SUB = ifd_table("sony", "SR2SubIFD", Meanings(handlers={0x74C0: _data_ifds}))


def follow(reading: Reading, number: int) -> None:
    """Read what the tag of that number in the first IFD leads to."""
    for directory in reading.directories:
        if directory.name != "IFD0":
            continue
        for tag in directory:
            if tag.id == number and tag.length == _WORD_BYTES:
                order = "<" if reading.file.take(0, 2) == b"II" else ">"
                layout = Struct(order + "I")
                if reading.file.has(tag.offset, _WORD_BYTES):
                    parse(reading, reading.file.unpack(layout, tag.offset)[0], order)
                return


_WORD_BYTES = 4
_MINOLTA_MARKS = (b"\0MR", b"MRI", b"MRM")
"""How the block begins that the A100, which Minolta had designed, has there instead."""


def parse(reading: Reading, at: int, order: str) -> None:
    """Read the private directory, which begins there in the file, and the one behind it."""
    file = reading.file
    if not file.has(at, _WORD_BYTES) or file.take(at, 3) in _MINOLTA_MARKS:
        return
    note = Note(file, file.sub(at, _WORD_BYTES), order, reading)
    try:
        note.ifd(_PRIVATE, at)
        offset, length, key = (note.seen.get(name) for name in _NAMES)
        if not (isinstance(offset, int) and isinstance(length, int) and isinstance(key, int)):
            return
        if offset <= _MAX_OFFSET and length <= _MAX_BYTES and file.has(offset, length):
            data = decrypted(file.take(offset, length), key)
            note.ifd(_SUB, offset, view=ByteView(bytes(offset) + data))
    except OutOfBounds:
        reading.problem("maker-note.cut-short", _CUT_SHORT, file.span(at, 0))
    except LimitExceeded as exceeded:
        reading.problem(exceeded.code, exceeded.message, file.span(at, 0))


_CUT_SHORT = Text("The maker's directory refers to bytes that it does not have.")
