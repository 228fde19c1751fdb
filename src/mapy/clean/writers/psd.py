"""The copy of a PSD or PSB: layers and merged picture as they are, resources by allow list.

No offset counts from the start, so image resources can be left out. What is content stays, with
the names that people gave to layers, and the text that text layers are drawn from; `STUCK` says so.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from mapy.buffer import ByteView
from mapy.clean.edit.photoshop_resources import EXIF, ICC, STRUCTURAL, resources
from mapy.clean.edit.spans import blank
from mapy.clean.profile import trimmed
from mapy.clean.rewriting import Rewriting
from mapy.clean.writers.psd_layers import Layers, broken
from mapy.errors import LimitExceeded, OutOfBounds, Span
from mapy.tags import photoshop
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapy.clean.policy import Policy
    from mapy.model import Metadata

_NAMES = Text("The names of layers are part of the document; rename the layers to lose them.")
STUCK: Mapping[str, Text] = {
    "Photoshop:LayerNames": _NAMES,
    "Photoshop:LayerUnicodeNames": _NAMES,
}
STRUCTURE = frozenset(
    {
        *(f"File:{name}" for name in ("FileType", "FileTypeExtension", "MIMEType")),
        "File:ExifByteOrder",
        *(
            f"Photoshop:{name}"
            for name in (
                *("NumChannels", "ImageHeight", "ImageWidth", "BitDepth", "ColorMode"),
                *("Compression", "LayerCount", "LayerRectangles", "LayerBlendModes"),
                *("LayerOpacities", "LayerVisible", "LayerColors", "LayerSections"),
            )
        ),
        *(
            f"{photoshop.GROUP}:{field.definition.name}"
            for number, record in photoshop.RECORDS.items()
            if number in STRUCTURAL
            for field in record.fields
        ),
    }
)

_HEADER = Struct(">4sH6sHIIHH")
_LARGE = 2
_RAW, _RLE = 0, 1
_RESOURCE = Struct(">4sHHI")
"""Signature, number, a name of no letters, length."""
_U64 = Struct(">Q")


class _Sections(NamedTuple):
    """Where the sections of a file begin, their lengths included."""

    colours: int
    resources: int
    layers: int
    picture: int
    end: int
    """Where the merged picture ends; what follows is none of it."""
    private: tuple[Span, ...]
    """Stretches of the layers that say nothing of the picture."""


def write(content: bytes, metadata: Metadata, policy: Policy) -> bytes:
    """The clean copy.

    Raises:
        CannotClean: the sections are broken, or other files are in it.
    """
    rewriting = Rewriting(metadata, policy)
    if rewriting.keeps_opaque:
        return content
    sections = _sections(content)
    plain = bytearray(content)
    blank(plain, sections.private)
    plain[6:12] = bytes(6)  # reserved
    raw = content[sections.resources + 4 : sections.layers]
    kept = rewriting.photoshop(raw) if rewriting.selection is not None else None
    if kept is None:
        kept = _kept(raw, rewriting)
    return b"".join(
        (
            plain[: sections.resources],
            len(kept).to_bytes(4, "big") + kept,
            plain[sections.layers : sections.end],
        )
    )


def image(content: bytes) -> Iterator[bytes]:
    """The header, the colour table, the layers and the merged picture."""
    sections = _sections(content)
    plain = bytearray(content)
    blank(plain, sections.private)
    plain[6:12] = bytes(6)
    yield bytes(plain[: sections.resources])
    yield bytes(plain[sections.layers : sections.end])


def _kept(raw: bytes, rewriting: Rewriting) -> bytes:
    """The resources of a copy: those of numbers alone, the profile, and what is kept."""
    pieces = []
    for resource in resources(raw):
        if resource.signature != b"8BIM":
            continue
        body: bytes | None = raw[resource.body : resource.body + resource.size]
        if resource.number == ICC and rewriting.keeps_profile:
            body = trimmed(body or b"")
        elif resource.number not in STRUCTURAL:
            continue
        if body is not None:
            pieces.append(_resource(resource.number, body))
    new = rewriting.new_exif()
    if new is not None:
        pieces.append(_resource(EXIF, new))
    return b"".join(pieces)


def _resource(number: int, body: bytes) -> bytes:
    return _RESOURCE.pack(b"8BIM", number, 0, len(body)) + body + bytes(len(body) % 2)


def _sections(content: bytes) -> _Sections:
    view = ByteView(content)
    try:
        _, version, _, channels, height, width, depth, _ = view.unpack(_HEADER, 0)
        is_large = version == _LARGE
        colours = _HEADER.size
        resources_at = colours + 4 + view.u32be(colours)
        layers_at = resources_at + 4 + view.u32be(resources_at)
        length = view.unpack(_U64, layers_at)[0] if is_large else view.u32be(layers_at)
        body = layers_at + (8 if is_large else 4)
        picture = body + length
        layers = Layers(view, body, length, is_large=is_large)
        size = _picture_size(
            view, picture, channels * height, (width * depth + 7) // 8, is_large=is_large
        )
    except (OutOfBounds, LimitExceeded):
        raise broken() from None
    end = min(picture + size, len(content))
    return _Sections(colours, resources_at, layers_at, picture, end, tuple(layers.private))


def _picture_size(view: ByteView, at: int, rows: int, row: int, *, is_large: bool) -> int:
    """Bytes of the merged picture, with the number of its compression.

    Raises:
        CannotClean: it is compressed in a way that does not tell where it ends.
    """
    compression = view.u16be(at)
    if compression == _RAW:
        return 2 + rows * row
    if compression != _RLE:
        raise broken()
    lengths = Struct(f">{rows}{'I' if is_large else 'H'}")
    return int(2 + lengths.size + sum(view.unpack(lengths, at + 2)))
