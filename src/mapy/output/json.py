"""The JSON of `mapy show --json`, of the API and of the page: one object a file, keys `Group:Tag`.

Groups and names are those of ExifTool's family 1 (`exiftool -j -a -G1`), so that what was written
for its output reads ours.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING

from mapy.tiff_types import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapy.model import Metadata, Tag
    from mapy.tags.definition import Value

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,16})?")
"""A text that is written as a number; not one with leading zeros, such as a version."""


_COMMENT = "File:Comment"
_CLAIMS = {"True": True, "true": True, "False": False, "false": False}


def selected(
    metadata: Iterable[Tag], group: str | None = None, tag: str | None = None
) -> list[Tag]:
    """The known tags, of one group and one name where given; letter case does not matter."""
    found = [each for each in metadata if each.definition.is_known]
    if group:
        group = group.casefold()
        found = [each for each in found if each.group.casefold() == group]
    if tag:
        name = tag.casefold()
        found = [each for each in found if name in (each.name.casefold(), each.key.casefold())]
    return found


def as_object(
    name: str,
    metadata: Metadata,
    *,
    is_numeric: bool = False,
    group: str | None = None,
    tag: str | None = None,
) -> dict[str, Value]:
    """The object of one file. Of several tags of one key the last counts, as in ExifTool's JSON.

    Of a property of XMP that is repeated, and of a file's comments, it is the first.

    One that tells of something embedded counts only if there is no other.
    """
    found: dict[str, Value] = {"SourceFile": name}
    embedded: dict[str, Value] = {}
    for directory in metadata.directories:
        values: dict[str, Value] = {} if directory.is_embedded else found
        is_xmp = directory.name.startswith("XMP")
        for each in selected(directory, group, tag):
            if (is_xmp or each.key == _COMMENT) and each.key in values:
                continue
            values[each.key] = as_json(each.machine if is_numeric else each.readable)
        if directory.is_embedded:
            for key, value in values.items():
                embedded.setdefault(key, value)
    for key, value in embedded.items():
        found.setdefault(key, value)
    return found


def as_error(name: str, message: str, hint: str) -> dict[str, Value]:
    """The object of a file that could not be read: why, and what to do next."""
    return {"SourceFile": name, "Error": f"{message} {hint}".rstrip()}


def as_json(value: Value) -> Value:
    """A value as JSON has it: texts that are numbers as numbers, floats with 15 digits."""
    if isinstance(value, str):
        return _as_number(value)
    if isinstance(value, float):
        return float(f"{value:.15g}") if math.isfinite(value) else number_text(value)
    if isinstance(value, list):
        return [as_json(each) for each in value]
    return value


def _as_number(text: str) -> Value:
    """The number that a text is, if no digit of it is lost."""
    if text in _CLAIMS:
        return _CLAIMS[text]
    if not text or len(text) > 32 or not _NUMBER.fullmatch(text):  # noqa: PLR2004 - longer ones are none
        return text
    if "." not in text:
        return int(text)
    number = float(text)
    return number if str(number) == text else text


def dumps(found: Mapping[str, object]) -> str:
    """One file's object as text, a key a line."""
    return json.dumps(found, ensure_ascii=False, indent=2)
