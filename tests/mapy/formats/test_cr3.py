"""CR3: Canon's directories, previews and timed metadata."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st

import mapy
from mapy_box_builders import CANON, PREVIEW, XMP, box, ftyp, full_box, hdlr, uuid_box
from mapy_builders import ascii_entry, code_of, ifd, rational, rdf, short, tiff

NOTE = tiff(ifd(ascii_entry(0x0006, "Lamp note")))
TIMED = b"".join(
    struct.pack("<IH6x", 12 + len(payload), kind) + payload
    for kind, payload in (
        (1, struct.pack("<HH6BH", 0, 2018, 2, 21, 12, 8, 56, 21, 0)),
        (3, bytes(4)),
        (4, struct.pack("<HH8x", 15, 1)),
        (5, struct.pack("<HHHHI", 35, 10, 1, 80, 12800 | 1 << 31)),
        (7, struct.pack("<II", len(NOTE) + 8, 0x927C) + NOTE),
    )
)
JPEG = b"\xff\xd8jpeg"


def track(kind: bytes, entry: bytes, at: int, size: int) -> bytes:
    """A track of one sample that lies at a place of the file."""
    table = box(
        b"stbl",
        full_box(b"stsd", struct.pack(">I", 1), box(entry, bytes(78), box(b"JPEG", bytes(4)))),
        full_box(b"stts", struct.pack(">III", 1, 1, 1)),
        full_box(b"stsz", struct.pack(">II", size, 1)),
        full_box(b"co64", struct.pack(">IQ", 1, at)),
    )
    media = full_box(b"mdhd", struct.pack(">IIIIHH", 0, 0, 1, 1, 0x15C7, 0))
    return box(b"trak", box(b"mdia", media, hdlr(kind), box(b"minf", table)))


def cr3(at: int = 0) -> bytes:
    """A file with all that Canon writes; its samples begin at `at`."""
    canon = uuid_box(
        CANON,
        box(b"CNCV", b"CanonCR3_001/00.09.00/00.00.00"),
        box(b"CMT1", tiff(ifd(ascii_entry(0x010F, "Canon"), ascii_entry(0x0110, "Lamp 5")))),
        box(b"CMT2", tiff(ifd(rational(0x829A, (1, 80)), short(0x8827, 100)))),
        box(b"CMT4", tiff(ifd(ascii_entry(0x0001, "N")))),
        box(b"THMB", bytes(16), b"thumbnail"),
    )
    movie = box(
        b"moov",
        canon,
        track(b"vide", b"CRAW", at, len(JPEG)),
        track(b"meta", b"CTMD", at + len(JPEG), len(TIMED)),
    )
    return b"".join(
        (
            ftyp(b"crx ", b"isom"),
            movie,
            uuid_box(XMP, rdf("<xmp:Rating>3</xmp:Rating>")),
            uuid_box(PREVIEW, bytes(32), b"preview"),
            box(b"mdat", JPEG, TIMED),
        )
    )


WHOLE = cr3(cr3().index(JPEG))


def test_reads_canons_directories() -> None:
    """Each directory of EXIF stands in a box of its own."""
    metadata = mapy.read(WHOLE)

    assert metadata.format == "CR3"
    assert metadata["IFD0:Model"].machine == "Lamp 5"
    assert metadata["ExifIFD:ISO"].machine == 100
    assert metadata["GPS:GPSLatitudeRef"].machine == "N"
    assert metadata["XMP-xmp:Rating"].machine == 3 or metadata["XMP-xmp:Rating"].machine == "3"


def test_reads_only_the_directory_that_is_asked_for() -> None:
    """The box of another is passed over."""
    metadata = mapy.read(WHOLE, only={"GPS"})

    assert "GPS:GPSLatitudeRef" in metadata
    assert "ExifIFD:ISO" not in metadata


def test_finds_the_pictures_inside() -> None:
    """Thumbnail, preview and the camera's JPEG, each with its place."""
    metadata = mapy.read(WHOLE)
    found = {}
    for key in ("Canon:ThumbnailImage", "QuickTime:PreviewImage", "Track1:JpgFromRaw"):
        offset, length = metadata[key].span
        found[key] = WHOLE[offset : offset + length]

    assert found == {
        "Canon:ThumbnailImage": b"thumbnail",
        "QuickTime:PreviewImage": b"preview",
        "Track1:JpgFromRaw": JPEG,
    }
    assert metadata.thumbnail == b"thumbnail"


