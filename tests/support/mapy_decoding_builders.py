"""Pictures that another program has written, for what decodes them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image


def drawn(colour: str, format_: str = "PNG", **options: object) -> bytes:
    """A picture of one colour, written by Pillow."""
    stream = BytesIO()
    Image.new("RGB", (8, 4), colour).save(stream, format_, **options)
    return stream.getvalue()
