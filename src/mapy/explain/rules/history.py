"""Rules about the history: which software, which steps, which other files it belongs to."""

from __future__ import annotations

from datetime import timedelta
import re
from typing import TYPE_CHECKING

from mapy.explain.clock import Role, day_text, first_of, moment_text, span_text
from mapy.explain.copies import blocks_of
from mapy.explain.facts import said, shown, tag_names
from mapy.explain.finding import Subject, Weight
from mapy.explain.rule import GONE, REMOVALS, Rule, Sight
from mapy.explain.timeline import Standing
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.explain.facts import Facts

_MOST = 5
_SOFTWARE = tag_names(
    r"Software|ProcessingSoftware|Creator[Tt]ool|HistorySoftwareAgent|OriginatingProgram"
    r"|CaptureSoftware|StitchingSoftware|(Meta|Raw|Image)\w*EditingSoftware"
    r"|PreviewApplicationName|WriterName|ReaderName|CreatorSoftware|SlicerSoftware|Generator"
    r"|Application"
    r"|XMPToolkit"
)
_TOOLKIT = "XMPToolkit"


def _software(facts: Facts) -> Iterator[Sight]:
    tags = facts.matching(_SOFTWARE)
    named = [tag for tag in tags if tag.definition.name != _TOOLKIT] or tags
    names = [name for tag in named for name in said(tag).split(", ")]
    values = list(dict.fromkeys(name for name in names if any(map(str.isalpha, name))))
    if values:
        yield Sight(
            Weight.NOTE,
            Text(
                "Software that wrote or changed it is named: {names}.",
                {"names": shown(", ".join(values[:_MOST]))},
            ),
            tags,
        )


def _steps(facts: Facts) -> Iterator[Sight]:
    steps = [
        entry
        for entry in facts.timeline
        if entry.evidence
        and (
            entry.standing is not Standing.CLAIMED
            or entry.evidence[0].definition.name in ("HistoryAction", "History")
        )
    ]
    if not steps:
        return
    tags = [tag for entry in steps for tag in entry.evidence]
    dated = sorted({day_text(entry.when) for entry in steps if entry.when is not None})
    values: dict[str, object] = {"count": len(steps), "blocks": blocks_of(tags)}
    if dated:
        values |= {"first": dated[0], "last": dated[-1]}
        what = (
            Text("The file tells how it was worked on, on {first}. Steps: {count}.", values)
            if len(dated) == 1
            else Text(
                "The file tells how it was worked on, from {first} to {last}. Steps: {count}.",
                values,
            )
        )
    else:
        what = Text("The file tells how it was worked on. Steps: {count}.", values)
    yield Sight(Weight.LOOK, what, tags)


_IDS = tag_names(
    r"(Original)?DocumentID|InstanceID|DerivedFrom(Original)?(Document|Instance)ID"
    r"|IngredientsDocumentID|DocumentAncestors|HistoryInstanceID|VersionID|RenditionOf\w*ID"
)


def _documents(facts: Facts) -> Iterator[Sight]:
    tags = [tag for tag in facts.matching(_IDS) if tag.group.startswith(("XMP", "CBOR"))]
    if tags:
        yield Sight(
            Weight.LOOK,
            Text(
                "Numbers link this file to the document it was made from and to its other versions."
                " Such tags: {count}, in {blocks}.",
                {"count": len(tags), "blocks": blocks_of(tags)},
            ),
            tags,
        )


_INSTRUCTIONS = tag_names("SpecialInstructions")
_REFERENCE = tag_names("OriginalTransmissionReference")
_FACEBOOK = re.compile(r"FBMD[0-9a-f]{10}", re.IGNORECASE)


def _platform(facts: Facts) -> Iterator[Sight]:
    tags = [tag for tag in facts.matching(_INSTRUCTIONS) if _FACEBOOK.match(said(tag))]
    if tags:
        yield Sight(
            Weight.LOOK,
            Text(
                "The picture went through Facebook or Instagram, which left a mark: {value}.",
                {"value": shown(said(tags[0]), 24)},
            ),
            [*tags, *facts.matching(_REFERENCE)],
        )


_LATER = timedelta(hours=24)


def _saved_later(facts: Facts) -> Iterator[Sight]:
    taken, modified = first_of(facts, Role.TAKEN), first_of(facts, Role.MODIFIED)
    if taken is None or modified is None:
        return
    gap = modified.local - taken.local
    if gap > _LATER:
        yield Sight(
            Weight.NOTE,
            Text(
                "It was saved again on {moment}, {span} after it was taken.",
                {"moment": moment_text(modified.local), "span": span_text(gap)},
            ),
            (*taken.evidence, *modified.evidence),
        )


_RECIPES_BEGIN = ("XMP", "CanonVRD", "NikonCapture")
_RECIPES = re.compile(r"XMP-(crs|crd|darktable|lr-dev|acdsee-rs)|CanonVRD|NikonCapture")


