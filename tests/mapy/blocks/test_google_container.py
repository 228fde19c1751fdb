"""Google's Container: what stands behind a picture, as its XMP tells."""

from __future__ import annotations

import pytest

import mapy
from mapy_builders import jpeg, rdf, xmp

GAIN_MAP = b"\xff\xd8\xff\xe0 gain map"
FILM = b"\0\0\0\x18ftypmp42 a film"
NAMES = (
    'xmlns:Container="http://ns.google.com/photos/1.0/container/"'
    ' xmlns:Item="http://ns.google.com/photos/1.0/container/item/"'
)


def picture(*items: tuple[str, int], behind: bytes) -> bytes:
    """A picture with a directory of items, each with its length, and what stands behind it."""
    told = "".join(
        f'<rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="{semantic}"'
        f' Item:Length="{length}"/></rdf:li>'
        for semantic, length in (("Primary", 0), *items)
    )
    directory = f"<Container:Directory><rdf:Seq>{told}</rdf:Seq></Container:Directory>"
    return jpeg(xmp(rdf(directory, NAMES))) + behind


def named(content: bytes) -> dict[str, bytes]:
    """The items that were found, by name."""
    tags = [tag for tag in mapy.read(content) if tag.group == "Google"]
    return {tag.name: content[tag.offset : tag.offset + tag.length] for tag in tags}


def test_finds_what_stands_behind_the_picture() -> None:
    """One behind the other, to the end of the file."""
    items = (("GainMap", len(GAIN_MAP)), ("MotionPhoto", len(FILM)))
    content = picture(*items, behind=GAIN_MAP + FILM)

    assert named(content) == {"GainMapImage": GAIN_MAP, "MotionPhotoVideo": FILM}


@pytest.mark.parametrize(
    ("items", "behind"),
    [
        ((("GainMap", 10**9),), GAIN_MAP),
        ((("GainMap", len(GAIN_MAP) - 1),), GAIN_MAP),
        ((("GainMap", 0),), GAIN_MAP),
        ((("GainMap", 10**30),), GAIN_MAP),
        ((("Something", len(GAIN_MAP)),), GAIN_MAP),
        ((("MotionPhoto", len(GAIN_MAP)),), GAIN_MAP),
        ((("GainMap", 8),) * 100, GAIN_MAP * 100),
    ],
)
def test_finds_nothing_where_the_directory_is_wrong(
    items: tuple[tuple[str, int], ...], behind: bytes
) -> None:
    """A length is only believed if it leads to the start of such an item."""
    assert named(picture(*items, behind=behind)) == {}
