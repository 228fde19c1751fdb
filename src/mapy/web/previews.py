"""Pictures inside the page: the upload itself when it is small, and those hidden in it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapy.web.listing import where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapy import Metadata, Tag
    from mapy.explain.facts import Facts
    from mapy.explain.previews import Preview
    from mapy.text import Text

PREVIEW_BYTES = 512 * 1024
"""The largest file that the page carries along as its own preview."""
HIDDEN_BYTES = 96 * 1024
"""The largest hidden picture that the page carries along."""
ALL_HIDDEN_BYTES = 384 * 1024
THUMBNAIL_BYTES = 24 * 1024
"""The largest picture in the row of one of several."""
_TWICE = 96 * 1024
DRAWN_BY_BROWSERS = ("image/jpeg", "image/png", "image/webp")
JPEG_START = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture inside the page."""

    uri: str
    is_inner: bool = False
    """Whether it is the small one in the file, and not the picture itself."""

    @property
    def is_small(self) -> bool:
        """Whether it is the picture itself, and small enough to stand on the page twice."""
        return not self.is_inner and len(self.uri) <= _TWICE


@dataclass(frozen=True, slots=True)
class Hidden:
    """A picture beside the picture."""

    label: Text
    size: str
    where: str
    uri: str
    """Empty where it is too large for the page, or no kind that browsers draw."""
    differs: bool


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
            )
        )
    return tuple(found)


def _uri(preview: Preview, limit: int) -> str:
    content = preview.content
    if content is None or len(content) > limit or preview.media_type not in DRAWN_BY_BROWSERS:
        return ""
    return _data_uri(preview.media_type, content)


def _data_uri(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{b64encode(content).decode()}"
