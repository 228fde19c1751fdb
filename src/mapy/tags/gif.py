"""What the blocks of a GIF tell (GIF 89a, sections 18 to 26; Netscape's loop extension)."""

from __future__ import annotations

from mapy.explain.numbers import binary
from mapy.tags.definition import Definition, Value


def _seconds(value: Value) -> Value:
    return f"{value:.2f} s" if isinstance(value, (int, float)) else value


def _loops(value: Value) -> Value:
    return value or "Infinite"


GIF = {
    definition.name: definition
    for definition in (
        Definition("GIFVersion", "GIFVersion"),
        Definition("ImageWidth", "ImageWidth"),
        Definition("ImageHeight", "ImageHeight"),
        Definition("HasColorMap", "HasColorMap", {0: "No", 1: "Yes"}),
        Definition("ColorResolutionDepth", "ColorResolutionDepth"),
        Definition("BitsPerPixel", "BitsPerPixel"),
        Definition("BackgroundColor", "BackgroundColor"),
        Definition("PixelAspectRatio", "PixelAspectRatio"),
        Definition("AnimationIterations", "AnimationIterations", say=_loops),
        Definition("TransparentColor", "TransparentColor"),
        Definition("Text", "Text"),
        Definition("MIDISong", "MIDISong", None, binary),
        Definition("FrameCount", "FrameCount"),
        Definition("Duration", "Duration", say=_seconds),
    )
}