def test_reads_timed_metadata() -> None:
    """Canon's own track tells time and exposure of the sample."""
    metadata = mapy.read(WHOLE)

    assert metadata["Track2:MetaFormat"].machine == "CTMD"
    assert metadata["Track2:TimeStamp"].machine == "2018:02:21 12:08:56.21"
    assert metadata["Track2:FocalLength"].machine == 15
    assert metadata["Track2:FNumber"].machine == 3.5
    assert metadata["Track2:ExposureTime"].readable == "1/80"
    assert metadata["Track2:ISO"].machine == 12800


def test_calls_the_notes_of_a_sample_after_its_track() -> None:
    """They are about the sample: the picture's own notes keep their group."""
    metadata = mapy.read(WHOLE)
    tag = metadata["Track2:CanonImageType"]

    assert tag.machine == "Lamp note"
    assert "Canon:CanonImageType" not in metadata


def test_reads_on_behind_notes_that_are_cut_short() -> None:
    """What else the sample tells is kept."""
    long_part = struct.pack("<II", len(NOTE) + 8, 0x927C)
    metadata = mapy.read(WHOLE.replace(long_part, struct.pack("<II", 2**31, 0x927C)))

    assert metadata["Track2:ISO"].machine == 12800
    assert [problem.code for problem in metadata.problems] == ["cr3.timed"]


def test_reads_a_sample_as_far_as_it_goes() -> None:
    """The records in front of the cut are whole."""
    metadata = mapy.read(WHOLE[:-10])

    assert metadata["Track2:ISO"].machine == 12800
    assert "cr3.timed" in [problem.code for problem in metadata.problems]


def test_says_that_a_sample_is_missing() -> None:
    """A file that was not copied to its end has its metadata still."""
    metadata = mapy.read(WHOLE[: -len(TIMED)])

    assert metadata["IFD0:Make"].machine == "Canon"
    assert "cr3.sample-outside" in [problem.code for problem in metadata.problems]


def test_survives_every_truncation() -> None:
    """Cut at each byte, a file gives what is left, or a named error."""
    for length in range(len(WHOLE)):
        assert code_of(WHOLE[:length]) in ("", "file.empty", "file.unknown-format", "file.broken")


@given(st.data())
def test_survives_flipped_bytes(data: st.DataObject) -> None:
    """Whatever its bytes say, reading ends with tags or a named error."""
    content = bytearray(WHOLE)
    for at in data.draw(st.lists(st.integers(12, len(content) - 1), min_size=1, max_size=8)):
        content[at] = data.draw(st.integers(0, 255))
    code_of(bytes(content))


def test_reads_the_edits_of_canons_program() -> None:
    """What is a trailer of other files is in a box of Canon's here."""
    packet = rdf("<dc:format>image/x-canon-cr3</dc:format>")
    body = struct.pack(">II", 0xFFFF00F6, len(packet)) + packet
    head = b"CANON OPTIONAL DATA\0" + struct.pack(">II", 0x00010000, len(body))
    foot = b"CANON OPTIONAL DATA\0" + struct.pack(">I", len(body)) + bytes(40)
    edits = bytes.fromhex("210f1687914911e4811100242131fce4")
    metadata = mapy.read(WHOLE + uuid_box(edits, box(b"CNOP", head + body + foot)))

    assert metadata["XMP-dc:Format"].machine == "image/x-canon-cr3"


def test_passes_over_other_boxes_of_canons_program() -> None:
    """A box beside that of the edits, and one that is cut short, are no harm."""
    edits = bytes.fromhex("210f1687914911e4811100242131fce4")
    for inner in (box(b"else", bytes(200)), box(b"CNOP"), box(b"CNOP", bytes(20))):
        assert mapy.read(WHOLE + uuid_box(edits, inner)).format == "CR3"
