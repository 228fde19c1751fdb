"""GIF: its screen and its extensions become directories."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st
import pytest

import mapy
from mapy_builders import code_of, rdf
from mapy_format_builders import gif, gif_comment, gif_extension, gif_frame, sub_blocks

LOOP = gif_extension(0xFF, b"NETSCAPE2.0", b"\x01\x05\x00")
TAIL = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
PACKET = rdf("<dc:format>image/gif</dc:format>")
XMP = b"!\xff\x0bXMP DataXMP" + PACKET + TAIL + b"\0"
PICTURE = gif(LOOP, gif_comment(b"a note"), gif_frame(10, transparent=1), gif_frame(15), XMP)


def test_reads_the_screen_and_the_animation() -> None:
    """Size, loops, transparency, frames and their time are told."""
    metadata = mapy.read(PICTURE)

    assert (metadata.format, metadata.media_type) == ("GIF", "image/gif")
    assert {tag.name: tag.machine for tag in metadata if tag.group == "GIF"} == {
        "GIFVersion": "89a",
        "ImageWidth": 4,
        "ImageHeight": 3,
        "HasColorMap": 1,
        "ColorResolutionDepth": 1,
        "BitsPerPixel": 1,
        "BackgroundColor": 1,
        "AnimationIterations": 5,
        "TransparentColor": 1,
        "FrameCount": 2,
        "Duration": 0.25,
    }
    assert metadata["GIF:Duration"].readable == "0.25 s"


def test_a_single_frame_is_no_animation() -> None:
    """One frame without a delay has no count and no time."""
    metadata = mapy.read(gif(gif_frame()))

    assert not {"GIF:FrameCount", "GIF:Duration"} & {tag.key for tag in metadata}


def test_says_that_a_loop_without_end_has_none() -> None:
    """Zero loops are infinite ones."""
    loop = gif_extension(0xFF, b"NETSCAPE2.0", b"\x01\x00\x00")

    assert mapy.read(gif(loop))["GIF:AnimationIterations"].readable == "Infinite"


def test_joins_the_sub_blocks_of_a_comment() -> None:
    """A comment longer than 255 bytes is one text."""
    metadata = mapy.read(gif(gif_comment(b"x" * 600)))

    assert metadata["File:Comment"].machine == "x" * 600


def test_reads_xmp_where_it_stands() -> None:
    """The packet is no chain of sub-blocks, and its place in the file is known."""
    metadata = mapy.read(PICTURE)
    tag = metadata["XMP-dc:Format"]

    assert tag.machine == "image/gif"
    assert PACKET in PICTURE[tag.offset : tag.offset + tag.length]


def test_shows_the_shape_of_pixels_only_if_it_is_told() -> None:
    """An aspect of 49 is square; none is not shown."""
    assert mapy.read(gif(aspect=49))["GIF:PixelAspectRatio"].machine == 1.0
    assert "GIF:PixelAspectRatio" not in mapy.read(gif())


def test_survives_every_truncation() -> None:
    """Cut at each byte, a picture gives what is left or a named error."""
    codes = {code_of(PICTURE[:length]) for length in range(6, len(PICTURE))}

    assert {"", "file.broken"} == codes


@given(st.data())
def test_survives_flipped_bytes(data: st.DataObject) -> None:
    """Whatever its bytes become, a picture gives values or a named error."""
    content = bytearray(PICTURE)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(6, len(content) - 1))] = data.draw(st.integers(0, 255))

    assert isinstance(code_of(bytes(content)), str)


def test_refuses_too_many_pixels() -> None:
    """A screen of more pixels than allowed is refused."""
    with pytest.raises(mapy.LimitExceeded):
        mapy.read(gif(width=200, height=200), limits=mapy.Limits(pixels=30_000))


def test_stops_at_too_many_sub_blocks() -> None:
    """The number of sub-blocks is bounded, those of pictures too."""
    content = gif(b"," + bytes(9) + b"\x02" + sub_blocks(bytes(255 * 30)))
    metadata = mapy.read(content, limits=mapy.Limits(sub_blocks=10))

    assert [problem.code for problem in metadata.problems] == ["limit.sub-blocks"]


@pytest.mark.parametrize(
    ("name", "machine", "readable"),
    [
        ("MIDIControlVersion", 1, 1),
        ("SequenceNumber", 2, 2),
        ("MelodicPolyphony", 3, 3),
        ("PercussivePolyphony", 4, 4),
        ("ChannelUsage", 0x8001, "0x8001"),
        ("DelayTime", 1.5, "1.5 s"),
    ],
)
def test_reads_how_a_song_is_to_be_played(name: str, machine: object, readable: object) -> None:
    """The application extension beside the song has fields of its own."""
    control = bytes([1, 2, 3, 4]) + struct.pack("<HH", 0x8001, 150)
    tag = mapy.read(gif(gif_extension(0xFF, b"MIDICTRLJon", control)))[f"GIF:{name}"]

    assert (tag.machine, tag.readable) == (machine, readable)


@pytest.mark.parametrize("control", [b"", b"\1\2\3"])
def test_reads_on_behind_a_short_control(control: bytes) -> None:
    """What is there of a control that is cut short is read, and the blocks behind it are."""
    extension = gif_extension(0xFF, b"MIDICTRLJon", *filter(None, [control]))
    metadata = mapy.read(gif(extension, gif_comment(b"behind")))

    assert metadata["File:Comment"].machine == "behind"
