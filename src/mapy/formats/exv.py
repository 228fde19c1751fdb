"""EXV, the sidecar of Exiv2: its signature, then the segments of a JPEG without a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.formats.jpeg import read_segments

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

SIGNATURE = b"\xff\x01Exiv2"


class Exv:
    """EXV and its segments."""

    name = "EXV"
    media_type = "image/x-exv"
    extension = "EXV"

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with the signature of Exiv2."""
        return head.startswith(SIGNATURE)

    def read(self, view: ByteView, reading: Reading) -> None:
        """Walk the segments, as in a JPEG."""
        read_segments(view, reading, len(SIGNATURE))
