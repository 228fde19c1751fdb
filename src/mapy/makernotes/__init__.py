"""The makers' notes (Exif 3.0, tag 0x927C): each maker's own block, found by how it begins.

A kind of note is a row of `KINDS`; the maker's module is imported when its first note is met.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from mapy.errors import LimitExceeded, OutOfBounds
from mapy.makernotes.note import Note

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.blocks.ifd import Walker
    from mapy.blocks.ifd_entry import Entry


class Kind(NamedTuple):
    """One kind of note."""

    maker: str
    """The module that reads it."""
    begins: bytes = b""
    """How the note begins."""
    make: str = ""
    """How the camera's Make begins, in lower case; of notes that begin with no signature."""
    model: str = ""
    """How its Model begins, in lower case."""
    inside: bytes = b""
    """What stands at the note's ninth byte."""


KINDS = (
    Kind("dji", begins=b"[ae_dbg_info:"),
    Kind("google", begins=b"HDRP\2"),
    Kind("google", begins=b"HDRP\3"),
    Kind("olympus", begins=b"OLYMP"),
    Kind("olympus", begins=b"OM SYSTEM\0"),
    Kind("olympus", begins=b"EPSON\0"),
    Kind("olympus", begins=b"MINOL\0"),
    Kind("olympus", begins=b"CAMER\0"),
    Kind("olympus", begins=b"PREMI\0"),
    Kind("olympus", begins=b"SONY PI\0"),
    Kind("olympus", begins=b"AGFA"),
    Kind("panasonic", begins=b"Panasonic\0"),
    Kind("panasonic", begins=b"MKE"),
    Kind("panasonic", begins=b"LEICA"),
    Kind("panasonic", make="leica camera ag"),
    Kind("fujifilm", begins=b"FUJIFILM"),
    Kind("fujifilm", begins=b"GENERALE"),
    Kind("ge2", begins=b"GE\x0c\0\0\0\x16\0\0\0"),
    Kind("casio", begins=b"QVC\0"),
    Kind("casio", begins=b"DCI\0"),
    Kind("casio", make="casio"),
    Kind("casio", begins=b"AOC\0", make="asahi", model="pentax optio330rs"),
    Kind("casio", begins=b"AOC\0", make="asahi", model="pentax optio430rs"),
    Kind("casio", begins=b"AOC\0", make="asahi", model="pentax optio 330rs"),
    Kind("casio", begins=b"AOC\0", make="asahi", model="pentax optio 430rs"),
    Kind("sanyo", begins=b"SANYO\0"),
    Kind("samsung_stmn", begins=b"STMN"),
    Kind("sigma", begins=b"SIGMA\0"),
    Kind("sigma", begins=b"FOVEON\0"),
    Kind("canon", make="canon"),
    Kind("kodak", inside=b"Eastman Kodak"),
    Kind("kodak", begins=b"\1\0\0\0\0\0\4\0"),
    Kind("kodak", begins=b"\1\0\1\0\0\0\4\0"),
    Kind("kodak", begins=b"IIII\2\0"),
    Kind("kodak", begins=b"IIII\3\0"),
    Kind("hp", begins=b"IIII\4\0"),
    Kind("hp", begins=b"IIII\5\0"),
    Kind("hp", begins=b"IIII\6\0"),
    Kind("hp", begins=b"610"),
    Kind("hp", begins=b"Hewlett-Packard"),
    Kind("hp", begins=b"Vivitar"),
    Kind("nikon", begins=b"Nikon\0"),
    Kind("nikon", make="nikon"),
    Kind("sony", begins=b"SEMC MS\0"),
    Kind("sony", make="sony"),
    Kind("sony", begins=b"SONY "),
    Kind("sony", begins=b"\0\0SONY PIC\0"),
    Kind("sony", begins=b"VHAB     \0"),
    Kind("sony", make="hasselblad"),
    Kind("minolta", make="minolta"),
    Kind("minolta", make="konica minolta"),
    Kind("pentax", begins=b"AOC\0"),
    Kind("pentax", begins=b"PENTAX \0"),
    Kind("pentax", begins=b"S1\0\0\0\0\0\0\x0c\0\0\0", make="pentax"),
    Kind("pentax", make="asahi"),
    *(Kind("pentax", begins=digit.encode(), make="pentax") for digit in "0123456789"),
    Kind("apple", begins=b"Apple iOS\0"),
    Kind("ricoh", make="ricoh"),
    Kind("ricoh", make="pentax ricoh"),
    Kind("kodak", begins=b"KDK"),
    Kind("kodak", make="eastman kodak"),
    Kind("kodak", make="kodak"),
    Kind("kodak", make="jk imaging"),
    Kind("reconyx", begins=b"RECONYX"),
    Kind("reconyx", begins=b"\x01\xf1"),
    Kind("plain_ifds", begins=b"MOT\0"),
    Kind("plain_ifds", begins=b"JVC "),
    Kind("plain_ifds", begins=b"VER:"),
    Kind("plain_ifds", begins=b"GE\0\0"),
    Kind("plain_ifds", begins=b"GENIC\0"),
    Kind("plain_ifds", make="flir"),
    Kind("dji", make="dji"),
    Kind("samsung", make="samsung"),
    Kind("nintendo", make="nintendo"),
    Kind("unknown"),
)
"""The first that fits reads the note."""


def parse(walker: Walker, entry: Entry) -> None:
    """Read the maker note that an entry of EXIF holds.

    Whatever is wrong with it is a problem, never the loss of the other blocks. A note of a kind
    that nothing reads yet is a block without tags.
    """
    reading = walker.reading
    note = Note.of(walker, entry)
    reading.found("maker-note", note.block, "0x927C")
    make, model = note.make.lower(), note.model.lower()
    head = note.block.take(0, min(note.block.size, LONGEST_SIGNATURE))
    for kind in _candidates(head[:1], make[:1]):
        fits = head.startswith(kind.begins) and make.startswith(kind.make)
        if fits and model.startswith(kind.model) and head[_INSIDE:].startswith(kind.inside):
            try:
                _reader(kind.maker)(note)
            except OutOfBounds:
                walker.problem(
                    "maker-note.cut-short",
                    "The maker's note refers to bytes that it does not have.",
                    entry.place,
                )
            except LimitExceeded as exceeded:
                walker.problem(exceeded.code, exceeded.message, entry.place)
            return


@cache
def _reader(maker: str) -> Callable[[Note], None]:
    reader: Callable[[Note], None] = import_module(f"mapy.makernotes.{maker}").parse
    return reader


@lru_cache(maxsize=256)
def _candidates(begins: bytes, make: str) -> tuple[Kind, ...]:
    """The kinds of notes that begin with that byte, of a maker that begins with that letter."""
    return tuple(
        kind for kind in KINDS if kind.begins[:1] in (b"", begins) and kind.make[:1] in ("", make)
    )


LONGEST_SIGNATURE: Final = 32
_INSIDE: Final = 8
