"""Canon's settings of the picture styles, which lie in `CameraInfo`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mapy.makernotes.canon import codes
from mapy.makernotes.canon.records import record
from mapy.makernotes.note import Meanings
from mapy.tags.makers import section

if TYPE_CHECKING:
    from mapy.makernotes.fields import Fields

_NUMBERS = ("Contrast", "Sharpness", "Saturation", "ColorTone")


@cache
def picture_styles(name: str) -> Fields:
    """The record of the styles: `PSInfo`, or `PSInfo2` of cameras that have the style "Auto"."""
    settings = [row.name for row in section("canon", name).rows if row.name.startswith(_NUMBERS)]
    return record(name, "int8u", Meanings(say=dict.fromkeys(settings, codes.as_it_is)))
