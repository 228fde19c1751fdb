"""What the blocks of a GIF tell (GIF 89a, sections 18 to 26; Netscape's loop extension)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain.numbers import binary
from mapy.records import sequence
from mapy.tags.definition import Definition, Value

if TYPE_CHECKING:
    from mapy.model import Tag


def _seconds(value: Value) -> Value:
    return f"{value:.2f} s" if isinstance(value, (int, float)) else value


def _hundredths(tag: Tag) -> Value:
    seconds = int(tag.raw) / 100
    return int(seconds) if seconds == int(seconds) else seconds


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

MIDI_CONTROL = sequence(
    "GIF",
    "<",
    ("B", Definition(0, "MIDIControlVersion")),
    ("B", Definition(1, "SequenceNumber")),
    ("B", Definition(2, "MelodicPolyphony")),
    ("B", Definition(3, "PercussivePolyphony")),
    ("H", Definition(4, "ChannelUsage", say=lambda value: f"0x{value:04x}")),
    ("H", Definition(6, "DelayTime", convert=_hundredths, say=lambda value: f"{value} s")),
)
"""The application extension `MIDICTRLJon`: how its song is to be played."""
