"""C2PA: the boxes of JUMBF, whatever container carries them."""

from __future__ import annotations

from itertools import pairwise
import struct

from hypothesis import given
from hypothesis import strategies as st
import pytest

import mapy
from mapy_box_builders import (
    C2PA,
    CBOR,
    EMBEDDED_FILE,
    JSON,
    HeifItem,
    box,
    cbor,
    heif,
    jp2,
    jxl,
    superbox,
    uuid_box,
)
from mapy_brotli_builders import stored
from mapy_builders import chunk, code_of, jpeg, png, riff, segment, webp

CLAIM = {"claim_generator": "lamp/1.0", "dc:title": "A.jpg", "c2pa_manifest": {"url": "self"}}
STORE = superbox(
    C2PA,
    "c2pa",
    superbox(
        EMBEDDED_FILE,
        "c2pa.thumbnail.claim__1.jpeg",
        box(b"bfdb", b"\1image/jpeg\0a.jpg\0"),
        box(b"bidb", b"\xff\xd8picture"),
        salt=b"\1\2\3\4",
    ),
    superbox(CBOR, "c2pa.claim", box(b"cbor", cbor(CLAIM))),
    superbox(JSON, "stds.exif", box(b"json", b'{"@type": "Work", "exif:Make": "Lamp"}')),
)
UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


def portions(content: bytes, *sizes: int, number: int = 1) -> list[bytes]:
    """The APP11 segments of a box, cut into portions: each begins with the head of the box."""
    head, rest = content[:8], content[8:]
    cuts = [0, *sizes, len(rest)]
    return [
        segment(0xEB, b"JP" + struct.pack(">HI", number, index) + head + rest[start:end])
        for index, (start, end) in enumerate(pairwise(cuts), 1)
    ]


CARRIERS = {
    "jpeg": jpeg(*portions(STORE)),
    "jpeg of portions": jpeg(*portions(STORE, 7, 90, 200)),
    "jpeg, portions in disorder": jpeg(*reversed(portions(STORE, 7, 90, 200))),
    "png": png(chunk(b"caBX", STORE)),
    "webp": webp(riff(b"C2PA", STORE)),
    "heif": heif(
        HeifItem(1, b"hvc1", b"pixels"),
        behind=uuid_box(UUID, bytes(4), b"manifest\0", bytes(8), STORE),
    ),
    "jp2": jp2(STORE),
    "jxl": jxl(STORE),
}


@pytest.mark.parametrize("carrier", CARRIERS)
def test_is_found_in_every_container(carrier: str) -> None:
    """Each carries the same boxes in a way of its own."""
    metadata = mapy.read(CARRIERS[carrier])

    assert metadata["JUMBF:JUMDLabel"].machine == "c2pa"
    assert metadata["CBOR:Claim_generator"].machine == "lamp/1.0"
    assert metadata.problems == ()


def test_reads_descriptions() -> None:
    """The type as hexadecimal digits, and as the letters that it begins with."""
    metadata = mapy.read(CARRIERS["jp2"])

    assert metadata["JUMBF:JUMDType"].machine == C2PA
    assert metadata["JUMBF:JUMDType"].readable == "(c2pa)-0011-0010-800000aa00389b71"


def test_names_files_and_salts_by_the_label() -> None:
    """The label of a box makes the names of what it holds."""
    metadata = mapy.read(CARRIERS["png"])
    data = metadata["Jpeg2000:C2PAThumbnailClaim_1JpegData"]

    assert metadata["Jpeg2000:C2PAThumbnailClaim_1JpegType"].machine == "image/jpeg, a.jpg"
    assert metadata["Jpeg2000:C2PAThumbnailClaim_1JpegSalt"].machine == "01020304"
    assert data.machine == "(Binary data 9 bytes, use -b option to extract)"
    assert CARRIERS["png"][data.offset :].startswith(b"\xff\xd8picture")


def test_reads_claims_and_assertions() -> None:
    """CBOR and JSON become tags."""
    metadata = mapy.read(CARRIERS["jpeg"])

    assert metadata["CBOR:Title"].machine == "A.jpg"
    assert metadata["CBOR:C2PA_ManifestUrl"].machine == "self"
    assert metadata["JSON:Type"].machine == "Work"
    assert metadata["JSON:Exif_Make"].machine == "Lamp"


def test_is_read_with_its_contents_when_asked_for() -> None:
    """Who wants C2PA only gets its claims, and nothing else."""
    metadata = mapy.read(CARRIERS["heif"], only={"jumbf"})

    assert metadata["CBOR:Title"].machine == "A.jpg"
    assert "QuickTime:HandlerType" not in metadata


def test_does_not_speak_for_the_picture() -> None:
    """What a manifest claims is marked as embedded."""
    metadata = mapy.read(CARRIERS["jpeg"])
    embedded = {each.name for each in metadata.directories if each.is_embedded}

    assert embedded == {"JUMBF", "Jpeg2000", "CBOR", "JSON"}


def test_says_that_a_portion_is_missing() -> None:
    """What is left is read as far as it goes."""
    first, _, last = portions(STORE, 90, 200)
    metadata = mapy.read(jpeg(first, last))

    assert metadata["JUMBF:JUMDLabel"].machine == "c2pa"
    assert "jumbf.incomplete" in [problem.code for problem in metadata.problems]


def test_reads_a_manifest_that_is_compressed() -> None:
    """`brob`: a superbox, as Brotli."""
    whole = superbox(C2PA, "c2pa", box(b"brob", b"jumb", stored(STORE[8:])))
    metadata = mapy.read(jp2(whole))

    assert metadata["CBOR:Title"].machine == "A.jpg"
    assert metadata.problems == ()


def test_opens_compressed_boxes_only_so_deep() -> None:
    """Each may hold another one."""
    content = STORE[8:]
    for _ in range(20):
        content = box(b"brob", b"jumb", stored(content))
    metadata = mapy.read(jp2(superbox(C2PA, "c2pa", content)))

    assert "CBOR:Title" not in metadata
    assert [problem.code for problem in metadata.problems] == ["limit.block-depth"]


def test_does_not_follow_boxes_without_end() -> None:
    """Boxes inside boxes are bounded."""
    content = superbox(C2PA, "deep")
    for _ in range(100):
        content = superbox(C2PA, "level", content)
    metadata = mapy.read(jp2(content))
    labels = [tag.machine for tag in metadata if tag.name == "JUMDLabel"]

    assert "deep" not in labels
    assert [problem.code for problem in metadata.problems] == ["box.too-deep"]


def test_survives_every_truncation() -> None:
    """Cut at each byte, the boxes give what is left."""
    for length in range(len(STORE)):
        assert code_of(png(chunk(b"caBX", STORE[:length]))) == ""


@given(st.data())
def test_survives_flipped_bytes(data: st.DataObject) -> None:
    """Whatever the bytes say, reading ends with tags."""
    content = bytearray(STORE)
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
        content[at] = data.draw(st.integers(0, 255))
    assert code_of(png(chunk(b"caBX", bytes(content)))) == ""
