"""HDR+ (the camera of Pixel phones): how a picture was made, enciphered and compressed.

Stands in the maker's note, or in XMP. Version 2 is a text of sections, version 3 a message of
Protocol Buffers. Its values have no place of their own in the file: they stand where the note does.
"""

from __future__ import annotations

from binascii import Error as NotBase64
from binascii import a2b_base64
import re
from typing import TYPE_CHECKING, Final
import zlib

from mapy.blocks.protobuf import fields
from mapy.errors import LimitExceeded, OutOfBounds
from mapy.explain import numbers
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tags.google import FIELDS, SECTIONS
from mapy.tiff_types import PLAIN, UNDEFINED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.buffer import ByteView
    from mapy.reading import Reading

GROUP: Final = "Google"
SIGNATURE: Final = b"HDRP"
_TEXT, _MESSAGE = 2, 3
"""Versions."""
_LONGEST: Final = 1 << 20
"""Bytes of a note; those of phones have some 40,000."""
_SEED, _FACTOR = 0x2515606B4A7791CD, 0x2545F4914F6CDD1D
_WORD, _WORD_MASK = 8, (1 << 64) - 1
_GZIP: Final = 31
"""What zlib is told for data with the head of gzip."""
_HEADING: Final = re.compile(rb"^([A-Z][\w ]{1,40}?)( \(base64\):[^\n]*|:?)\n", re.MULTILINE)
_ENCODED: Final = b" (base64):"
_FRAME: Final = re.compile(r"Payload frame (\d{1,3})")

_key_stream = bytearray()
"""What notes are enciphered with: the same for all of them, made as far as it was needed."""


def parse(view: ByteView, reading: Reading) -> None:
    """Parse a note."""
    version = view.u8(len(SIGNATURE))
    start = len(SIGNATURE) + 1
    if version not in (_TEXT, _MESSAGE) or not start < len(view) <= _LONGEST:
        return
    content = _inflated(_deciphered(view.take(start, len(view) - start)), reading, view)
    if content is None:
        return
    found = _sections(content) if version == _TEXT else _message(content, (), reading)
    tags: list[Tag] = []
    try:
        for definition, value, size in found:
            kind = UNDEFINED if isinstance(value, bytes) else PLAIN
            tags.append(Tag(GROUP, definition, kind, 1, value, view.start, size))
    except OutOfBounds:
        reading.problem(
            "hdr-plus.cut-short", "The note of HDR+ is cut short.", view.span(0, len(view))
        )
    reading.add(GROUP, tags, view.span(0, len(view)))


def _deciphered(content: bytes) -> bytes:
    """The content under its cipher: numbers of a generator (xorshift64*), a word each."""
    size = len(content)
    while len(_key_stream) < size:
        _extend_key_stream(size)
    mixed = int.from_bytes(content, "little") ^ int.from_bytes(_key_stream[:size], "little")
    return mixed.to_bytes(size, "little")


def _extend_key_stream(size: int) -> None:
    last = _key_stream[-_WORD:]
    key = int.from_bytes(last, "little") if last else _SEED
    for _ in range(len(_key_stream), size, _WORD):
        key ^= key >> 12
        key ^= key << 25 & _WORD_MASK
        key ^= key >> 27
        key = key * _FACTOR & _WORD_MASK
        _key_stream.extend(key.to_bytes(_WORD, "little"))


def _inflated(packed: bytes, reading: Reading, view: ByteView) -> bytes | None:
    """The content without its compression; None, and a problem, where there is none.

    Raises:
        LimitExceeded: it grows beyond what is allowed.
    """
    stream = zlib.decompressobj(_GZIP)
    try:
        content = stream.decompress(packed, reading.limits.inflated_bytes)
    except zlib.error:
        reading.problem(
            "hdr-plus.broken", "The note of HDR+ cannot be unpacked.", view.span(0, len(view))
        )
        return None
    if stream.unconsumed_tail and not stream.eof:
        raise LimitExceeded("limit.inflated-bytes", "The note of HDR+ grows beyond the limits.")
    reading.budget.spend("total_inflated_bytes", len(content))
    return content


def _message(
    content: bytes, path: tuple[int, ...], reading: Reading
) -> Iterator[tuple[Definition, object, int]]:
    """The values of a message that have a name, with their sizes."""
    named = _NAMED[path]
    for field in fields(content, reading.budget, named):
        definition = named[field.number]
        if definition is not None:
            yield definition, field.value, field.size
        elif isinstance(field.value, bytes):
            yield from _message(field.value, (*path, field.number), reading)


def _named() -> dict[tuple[int, ...], dict[int, Definition | None]]:
    found: dict[tuple[int, ...], dict[int, Definition | None]] = {}
    for path, definition in FIELDS.items():
        for length in range(1, len(path)):
            found.setdefault(path[: length - 1], {})[path[length - 1]] = None
        found.setdefault(path[:-1], {})[path[-1]] = definition
    return found


_NAMED: Final = _named()
"""Of each message the fields with a name; None for messages that lead to some."""


def _sections(content: bytes) -> Iterator[tuple[Definition, object, int]]:
    """The sections of a text: each a heading and lines that are indented, or one of base64."""
    headings = list(_HEADING.finditer(content))
    ends = [*(heading.start() for heading in headings), len(content)][1:]
    for heading, end in zip(headings, ends, strict=True):
        title = heading[1].decode("ascii")
        frame = _FRAME.fullmatch(title)
        name = f"PayloadFrame{frame[1]}" if frame else SECTIONS.get(title)
        if name is None:
            continue
        if heading[2].startswith(_ENCODED):
            try:
                size = len(a2b_base64(heading[2][len(_ENCODED) :]))
            except NotBase64:
                continue
        else:
            size = end - heading.end()
        yield Definition(title, name, None, numbers.binary), b"", size
