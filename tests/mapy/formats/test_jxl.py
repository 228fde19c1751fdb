"""JPEG XL: the header of the codestream, and the boxes of the container."""

from __future__ import annotations

import pytest

import mapy
from mapy_box_builders import box, jxl
from mapy_brotli_builders import WINDOW, brotli, stored
from mapy_builders import camera, code_of, rdf, tiff


def codestream(*fields: tuple[int, int]) -> bytes:
    """A codestream that begins with these fields of bits: value, width."""
    bits = shift = 0
    for value, width in fields:
        bits |= value << shift
        shift += width
    return b"\xff\x0a" + bits.to_bytes(12, "little")


SMALL = codestream((1, 1), (15, 5), (1, 3))
"""128 rows, as many columns."""
WHOLE = jxl(
    box(b"jxlc", SMALL),
    box(b"Exif", bytes(4), tiff(camera())),
    box(b"xml ", rdf("<dc:format>image/jxl</dc:format>")),
)


def size_of(content: bytes) -> tuple[object, object]:
    """Width and height."""
    metadata = mapy.read(content)
    return metadata["File:ImageWidth"].machine, metadata["File:ImageHeight"].machine


@pytest.mark.parametrize(
    ("fields", "size"),
    [
        (((1, 1), (15, 5), (1, 3)), (128, 128)),
        (((1, 1), (0, 5), (0, 3), (3, 5)), (32, 8)),
        (((0, 1), (0, 2), (299, 9), (4, 3)), (450, 300)),
        (((0, 1), (1, 2), (1023, 13), (0, 3), (2, 2), (100_000, 18)), (100_001, 1024)),
        (((0, 1), (3, 2), (19, 30), (7, 3)), (40, 20)),
    ],
)
def test_reads_the_size(fields: tuple[tuple[int, int], ...], size: tuple[int, int]) -> None:
    """In eighths or in one of four widths, with a ratio or a width of its own."""
    assert size_of(codestream(*fields)) == size


def test_names_the_bare_codestream() -> None:
    """It is told apart from the container."""
    assert mapy.read(SMALL).format == "JXL Codestream"
    assert mapy.read(WHOLE).format == "JXL"


def test_reads_the_boxes_of_the_container() -> None:
    """Size, EXIF and XMP."""
    metadata = mapy.read(WHOLE)

    assert size_of(WHOLE) == (128, 128)
    assert metadata["Jpeg2000:MajorBrand"].machine == "jxl "
    assert metadata["IFD0:Make"].machine == "Lamp"
    assert metadata["XMP-dc:Format"].machine == "image/jxl"


def test_reads_the_size_in_the_first_part() -> None:
    """A codestream may be cut into parts, each with its number."""
    assert size_of(jxl(box(b"jxlp", bytes(4), SMALL), box(b"jxlp", b"\x80\0\0\1more"))) == (
        128,
        128,
    )


def test_reads_boxes_that_are_compressed() -> None:
    """`brob`: the name of the box, and its content as Brotli."""
    exif = box(b"brob", b"Exif", stored(bytes(4) + tiff(camera())))
    xmp = box(b"brob", b"xml ", stored(rdf("<dc:format>image/jxl</dc:format>")))
    metadata = mapy.read(jxl(box(b"jxlc", SMALL), exif, xmp))

    assert metadata["IFD0:Make"].machine == "Lamp"
    assert metadata["XMP-dc:Format"].machine == "image/jxl"
    assert metadata.problems == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Exif\x11none", "brotli.broken"),
        (b"Exif" + brotli(*WINDOW, (0, 1), (2, 2), (0xFFFFFF, 24)), "limit.inflated-bytes"),
        (b"Ex", "jxl.cut-short"),
    ],
)
def test_goes_on_behind_a_compressed_box_that_harms(content: bytes, code: str) -> None:
    """What is broken or would grow without bounds is a problem, and costs no other box."""
    metadata = mapy.read(jxl(box(b"brob", content), box(b"jxlc", SMALL)))

    assert [problem.code for problem in metadata.problems] == [code]
    assert metadata["File:ImageWidth"].machine == 128


def test_opens_no_box_that_is_compressed_twice() -> None:
    """The standard forbids it, and boxes in boxes would multiply."""
    inner = b"Exif" + stored(bytes(4) + tiff(camera()))
    metadata = mapy.read(jxl(box(b"jxlc", SMALL), box(b"brob", b"brob", stored(inner))))

    assert "IFD0:Make" not in metadata


def test_survives_every_truncation() -> None:
    """Cut at each byte, a file gives what is left, or a named error."""
    for length in range(len(WHOLE)):
        assert code_of(WHOLE[:length]) in ("", "file.empty", "file.unknown-format", "file.broken")
