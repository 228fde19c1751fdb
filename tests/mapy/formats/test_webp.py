"""WebP: its chunks become directories."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st
import pytest

import mapy
from mapy_builders import camera, code_of, rdf, riff, tiff, webp

PICTURE = webp(
    riff(b"VP8L", b"\x2f" + (0x10000000 | 3 | 2 << 14).to_bytes(4, "little")),
    riff(b"EXIF", tiff(camera())),
    riff(b"XMP ", rdf("<dc:format>image/webp</dc:format>")),
)


def test_reads_header_exif_and_xmp() -> None:
    """The canvas, the camera and the packet are all found."""
    metadata = mapy.read(PICTURE)

    assert (
        metadata["RIFF:ImageWidth"].machine,
        metadata["RIFF:ImageHeight"].machine,
    ) == (4, 3)
    assert metadata["RIFF:WebP_Flags"].readable == "XMP, EXIF"
    assert metadata["IFD0:Make"].machine == "Lamp"
    assert metadata["XMP-dc:Format"].machine == "image/webp"


def test_reads_the_size_of_a_lossy_picture() -> None:
    """VP8 keeps its size behind the frame tag and a start code."""
    frame = bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", 550 | 1 << 14, 368)
    body = b"WEBP" + riff(b"VP8 ", frame)
    metadata = mapy.read(b"RIFF" + struct.pack("<I", len(body)) + body)

    assert (
        metadata["RIFF:ImageWidth"].machine,
        metadata["RIFF:HorizontalScale"].machine,
        metadata["RIFF:ImageHeight"].machine,
    ) == (550, 1, 368)


def test_adds_up_the_frames_of_an_animation() -> None:
    """The duration is that of all frames."""
    frame = bytes(12) + (500).to_bytes(3, "little") + b"\0"
    metadata = mapy.read(webp(riff(b"ANMF", frame), riff(b"ANMF", frame)))

    assert metadata["RIFF:Duration"].readable == "1.0 s"


def test_reads_exif_behind_the_signature_of_jpeg() -> None:
    """Some writers keep the six bytes that only JPEG needs."""
    metadata = mapy.read(webp(riff(b"EXIF", b"Exif\0\0" + tiff(camera()))))

    assert metadata["IFD0:Make"].machine == "Lamp"


def test_passes_over_the_padding_of_an_odd_chunk() -> None:
    """A chunk of odd length is followed by a byte that belongs to none."""
    metadata = mapy.read(webp(riff(b"odd ", b"x"), riff(b"EXIF", tiff(camera()))))

    assert metadata["IFD0:Make"].machine == "Lamp"


def test_survives_every_truncation() -> None:
    """Cut at each byte, a picture gives what is left or a named error."""
    codes = {code_of(PICTURE[:length]) for length in range(12, len(PICTURE))}

    assert {"", "file.broken"} == codes


@given(st.data())
def test_survives_flipped_bytes(data: st.DataObject) -> None:
    """Whatever its bytes become, a picture gives metadata whose values can be asked for."""
    content = bytearray(PICTURE)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(12, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    try:
        metadata = mapy.read(bytes(content))
    except mapy.UnreadableFile:
        return
    for tag in metadata:
        assert tag.readable is not None


def test_refuses_too_many_pixels() -> None:
    """A canvas of 60,000 by 60,000 pixels is refused."""
    with pytest.raises(mapy.LimitExceeded):
        mapy.read(webp(width=60_000, height=60_000))


def test_stops_at_too_many_chunks() -> None:
    """The number of chunks is bounded."""
    metadata = mapy.read(webp(*[riff(b"x   ", b"")] * 20), limits=mapy.Limits(chunks=10))

    assert "limit.chunks" in [problem.code for problem in metadata.problems]


def test_reads_who_vouches_for_the_file() -> None:
    """SEAL has a chunk of its own."""
    metadata = mapy.read(webp(riff(b"SEAL", b'<seal seal="1" d="a.example"/>')))

    assert metadata["SEAL:Domain"].machine == "a.example"


def test_reads_the_texts_of_lists() -> None:
    """RIFF's own way to tell of title and artist; values are ExifTool's."""
    texts = (
        (b"IART", b"J\xfcrgen\0"),
        (b"ISFT", b"Casio\0C\0A\0\0"),
        (b"ICRD", b"2024-05-01\0"),
        (b"QQQQ", b"zz"),
        (b"ICMT", b"a b\0\0\0"),
    )
    info = riff(b"LIST", b"INFO" + b"".join(riff(*text) for text in texts))
    camera_list = riff(b"LIST", b"exif" + riff(b"emdl", b"M1"))
    metadata = mapy.read(webp(info, camera_list, riff(b"LIST", b"else")))

    assert {tag.name: tag.machine for tag in metadata if tag.type_name == "ASCII"} == {
        "Artist": "J\u00fcrgen",
        "Software": "Casio, CA",
        "DateCreated": "2024:05:01",
        "Comment": "a b",
        "Model": "M1",
    }


def test_a_list_that_is_cut_short_is_a_problem() -> None:
    """A chunk that is longer than its list costs that list."""
    metadata = mapy.read(webp(riff(b"LIST", b"INFO" + riff(b"IART", b"x" * 20)[:20])))

    assert [problem.code for problem in metadata.problems] == ["riff-info.cut-short"]
