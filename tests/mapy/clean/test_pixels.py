"""Pixels are decoded by another program, in a process of its own, and must be the same."""

from __future__ import annotations

import threading

import pytest

import mapy
from mapy.clean import pixels
from mapy.clean.copying import Copy
from mapy.clean.policy import PRESETS
from mapy.clean.proof import of_unchanged
from mapy.decoding import process
from mapy_builders import jpeg, png
from mapy_clean_builders import copied
from mapy_decoding_builders import drawn
from mapy_format_builders import svg


def compared(original: bytes, other: bytes) -> pixels.Pixels | pixels.Unproven:
    """The pixels of two pictures of one format."""
    before = mapy.read(original)
    return pixels.same(original, Copy(other, before, before, of_unchanged(before), ()))


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_a_copy_has_the_same_pixels(format_: str) -> None:
    """The check sum is of what is decoded, and tells which program did it."""
    content = drawn("red", format_)
    found = pixels.same(content, copied(content))

    assert isinstance(found, pixels.Pixels)
    assert (found.frames, found.decoder.startswith("Pillow ")) == (1, True)


def test_refuses_other_pixels() -> None:
    """A colour is enough."""
    with pytest.raises(mapy.VerificationFailed, match="same pixels"):
        compared(drawn("red"), drawn("blue"))


def test_refuses_a_copy_that_cannot_be_decoded() -> None:
    """Where the original can."""
    with pytest.raises(mapy.VerificationFailed):
        compared(drawn("red"), drawn("red")[:-30])


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
    found = mapy.clean(drawn("red"), policy=PRESETS["evidence"].policy).pixels

    assert isinstance(found, pixels.Pixels)
    assert found == compared(drawn("red"), drawn("red"))


def test_says_so_when_too_many_are_decoded_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy is proved by its data alone."""
    content = drawn("red")
    slots = threading.BoundedSemaphore(1)
    monkeypatch.setattr(process, "_SLOTS", slots)
    monkeypatch.setattr(process, "PATIENCE_S", 0)
    with slots:
        waiting = mapy.clean(content).pixels
    after = mapy.clean(content).pixels

    assert waiting == pixels.Unproven(pixels.BUSY)
    assert isinstance(after, pixels.Pixels)
