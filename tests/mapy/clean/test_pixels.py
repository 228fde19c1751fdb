"""Pixels are decoded by another program, in a process of its own, and must be the same."""

from __future__ import annotations

from io import BytesIO
import json
import subprocess
import sys
import threading

from PIL import Image, TiffImagePlugin
import pytest

import mapy
from mapy.clean import pixels
from mapy.clean.copying import Copy
from mapy.clean.policy import PRESETS
from mapy.clean.proof import of_unchanged
from mapy_builders import jpeg, png
from mapy_clean_builders import copied
from mapy_format_builders import svg

DECODER = [sys.executable, "-I", "-m", "mapy.clean.decoder"]


def picture(colour: str, format_: str = "PNG", **options: object) -> bytes:
    """A picture of one colour, written by Pillow."""
    stream = BytesIO()
    Image.new("RGB", (8, 4), colour).save(stream, format_, **options)
    return stream.getvalue()


def compared(original: bytes, other: bytes) -> pixels.Pixels | pixels.Unproven:
    """The pixels of two pictures of one format."""
    before = mapy.read(original)
    return pixels.same(original, Copy(other, before, before, of_unchanged(before), ()))


def decoded(*pictures: bytes, format_: str = "PNG") -> list[dict[str, object]]:
    """What the process answers."""
    content = b"".join(len(each).to_bytes(8, "big") + each for each in pictures)
    done = subprocess.run(
        [*DECODER, format_], input=content, capture_output=True, check=False, timeout=60
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_a_copy_has_the_same_pixels(format_: str) -> None:
    """The check sum is of what is decoded, and tells which program did it."""
    content = picture("red", format_)
    found = pixels.same(content, copied(content))

    assert isinstance(found, pixels.Pixels)
    assert (found.frames, found.decoder.startswith("Pillow ")) == (1, True)


def test_the_same_pixels_may_be_stored_in_two_ways() -> None:
    """What is compared is the pixels, not the file."""
    first, second = decoded(picture("red"), picture("red", compress_level=0))

    assert first == second


def test_refuses_other_pixels() -> None:
    """A colour is enough."""
    with pytest.raises(mapy.VerificationFailed, match="same pixels"):
        compared(picture("red"), picture("blue"))


def test_refuses_a_copy_that_cannot_be_decoded() -> None:
    """Where the original can."""
    with pytest.raises(mapy.VerificationFailed):
        compared(picture("red"), picture("red")[:-30])


def test_an_original_that_cannot_be_decoded_proves_nothing() -> None:
    """The answer says so."""
    assert compared(jpeg(), jpeg()) == pixels.Unproven(pixels.NOT_DECODABLE)


def test_formats_without_a_decoder_are_not_decoded() -> None:
    """The answer says so."""
    assert compared(svg(), svg()) == pixels.Unproven(pixels.NO_DECODER)


def test_nothing_is_decoded_without_pillow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The core needs no package."""
    monkeypatch.setattr(pixels, "find_spec", lambda _: None)

    assert compared(png(), png()) == pixels.Unproven(pixels.NO_DECODER)


def test_evidence_decodes_the_file_once() -> None:
    """A file that stays has one check sum."""
    found = mapy.clean(picture("red"), policy=PRESETS["evidence"].policy).pixels

    assert isinstance(found, pixels.Pixels)
    assert found.sha256 == decoded(picture("red"))[0]["sha256"]


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
    assert decoded(picture("red", "TIFF"), format_="PNG") == []


def test_a_decoder_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time is bounded from outside, too."""
    monkeypatch.setattr(pixels, "TIMEOUT_S", 0.001)

    assert compared(picture("red"), picture("red")) == pixels.Unproven(pixels.NOT_DECODABLE)


def test_the_process_may_write_no_file() -> None:
    """Its limits are set before anything is decoded."""
    resource = pytest.importorskip("resource", reason="Windows has no such limits")
    program = (
        "import mapy.clean.decoder as d, resource as r; d._limit();"
        "print(r.getrlimit(r.RLIMIT_FSIZE)[1], r.getrlimit(r.RLIMIT_AS)[1] == d.MEMORY_BYTES)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert resource
    assert done.stdout.split() == [b"0", b"True"]


def test_says_so_when_too_many_are_decoded_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process is started beyond the bound; the copy is proved by its data alone."""
    content = picture("red")
    slots = threading.BoundedSemaphore(1)
    monkeypatch.setattr(pixels, "_SLOTS", slots)
    monkeypatch.setattr(pixels, "PATIENCE_S", 0)
    with slots:
        waiting = mapy.clean(content).pixels
    after = mapy.clean(content).pixels

    assert waiting == pixels.Unproven(pixels.BUSY)
    assert isinstance(after, pixels.Pixels)
