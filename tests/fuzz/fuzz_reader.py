"""Coverage-guided fuzzing of MAPy: each format, each kind of block, each maker's note by itself.

    make fuzz                                             every target, a minute each
    python tests/fuzz/fuzz_reader.py --targets            their names
    python tests/fuzz/fuzz_reader.py note:canon -max_total_time=60

Needs atheris. What follows the name of a target goes to libFuzzer. A target ends with an input
that raised anything but a `MapyError`; such an input becomes a test.
"""

from __future__ import annotations

from importlib import import_module
import pkgutil
import sys
from typing import TYPE_CHECKING

import atheris

with atheris.instrument_imports(include=["mapy"]):
    import mapy

    for module in pkgutil.walk_packages(mapy.__path__, "mapy."):
        if not module.name.startswith(("mapy.cli", "mapy.web")):
            import_module(module.name)

from mapy import blocks, formats, makernotes
from mapy.blocks import brotli, item_properties, jpeg2000_boxes
from mapy.buffer import ByteView
from mapy.limits import DEFAULT_LIMITS, Budget
from mapy.reading import Reading
from mapy.tags import png
from mapy_builders import UNDEFINED, Entry, ascii_entry, exif, ifd, jpeg, pointer, tiff
from mapy_hdr_plus_builders import note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mapy.model import Tag

EXIF_IFD, MAKER_NOTE, MAKE, MODEL = 0x8769, 0x927C, 0x010F, 0x0110
NAMES = {
    "dji-thermal": ("APP3", "APP4", "APP5"),
    "exif-part": ("IFD0", "ExifIFD", "GPS", "MakerNote"),
    "flashpix": ("Extension List", "Audio Stream"),
    "infiray": tuple(f"APP{number}" for number in range(2, 10)),
    "item-property": tuple(item_properties.READERS),
    "jpeg2000-box": tuple(jpeg2000_boxes.READERS),
    "movie-texts": ("udta", "meta"),
    "panasonic-title": ("0xC6D2", "0xC6D3"),
    "png-chunk": (*png.RECORDS, *png.CHUNKS, "sCAL"),
    "png-text": ("tEXt", "zTXt", "iTXt"),
    "soft-edit": ("PhotoMechanic", "FotoStation"),
    "webp-header": ("VP8X", "VP8 ", "VP8L", "ANIM", "ANMF", "ALPH"),
}
"""What a container calls a block whose parser asks for that; the first byte chooses one."""
SEALED: dict[str, Callable[[bytes], bytes]] = {
    "hdr-plus": lambda data: note(2 + (data[:1] > b"\x7f"), data[1:])
}
"""Blocks that are enciphered or compressed as a whole: what makes one of any content."""
FEET = (
    b"\0\0SEFT",
    b"\0\0QDIOBS",
    b"cbipcbbl",
    b"\xa1\xb2\xc3\xd4",
    b"CANON OPTIONAL DATA\0\0\0\0\x40" + bytes(38) + b"\xff\xd9",
    b"\0\0\0\0\x03\0\0\x008db42d694ccc418790edff439fe026bf",
    b"~\0\4\0zmie~\0\0\x06\0\0\1\0\x10\4",
    bytes(6) + b"/NIKON APP",
    b"jxrs\x20\0\0\0",
    b"\xff\xff\xff\xff\x1b*9HWfu\x84\x93\xa2\xb1",
    b"",  # AFCP's ends with a number
)
"""How files with trailers end; the first byte chooses one."""


def make_values(tags: Iterable[Tag]) -> None:
    """Make every value, for programs and for people."""
    for tag in tags:
        _ = tag.machine, tag.readable


def read(content: bytes) -> None:
    """Read a file and make every value of it."""
    try:
        metadata = mapy.read(content)
    except mapy.MapyError:
        return
    make_values(metadata)
    _ = metadata.position, metadata.taken_at


def format_target(row: formats.Row) -> Callable[[bytes], None]:
    """Files that begin with the signature of a format."""

    def run(data: bytes) -> None:
        read(data[: row.at].ljust(row.at, b"\0") + row.signatures[0] + data[row.at :])

    return run


def block_target(kind: str) -> Callable[[bytes], None]:
    """Blocks of a kind, as a container would hand them over."""
    names, seal = NAMES.get(kind, ("",)), SEALED.get(kind, bytes)

    def run(data: bytes) -> None:
        name = names[0]
        if len(names) > 1 and data:
            name, data = names[data[0] % len(names)], data[1:]
        view = ByteView(seal(data))
        reading = Reading(view, Budget(DEFAULT_LIMITS))
        try:
            blocks.parse(kind, view, reading, name)
        except mapy.MapyError:
            return
        for directory in reading.directories:
            make_values(directory.tags)

    return run


def read_trailers(data: bytes) -> None:
    """Read a picture with any bytes behind it that end as one of the trailers does."""
    read(jpeg() + data[1:] + FEET[data[0] % len(FEET) if data else 0])


def unpack_brotli(data: bytes) -> None:
    """Unpack a stream of Brotli."""
    view = ByteView(data)
    try:
        brotli.unpack(data, Reading(view, Budget(DEFAULT_LIMITS)), view)
    except mapy.MapyError:
        return


def note_target(kinds: list[makernotes.Kind]) -> Callable[[bytes], None]:
    """Notes as one maker begins them, in a picture of that maker; the first byte chooses how."""

    def run(data: bytes) -> None:
        kind = kinds[data[0] % len(kinds) if data else 0]
        note = Entry(MAKER_NOTE, UNDEFINED, kind.begins + data[1:])
        main = ifd(
            ascii_entry(MAKE, kind.make or kind.maker),
            ascii_entry(MODEL, kind.model or "one"),
            pointer(EXIF_IFD, ifd(note)),
        )
        read(jpeg(exif(tiff(main))))

    return run


def targets() -> dict[str, Callable[[bytes], None]]:
    """Every target by its name."""
    found = {
        f"format:{row.where.partition(':')[2].lower()}": format_target(row)
        for row in formats.FORMATS
    }
    found |= {
        f"block:{kind}": block_target(kind) for kind in (*blocks.PARSERS, *blocks.CHUNK_PARSERS)
    }
    for maker in {kind.maker: None for kind in makernotes.KINDS}:
        kinds = [kind for kind in makernotes.KINDS if kind.maker == maker]
        found[f"note:{maker}"] = note_target(kinds)
    found["brotli"] = unpack_brotli
    found["trailers"] = read_trailers
    return found


def main() -> None:
    """Fuzz one target, or name them all."""
    known = targets()
    if sys.argv[1:] == ["--targets"]:
        print("\n".join(known))
        return
    target = known[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
