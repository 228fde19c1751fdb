"""What kind of file an upload is, by its first bytes: for counting alone.

Whether a file can be used, its tool decides, and reads more than this to do so.
"""

from __future__ import annotations

TEXT, EMPTY, OTHER = "text", "empty", "other"
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF8", "gif"),
    (0, b"II*\x00", "tiff"),
    (0, b"MM\x00*", "tiff"),
    (8, b"WEBP", "webp"),
    (4, b"ftypavi", "avif"),
    (4, b"ftypcrx", "raw"),
    (4, b"ftyp", "heif"),
    (0, b"\xff\x0a", "jxl"),
    (4, b"JXL ", "jxl"),
    (4, b"jP  ", "jp2"),
    (0, b"8BPS", "psd"),
    (0, b"BM", "bmp"),
    (0, b"FUJIFILMCCD-RAW", "raw"),
    (0, b"IIRO", "raw"),
    (0, b"IIU\x00", "raw"),
    (0, b"FOVb", "raw"),
    (0, b"\x00MRM", "raw"),
    (6, b"HEAPCCDR", "raw"),
    (0, b"%PDF-", "pdf"),
    (0, b"PK\x03\x04", "zip"),
    (0, b"\xd0\xcf\x11\xe0", "office"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"MZ", "program"),
    (0, b"\x7fELF", "program"),
)
"""Offset, bytes there, kind; the first that fits counts."""
KINDS = frozenset({TEXT, EMPTY, OTHER, "xml", *(kind for *_, kind in _SIGNATURES)})
_SAMPLE = 512
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f")


def kind_of(content: bytes) -> str:
    """One of `KINDS`."""
    head = content[:_SAMPLE]
    for at, signature, kind in _SIGNATURES:
        if head.startswith(signature, at):
            return kind
    if not head:
        return EMPTY
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "xml"
    is_text = head.startswith(_MARKS) or not _CONTROLS.intersection(head)
    return TEXT if is_text else OTHER
