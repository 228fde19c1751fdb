"""Small blocks made of bytes: profiles, datasets, resources, segments and trailers."""

from __future__ import annotations

import struct

from mapy_builders import Entry, ascii_entry, ifd, jpeg, long, segment, tiff

UNDEFINED = 7


def element(kind: bytes, body: bytes) -> bytes:
    """An element of a profile: its type, four reserved bytes, its data, filled to four."""
    return (kind + bytes(4) + body).ljust((len(body) + 11) & ~3, b"\0")


def languages(*texts: tuple[bytes, str]) -> bytes:
    """A text in several languages: a count, the size of a record, the records, UTF-16."""
    at = 16 + 12 * len(texts)
    records, data = b"", b""
    for code, text in texts:
        encoded = text.encode("utf-16-be")
        records += code + struct.pack(">II", len(encoded), at + len(data))
        data += encoded
    return element(b"mluc", struct.pack(">II", len(texts), 12) + records + data)


def profile(*elements: tuple[bytes, bytes]) -> bytes:
    """A colour profile: a header of 128 bytes, a table of signatures and places, the elements."""
    at = 132 + 12 * len(elements)
    table, data = struct.pack(">I", len(elements)), b""
    for code, body in elements:
        table += code + struct.pack(">II", at + len(data), len(body))
        data += body
    head = (
        struct.pack(">I4sI4s4s4s", at + len(data), b"ADBE", 0x04300000, b"mntr", b"RGB ", b"XYZ ")
        + struct.pack(">6H", 2024, 5, 1, 10, 11, 12)
        + b"acspAPPL"
        + struct.pack(">I4s4sIII", 1, b"HP  ", b"sRGB", 0, 1, 0)
        + struct.pack(">3i", 63190, 65536, 54061)
        + b"lcms"
        + bytes(range(16))
    )
    return head.ljust(128, b"\0") + table + data


