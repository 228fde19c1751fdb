"""Draw the sample photo of MAPy and give it tags that show what pictures give away.

    python tools/sample_photo.py src/mapy/web/sample/photo.jpg

Needs Pillow. People, camera and serial number are invented; the place is a public square.
"""

from __future__ import annotations

import io
from math import sin
from pathlib import Path
import struct
import sys

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1200, 800)
ASCII, SHORT, LONG, RATIONAL, UNDEFINED, BYTE = 2, 3, 4, 5, 7, 1
UNIT = {ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8, UNDEFINED: 1, BYTE: 1}
Entry = tuple[int, bytes]

XMP = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Darkroom Desk 3.2" xmp:Rating="4">
<dc:creator><rdf:Seq><rdf:li>Sam Example</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag><rdf:li>evening</rdf:li><rdf:li>red lamp</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def draw() -> Image.Image:
    """An evening over hills, and a red lamp in a window."""
    picture = Image.new("RGB", SIZE)
    pen = ImageDraw.Draw(picture)
    for y in range(SIZE[1]):
        part = y / SIZE[1]
        pen.line(
            (0, y, SIZE[0], y),
            fill=(int(28 + 150 * part), int(30 + 70 * part), int(64 + 30 * part)),
        )
    pen.ellipse((860, 380, 980, 500), fill=(246, 196, 130))
    picture = picture.filter(ImageFilter.GaussianBlur(3))
    pen = ImageDraw.Draw(picture)
    for height, colour, step in (
        (470, (66, 48, 74), 7),
        (560, (45, 34, 56), 5),
        (650, (26, 21, 36), 3),
    ):
        ridge = [
            (x, height + 42 * _wave(x / SIZE[0] * step + height))
            for x in range(0, SIZE[0] + 20, 20)
        ]
        pen.polygon([*ridge, SIZE, (0, SIZE[1])], fill=colour)
    pen.polygon([(180, 560), (330, 450), (480, 560)], fill=(14, 11, 16))
    pen.rectangle((200, 560, 460, 760), fill=(18, 14, 20))
    pen.rectangle((290, 600, 370, 690), fill=(214, 54, 40))
    glow = Image.new("RGB", SIZE)
    ImageDraw.Draw(glow).ellipse((250, 560, 410, 730), fill=(150, 24, 16))
    glow = glow.filter(ImageFilter.GaussianBlur(36))
    return Image.blend(picture, Image.composite(glow, picture, glow.convert("L")), 0.35)


def _wave(x: float) -> float:
    return (sin(x) + sin(2.3 * x + 1) / 2 + sin(5.1 * x) / 5) / 1.7


def text(value: str) -> Entry:
    """An ASCII entry."""
    return ASCII, value.encode() + b"\0"


def short(value: int) -> Entry:
    """A 16-bit entry."""
    return SHORT, struct.pack("<H", value)


def long(value: int) -> Entry:
    """A 32-bit entry."""
    return LONG, struct.pack("<I", value)


def rational(*values: tuple[int, int]) -> Entry:
    """Fractions."""
    return RATIONAL, b"".join(struct.pack("<II", *value) for value in values)


def ifd(at: int, entries: dict[int, Entry], following: int = 0) -> bytes:
    """A TIFF directory that stands at `at`, its values behind it."""
    values_at = at + 2 + 12 * len(entries) + 4
    rows, values = b"", b""
    for tag, (kind, data) in sorted(entries.items()):
        head = struct.pack("<HHI", tag, kind, len(data) // UNIT[kind])
        if len(data) <= 4:
            rows += head + data.ljust(4, b"\0")
        else:
            rows += head + struct.pack("<I", values_at + len(values))
            values += data + b"\0" * (len(data) % 2)
    return struct.pack("<H", len(entries)) + rows + struct.pack("<I", following) + values


def exif(thumbnail: bytes) -> bytes:
    """The EXIF block: main, camera, place and thumbnail directories."""
    main = {
        0x010E: text("Evening over the hills"),
        0x010F: text("Lumen"),
        0x0110: text("Lumen F2"),
        0x0112: short(1),
        0x0131: text("Darkroom Desk 3.2"),
        0x0132: text("2026:05:17 21:40:03"),
        0x013B: text("Sam Example"),
        0x8298: text("(c) 2026 Sam Example"),
        0x8769: long(0),
        0x8825: long(0),
    }
    camera = {
        0x829A: rational((1, 60)),
        0x829D: rational((28, 10)),
        0x8827: short(800),
        0x9000: (UNDEFINED, b"0232"),
        0x9003: text("2026:05:16 20:31:44"),
        0x9004: text("2026:05:16 20:31:44"),
        0x9011: text("+02:00"),
        0x920A: rational((35, 1)),
        0xA001: short(1),
        0xA430: text("Sam Example"),
        0xA431: text("LF2-0004711"),
        0xA434: text("Lumen 35mm F2.8"),
    }
    place = {
        0x0000: (BYTE, bytes((2, 3, 0, 0))),
        0x0001: text("N"),
        0x0002: rational((43, 1), (28, 1), (281, 100)),
        0x0003: text("E"),
        0x0004: rational((11, 1), (53, 1), (646, 100)),
        0x0005: (BYTE, b"\0"),
        0x0006: rational((296, 1)),
        0x0007: rational((18, 1), (31, 1), (40, 1)),
        0x001D: text("2026:05:16"),
    }
    small = {0x0103: short(6), 0x0201: long(0), 0x0202: long(len(thumbnail))}
    main_at = 8
    camera_at = main_at + len(ifd(0, main))
    place_at = camera_at + len(ifd(0, camera))
    small_at = place_at + len(ifd(0, place))
    main |= {0x8769: long(camera_at), 0x8825: long(place_at)}
    small |= {0x0201: long(small_at + len(ifd(0, small)))}
    return b"".join(
        (
            struct.pack("<2sHI", b"II", 42, main_at),
            ifd(main_at, main, small_at),
            ifd(camera_at, camera),
            ifd(place_at, place),
            ifd(small_at, small),
            thumbnail,
        )
    )


def segment(marker: int, payload: bytes) -> bytes:
    """A JPEG segment."""
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def main(target: str) -> None:
    """Write the sample photo."""
    picture = draw()
    body, small = io.BytesIO(), io.BytesIO()
    picture.save(body, "JPEG", quality=80, optimize=True)
    picture.resize((160, 107)).save(small, "JPEG", quality=70)
    content = body.getvalue()
    blocks = segment(0xE1, b"Exif\0\0" + exif(small.getvalue()))
    blocks += segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)
    Path(target).write_bytes(content[:2] + blocks + content[2:])


if __name__ == "__main__":
    main(sys.argv[1])
