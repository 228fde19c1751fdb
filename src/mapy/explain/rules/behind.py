"""Rules about data that no viewer shows: behind the end of the picture, and inside its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain.ending import end_of, end_of_tiff
from mapy.explain.finding import Subject, Weight
from mapy.explain.png_stream import hidden_in
from mapy.explain.rule import Rule, Sight
from mapy.text import Number, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.explain.facts import Facts

_TRAILERS = frozenset(
    {
        *("afcp", "canon-vrd", "insta360", "mie", "nikon-app", "one-plus", "samsung-index"),
        *("samsung-trailer", "soft-edit", "vivo"),
    }
)
"""Kinds of blocks that stand behind a picture."""
_MOST_FILLING = 16
"""Bytes behind the picture that are no content: programs round sizes up."""


def _behind(facts: Facts) -> Iterator[Sight]:
    names = sorted({b.name for b in facts.metadata.blocks if b.kind in _TRAILERS})
    end = _end(facts)
    if end is None or facts.content is None:
        if names:
            what = Text(
                "Behind the picture the file goes on, with data of {names}.",
                {"names": ", ".join(names)},
            )
            yield Sight(Weight.LOOK, what)
        return
    known = [each.tag for each in facts.previews if each.tag.offset >= end]
    rest = len(facts.content) - end
    is_told = rest - sum(tag.length for tag in known) <= _ALIGNMENT * len(known)
    if rest <= _MOST_FILLING or is_told or _is_blank(facts.content[end : end + _LOOKED_AT]):
        return
    values: dict[str, object] = {"bytes": Number(rest, "d"), "start": end}
    what = (
        Text(
            "Behind the picture's end {bytes} more bytes follow, among them data of {names}.",
            {**values, "names": ", ".join(names)},
        )
        if names
        else Text("Behind the picture's end, at byte {start}, {bytes} more bytes follow.", values)
    )
    yield Sight(Weight.LOOK, what, known)


def _end(facts: Facts) -> int | None:
    """Where the picture ends, if the file's content is at hand."""
    if facts.content is None:
        return None
    if facts.metadata.media_type == "image/tiff":
        return end_of_tiff(facts.metadata)
    return end_of(facts.content)


def _inside(facts: Facts) -> Iterator[Sight]:
    """What stands in the data of a PNG, and is none of its pixels."""
    if facts.content is None or facts.metadata.format not in ("PNG", "APNG"):
        return
    hidden = hidden_in(facts.content)
    if hidden.has_more:
        yield Sight(
            Weight.LOOK,
            Text("The compressed data of the picture hold more than its pixels."),
        )
    elif hidden.size:
        yield Sight(
            Weight.LOOK,
            Text(
                "Among the data of the picture, behind the end of its pixels, {bytes} more bytes"
                " are hidden.",
                {"bytes": Number(hidden.size, "d")},
            ),
        )


def _is_blank(content: bytes | bytearray) -> bool:
    return not content.strip(b"\0\xff \r\n")


_LOOKED_AT = 4096
_ALIGNMENT = 65_536
"""Bytes between the pictures behind the picture."""


RULES = (
    Rule(
        "picture.behind",
        Subject.PICTURE,
        (Weight.LOOK,),
        "Data behind the end of the picture.",
        Text("No viewer shows it, but it is published along: a film, a second file, anything."),
        _behind,
    ),
    Rule(
        "picture.inside",
        Subject.PICTURE,
        (Weight.LOOK,),
        "Data inside the compressed pixels of a PNG that no viewer shows.",
        Text("It may be what was cut away, or anything else that someone hid there."),
        _inside,
    ),
)
