"""The containers: each knows the structure of a format and finds its blocks, not what they mean.

A format is a row of `FORMATS`: by its first bytes, in this order. Its module is imported when the
first such file is met, so that a reader of JPEG never pays for the others.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading


class FileKind(NamedTuple):
    """What a file is called."""

    name: str
    media_type: str
    extension: str


class Format(Protocol):
    """What a container must offer."""

    name: str
    media_type: str
    extension: str

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins so is of this format."""

    def read(self, view: ByteView, reading: Reading) -> None:
        """Find the blocks and hand each to its parser."""


class Row(NamedTuple):
    """Where to look for a format."""

    at: int
    """Where the signature stands."""
    signatures: tuple[bytes, ...]
    """One of these stands there; whether it is the format, its class says."""
    where: str
    """Module and class."""


XML = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0<", b" ", b"\t", b"\r", b"\n")
"""How XML may begin: at once, or behind a byte order mark or blanks."""

FORMATS = (
    Row(0, (b"\xff\xd8\xff",), "jpeg:Jpeg"),
    Row(0, (b"\x89PNG",), "png:Png"),
    Row(8, (b"WEBP",), "webp:WebP"),
    Row(0, (b"II", b"MM"), "tiff:Tiff"),
    Row(0, (b"\xff\x01Exiv2",), "exv:Exv"),
    Row(0, (b"IIU\0",), "rw2:Rw2"),
    Row(6, (b"HEAPCCDR",), "crw:Crw"),
    Row(0, (b"FUJIFILM",), "raf:Raf"),
    Row(0, (b"FOVb",), "x3f:X3f"),
    Row(0, (b"\0MRM", b"\0MRI"), "mrw:Mrw"),
    Row(25, (b"ARECOYK",), "kyocera:Kyocera"),
    Row(4, (b"ftypcrx ",), "cr3:Cr3"),
    Row(4, (b"ftyp",), "heif:Heif"),
    Row(4, (b"jP",), "jp2:Jp2"),
    Row(0, (b"\xff\x4f\xff\x51",), "jp2:J2k"),
    Row(4, (b"JXL \r\n\x87\n",), "jxl:Jxl"),
    Row(0, (b"\xff\x0a",), "jxl:JxlCodestream"),
    Row(0, (b"GIF8",), "gif:Gif"),
    Row(0, (b"BM",), "bmp:Bmp"),
    Row(0, (b"8BPS",), "psd:Psd"),
    Row(0, XML, "svg:Svg"),
    Row(0, XML, "xmp_sidecar:XmpSidecar"),
)

_loaded: dict[str, Format] = {}


def recognise(head: bytes) -> Format | None:
    """The format of a file that begins with `head`, or None."""
    for at, signatures, where in FORMATS:
        if head.startswith(signatures, at):
            format_ = _loaded.get(where) or _load(where)
            if format_.recognises(head):
                return format_
    return None


def _load(where: str) -> Format:
    module, _, name = where.partition(":")
    found = _loaded[where] = cast("Format", getattr(import_module(f"{__name__}.{module}"), name)())
    return found
