"""The texts of PNG (third edition, section 11.3.3): tEXt, zTXt and iTXt, a keyword and its text.

Texts that hold another block (XMP; the hexadecimal "raw profiles" of ImageMagick) are handed on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
import zlib

from mapy import blocks
from mapy.blocks import iptc
from mapy.buffer import ByteView
from mapy.errors import LimitExceeded
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tags.png import KEYWORDS
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.reading import Reading

_LONGEST_KEYWORD = 79
_XMP = "XML:com.adobe.xmp"
_RAW_PROFILE = "Raw profile type "
_PROFILES = {
    **dict.fromkeys(("exif", "APP1"), "exif"),
    **dict.fromkeys(("icc", "icm"), "icc"),
    **dict.fromkeys(("iptc", "8bim"), "photoshop"),
    "xmp": "xmp",
}
"""What the raw profiles of ImageMagick hold."""
_SIGNATURES = (
    (b"Exif\0\0", "exif"),
    (b"http://ns.adobe.com/xap/1.0/\0", "xmp"),
)
_STANDARD_NAMES = {"iptc": iptc.STANDARD, "photoshop": "image resources"}
"""By these names the parsers know that a block stands where it has to."""
_LANGUAGE = re.compile(r"([a-z]{2,3}|[xi])[-_]([a-z]{2})(?![^-])")
"""A language with its country."""
_SHORTEST_NAME = 2


class Text(NamedTuple):
    """A keyword, the language of its text, and the text."""

    keyword: str
    language: str
    text: str


def parse(kind: str, view: ByteView, reading: Reading) -> None:
    """Parse the body of a chunk of text."""
    found = _text_of(kind, view.take(0, len(view)), reading, view)
    if found is None:
        return
    if found.keyword == _XMP:
        blocks.parse("xmp", ByteView(found.text.encode(), view.start), reading, kind)
        return
    if found.keyword.startswith(_RAW_PROFILE) and _profile(found, view, reading, kind):
        return
    definition = _define(found.keyword, found.language)
    value = found.text
    if found.keyword.startswith(_RAW_PROFILE):  # of a kind that nothing parses
        value = f"(Binary data {len(value)} bytes, use -b option to extract)"
    tag = Tag("PNG", definition, PLAIN, 1, value, view.start, len(view))
    reading.add("PNG", [tag], view.span(0, len(view)))


def _text_of(kind: str, body: bytes, reading: Reading, view: ByteView) -> Text | None:
    """The text of a chunk, inflated if need be; None with a problem where there is none."""
    keyword, end, rest = body.partition(b"\0")
    if not end or not keyword or len(keyword) > _LONGEST_KEYWORD:
        reading.problem("png.bad-keyword", "A text has no proper keyword.", view.span(0, len(view)))
        return None
    name = keyword.decode("latin-1")
    if kind == "tEXt":
        return Text(name, "", rest.decode("latin-1"))
    if kind == "zTXt":
        inflated = inflate(rest[1:], reading, view)
        return None if inflated is None else Text(name, "", inflated.decode("latin-1"))
    # iTXt: compression flag and method, language, translated keyword, text
    language, _, more = rest[2:].partition(b"\0")
    _, _, encoded = more.partition(b"\0")
    plain = inflate(encoded, reading, view) if rest[:1] == b"\1" else encoded
    if plain is None:
        return None
    return Text(name, language.decode("latin-1"), plain.decode("utf-8", "replace"))


def inflate(packed: bytes, reading: Reading, view: ByteView) -> bytes | None:
    """Compressed data, inflated up to the limit; None with a problem where that fails.

    Raises:
        LimitExceeded: the data grow beyond what is allowed.
    """
    most = reading.limits.inflated_bytes
    stream = zlib.decompressobj()
    try:
        inflated = stream.decompress(packed, most)
    except zlib.error:
        reading.problem(
            "zlib.broken", "A compressed text cannot be unpacked.", view.span(0, len(view))
        )
        return None
    if stream.unconsumed_tail and not stream.eof:
        raise LimitExceeded(
            "limit.inflated-bytes",
            "A compressed text grows beyond the reader's limits.",
            hint="This guards against files made to exhaust a reader.",
        )
    reading.budget.spend("total_inflated_bytes", len(inflated))
    return inflated


def _profile(found: Text, view: ByteView, reading: Reading, kind: str) -> bool:
    """Hand on a raw profile: a name, a length and hexadecimal digits, a line each."""
    block_kind = _PROFILES.get(found.keyword[len(_RAW_PROFILE) :])
    match = re.match(r"\s*[\w ]{1,40}\n\s*\d{1,10}\n", found.text)
    if block_kind is None or match is None:
        return False
    try:
        content = bytes.fromhex(found.text[match.end() :])
    except ValueError:
        reading.problem(
            "png.bad-profile", "A raw profile is not hexadecimal.", view.span(0, len(view))
        )
        return True
    for signature, named in _SIGNATURES:
        if content.startswith(signature):
            content, block_kind = content[len(signature) :], named
    if block_kind == "photoshop" and content[:1] == bytes([iptc.MARKER]):
        block_kind = "iptc"
    # Its bytes have no place of their own in the file: offsets count from where the chunk begins.
    name = _STANDARD_NAMES.get(block_kind, kind)
    blocks.parse(block_kind, ByteView(content, 0), reading, name)
    return True


def _define(keyword: str, language: str) -> Definition:
    known = KEYWORDS.get(keyword) or KEYWORDS.get(keyword[:1].upper() + keyword[1:])
    if known is None:
        words = re.sub(r"\s+(\S)", lambda match: match[1].upper(), keyword.strip())
        name = re.sub(r"[^-_a-zA-Z0-9]", "", words)
        name = name[:1].upper() + name[1:]
        is_name = len(name) >= _SHORTEST_NAME and name[0] not in "-0123456789"
        return Definition(keyword, name if is_name else f"Tag{name}")
    if not language:
        return known
    country = _LANGUAGE.match(language.lower())
    told = language.lower()
    if country is not None:
        told = f"{country[1]}-{country[2].upper()}{told[country.end() :]}"
    return known._replace(name=f"{known.name}-{re.sub(r'[^-a-zA-Z0-9]', '', told)}")
