"""What counts as the same pixels, and what is not decoded at all."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, TiffImagePlugin

from mapy.decoding.process import ask
from mapy_builders import png
from mapy_decoding_builders import drawn


def decoded(*pictures: bytes, format_: str = "PNG") -> list[Any]:
    """What the process answers."""
    answers = ask("digest", [(format_, each) for each in pictures])
    assert answers is not None
    return answers


def test_the_same_pixels_may_be_stored_in_two_ways() -> None:
    """What is compared is the pixels, not the file."""
    first, second = decoded(drawn("red"), drawn("red", compress_level=0))

    assert first == second


def test_all_frames_count() -> None:
    """Of an animation each one is decoded."""
    stream = BytesIO()
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue", "green")]
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])

    assert [each["frames"] for each in decoded(stream.getvalue(), format_="GIF")] == [3]


def pages(*orientations: int) -> bytes:
    """A TIFF whose pages are the same but for which side is up."""
    slope = Image.linear_gradient("L").resize((6, 4)).rotate(20)
    stream = BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(stream, new=True) as writer:
        for orientation in orientations:
            tags = TiffImagePlugin.ImageFileDirectory_v2()
            tags[0x0112] = orientation
            slope.save(writer, "TIFF", tiffinfo=tags)
            writer.newFrame()
    return stream.getvalue()


def test_which_side_is_up_is_no_matter_of_pixels() -> None:
    """A copy may lose the tag; Pillow turns the pages of a TIFF by it, which is undone."""
    every = decoded(*(pages(number) for number in range(1, 9)), format_="TIFF")
    assert every == every[:1] * 8

    turned, upright = decoded(pages(6, 1, 8), pages(1, 1, 1), format_="TIFF")
    assert turned == upright
    assert turned["frames"] == 3


def test_a_bomb_is_not_decoded() -> None:
    """A picture of more pixels than are allowed ends the process, and nothing else."""
    assert decoded(png(width=30_000, height=30_000)) == []


def test_no_other_format_is_tried() -> None:
    """A file that is of another format than its name says is not handed to that decoder."""
    assert decoded(drawn("red", "TIFF")) == []
