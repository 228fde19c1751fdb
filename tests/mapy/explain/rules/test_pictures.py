"""What stands beside the picture."""

from __future__ import annotations

import pytest

import mapy
from mapy import Weight
from mapy.errors import Span
from mapy.explain import explain
from mapy.model import Block
from mapy_block_builders import mpf
from mapy_builders import exif, frame, ifd, jpeg, long, segment, short, tiff
from mapy_explain_builders import findings, metadata_of, what


def picture(width: int, height: int) -> bytes:
    """A JPEG of this size without anything else, long enough to be one."""
    scan = segment(0xDA, bytes([1, 1, 0, 0, 63, 0]))
    filling = segment(0xDB, bytes(80))
    return b"\xff\xd8" + filling + frame(width, height) + scan + b"\xff\xd9"


def with_thumbnail(size: tuple[int, int], thumbnail: tuple[int, int]) -> dict[str, str]:
    """What is found of previews in a JPEG with a thumbnail of another size."""
    small = picture(*thumbnail)

    def structure(place: int) -> bytes:
        pointers = short(0x0103, 6), long(0x0201, place), long(0x0202, len(small))
        return tiff(ifd(following=ifd(*pointers)))

    block = exif(structure(len(structure(0))) + small)
    scan = segment(0xDA, bytes([1, 1, 0, 0, 63, 0]))
    content = b"\xff\xd8" + block + frame(*size) + scan + b"\xff\xd9"
    found = mapy.explain(mapy.read(content), content=content)
    return {each.rule: str(each.what) for each in found}


@pytest.mark.parametrize(
    ("size", "thumbnail"),
    [
        ((4000, 3000), (160, 120)),
        ((3000, 4000), (160, 120)),
        ((1200, 803), (160, 107)),
        ((1391, 2463), (96, 160)),
        ((1200, 803), (570, 375)),
        ((4000, 2250), (160, 120)),
        ((4000, 2667), (160, 120)),
        ((3000, 3000), (160, 120)),
    ],
    ids=["same", "turned", "rounded", "blocks", "sensor", "16:9", "3:2", "square"],
)
def test_a_resize_is_no_stale_preview(size: tuple[int, int], thumbnail: tuple[int, int]) -> None:
    """Nor are rounding, whole blocks of pixels, and the bars of 160 by 120."""
    found = with_thumbnail(size, thumbnail)
    assert "picture.previews" in found
    assert "picture.stale-preview" not in found


@pytest.mark.parametrize(
    ("size", "thumbnail"),
    [((2000, 2000), (320, 240)), ((3000, 900), (160, 120)), ((1000, 2000), (256, 192))],
)
def test_a_preview_of_another_shape_was_made_before_a_crop(
    size: tuple[int, int], thumbnail: tuple[int, int]
) -> None:
    """No camera takes pictures of such a shape, so the bars of 160 by 120 do not explain it."""
    sentence = with_thumbnail(size, thumbnail)["picture.stale-preview"]
    assert sentence == (
        "A smaller picture in the file (thumbnail) has another shape than the picture:"
        f" {thumbnail[0]} × {thumbnail[1]} pixels, the picture {size[0]} × {size[1]}. It was made"
        " before a crop, and may show what was cut away."
    )


def test_counts_and_names_the_previews() -> None:
    """Each kind is named once."""
    tags = {"IFD1:ThumbnailImage": bytes(100), "Canon:PreviewImage": bytes(100)}
    found = findings(tags, {"Photoshop:PhotoshopThumbnail": bytes(100)})
    assert what(found, "picture.previews") == (
        "Pictures beside the picture: 3 (thumbnail, preview and thumbnail by Photoshop)."
    )


