"""What the headers of WebP tell (RFC 9649), under the group name RIFF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from mapy.tags.definition import Value

_FLAGS = ((2, "Animation"), (4, "XMP"), (8, "EXIF"), (16, "Alpha"), (32, "ICC Profile"))


def _flags(value: Value) -> Value:
    if not isinstance(value, int):
        return value
    return ", ".join(word for bit, word in _FLAGS if value & bit) or "(none)"


def _loops(value: Value) -> Value:
    return "inf" if value == 0 else value


def _seconds(value: Value) -> Value:
    return f"{value} s"


DEFINITIONS = {
    definition.name: definition
    for definition in (
        Definition("WebP_Flags", "WebP_Flags", say=_flags),
        Definition("ImageWidth", "ImageWidth"),
        Definition("ImageHeight", "ImageHeight"),
        Definition(
            "VP8Version",
            "VP8Version",
            {
                0: "0 (bicubic reconstruction, normal loop)",
                1: "1 (bilinear reconstruction, simple loop)",
                2: "2 (bilinear reconstruction, no loop)",
                3: "3 (no reconstruction, no loop)",
            },
        ),
        Definition("HorizontalScale", "HorizontalScale"),
        Definition("VerticalScale", "VerticalScale"),
        Definition("AlphaIsUsed", "AlphaIsUsed", {0: "No", 1: "Yes"}),
        Definition("BackgroundColor", "BackgroundColor"),
        Definition("AnimationLoopCount", "AnimationLoopCount", say=_loops),
        Definition("Duration", "Duration", say=_seconds),
        Definition("AlphaPreprocessing", "AlphaPreprocessing", {0: "none", 1: "Level Reduction"}),
        Definition(
            "AlphaFiltering",
            "AlphaFiltering",
            {0: "none", 1: "Horizontal", 2: "Vertical", 3: "Gradient"},
        ),
        Definition("AlphaCompression", "AlphaCompression", {0: "none", 1: "Lossless"}),
    )
}
