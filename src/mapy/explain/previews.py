"""Pictures beside the picture: thumbnails, previews, further pictures, depth maps."""

from __future__ import annotations

from functools import cached_property
import re
from typing import TYPE_CHECKING

from mapy.explain.facts import Facts, number_of
from mapy.limits import Limits
from mapy.text import Text

if TYPE_CHECKING:
    from mapy.explain.facts import Content
    from mapy.model import Metadata, Tag

MOST = 32
"""Pictures of one file."""
SMALLEST = 64
"""Bytes; fewer are no picture."""
_LABELS = (
    (re.compile(r"GPSThumbnail|ThumbnailImage|ThumbnailTIFF"), Text("thumbnail")),
    (re.compile(r"PhotoshopThumbnail"), Text("thumbnail by Photoshop")),
    (re.compile(r"SanyoThumbnail"), Text("thumbnail by the camera")),
    (re.compile(r"PreviewImage|PreviewTIFF|ObjectPreviewData|ScreenNail"), Text("preview")),
    (re.compile(r"JpgFromRaw\d?|OtherImage"), Text("finished picture inside the raw file")),
    (re.compile(r"MPImage\d+"), Text("further picture")),
    (re.compile(r"C2PAThumbnailClaim\w*Data"), Text("thumbnail in Content Credentials")),
    (re.compile(r"C2PAThumbnailIngredient\w*Data"), Text("picture it was made from")),
)
"""Names of tags that hold pictures, and what people call them."""
_ANY = re.compile("|".join(names.pattern for names, _ in _LABELS))
_WITHOUT_PLACE = (
    (re.compile(r"XMP-(GImage|GDepth):(Image|ImageData)"), Text("picture before a blur")),
    (re.compile(r"XMP-GDepth:(Data|DepthImage)"), Text("depth map")),
    (re.compile(r"XMP-xmp:ThumbnailsImage|XMP-xmpGImg:Image"), Text("thumbnail in XMP")),
)
"""Pictures as texts inside XMP, by group and name: they have no bytes of their own in the file."""
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)
_LOOKED_INTO = Limits(block_bytes=1 << 20, read_bytes=4 << 20, total_value_bytes=1 << 20)
"""What may be spent on each picture inside the picture."""
_SIZE_NAMES = (("ImageWidth", "ImageHeight"), ("PreviewImageWidth", "PreviewImageHeight"))


class Preview:
    """A picture beside the picture."""

    def __init__(
        self, label: Text, tag: Tag, stored: Content | None, told: tuple[int, int] | None
    ) -> None:
        self.label = label
        self.tag = tag
        """The tag that holds it: its span is the picture's place in the file."""
        self._stored = stored
        self._told = told

    @cached_property
    def content(self) -> bytes | None:
        """Its bytes; None where the file's content is not at hand, or they are no picture."""
        if self._stored is None:
            return None
        offset, length = self.tag.span
        found = bytes(self._stored[offset : offset + length])
        return found if self._type_of(found) else None

    @staticmethod
    def _type_of(content: bytes) -> str:
        return next((name for start, name in _STARTS if content.startswith(start)), "")

    @property
    def media_type(self) -> str:
        """What it is, if its bytes are at hand; else an empty text."""
        return self._type_of(self.content or b"")

    @cached_property
    def metadata(self) -> Metadata | None:
        """Its own metadata, if it can be read."""
        from mapy.errors import MapyError  # noqa: PLC0415 - only who looks inside pays
        from mapy.reader import read  # noqa: PLC0415

        if self.content is None:
            return None
        try:
            return read(self.content, limits=_LOOKED_INTO)
        except MapyError:
            return None

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height in pixels: by its own header, else as the tags beside it say."""
        inner = self.metadata
        return (Facts(inner).size if inner is not None else None) or self._told


def previews_of(facts: Facts) -> tuple[Preview, ...]:
    """The pictures beside the picture, in the order of the file; a film's track is none."""
    found: list[Preview] = []
    seen: set[int] = set()
    thumbnail = facts.metadata.thumbnail
    for directory in facts.metadata.directories:
        for tag in directory:
            label = _label_of(tag)
            if label is None or len(found) >= MOST:
                continue
            has_place = tag.length >= SMALLEST and tag.offset not in seen
            if not has_place and not _in_xmp(tag):
                continue
            stored = facts.content if has_place and not _in_xmp(tag) else None
            told = _told_size({each.definition.name: each for each in directory})
            preview = Preview(label, tag, stored, told)
            if (
                thumbnail is not None
                and directory.name == "IFD1"
                and len(thumbnail) == tag.length
                and preview.content is None
            ):
                preview.content = thumbnail
            if stored is None or preview.content is not None:
                seen.add(tag.offset)
                found.append(preview)
    return tuple(found)


def _label_of(tag: Tag) -> Text | None:
    if _in_xmp(tag):
        return next((label for keys, label in _WITHOUT_PLACE if keys.fullmatch(tag.key)), None)
    name = tag.definition.name
    if not _ANY.fullmatch(name):
        return None
    return next(label for names, label in _LABELS if names.fullmatch(name))


def _in_xmp(tag: Tag) -> bool:
    return tag.group.startswith("XMP")


def _told_size(tags: dict[str, Tag]) -> tuple[int, int] | None:
    for names in _SIZE_NAMES:
        width, height = (number_of(tags[name]) if name in tags else None for name in names)
        if width and height:
            return int(width), int(height)
    return None
