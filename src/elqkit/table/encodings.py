"""Bytes to text: the byte order mark, then strict UTF-8, then an assumption that is said aloud.

No statistics: the known detectors give wrong text for Western European files. The Unicode Standard,
section 23.8 (byte order mark) and section 3.9 (well-formed UTF-8).
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from elqkit.errors import UnreadableTable
from elqkit.table.problems import Findings, Place
from elqkit.table.scanner import NEWLINE
from elqkit.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES: dict[str, str] = {
    "utf-8": "UTF-8",
    "utf-16-le": Text("UTF-16, little-endian"),
    "utf-16-be": Text("UTF-16, big-endian"),
    "cp1252": Text("Windows Western European (cp1252)"),
    "cp1250": Text("Windows Central European (cp1250)"),
    "cp1251": Text("Windows Cyrillic (cp1251)"),
    "cp1253": Text("Windows Greek (cp1253)"),
    "cp1254": Text("Windows Turkish (cp1254)"),
    "iso-8859-1": Text("Latin-1 (ISO 8859-1)"),
    "iso-8859-2": Text("Latin-2 (ISO 8859-2)"),
    "iso-8859-15": Text("Latin-9 (ISO 8859-15)"),
    "mac-roman": Text("Mac Roman"),
    "cp437": Text("DOS (cp437)"),
    "cp850": Text("DOS Western European (cp850)"),
    "cp932": Text("Japanese (Shift-JIS, cp932)"),
    "euc-jp": Text("Japanese (EUC-JP)"),
    "gb18030": Text("Chinese, simplified (GB 18030)"),
    "big5": Text("Chinese, traditional (Big5)"),
    "cp949": Text("Korean (cp949)"),
}
"""The encodings that can be chosen: their names here and in Python, and what people read."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_NUL_SAMPLE_BYTES = 4096
_NUL_SHARE = 0.4
"""Of the bytes at odd (or even) places: text in a Latin script has half of UTF-16's bytes zero."""


