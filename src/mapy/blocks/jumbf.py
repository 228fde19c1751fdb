"""JUMBF (ISO/IEC 19566-5), the boxes of C2PA's manifests: what they are, and what they hold.

Says what is written there. Whether a signature is valid is not for a reader to say.
"""

from __future__ import annotations

from functools import lru_cache
import re
from struct import Struct
from typing import TYPE_CHECKING, Final

from mapy import blocks
from mapy.blocks.brob import unpacked
from mapy.blocks.structures import tag_name
from mapy.boxes import Box, block_of, walk
from mapy.errors import OutOfBounds
from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags.definition import Definition, Value
from mapy.tiff_types import PLAIN, UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

GROUP: Final = "JUMBF"
_CONTENT_GROUP: Final = "Jpeg2000"
"""What the name of a box depends on its label for is of JPEG 2000, by ExifTool's groups."""
_HAS_LABEL, _HAS_ID, _HAS_SIGNATURE, _HAS_PRIVATE = 2, 4, 8, 16
"""Bits of the toggles in a description box."""
_UUID_SIZE: Final = 16
_SIGNATURE_SIZE: Final = 32
_LONGEST_LABEL: Final = 1024
_CONTENTS: Final = {b"json": "json", b"cbor": "cbor", b"xml ": "xml"}
_SIGNATURE_LABELS = ("c2pa.signature", "cai.signature")
_CODE: Final = re.compile("[0-9a-z]{4}")
_HAS_FILE_NAME: Final = 1
_DATA: Final = "bidb"
_LARGEST_SALT: Final = 1024
_WORD_BEGINS: Final = re.compile(r"[^-_a-zA-Z0-9]+(.?)")
_U32: Final = Struct(">I")


def _type_text(value: Value) -> Value:
    """A type's UUID: its first four bytes as a code where they are letters."""
    text = str(value)
    code = bytes.fromhex(text[:8]).decode("latin-1") if len(text) == 2 * _UUID_SIZE else ""
    first = f"({code})" if _CODE.fullmatch(code) else text[:8]
    return "-".join((first, text[8:12], text[12:16], text[16:]))


_TYPE: Final = Definition("type", "JUMDType", say=_type_text)
_LABEL: Final = Definition("label", "JUMDLabel")
_ID: Final = Definition("id", "JUMDID")
_SIGNATURE: Final = Definition("sig", "JUMDSignature")


def parse(view: ByteView, reading: Reading) -> None:
    """Parse boxes one behind the other; each `jumb` holds a description, and contents or others."""
    was_embedded, reading.is_embedded = reading.is_embedded, True
    try:
        _superboxes(view, reading, 0, view.size, 0)
    finally:
        reading.is_embedded = was_embedded


def _superboxes(view: ByteView, reading: Reading, at: int, end: int, depth: int) -> None:
    """Read the boxes of one superbox; its label names what stands behind the description."""
    label = ""
    for box in walk(view, reading, at, end, depth):
        if box.kind == b"jumb":
            _superboxes(view, reading, box.at, box.end, depth + 1)
            continue
        try:
            if box.kind == b"jumd":
                label = _description(view, reading, box)
            else:
                _content(view, reading, box, label)
        except OutOfBounds:
            reading.problem("jumbf.cut-short", "A box is cut short.", view.span(box.at, box.size))


def _description(view: ByteView, reading: Reading, box: Box) -> str:
    """Read a description; returns its label."""
    at, start = box.at, view.start
    head = view.take(at, _UUID_SIZE + 1)
    toggles = head[_UUID_SIZE]
    tags = [_tag(GROUP, _TYPE, head[:_UUID_SIZE].hex(), start + at, _UUID_SIZE)]
    at += _UUID_SIZE + 1
    label = ""
    if toggles & _HAS_LABEL:
        text = view.take(at, min(box.end - at, _LONGEST_LABEL)).partition(b"\0")[0]
        label = text.decode("utf-8", "replace")
        tags.append(_tag(GROUP, _LABEL, label, start + at, len(text)))
        at += len(text) + 1
    if toggles & _HAS_ID:
        tags.append(_tag(GROUP, _ID, view.unpack(_U32, at)[0], start + at, _U32.size))
        at += _U32.size
    if toggles & _HAS_SIGNATURE:
        signature = view.take(at, _SIGNATURE_SIZE).hex()
        tags.append(_tag(GROUP, _SIGNATURE, signature, start + at, _SIGNATURE_SIZE))
        at += _SIGNATURE_SIZE
    reading.add(GROUP, tags, view.span(box.at, box.size))
    if toggles & _HAS_PRIVATE:
        for private in walk(view, reading, at, box.end, 1):
            _content(view, reading, private, label)
    return label


def _content(view: ByteView, reading: Reading, box: Box, label: str) -> None:
    at, size = box.at, box.size
    if box.kind in _CONTENTS:
        block = block_of(view, reading, at, size)
        if block is not None:
            blocks.parse(_CONTENTS[box.kind], block, reading, label[:_LONGEST_LABEL])
            if label.startswith(_SIGNATURE_LABELS):
                blocks.parse("c2pa-signature", block, reading, label[:_LONGEST_LABEL])
    elif box.kind == b"brob":
        inner = unpacked(view, reading, box)
        if inner is not None:
            blocks.parse("jumbf", inner, reading, "brob")
    elif box.kind == b"bfdb":
        _add(view, reading, _file_type(view, box), box, label, "Type", "BinaryDataType")
    elif box.kind == b"bidb":
        definition = _definition(_DATA, label, "Data", "BinaryData")
        tag = Tag(_CONTENT_GROUP, definition, UNDEFINED, size, None, view.start + at, size)
        reading.add(_CONTENT_GROUP, [tag], view.span(at, size))
    elif box.kind == b"c2sh" and size <= _LARGEST_SALT:
        _add(view, reading, view.take(at, size).hex(), box, label, "Salt", "C2PASaltHash")


def _file_type(view: ByteView, box: Box) -> str:
    """`bfdb`: the media type of a file, and its name if it has one."""
    has_name = view.u8(box.at) & _HAS_FILE_NAME
    texts = view.take(box.at + 1, min(box.size - 1, _LONGEST_LABEL)).split(b"\0")
    told = [text.decode("utf-8", "replace") for text in texts[: 2 if has_name else 1]]
    return ", ".join(text for text in told if text)


@lru_cache(maxsize=256)
def _definition(kind: str, label: str, suffix: str, otherwise: str) -> Definition:
    """Of `c2pa.thumbnail.claim.jpeg`, its data: `C2PAThumbnailClaimJpegData`."""
    joined = _WORD_BEGINS.sub(lambda found: found[1].upper(), label.replace("__", "_"))
    name = tag_name(joined) + suffix if joined else otherwise
    return Definition(kind, name, convert=binary if kind == _DATA else None)


def _add(  # noqa: PLR0917 - the box, and what its name is made of
    view: ByteView,
    reading: Reading,
    value: Value,
    box: Box,
    label: str,
    suffix: str,
    otherwise: str,
) -> None:
    definition = _definition(box.kind.decode("latin-1"), label, suffix, otherwise)
    tag = _tag(_CONTENT_GROUP, definition, value, view.start + box.at, box.size)
    reading.add(_CONTENT_GROUP, [tag], view.span(box.at, box.size))


def _tag(group: str, definition: Definition, value: Value, at: int, length: int) -> Tag:
    return Tag(group, definition, PLAIN, 1, value, at, length)
