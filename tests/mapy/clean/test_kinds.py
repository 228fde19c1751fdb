"""Kinds of each format that other programs write: all tell the same, no copy tells any of it."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
import pytest

from mapy.clean.copying import copy_of
from mapy.clean.policy import Policy, policy_of

SECRET = b"canary-7341"
SLOPE = Image.linear_gradient("L").resize((32, 24))
COLOURS = SLOPE.convert("RGB")
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    b' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    b' xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="canary-7341"/></rdf:RDF>'
    b"</x:xmpmeta>"
)


def written(picture: Image.Image, format_: str, **options: object) -> bytes:
    """A picture by Pillow, with an artist in EXIF that the copy must lose."""
    exif = Image.Exif()
    exif[0x013B] = SECRET.decode()
    exif[0x0112] = 6
    stream = BytesIO()
    picture.save(stream, format_, exif=exif.tobytes(), **options)
    return stream.getvalue()


FRAMES = [COLOURS.rotate(angle) for angle in (10, 20)]
KINDS = {
    "CMYK JPEG": written(COLOURS.convert("CMYK"), "JPEG"),
    "progressive JPEG": written(COLOURS, "JPEG", progressive=True, comment=SECRET),
    "grey JPEG": written(SLOPE, "JPEG", xmp=XMP),
    "16-bit PNG": written(Image.new("I;16", (32, 24), 500), "PNG"),
    "PNG of 1 bit": written(SLOPE.convert("1"), "PNG"),
    "PNG with a palette": written(COLOURS.convert("P"), "PNG", transparency=3),
    "animated PNG": written(COLOURS, "PNG", save_all=True, append_images=FRAMES),
    "animated WebP": written(COLOURS, "WEBP", save_all=True, append_images=FRAMES, xmp=XMP),
    "WebP with a misspelt chunk": written(COLOURS, "WEBP", lossless=True, xmp=XMP).replace(
        b"XMP ", b"XMP\0"
    ),
    "TIFF with strips of JPEG": written(COLOURS, "TIFF", compression="jpeg"),
    "TIFF of floating point": written(SLOPE.convert("F"), "TIFF"),
    "TIFF of several pages": written(COLOURS, "TIFF", save_all=True, append_images=FRAMES),
    "BigTIFF": written(COLOURS, "TIFF", big_tiff=True),
}


def frames(content: bytes) -> list[bytes]:
    """The pixels of every frame, as Pillow shows them."""
    with Image.open(BytesIO(content)) as picture:
        found = []
        for number in range(getattr(picture, "n_frames", 1)):
            picture.seek(number)
            found.append(picture.tobytes())
        return found


@pytest.mark.parametrize("policy", [Policy(), policy_of(remove="person")], ids=["all", "person"])
@pytest.mark.parametrize("content", KINDS.values(), ids=KINDS.keys())
def test_a_copy_shows_the_same_and_tells_nothing(content: bytes, policy: Policy) -> None:
    """The same pixels by another decoder, and not a byte of the secret."""
    copy = copy_of(content, policy).content

    assert SECRET in content
    assert SECRET not in copy
    assert frames(copy) == frames(content)
