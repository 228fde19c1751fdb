"""The decoded pixels of a picture, by another program than this one: equal before and after.

Pillow and pi-heif, where they are installed, run in a process of their own that has limits.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from mapy.decoding.decoder import FORMATS
from mapy.decoding.process import ask
from mapy.errors import VerificationFailed
from mapy.text import Text

if TYPE_CHECKING:
    from mapy.clean.copying import Copy


class Pixels(NamedTuple):
    """Decoded pixels by their check sum."""

    sha256: str
    """Of mode, size, colours and pixels of every frame."""
    frames: int
    decoder: str
    """Name and version of the program."""


class Unproven(NamedTuple):
    """The pixels were not decoded; the image's data were compared to the byte nevertheless."""

    reason: Text


NO_DECODER = Text(
    "The pixels were not decoded here; the compressed image data is byte for byte the same."
)
NOT_DECODABLE = Text(
    "The decoder cannot decode the original; the compressed image data is byte for byte the same."
)
BUSY = Text(
    "Too many pictures were to be decoded at once, so the pixels of this one were not;"
    " the compressed image data is byte for byte the same."
)
NOT_ASKED = Text(
    "The pixels were not to be decoded; the compressed image data is byte for byte the same."
)


def same(content: bytes, copy: Copy) -> Pixels | Unproven:
    """The pixels of an original and its copy, if a decoder is at hand.

    Raises:
        VerificationFailed: they differ, or only the copy cannot be decoded.
    """
    format_ = copy.before.format
    if format_ not in FORMATS or find_spec("PIL") is None:
        return Unproven(NO_DECODER)
    pictures = [content] if copy.content == content else [content, copy.content]
    answers = ask("digest", [(format_, each) for each in pictures])
    if answers is None:
        return Unproven(BUSY)
    found = [Pixels(**each) for each in answers]
    if not found:
        return Unproven(NOT_DECODABLE)
    if len(found) < len(pictures) or found[0] != found[-1]:
        raise VerificationFailed(
            "clean.pixels-changed",
            "The copy does not decode to the same pixels; it is not handed out.",
        )
    return found[0]