@pytest.mark.parametrize(
    ("tags", "rule", "weight", "sentence"),
    [
        (
            {"XMP-GImage:ImageData": "(Binary data 9 bytes)"},
            "picture.earlier-version",
            Weight.HIGH,
            "The file still holds an earlier picture, from before it was worked on.",
        ),
        (
            {"XMP-GCamera:MotionPhoto": "1", "XMP-GCamera:MotionPhotoVersion": "1"},
            "picture.film",
            Weight.HIGH,
            "A short film with sound may be part of the file (a motion photo).",
        ),
        (
            {"XMP-GContainer:DirectoryItemMime": ["image/jpeg", "video/mp4"]},
            "picture.film",
            Weight.HIGH,
            "A short film with sound may be part of the file (a motion photo).",
        ),
        (
            {"Samsung:EmbeddedAudioFileName": "SoundShot_000"},
            "picture.sound",
            Weight.HIGH,
            "The file holds a recording of sound.",
        ),
        (
            {"XMP-GDepth:Format": "RangeInverse"},
            "picture.depth",
            Weight.LOOK,
            "The file holds a map of how far away everything is.",
        ),
        (
            {"XMP-photoshop:TextLayerText": ["secret plan", "title"]},
            "picture.layers",
            Weight.LOOK,
            "Texts of layers are in the file, also of hidden ones: “secret plan, title”, in XMP.",
        ),
        (
            {"Photoshop:LayerCount": 3},
            "picture.layers",
            Weight.LOOK,
            "The picture has layers: 3. What one hides, another shows.",
        ),
    ],
)
def test_finds_what_is_hidden(
    tags: dict[str, object], rule: str, weight: Weight, sentence: str
) -> None:
    """Earlier pictures, films, sound, depth, layers."""
    found = findings(tags)
    assert what(found, rule) == sentence
    assert found[rule].weight is weight


@pytest.mark.parametrize(
    "tags",
    [
        {"XMP-GCamera:MotionPhoto": "0"},
        {"XMP-GContainer:DirectoryItemMime": ["image/jpeg", "image/jpeg"]},
        {"Photoshop:LayerCount": 0},
        {"IFD1:ThumbnailImage": b"short"},
    ],
)
def test_what_is_not_there_is_not_found(tags: dict[str, object]) -> None:
    """A motion photo that is none, a gain map, no layers, no picture."""
    assert [rule for rule in findings(tags) if rule.startswith("picture.")] == []


def test_an_older_thumbnail_is_worth_a_look() -> None:
    """By the dates of the two directories of EXIF."""
    tags = {"IFD0:ModifyDate": "2020:02:01 10:00:00", "IFD1:ModifyDate": "2020:01:01 10:00:00"}
    found = explain(metadata_of(tags, thumbnail=bytes(80)))
    assert "picture.older-thumbnail" in [each.rule for each in found]


def test_further_pages_are_worth_a_look() -> None:
    """Not smaller versions of the first."""
    page = {"IFD0:ImageWidth": 1000, "IFD1:ImageWidth": 1000, "IFD2:ImageWidth": 100}
    found = findings(
        page, {"IFD3:ImageWidth": 1000, "IFD3:SubfileType": 1}, media_type="image/tiff"
    )
    assert what(found, "picture.pages").endswith("show: 1 more.")


def behind(more: bytes) -> str:
    """What is said of data behind a JPEG."""
    content = jpeg() + more
    found = mapy.explain(mapy.read(content), content=content)
    return next((str(each.what) for each in found if each.rule == "picture.behind"), "")


def test_finds_data_behind_the_picture() -> None:
    """With the place where they begin."""
    start = len(jpeg())
    assert behind(b"PK\3\4" + bytes(range(100))) == (
        f"Behind the picture's end, at byte {start}, 104 more bytes follow."
    )


@pytest.mark.parametrize("more", [b"", b"\n", b"\0" * 5000, b"\xff" * 100])
def test_filling_is_no_data(more: bytes) -> None:
    """Zeros and line ends."""
    assert behind(more) == ""


def test_pictures_that_the_index_names_are_no_unknown_data() -> None:
    """A second picture behind the first is where it should be."""
    second = picture(64, 48)
    first = jpeg(mpf((0x030000, 200, 0), (0x020002, len(second), 0)))
    start = len(first) - first.index(b"MPF\0") - 4  # places count from behind the signature
    content = jpeg(mpf((0x030000, 200, 0), (0x020002, len(second), start))) + second
    rules = [each.rule for each in mapy.explain(mapy.read(content), content=content)]
    assert "picture.previews" in rules
    assert "picture.behind" not in rules


def test_without_the_content_known_trailers_are_still_told() -> None:
    """By the blocks that the reader found."""
    metadata = metadata_of({}, blocks=[Block("samsung-trailer", Span(900, 100), "SEFT")])
    found = [str(each.what) for each in explain(metadata)]
    assert found == ["Behind the picture the file goes on, with data of SEFT."]
