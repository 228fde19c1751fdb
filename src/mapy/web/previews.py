"""Pictures inside the page: the upload itself when it is small, and those hidden in it."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple

from mapy.web.listing import where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapy import Metadata, Tag
    from mapy.explain.facts import Content, Facts
    from mapy.explain.previews import Preview
    from mapy.text import Text

PREVIEW_BYTES = 48 * 1024
"""The largest file that the page carries along as its own preview. Where scripts run they show any,
from the browser's memory: a page need not send back what it was just sent."""
HIDDEN_BYTES = 32 * 1024
"""The largest hidden picture that the page carries along; likewise."""
ALL_HIDDEN_BYTES = 48 * 1024
THUMBNAIL_BYTES = 24 * 1024
"""The largest picture in the row of one of several."""
_TWICE = 24 * 1024
DRAWN_BY_BROWSERS = ("image/jpeg", "image/png", "image/webp")
JPEG_START = b"\xff\xd8\xff"


class Shown(NamedTuple):
    """A picture inside the page."""

    uri: str
    is_inner: bool = False
    """Whether it is the small one in the file, and not the picture itself."""

    @property
    def is_small(self) -> bool:
        """Whether it is the picture itself, and small enough to stand on the page twice."""
        return not self.is_inner and len(self.uri) <= _TWICE


class Cut(NamedTuple):
    """A picture that stands in the file as it is."""

    start: int
    end: int
    media_type: str


class Hidden(NamedTuple):
    """A picture beside the picture."""

    label: Text
    size: str
    where: str
    uri: str
    """Empty where it is too large for the page, or no kind that browsers draw."""
    differs: bool
    cut: Cut | None = None
    """Where scripts find it, if the page does not carry it."""


def shown_of(metadata: Metadata, content: bytes, limit: int) -> Shown | None:
    """The picture as the page can carry it: itself when small, else the one inside it."""
    if metadata.media_type in DRAWN_BY_BROWSERS and len(content) <= limit:
        return Shown(_data_uri(metadata.media_type, content))
    thumbnail = metadata.thumbnail
    if thumbnail is not None and thumbnail.startswith(JPEG_START) and len(thumbnail) <= limit:
        return Shown(_data_uri("image/jpeg", thumbnail), is_inner=True)
    return None


def hidden_in(facts: Facts, different: Iterable[Tag]) -> tuple[Hidden, ...]:
    """The pictures beside the picture; `different` are the tags of those that show another one."""
    marked = {id(tag) for tag in different}
    found = []
    left = ALL_HIDDEN_BYTES
    for preview in facts.previews:
        uri = _uri(preview, min(left, HIDDEN_BYTES))
        left -= len(uri)
        found.append(
            Hidden(
                preview.label,
                " × ".join(map(str, preview.size)) if preview.size else "",
                where(*preview.tag.span),
                uri,
                id(preview.tag) in marked,
                None if uri else _cut(preview, facts.content),
            )
        )
    return tuple(found)


def _uri(preview: Preview, limit: int) -> str:
    content = preview.content
    if content is None or len(content) > limit or preview.media_type not in DRAWN_BY_BROWSERS:
        return ""
    return _data_uri(preview.media_type, content)


def _cut(preview: Preview, file: Content | None) -> Cut | None:
    """Where it stands, if a browser that has the file can draw it from there."""
    start, length = preview.tag.span
    content = preview.content
    if content is None or file is None or preview.media_type not in DRAWN_BY_BROWSERS:
        return None
    is_there = len(content) == length and file[start : start + length] == content
    return Cut(start, start + length, preview.media_type) if is_there else None


def _data_uri(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{b64encode(content).decode()}"
