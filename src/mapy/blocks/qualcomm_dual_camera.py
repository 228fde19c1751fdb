"""What phones of Nokia write into APP4 of a JPEG about their cameras: lines of `name = value`."""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING

from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tags.makers import section
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_GROUP = "Qualcomm"
_SMALL_FIRST = re.compile(r"(?:^|(?<=[^A-Za-z]))[a-z]")
_NOT_OF_NAMES = re.compile(r"[^-0-9A-Z_a-z]")


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the lines behind the signature: one directory."""
    tags: list[Tag] = []
    at = view.start
    for line in view.take(0, len(view)).split(b"\n"):
        name, mark, value = line.decode("utf-8", "replace").partition("=")
        if mark:
            reading.budget.spend("datasets")
            definition = _definition(name.strip(" \0\r\t"))
            tags.append(Tag(_GROUP, definition, PLAIN, 1, value.lstrip(), at, len(line)))
        at += len(line) + 1
    reading.add(_GROUP, tags, view.span(0, len(view)))


def _definition(name: str) -> Definition:
    """What is called so; a name that no table has is made of its words."""
    known = _names().get(name)
    if known is not None:
        return Definition(name, known)
    made = _SMALL_FIRST.sub(lambda found: found[0].upper(), name)
    made = _NOT_OF_NAMES.sub("", made)
    return Definition(name, made if made[:1].isalpha() else f"Tag{made}")


@cache
def _names() -> dict[str, str]:
    return {row.id: row.name for row in section("qualcomm", "DualCamera").rows}
