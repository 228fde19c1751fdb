"""Pictures beside the picture: thumbnails, previews, further pictures, depth maps."""

from __future__ import annotations

from functools import cached_property
import re
from typing import TYPE_CHECKING

from mapy.explain.facts import Facts, tag_names
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
_WITHOUT_PLACE = (
    (re.compile(r"XMP-(GImage|GDepth):(Image|ImageData)"), Text("picture before a blur")),
    (re.compile(r"XMP-GDepth:(Data|DepthImage)"), Text("depth map")),
    (re.compile(r"XMP-xmp:ThumbnailsImage|XMP-xmpGImg:Image"), Text("thumbnail in XMP")),
)
"""Pictures as texts inside XMP, by group and name: they have no bytes of their own in the file."""
PICTURES = tag_names(
    "|".join(names.pattern for names, _ in _LABELS)
    + "|Image|ImageData|Data|DepthImage|ThumbnailsImage"
)
"""All of them, without the groups: the names of pictures beside the picture."""
_BARE = frozenset({"ThumbnailTIFF", "PreviewTIFF"})
"""Pictures in plain pixels, without a header."""
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)
_LOOKED_INTO = Limits(block_bytes=1 << 20, read_bytes=4 << 20, total_value_bytes=1 << 20)
"""What may be spent on each picture inside the picture."""
_WANTED = frozenset({"IFD0:ImageWidth", "IFD0:ImageHeight", "GPS", "xmp"})
"""What is read of it, beside what its container says."""


class Preview:
    """A picture beside the picture."""

    def __init__(
        self, label: Text, tag: Tag, file: Metadata | None, stored: Content | None
    ) -> None:
        self.label = label
        self.tag = tag
        """The tag that holds it: its span is the picture's place in the file."""
        # Not the facts, which know it: a ring would keep the whole file until the collector comes.
        self._file = file
        """The file around it; None where the picture has no bytes of its own in it."""
        self._stored = stored
        """The bytes of that file, where they are at hand."""

    @cached_property
    def content(self) -> bytes | None:
        """Its bytes; None where the file's content is not at hand, or they are no picture."""
        if self._file is None:
            return None
        stored, thumbnail = self._stored, self._file.thumbnail
        if stored is not None:
            places = self._file.stretches(self.tag.span)
            found = b"".join(stored[at : at + length] for at, length in places)
            if self._type_of(found):
                return found
        if thumbnail is not None and self.tag.group == "IFD1" and len(thumbnail) == self.tag.length:
            return thumbnail
        return None

    @property
    def is_broken(self) -> bool:
        """Whether the file's content is at hand, and there is no picture where it should be."""
        if self._file is None or self._stored is None or self.tag.name in _BARE:
            return False
        return self.content is None

    @staticmethod
    def _type_of(content: bytes) -> str:
        return next((name for start, name in _STARTS if content.startswith(start)), "")

    @cached_property
    def media_type(self) -> str:
        """What it is, if its bytes are at hand; else an empty text."""
        return self._type_of(self.content or b"")

    @cached_property
    def metadata(self) -> Metadata | None:
        """Its own metadata, as far as they tell its size and its place, if it can be read."""
        from mapy.errors import MapyError  # noqa: PLC0415 - only who looks inside pays
        from mapy.reader import read  # noqa: PLC0415

        if self.content is None:
            return None
        try:
            return read(self.content, limits=_LOOKED_INTO, only=_WANTED)
        except MapyError:
            return None

    @cached_property
    def size(self) -> tuple[int, int] | None:
        """Width and height in pixels, by its own header."""
        return Facts(self.metadata).size if self.metadata is not None else None


def previews_of(facts: Facts) -> tuple[Preview, ...]:
    """The pictures beside the picture, in the order of the file; a film's track is none."""
    found: dict[int, Preview] = {}
    for tag in facts.by_names.get(PICTURES, ()):
        label = _label_of(tag)
        if label is None or tag.offset in found or len(found) >= MOST:
            continue
        if _in_xmp(tag):
            # It has no place of its own in the file.
            found[-len(found) - 1] = Preview(label, tag, None, None)
        elif tag.length >= SMALLEST:
            found[tag.offset] = Preview(label, tag, facts.metadata, facts.content)
    return tuple(each for each in found.values() if not each.is_broken)


def _label_of(tag: Tag) -> Text | None:
    if _in_xmp(tag):
        return next((label for keys, label in _WITHOUT_PLACE if keys.fullmatch(tag.key)), None)
    name = tag.definition.name
    return next((label for names, label in _LABELS if names.fullmatch(name)), None)


def _in_xmp(tag: Tag) -> bool:
    return tag.group.startswith("XMP")