class How(Enum):
    """What an encoding was taken from."""

    CHOSEN = "chosen"
    MARK = "byte order mark"
    VALID = "all bytes are valid"
    ASSUMED = "assumed"
    WORKBOOK = "a workbook's cells"


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding that a file was read in, and how sure that is."""

    name: str
    how: How
    has_mark: bool = False
    """Whether the file begins with a byte order mark. It is no part of the first value."""
    bad_byte: int | None = None
    """Where UTF-8 failed, in bytes from 0."""
    bad_line: int | None = None

    @property
    def label(self) -> str:
        """The name that people read."""
        return NAMES[self.name]

    @property
    def is_certain(self) -> bool:
        """Whether it was not assumed."""
        return self.how is not How.ASSUMED


class Bad(NamedTuple):
    """The first byte that means nothing in an encoding."""

    offset: int
    line: int
    byte: bytes
    """Empty where the file ends too early."""

    @property
    def words(self) -> Text:
        """`byte 0xFF at offset 17`."""
        if not self.byte:
            return Text("the end")
        byte, at = f"0x{self.byte[0]:02X}", str(self.offset)
        return Text("byte {byte} at offset {offset}", byte=byte, offset=at)


def decode(content: bytes, chosen: str | None, findings: Findings) -> tuple[str, Encoding]:
    """Return the text without its byte order mark, and the encoding.

    Raises:
        UnreadableTable: `encoding.utf-32`.
    """
    encoding = _by_choice_or_mark(content, chosen, findings) or _without_mark(content, findings)
    body = content[mark_bytes(encoding) :]
    try:
        return body.decode(encoding.name), encoding
    except UnicodeDecodeError as error:
        start = error.start + len(content) - len(body)
    bad = Bad(start, _line_of(content, start, encoding.name), content[start : start + 1])
    _report_undecodable(bad, encoding, findings)
    return body.decode(encoding.name, "backslashreplace"), encoding


def of_stream(
    first: bytes,
    chosen: str | None,
    findings: Findings,
    first_bad: Callable[[str], Bad | None],
    *,
    size_bytes: int,
) -> Encoding:
    """The encoding of a file of which only the beginning is at hand.

    Args:
        first: its first bytes.
        chosen: a key of `NAMES`, or None.
        findings: what was found.
        first_bad: where the whole file fails in an encoding.
        size_bytes: of the whole file.

    Raises:
        UnreadableTable: `encoding.utf-32`.
    """
    encoding = _by_choice_or_mark(first, chosen, findings)
    if encoding is None:
        bad = first_bad("utf-8")
        encoding = _assumed(_utf_16_by_zeros(first, size_bytes), bad, findings)
        if encoding.name == "utf-8":
            return encoding
    if (bad := first_bad(encoding.name)) is not None:
        _report_undecodable(bad, encoding, findings)
    return encoding


def mark_bytes(encoding: Encoding) -> int:
    """How many bytes the byte order mark takes."""
    return next((len(m) for m, name in _BOMS if encoding.has_mark and name == encoding.name), 0)


def _by_choice_or_mark(first: bytes, chosen: str | None, findings: Findings) -> Encoding | None:
    """The encoding that a person or a byte order mark names, if one does.

    Raises:
        UnreadableTable: `encoding.utf-32`.
    """
    if first.startswith(_UTF_32):
        raise UnreadableTable("encoding.utf-32", Text("UTF-8 or UTF-16"), "UTF-32")
    marked = next((name for mark, name in _BOMS if first.startswith(mark)), None)
    if chosen is None:
        return None if marked is None else Encoding(marked, How.MARK, has_mark=True)
    if marked not in (None, chosen):
        findings.add(
            "encoding.bom-differs", Place(1, expected=NAMES[chosen], found=NAMES[marked or chosen])
        )
    return Encoding(chosen, How.CHOSEN, has_mark=marked == chosen)


def _without_mark(content: bytes, findings: Findings) -> Encoding:
    """UTF-8 where every byte fits; else UTF-16 by its zero bytes or cp1252, both only assumed."""
    bad = None
    try:
        content.decode()
    except UnicodeDecodeError as error:
        at = error.start
        bad = Bad(at, _line_of(content, at, "utf-8"), content[at : at + 1])
    return _assumed(_utf_16_by_zeros(content, len(content)), bad, findings)


def _assumed(utf_16: str | None, bad: Bad | None, findings: Findings) -> Encoding:
    """What is taken for a file without a mark, where UTF-8 fails at a byte or nowhere."""
    if bad is None and utf_16 is None:
        return Encoding("utf-8", How.VALID)
    at, line = (None, None) if bad is None else (bad.offset, bad.line)
    encoding = Encoding(utf_16 or "cp1252", How.ASSUMED, bad_byte=at, bad_line=line)
    found = encoding.label if bad is None else bad.words
    findings.add("encoding.unsure", Place(line, expected="UTF-8", found=found))
    return encoding


def _utf_16_by_zeros(content: bytes, size_bytes: int) -> str | None:
    """UTF-16 without its mark: nearly every second byte is zero, and hardly one of the others."""
    sample = content[:_NUL_SAMPLE_BYTES]
    half = len(sample) // 2
    if half < 2 or size_bytes % 2:  # noqa: PLR2004 - one character is no evidence
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > _NUL_SHARE * half and even == 0:
        return "utf-16-le"
    if even > _NUL_SHARE * half and odd == 0:
        return "utf-16-be"
    return None


def _report_undecodable(bad: Bad, encoding: Encoding, findings: Findings) -> None:
    place = Place(bad.line, expected=encoding.label, found=bad.words)
    findings.add("encoding.undecodable", place)


def _line_of(content: bytes, offset: int, encoding: str) -> int:
    """The line of a byte: the bytes before it are decoded, as 0x0A is half a letter in UTF-16."""
    before = content[:offset].decode(encoding, "replace")
    return 1 + len(NEWLINE.findall(before))
