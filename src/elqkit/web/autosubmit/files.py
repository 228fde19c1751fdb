"""A file as AutoSubmit keeps it: a CSV as it is, a workbook with the text of one sheet.

A process reads a workbook, for seconds if it is large. It is asked once, not for every page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
import zlib

from elqkit.table import signatures
from elqkit.table.reading import ReadOptions, read_table
from elqkit.workbooks import reading

if TYPE_CHECKING:
    from elqkit.table.limits import Limits
    from elqkit.table.model import Table

_LENGTH_BYTES = 8
_FAST = 1
"""The level of compression: text shrinks to a tenth at once, and little more for longer."""


def is_workbook(name: str) -> bool:
    """Whether a file is to be read as a workbook, which its name decides."""
    return name.lower().endswith(signatures.WORKBOOK)


def kept_of(content: bytes, name: str, options: ReadOptions) -> bytes:
    """What to keep of a file that came. It was read once, so that it holds a table.

    Raises:
        UnreadableTable: it holds none, or name and content do not agree.
        TakesLonger: it is a workbook that takes longer than the patience of the options.
    """
    if not is_workbook(name):
        signatures.refuse_other_names(name)
        read_table(content, options)
        return content
    text = reading.text_of(content, options)
    reading.table_of(text, options.limits)
    return with_text(content, text)


def with_text(content: bytes, text: bytes) -> bytes:
    """What to keep of a workbook, of which the text is that of one sheet; empty: not read yet."""
    packed = zlib.compress(text, _FAST) if text else b""
    return len(content).to_bytes(_LENGTH_BYTES, "big") + content + packed


def content_of(kept: bytes) -> bytes:
    """The file of a workbook that is kept."""
    return _halves(kept)[0]


def workbook_of(kept: bytes, limits: Limits) -> tuple[bytes, Table]:
    """The file and the table of a workbook that is kept, and was read.

    Raises:
        UnreadableTable: the limits are narrower now.
    """
    content, packed = _halves(kept)
    return content, reading.table_of(zlib.decompress(packed), limits)


def _halves(kept: bytes) -> tuple[bytes, bytes]:
    size = int.from_bytes(kept[:_LENGTH_BYTES], "big")
    rest = kept[_LENGTH_BYTES:]
    return rest[:size], rest[size:]
