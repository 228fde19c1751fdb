"""Bytes to text: the byte order mark, then strict UTF-8, then an assumption that is said aloud.

No statistics: the known detectors give wrong text for Western European files. The Unicode Standard,
section 23.8 (byte order mark) and section 3.9 (well-formed UTF-8).
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from enum import Enum

from elqkit.errors import UnreadableTable
from elqkit.table.problems import Findings, Place
from elqkit.table.scanner import NEWLINE

NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16, little-endian",
    "utf-16-be": "UTF-16, big-endian",
    "cp1252": "Windows Western European (cp1252)",
    "cp1250": "Windows Central European (cp1250)",
    "cp1251": "Windows Cyrillic (cp1251)",
    "cp1253": "Windows Greek (cp1253)",
    "cp1254": "Windows Turkish (cp1254)",
    "iso-8859-1": "Latin-1 (ISO 8859-1)",
    "iso-8859-2": "Latin-2 (ISO 8859-2)",
    "iso-8859-15": "Latin-9 (ISO 8859-15)",
    "mac-roman": "Mac Roman",
    "cp437": "DOS (cp437)",
    "cp850": "DOS Western European (cp850)",
    "cp932": "Japanese (Shift-JIS, cp932)",
    "euc-jp": "Japanese (EUC-JP)",
    "gb18030": "Chinese, simplified (GB 18030)",
    "big5": "Chinese, traditional (Big5)",
    "cp949": "Korean (cp949)",
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


def decode(content: bytes, chosen: str | None, findings: Findings) -> tuple[str, Encoding]:
    """Return the text without its byte order mark, and the encoding.

    Raises:
        UnreadableTable: `encoding.utf-32`.
    """
    if content.startswith(_UTF_32):
        raise UnreadableTable("encoding.utf-32", "UTF-8 or UTF-16", "UTF-32")
    mark, marked = next(((m, n) for m, n in _BOMS if content.startswith(m)), (b"", None))
    if chosen is not None:
        encoding = Encoding(chosen, How.CHOSEN, has_mark=marked == chosen)
        if marked not in (None, chosen):
            findings.add(
                "encoding.bom-differs",
                Place(1, expected=NAMES[chosen], found=NAMES[marked or chosen]),
            )
    elif marked is not None:
        encoding = Encoding(marked, How.MARK, has_mark=True)
    else:
        encoding = _without_mark(content, findings)
    body = content[len(mark) :] if encoding.has_mark else content
    try:
        return body.decode(encoding.name), encoding
    except UnicodeDecodeError as error:
        start = error.start + len(content) - len(body)
    _report_undecodable(content, start, encoding, findings)
    return body.decode(encoding.name, "backslashreplace"), encoding


def _without_mark(content: bytes, findings: Findings) -> Encoding:
    """UTF-8 where every byte fits; else UTF-16 by its zero bytes or cp1252, both only assumed."""
    bad = None
    try:
        content.decode()
    except UnicodeDecodeError as error:
        bad = error.start
    utf_16 = _utf_16_by_zeros(content)
    if bad is None and utf_16 is None:
        return Encoding("utf-8", How.VALID)
    line = None if bad is None else _line_of(content, bad, "utf-8")
    encoding = Encoding(utf_16 or "cp1252", How.ASSUMED, bad_byte=bad, bad_line=line)
    found = encoding.label if bad is None else f"byte 0x{content[bad]:02X} at offset {bad}"
    findings.add("encoding.unsure", Place(line, expected="UTF-8", found=found))
    return encoding


def _utf_16_by_zeros(content: bytes) -> str | None:
    """UTF-16 without its mark: nearly every second byte is zero, and hardly one of the others."""
    sample = content[:_NUL_SAMPLE_BYTES]
    half = len(sample) // 2
    if half < 2 or len(content) % 2:  # noqa: PLR2004 - one character is no evidence
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > _NUL_SHARE * half and even == 0:
        return "utf-16-le"
    if even > _NUL_SHARE * half and odd == 0:
        return "utf-16-be"
    return None


def _report_undecodable(content: bytes, start: int, encoding: Encoding, findings: Findings) -> None:
    found = f"byte 0x{content[start]:02X} at offset {start}" if start < len(content) else "the end"
    findings.add(
        "encoding.undecodable",
        Place(_line_of(content, start, encoding.name), expected=encoding.label, found=found),
    )


def _line_of(content: bytes, offset: int, encoding: str) -> int:
    """The line of a byte: the bytes before it are decoded, as 0x0A is half a letter in UTF-16."""
    before = content[:offset].decode(encoding, "replace")
    return 1 + len(NEWLINE.findall(before))
