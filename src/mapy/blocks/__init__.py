"""The blocks: what containers hold. A parser turns one kind of block into directories of tags.

A parser is a row of `PARSERS`; a container names the kind and never the parser. A parser is
imported when the first block of its kind is met, so that a reader of EXIF never pays for XML.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, TypeAlias

from mapy.errors import LimitExceeded, OutOfBounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.buffer import ByteView
    from mapy.reading import Reading

Parser: TypeAlias = "Callable[[ByteView, Reading], None]"
NamedParser: TypeAlias = "Callable[[str, ByteView, Reading], None]"

PARSERS: Final = {
    "adobe": "mapy.blocks.adobe",
    "afcp": "mapy.blocks.afcp",
    "casio-qvci": "mapy.blocks.casio_qvci",
    "ducky": "mapy.blocks.ducky",
    "eppim": "mapy.blocks.eppim",
    "c2pa-signature": "mapy.blocks.c2pa_signature",
    "canon-vrd": "mapy.blocks.canon_vrd",
    "cbor": "mapy.blocks.cbor",
    "ciff": "mapy.makernotes.canon.ciff",
    "exif": "mapy.blocks.ifd",
    "flir": "mapy.blocks.flir",
    "gopro": "mapy.blocks.gopro",
    "hdr-plus": "mapy.blocks.hdr_plus",
    "hp-tdhd": "mapy.blocks.hp_tdhd",
    "icc": "mapy.blocks.icc",
    "insta360": "mapy.blocks.insta360",
    "jfif": "mapy.blocks.jfif",
    "jfxx": "mapy.blocks.jfxx",
    "json": "mapy.blocks.json_text",
    "jumbf": "mapy.blocks.jumbf",
    "jpeg-record": "mapy.blocks.jpeg_records",
    "jpeg-text": "mapy.blocks.jpeg_texts",
    "kodak-meta": "mapy.blocks.kodak_meta",
    "leaf": "mapy.blocks.leaf",
    "loose-xmp": "mapy.blocks.loose_xmp",
    "maker-segment": "mapy.makernotes.segments",
    "mie": "mapy.blocks.mie",
    "mpf": "mapy.blocks.mpf",
    "nikon-app": "mapy.blocks.nikon_app",
    "one-plus": "mapy.blocks.one_plus",
    "picture-info": "mapy.blocks.picture_info",
    "print-im": "mapy.blocks.print_im",
    "qualcomm": "mapy.blocks.qualcomm",
    "qualcomm-dual-camera": "mapy.blocks.qualcomm_dual_camera",
    "ricoh-rmeta": "mapy.blocks.ricoh_rmeta",
    "riff-info": "mapy.blocks.riff_info",
    "samsung-trailer": "mapy.blocks.samsung_trailer",
    "scalado": "mapy.blocks.scalado",
    "seal": "mapy.blocks.seal",
    "segment-value": "mapy.blocks.segment_values",
    "stim": "mapy.blocks.stim",
    "stitch-info": "mapy.blocks.stitch_info",
    "svg": "mapy.blocks.svg",
    "vivo": "mapy.blocks.vivo",
    "xml": "mapy.blocks.xml",
    "xmp": "mapy.blocks.xmp",
}
"""Module of each kind of block; its `parse` does the work."""

CHUNK_PARSERS: Final = {
    "dji-thermal": "mapy.blocks.dji_thermal",
    "dng-record": "mapy.blocks.dng_records",
    "panasonic-title": "mapy.blocks.panasonic_title",
    "exif-part": "mapy.blocks.exif_part",
    "flashpix": "mapy.blocks.flashpix",
    "infiray": "mapy.blocks.infiray",
    "item-property": "mapy.blocks.item_properties",
    "jpeg2000-box": "mapy.blocks.jpeg2000_boxes",
    "iptc": "mapy.blocks.iptc",
    "photoshop": "mapy.blocks.photoshop",
    "movie-texts": "mapy.blocks.movie_texts",
    "png-chunk": "mapy.blocks.png_chunks",
    "png-exif": "mapy.blocks.png_exif",
    "png-profile": "mapy.blocks.png_profile",
    "png-text": "mapy.blocks.png_text",
    "soft-edit": "mapy.blocks.soft_edits",
    "webp-header": "mapy.blocks.webp_header",
}
"""The same for kinds that need the container's name of the block to be parsed."""

_loaded: Final[dict[str, Parser]] = {}
_loaded_named: Final[dict[str, NamedParser]] = {}


def parse(kind: str, view: ByteView, reading: Reading, name: str) -> None:
    """Parse a block that the container calls `name`.

    Whatever is wrong with it is a problem, never the loss of the other blocks. A kind that nothing
    parses yet is noted.
    """
    reading.found(kind, view, name)
    if not reading.wants(kind):
        return
    if reading.depth >= DEEPEST:
        reading.problem(
            "limit.block-depth", "Blocks lie too deep inside each other.", view.span(0, 0)
        )
        return
    reading.depth += 1
    try:
        if kind in PARSERS:
            parser = _loaded.get(kind)
            if parser is None:
                parser = _loaded[kind] = import_module(PARSERS[kind]).parse
            parser(view, reading)
        elif kind in CHUNK_PARSERS:
            named = _loaded_named.get(kind)
            if named is None:
                named = _loaded_named[kind] = import_module(CHUNK_PARSERS[kind]).parse
            named(name, view, reading)
    except OutOfBounds:
        reading.problem(
            f"{kind}.cut-short",
            "A block refers to bytes that it does not have.",
            view.span(0, view.size),
        )
    except LimitExceeded as exceeded:
        if exceeded.code == PIXELS:
            raise
        reading.problem(exceeded.code, exceeded.message, view.span(0, view.size))
    finally:
        reading.depth -= 1


DEEPEST: Final = 12
"""Blocks inside blocks: XMP in a resource of Photoshop in an entry of EXIF is three."""
PIXELS: Final = "image.too-many-pixels"
"""The one limit that refuses the whole file."""
