"""Canon: what a compact camera tells of the film that a picture was taken from."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mapy.explain import words
from mapy.makernotes.canon.records import record
from mapy.makernotes.note import Meanings
from mapy.tags.quicktime import duration

if TYPE_CHECKING:
    from mapy.makernotes.fields import Fields
    from mapy.makernotes.note import Note
    from mapy.model import Tag
    from mapy.tags.definition import Value

_NONE = 0xFFFF


def _unless_none(_note: Note, tag: Tag) -> Tag | None:
    return None if tag.raw == _NONE else tag


def _milliseconds(tag: Tag) -> Value:
    return float(tag.raw / 1000)


def _swapped(tag: Tag) -> Value:
    """Four letters, in the order of a number of 32 bits."""
    letters = tag.raw if tag.order == ">" else tag.raw[::-1]
    return str(letters.replace(b"\0", b"").decode("latin-1"))


@cache
def movie_info() -> Fields:
    """The layout of the record."""
    meanings = Meanings(
        convert={"Duration": _milliseconds, "VideoCodec": _swapped},
        say={"Duration": duration, "AudioBitrate": words.bit_rate},
        hooks={"FrameRate": _unless_none, "FrameCount": _unless_none},
    )
    return record("MovieInfo", "int16u", meanings)