def _recipe(facts: Facts) -> Iterator[Sight]:
    tags = [
        tag
        for group, directories in facts.by_group.items()
        if group.startswith(_RECIPES_BEGIN) and _RECIPES.fullmatch(group)
        for directory in directories
        for tag in directory
    ]
    if tags:
        yield Sight(
            Weight.NOTE,
            Text(
                "The settings of its development are in the file. Such tags: {count}, in {blocks}.",
                {"count": len(tags), "blocks": blocks_of(tags)},
            ),
            tags,
        )


_DIMENSIONS = (
    ("ExifIFD:ExifImageWidth", "ExifIFD:ExifImageHeight"),
    ("XMP-exif:ExifImageWidth", "XMP-exif:ExifImageHeight"),
)
_DIMENSION_NAMES = tag_names("ExifImage(Width|Height)")
_ROUNDING = 0.01
_SMALLEST = 16


def first_size(facts: Facts) -> tuple[int, int] | None:
    """The size that EXIF says the picture has, where that is another than it has; else None."""
    size = facts.size
    if size is None or facts.metadata.media_type not in _ENCODED:
        return None
    for keys in _DIMENSIONS:
        width, height = facts.number(keys[0]), facts.number(keys[1])
        if width and height and min(width, height) >= _SMALLEST:
            told = int(width), int(height)
            return told if told not in (size, size[::-1]) else None
    return None


_ENCODED = frozenset({"image/jpeg", "image/webp", "image/png", "image/avif", "image/heic"})
"""Formats whose own header has the picture's size, and which are not the camera's raw file."""


def is_cropped(told: tuple[int, int], size: tuple[int, int]) -> bool:
    """Whether another shape, and not a mere resize, made one size of the other."""
    ratio, other = told[0] / told[1], size[0] / size[1]
    turned = 1 / other
    return min(abs(ratio / other - 1), abs(ratio / turned - 1)) > max(
        _ROUNDING, 2 / min(size), 2 / min(told)
    )


def _resized(facts: Facts) -> Iterator[Sight]:
    told, size = first_size(facts), facts.size
    if told is None or size is None:
        return
    tags = [
        tag for keys in _DIMENSIONS for key in keys if (tag := facts.metadata.get(key)) is not None
    ]
    values = {
        "before": f"{told[0]} × {told[1]}",
        "now": f"{size[0]} × {size[1]}",
    }
    if is_cropped(told, size):
        yield Sight(
            Weight.LOOK,
            Text(
                "The picture was cropped: by its own word it has {before} pixels, but it has"
                " {now}, which is another shape.",
                values,
            ),
            tags,
        )
    else:
        yield Sight(
            Weight.NOTE,
            Text("The picture was resized: from {before} pixels to {now}.", values),
            tags,
        )


RULES = (
    Rule(
        "history.steps",
        Subject.HISTORY,
        (Weight.LOOK,),
        "Steps of editing: XMP's history, Photoshop's log, the actions of Content Credentials.",
        Text("It tells who worked on it with what and when, and what it was before."),
        _steps,
    ),
    Rule(
        "history.documents",
        Subject.HISTORY,
        (Weight.LOOK,),
        "Numbers of documents and versions (InstanceID, OriginalDocumentID, DerivedFrom).",
        Text("Two files with the same number come from one document, whatever they show."),
        _documents,
        names=(_IDS,),
    ),
    Rule(
        "history.platform",
        Subject.HISTORY,
        (Weight.LOOK,),
        "The mark that Facebook and Instagram leave in pictures.",
        Text("The platform can tell from it which upload the picture comes from."),
        _platform,
        names=(_INSTRUCTIONS,),
    ),
    Rule(
        "history.size",
        Subject.HISTORY,
        (Weight.LOOK, Weight.NOTE),
        "The size that EXIF names against the size of the picture: cropped, or only resized.",
        Text("Someone changed it after it was taken; a preview may still show all of it."),
        _resized,
        GONE,
        names=(_DIMENSION_NAMES,),
    ),
    Rule(
        "history.software",
        Subject.HISTORY,
        (Weight.NOTE,),
        "Programs that the file names.",
        Text("It tells which computer and which programs you use."),
        _software,
        names=(_SOFTWARE,),
    ),
    Rule(
        "history.saved-later",
        Subject.HISTORY,
        (Weight.NOTE,),
        "A last change more than a day after the picture was taken.",
        Text("It was opened and saved again, so it may have been changed."),
        _saved_later,
        REMOVALS[Subject.TIME],
    ),
    Rule(
        "history.recipe",
        Subject.HISTORY,
        (Weight.NOTE,),
        "Settings of raw converters (Lightroom, Camera Raw, darktable, Canon, Nikon).",
        Text("It tells what was done to the picture, in detail."),
        _recipe,
    ),
)