def icc_segments(content: bytes, portions: int = 1) -> list[bytes]:
    """The APP2 segments of a profile: a signature, number and count of the portion, the portion."""
    size = -(-len(content) // portions)
    return [
        segment(
            0xE2,
            b"ICC_PROFILE\0"
            + bytes([number + 1, portions])
            + content[number * size : (number + 1) * size],
        )
        for number in range(portions)
    ]


def dataset(record: int, number: int, value: bytes) -> bytes:
    """A dataset of IPTC: a marker, its record, its number, a length, its value."""
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def resource(number: int, body: bytes, name: bytes = b"") -> bytes:
    """An image resource: a signature, its number, a name and a body filled to even lengths."""
    label = bytes([len(name)]) + name
    return (
        b"8BIM"
        + struct.pack(">H", number)
        + label
        + bytes(len(label) % 2)
        + struct.pack(">I", len(body))
        + body
        + bytes(len(body) % 2)
    )


def photoshop(*resources: bytes) -> bytes:
    """The APP13 of image resources."""
    return segment(0xED, b"Photoshop 3.0\0" + b"".join(resources))


def unicode_text(text: str) -> bytes:
    """A text of Photoshop: the number of its characters, UTF-16."""
    return struct.pack(">I", len(text)) + text.encode("utf-16-be")


def mpf(*pictures: tuple[int, int, int]) -> bytes:
    """The APP2 of an index of pictures: of each its attributes, its length and its place."""
    entries = b"".join(struct.pack("<IIIHH", *picture, 0, 0) for picture in pictures)
    index = ifd(
        Entry(0xB000, UNDEFINED, b"0100"),
        long(0xB001, len(pictures)),
        Entry(0xB002, UNDEFINED, entries),
    )
    return segment(0xE2, b"MPF\0" + tiff(index))


def print_im(version: bytes = b"0300") -> bytes:
    """The value of tag 0xC4A5: a signature, a version, no settings."""
    return b"PrintIM\0" + version + bytes(6)


def flashpix_portion(stream: int, offset: int, body: bytes) -> bytes:
    """A segment with a portion of a stream."""
    return segment(0xE2, b"FPXR\0" + struct.pack(">BBHI", 0, 2, stream, offset) + body)


def flashpix_contents(*names: str) -> bytes:
    """The segment that names the streams."""
    rows = b"".join(struct.pack(">IB", 1, 0) + name.encode("utf-16-le") + b"\0\0" for name in names)
    return segment(0xE2, b"FPXR\0" + struct.pack(">BBH", 0, 1, len(names)) + rows)


def property_set(*properties: tuple[int, bytes]) -> bytes:
    """A property set of one section: of each property its number and its typed value."""
    at = 8 + 8 * len(properties)
    rows, data = b"", b""
    for number, value in properties:
        rows += struct.pack("<II", number, at + len(data))
        data += value
    section = struct.pack("<II", at + len(data), len(properties)) + rows + data
    return bytes(44) + struct.pack("<I", 48) + section


def flir(*records: tuple[int, bytes]) -> bytes:
    """The APP1 of a thermal file in one portion: a header, a list of records, the records."""
    at = 64 + 32 * len(records)
    rows, data = b"", b""
    for kind, body in records:
        rows += struct.pack(">HHIIII", kind, 0, 0, 0, at + len(data), len(body)) + bytes(12)
        data += body
    head = b"FFF\0" + b"LAMP".ljust(16, b"\0") + struct.pack(">III", 101, 64, len(records))
    return segment(0xE1, b"FLIR\0" + bytes([1, 0, 0]) + head.ljust(64, b"\0") + rows + data)


def gpmf(key: bytes, kind: bytes, size: int, count: int, body: bytes) -> bytes:
    """An item of GoPro's: its key, its type, the size and number of its values, its values."""
    return key + struct.pack(">cBH", kind, size, count) + body.ljust((len(body) + 3) & ~3, b"\0")


def samsung_trailer(*pieces: tuple[int, bytes, bytes]) -> bytes:
    """Pieces (kind, name, data), then the directory that tells how far back each begins."""
    made = [struct.pack("<HHI", 0, kind, len(name)) + name + data for kind, name, data in pieces]
    entries, back = b"", sum(map(len, made))
    for (kind, _, _), piece in zip(pieces, made, strict=True):
        entries += struct.pack("<HHII", 0, kind, back, len(piece))
        back -= len(piece)
    directory = b"SEFH" + struct.pack("<II", 101, len(pieces)) + entries
    return b"".join(made) + directory + struct.pack("<I", len(directory)) + b"SEFT"


def photo_mechanic(**edits: int) -> bytes:
    """Photo Mechanic's trailer: datasets of numbers named `n222`, a length, a signature."""
    body = b"".join(
        dataset(2, int(name[1:]), struct.pack(">i", value)) for name, value in edits.items()
    )
    return body + struct.pack(">I", len(body)) + b"cbipcbbl"


def foto_station(kind: int, body: bytes) -> bytes:
    """A piece of FotoStation's trailer: a body, its kind, its length, a signature."""
    return body + struct.pack(">HI", kind, len(body) + 10) + b"\xa1\xb2\xc3\xd4"


def afcp(before: bytes, *pieces: tuple[bytes, bytes]) -> bytes:
    """An AFCP trailer behind `before`: a header, a list of pieces, the pieces, a foot."""
    at = len(before) + 12 + 12 * len(pieces)
    rows, data = b"", b""
    for name, body in pieces:
        rows += struct.pack(">4sII", name, len(body), at + len(data))
        data += body
    head = b"AXS!" + struct.pack(">HHI", 1, len(pieces), 0)
    return head + rows + data + b"AXS!" + struct.pack(">II", len(before), 0)


def geotiff() -> bytes:
    """A TIFF with three keys: one in the directory, one a text, one a floating-point number."""
    keys = (1, 1, 0, 3, 1024, 0, 1, 1, 1026, 0x87B1, 5, 0, 2057, 0x87B0, 1, 0)
    return tiff(
        ifd(
            ascii_entry(0x010F, "Lamp"),
            Entry(0x87AF, 3, keys),
            Entry(0x87B0, 12, [6378137.0]),
            ascii_entry(0x87B1, "here|"),
        )
    )


PICTURE_INFO = b"\r\n".join(
    (
        b"LAMP \0 713",
        b"[picture info]",
        b"TimeDate=909698819",
        b"Shutter=33363",
        b"Flash=1",
        b"ImageSize=640-480",
        b"FNumber=F2.8",
        b"[camera info]",
        b"Serial#=#00000001",
        b"Q=82",
        b"[end]",
    )
)
RMETA = (
    b"MM\1\0\0\0\0\0\0\x0a\0\5ASCII\0\0\0"
    + struct.pack(">HH", 1, 2 + 14)
    + b"Sign type\0Lit\0"
    + struct.pack(">HH", 2, 2 + 15)
    + b"Information\0No\0"
    + struct.pack(">HHHH", 3, 2 + 4, 3, 2)
)


def everything() -> bytes:
    """A JPEG with one of each block."""
    segments = [
        *icc_segments(profile((b"desc", languages((b"enUS", "Lamp"), (b"deDE", "Lampe"))))),
        photoshop(
            resource(0x0404, dataset(2, 5, b"Name") + dataset(2, 25, b"k")),
            resource(0x040A, b"\1"),
            resource(0x041A, struct.pack(">5I", 6, 0, 0, 1, 1) + unicode_text("g") + bytes(4)),
            resource(0x0421, struct.pack(">IB", 1, 1) + unicode_text("W") + unicode_text("R")),
            resource(0x041E, struct.pack(">I", 1) + bytes(8) + unicode_text("u")),
        ),
        mpf((0x20030000, 100, 0), (0x00010001, 50, 10)),
        flashpix_contents("/\5Extension List"),
        flashpix_portion(
            0, 0, property_set((0x10001, struct.pack("<II2s2s", 31, 2, b"S\0", b"\0\0")))
        ),
        flir(
            (0x20, struct.pack("<H", 2) + bytes(1130)),
            (0x01, struct.pack("<HHH", 2, 2, 2) + bytes(34)),
        ),
        segment(0xE3, b"Meta\0\0" + tiff(ifd(ascii_entry(0xC350, "37")))),
        segment(0xE4, b"SCALADO\0" + bytes(8) + b"WDTH" + struct.pack(">Ii", 1, -160)),
        segment(0xE5, b"RMETA\0" + RMETA),
        segment(0xE6, b"GoPro\0" + gpmf(b"DEVC", b"\0", 1, 12, gpmf(b"FMWR", b"c", 1, 4, b"H1.0"))),
        segment(0xE6, b"EPPIM\0" + tiff(ifd(Entry(0xC4A5, UNDEFINED, print_im())))),
        segment(0xEC, b"Ducky\0\1\0\4\0\0\0\x3c\0\0"),
        segment(0xEC, PICTURE_INFO),
    ]
    picture = jpeg(*segments)
    picture += samsung_trailer((0x0A30, b"Motion", b"film"))
    picture += photo_mechanic(n222=6)
    picture += foto_station(2, bytes(48))
    return picture + afcp(picture, (b"IPTC", dataset(2, 5, b"Other")))
