"""What a file is when it is no CSV: known first bytes, and the share of control characters."""

from __future__ import annotations

import re

from elqkit.errors import UnreadableTable
from elqkit.table.limits import BINARY_SAMPLE_CHARS
from elqkit.text import Text

EXTENSIONS = (".csv", ".tsv", ".txt")
WORKBOOK = ".xlsx"
_CSV_TEXT = Text("CSV text")

_SIGNATURES: tuple[tuple[bytes, Text], ...] = (
    (b"\x7fELF", Text("a program")),
    (b"MZ\x90\x00", Text("a program")),
    (b"\xcf\xfa\xed\xfe", Text("a program")),
    (b"\xca\xfe\xba\xbe", Text("a program")),
    (b"\x89PNG\r\n\x1a\n", Text("a PNG picture")),
    (b"\xff\xd8\xff", Text("a JPEG picture")),
    (b"GIF87a", Text("a GIF picture")),
    (b"GIF89a", Text("a GIF picture")),
    (b"II*\x00", Text("a TIFF picture")),
    (b"MM\x00*", Text("a TIFF picture")),
    (b"%PDF-", Text("a PDF document")),
    (b"\x1f\x8b", Text("a gzip archive")),
    (b"BZh9", Text("a bzip2 archive")),
    (b"\xfd7zXZ\x00", Text("an xz archive")),
    (b"(\xb5/\xfd", Text("a Zstandard archive")),
    (b"7z\xbc\xaf\x27\x1c", Text("a 7-Zip archive")),
    (b"Rar!\x1a\x07", Text("a RAR archive")),
    (b"SQLite format 3\x00", Text("a database")),
    (b"PAR1", Text("a Parquet file")),
    (b"{\\rtf", Text("a text document")),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,100}<(?:\?xml|!doctype|html|svg|script)\b", re.IGNORECASE
)

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MIN_CONTROLS = 8
MAX_CONTROL_SHARE = 0.05
"""Random bytes hold 11 % of them; text with a stray one far less."""


def refuse_other_formats(content: bytes) -> None:
    """Raise when the first bytes are those of another format.

    Raises:
        UnreadableTable: `file.spreadsheet` or `file.not-csv`, with what the file is.
    """
    if content.startswith(_OLD_OFFICE):
        raise UnreadableTable("file.spreadsheet", _CSV_TEXT, Text("an Office document"))
    if content.startswith(_ZIP):
        # Members are looked for by name, not unpacked: a small archive may hold a huge one.
        if b"xl/workbook" in content or b"xl/worksheets" in content:
            raise UnreadableTable("file.spreadsheet", _CSV_TEXT, Text("an Excel workbook"))
        if b"opendocument.spreadsheet" in content[:200]:
            raise UnreadableTable(
                "file.spreadsheet", _CSV_TEXT, Text("an OpenDocument spreadsheet")
            )
        raise UnreadableTable("file.not-csv", _CSV_TEXT, Text("a ZIP archive"))
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            raise UnreadableTable("file.not-csv", _CSV_TEXT, name)
    if content[:4] == b"RIFF" or content[4:8] == b"ftyp":
        raise UnreadableTable("file.not-csv", _CSV_TEXT, Text("a picture, film or sound"))
    if _MARKUP.match(content):
        raise UnreadableTable("file.not-csv", _CSV_TEXT, Text("a web page or XML document"))


def refuse_binary(text: str) -> None:
    """Raise when the text holds more control characters than any text does.

    Raises:
        UnreadableTable: `file.not-csv`.
    """
    sample = text[:BINARY_SAMPLE_CHARS]
    controls = len(_CONTROL.findall(sample))
    if controls >= MIN_CONTROLS and controls > MAX_CONTROL_SHARE * len(sample):
        raise UnreadableTable("file.not-csv", _CSV_TEXT, Text("binary content"))


def refuse_other_names(name: str) -> None:
    """Raise when a file's name does not end as that of a CSV file.

    Raises:
        UnreadableTable: `file.extension`.
    """
    if not name.lower().endswith(EXTENSIONS):
        expected = Text("a name that ends in .csv, .tsv, .txt or .xlsx")
        raise UnreadableTable("file.extension", expected)
