"""Pictures that another program has written, for what decodes them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from mapy_builders import ifd, long, short, tiff


def drawn(colour: str, format_: str = "PNG", **options: object) -> bytes:
    """A picture of one colour, written by Pillow."""
    stream = BytesIO()
    Image.new("RGB", (8, 4), colour).save(stream, format_, **options)
    return stream.getvalue()


def slope(width: int, height: int, format_: str = "JPEG", **options: object) -> bytes:
    """A slope from black to white, from left to right."""
    stream = BytesIO()
    grey = Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_90)
    grey.resize((width, height)).convert("RGB").save(stream, format_, **options)
    return stream.getvalue()


def with_stale_thumbnail() -> bytes:
    """A JPEG that shows rings, with a thumbnail that shows a slope."""
    stream = BytesIO()
    rings = Image.radial_gradient("L").convert("RGB").resize((800, 400))
    rings.save(stream, "JPEG", exif=b"Exif\0\0" + _exif_with(slope(160, 80)))
    return stream.getvalue()


def _exif_with(thumbnail: bytes) -> bytes:
    """The TIFF structure of an EXIF block with a thumbnail behind it."""

    def structure(place: int) -> bytes:
        pointers = short(0x0103, 6), long(0x0201, place), long(0x0202, len(thumbnail))
        return tiff(ifd(following=ifd(*pointers)))

    return structure(len(structure(0))) + thumbnail
