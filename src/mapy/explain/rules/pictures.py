"""Rules about what stands beside the picture: previews, films, depth, layers, pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.explain.copies import blocks_of
from mapy.explain.facts import number_of, said, shown, tag_names
from mapy.explain.finding import Subject, Weight
from mapy.explain.previews import PICTURES
from mapy.explain.rule import Rule, Sight
from mapy.explain.rules.history import first_size, is_cropped
from mapy.explain.seen import SMALLEST_SIDE, has_same_shape
from mapy.text import Number, Text, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.explain.facts import Facts
    from mapy.explain.previews import Preview

_DCF = (160, 120)
"""The size of every thumbnail by DCF 2.0, with black bars where the picture has another shape."""
_SENSORS = ((4, 3), (3, 2), (16, 9), (1, 1), (5, 4), (17, 9), (65, 24), (2, 1), (21, 9), (7, 6))
"""Shapes that cameras take pictures in."""
_SHAPE_ROUNDING = 0.03


def _other(facts: Facts) -> Iterator[Sight]:
    for preview in facts.previews:
        if facts.alike.get(preview.tag.offset) is False:
            yield Sight(
                Weight.HIGH,
                Text(
                    "A smaller picture in the file ({label}) shows something else than the"
                    " picture: an earlier state of it, or what was cut away or covered.",
                    {"label": preview.label},
                ),
                [preview.tag],
            )
            return


def _stale(facts: Facts) -> Iterator[Sight]:
    others = list(_other(facts))
    yield from others
    size = facts.size if not others else None
    if size is None or facts.metadata.media_type not in _SHOWN:
        return
    for preview in facts.previews:
        inner = preview.size
        if inner is None or min(inner) < SMALLEST_SIDE or min(size) < SMALLEST_SIDE:
            continue
        if has_same_shape(inner, size) or not _tells(facts, inner, size, preview):
            continue
        yield Sight(
            Weight.HIGH,
            Text(
                "A smaller picture in the file ({label}) has another shape than the picture:"
                " {small} pixels, the picture {size}. It was made before a crop, and may show what"
                " was cut away.",
                {
                    "label": preview.label,
                    "small": f"{inner[0]} × {inner[1]}",
                    "size": f"{size[0]} × {size[1]}",
                },
            ),
            [preview.tag],
        )
        return


_SHOWN = frozenset(
    {"image/jpeg", "image/webp", "image/png", "image/avif", "image/heic", "image/heif"}
)
"""Formats whose header has the size of the picture as it is shown; raw files have borders."""


def _tells(facts: Facts, inner: tuple[int, int], size: tuple[int, int], preview: Preview) -> bool:
    """Whether another shape means a crop: bars of 160 by 120, and a picture inside C2PA, do not."""
    if preview.tag.definition.name.startswith("C2PA"):
        return "Ingredient" not in preview.tag.definition.name
    if preview.tag.definition.name.startswith("MPImage"):
        return False  # other pictures in their own right: depth, gain, the other eye
    if inner not in (_DCF, _DCF[::-1]):
        return True
    told = first_size(facts)
    if told is not None and is_cropped(told, size):
        return True
    ratio = max(size) / min(size)
    return all(abs(ratio / (wide / high) - 1) > _SHAPE_ROUNDING for wide, high in _SENSORS)


def _older_thumbnail(facts: Facts) -> Iterator[Sight]:
    whole, small = facts.first("IFD0:ModifyDate"), facts.first("IFD1:ModifyDate")
    if whole and small and small < whole and facts.metadata.thumbnail is not None:
        yield Sight(
            Weight.LOOK,
            Text(
                "The thumbnail is older than the last change: it is of {small}, the picture was"
                " changed on {whole}.",
                {"small": shown(small), "whole": shown(whole)},
            ),
            [facts.metadata["IFD0:ModifyDate"], facts.metadata["IFD1:ModifyDate"]],
        )


_MADE_BEFORE = re.compile("before a blur|made from")


def _hidden(facts: Facts) -> Iterator[Sight]:
    previews = facts.previews
    if previews:
        labels = {str(each.label): each.label for each in previews}
        compared = sum(facts.alike.get(each.tag.offset, False) for each in previews)
        yield Sight(
            Weight.NOTE,
            Text(
                "Pictures beside the picture: {count} ({labels}).",
                {"count": len(previews), "labels": listed(list(labels.values()))},
            ),
            [each.tag for each in previews],
            _FORGOTTEN if compared == len(previews) else _NOT_COMPARED,
        )


_FORGOTTEN = Text("Programs that change a picture often forget them.")
_NOT_COMPARED = Text(
    "Programs that change a picture often forget them. Not all of them were compared with the"
    " picture here."
)


def _before(facts: Facts) -> Iterator[Sight]:
    tags = [each.tag for each in facts.previews if _MADE_BEFORE.search(str(each.label))]
    if tags:
        yield Sight(
            Weight.HIGH,
            Text("The file still holds an earlier picture, from before it was worked on."),
            tags,
        )


_MOTION = tag_names(
    r"MotionPhoto|MicroVideo|MicroVideoOffset|MotionPhotoOffset|EmbeddedVideo(File|Type)"
    r"|MotionPhotoVideo"
)
_FILM_ITEMS = tag_names("DirectoryItemMime")
_SOUND = tag_names(r"EmbeddedAudioFile(Name)?|AudioData|AudioStream|SoundFile")
_SOUND_ITEMS = tag_names("ExtensionDescription")


def _film(facts: Facts) -> Iterator[Sight]:
    tags = facts.matching(_MOTION)
    items = [tag for tag in facts.matching(_FILM_ITEMS) if "video/" in said(tag)]
    if tags or items:
        yield Sight(
            Weight.HIGH,
            Text("A short film with sound may be part of the file (a motion photo)."),
            [*tags, *items],
        )


def _sound(facts: Facts) -> Iterator[Sight]:
    tags = facts.matching(_SOUND)
    audio = [tag for tag in facts.matching(_SOUND_ITEMS) if "audio" in said(tag).lower()]
    if tags or audio:
        yield Sight(Weight.HIGH, Text("The file holds a recording of sound."), [*tags, *audio])


_DEPTH = re.compile(r"depth|disparity|auxid:2\b", re.IGNORECASE)
"""Kinds of auxiliary pictures of HEIF and AVIF: by Apple, and by ISO/IEC 23008-12."""


_AUXILIARY = tag_names("AuxiliaryImageType")
_ITEM_KINDS = tag_names("DirectoryItemSemantic")


def _depth(facts: Facts) -> Iterator[Sight]:
    tags = [tag for directory in facts.by_group.get("XMP-GDepth", ()) for tag in directory]
    auxiliary = [tag for tag in facts.matching(_AUXILIARY) if _DEPTH.search(said(tag))]
    items = [tag for tag in facts.matching(_ITEM_KINDS) if "Depth" in said(tag)]
    if tags or auxiliary or items:
        yield Sight(
            Weight.LOOK,
            Text("The file holds a map of how far away everything is."),
            [*tags[:1], *auxiliary, *items],
        )


_LAYER_TEXTS = tag_names("TextLayer(Text|Name)")
_LAYER_COUNT = tag_names("LayerCount")
_LAYER_TITLES = tag_names("LayerNames|LayerUnicodeNames")


def _layers(facts: Facts) -> Iterator[Sight]:
    texts = facts.matching(_LAYER_TEXTS)
    if texts:
        values = list(dict.fromkeys(map(said, texts)))
        yield Sight(
            Weight.LOOK,
            Text(
                "Texts of layers are in the file, also of hidden ones: “{value}”, in {blocks}.",
                {"value": shown("; ".join(values)), "blocks": blocks_of(texts)},
            ),
            texts,
        )
    count = facts.number("Photoshop:LayerCount")
    if count and count > 0:
        names = facts.matching(_LAYER_TITLES)
        yield Sight(
            Weight.LOOK,
            Text(
                "The picture has layers: {count}. What one hides, another shows.",
                {"count": Number(round(count), "d")},
            ),
            [facts.metadata["Photoshop:LayerCount"], *names],
        )


_PAGE = re.compile(r"IFD[1-9]\d*")
_PAGE_SHARE = 0.5
"""A page is no preview of the first if it is at least half as wide."""


def _pages(facts: Facts) -> Iterator[Sight]:
    if facts.metadata.media_type != "image/tiff":
        return
    pages = []
    first = facts.number("IFD0:ImageWidth") or 0
    for directory in facts.metadata.directories:
        if _PAGE.fullmatch(directory.name):
            names = {tag.definition.name: tag for tag in directory}
            kind = number_of(names["SubfileType"]) if "SubfileType" in names else 0
            width = number_of(names["ImageWidth"]) if "ImageWidth" in names else None
            if width and width >= _PAGE_SHARE * first and not int(kind or 0) & 1:
                pages.append(names["ImageWidth"])
    if pages:
        yield Sight(
            Weight.LOOK,
            Text(
                "The file has more pages than the first, which is all that most programs show:"
                " {count} more.",
                {"count": len(pages)},
            ),
            pages,
        )


RULES = (
    Rule(
        "picture.stale-preview",
        Subject.PICTURE,
        (Weight.HIGH,),
        "A thumbnail or preview of another shape than the picture, made before a crop; or, where"
        " Pillow is installed, one that shows something else. A mere resize is none, nor are the"
        " black bars of 160 × 120 thumbnails.",
        Text("What was cut away for a reason can still be seen in it."),
        _stale,
        names=(PICTURES,),
    ),
    Rule(
        "picture.earlier-version",
        Subject.PICTURE,
        (Weight.HIGH,),
        "The picture before a blur, or the pictures it was made from.",
        Text("What was blurred, covered or replaced can be seen in it."),
        _before,
        names=(PICTURES,),
    ),
    Rule(
        "picture.film",
        Subject.PICTURE,
        (Weight.HIGH,),
        "A film inside the file (motion photo).",
        Text("It shows the seconds around the picture, and voices can be heard."),
        _film,
        names=(_MOTION, _FILM_ITEMS),
    ),
    Rule(
        "picture.sound",
        Subject.PICTURE,
        (Weight.HIGH,),
        "A recording of sound inside the file.",
        Text("Voices and places can be recognised by it."),
        _sound,
        names=(_SOUND, _SOUND_ITEMS),
    ),
    Rule(
        "picture.older-thumbnail",
        Subject.PICTURE,
        (Weight.LOOK,),
        "A thumbnail with an older date than the picture.",
        Text("It may show the picture before the change."),
        _older_thumbnail,
    ),
    Rule(
        "picture.depth",
        Subject.PICTURE,
        (Weight.LOOK,),
        "A depth map.",
        Text("It tells shapes that a blur or a dark part hides."),
        _depth,
    ),
    Rule(
        "picture.layers",
        Subject.PICTURE,
        (Weight.LOOK,),
        "Layers of Photoshop and the texts on them.",
        Text("Layers keep what was covered; texts keep what was written and hidden."),
        _layers,
        Text(
            "Layers are part of the picture. Flatten it in an image editor, and clean the result."
        ),
        names=(_LAYER_TEXTS, _LAYER_COUNT),
    ),
    Rule(
        "picture.pages",
        Subject.PICTURE,
        (Weight.LOOK,),
        "Further pages of a TIFF file.",
        Text("They are published along with the first one."),
        _pages,
        Text("Pages are pictures of their own. Save the one you need as a file, and clean that."),
    ),
    Rule(
        "picture.previews",
        Subject.PICTURE,
        (Weight.NOTE,),
        "All smaller and further pictures in the file.",
        _FORGOTTEN,
        _hidden,
        names=(PICTURES,),
    ),
)
