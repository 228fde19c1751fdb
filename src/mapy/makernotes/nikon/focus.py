"""Nikon's newer focus record (0x00B7): its layout depends on version, method and schema.

The points are bits of a mask; bit n is the point that the table of primary points calls n + 1.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mapy.makernotes.fields import Fields
from mapy.makernotes.nikon import values
from mapy.makernotes.nikon.records import add, record
from mapy.records import Field
from mapy.tags import makers
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from mapy.makernotes.note import Note, Piece
    from mapy.model import Tag
    from mapy.tags.definition import Formatter, Names, Value

_PHASE, _CONTRAST = 0, 1
_METHODS: Names = {0: "Phase Detect", 1: "Contrast Detect", 2: "Hybrid"}
_SCHEMAS: Names = {
    0: "Off", 1: "51-point", 2: "11-point", 3: "39-point", 4: "73-point", 5: "5",
    6: "105-point", 7: "153-point", 8: "81-point", 9: "105-point",
}  # fmt: skip
_YES: Names = {0: "No", 1: "Yes"}


class Points(NamedTuple):
    """How a schema writes its points."""

    size: int
    """Bytes of the mask."""
    names: tuple[str, str, int] = ("", "", 0)
    """The row that names the primary point: the version of its table, place and variant."""


_POINTS = {
    0: Points(2, ("0100", "7", 0)),
    1: Points(7, ("0100", "7", 0)),
    2: Points(2, ("0100", "7", 1)),
    3: Points(5, ("0100", "7", 2)),
    4: Points(17, ("0200", "7", 0)),
    5: Points(21, ("0200", "7", 1)),
    6: Points(29, ("0200", "7", 2)),
    7: Points(20, ("0101", "68", 2)),
    8: Points(11, ("0300", "56", 1)),
    9: Points(14, ("0300", "56", 2)),
}
_UNKNOWN = Points(7)
_CENTRE = " (Center)"
_Z9_COLUMNS, _Z9_ROWS = 29, 17
_TRACKED = frozenset({197, 207})
"""Area modes in which the camera picks the points: it tells which."""


def _names(points: Points) -> Names:
    version, place, variant = points.names
    if not version:
        return {}
    for row in makers.section("nikon", f"AFInfo2V{version}").rows:
        if (row.id, row.variant) == (place, variant):
            return row.names or {}
    return {}


def _listed(names: Names) -> Formatter:
    """The points of a mask."""

    def say(value: Value) -> Value:
        if isinstance(value, int):
            bits = value
        else:
            bits = int.from_bytes(bytes.fromhex(str(value)), "little")
        found = [
            str(names.get(place + 1, f"[{place}]")).removesuffix(_CENTRE)
            for place in range(bits.bit_length())
            if bits >> place & 1
        ]
        return ", ".join(sorted(found)) if isinstance(value, str) else ", ".join(found) or "(none)"

    return say


def _said(names: Names) -> Formatter:
    listed = _listed(names)
    return lambda value: listed(value) or "(none)"


def _field(
    name: str, at: int, kind: str = "int8u", names: Names | None = None, *, size: int = 1
) -> Field:
    return Field(at, kind, Definition(at, name, names), size)


def _mask(name: str, at: int, points: Points) -> Field:
    names = _names(points)
    if points.size == 2:  # noqa: PLR2004 - a number
        definition = Definition(at, name, None, values.little_number, _said(names))
        return Field(at, "undef", definition, points.size)
    definition = Definition(at, name, None, values.hex_bytes, _said(names))
    return Field(at, "undef", definition, points.size)


def _area(at: int, *, with_place: bool = True) -> list[Field]:
    """Sizes of the picture and the area, in pixels."""
    names = ["AFImageWidth", "AFImageHeight", "AFAreaXPosition", "AFAreaYPosition"]
    names += ["AFAreaWidth", "AFAreaHeight"]
    return [
        _field(name, at + 2 * place, "int16u")
        for place, name in enumerate(names)
        if with_place or "Position" not in name
    ]


def _head(area_modes: Names | None) -> list[Field]:
    version = Field(0, "undef", Definition(0, "AFInfo2Version", None, values.version), 4)
    return [
        version,
        _field("AFDetectionMethod", 4, names=_METHODS),
        _field("AFAreaMode", 5, names=area_modes),
    ]


def _area_modes(section: str, variant: int) -> Names | None:
    rows = makers.section("nikon", section).rows
    return next((row.names for row in rows if (row.id, row.variant) == ("5", variant)), None)


@cache
def _layout(version: str, method: int, schema: int) -> Fields:
    """The layout of a record; versions, methods and schemas are few."""
    points = _POINTS.get(schema, _UNKNOWN)
    modes = "AFInfo2V0200" if version == "02" else "AFInfo2V0100"
    found = _head(_area_modes(modes, 0 if method == _PHASE or version == "02" else 1))
    found.append(_field("FocusPointSchema", 6, names=_SCHEMAS))
    primary = _names(points)
    if version == "03":
        if schema in (1, 8):
            found.append(_field("PrimaryAFPoint", 8, names=primary))
        if schema in (1, 8, 9):
            found.append(_mask("AFPointsUsed", 10, points))
        found += _area(42, with_place=method > _CONTRAST)
        if schema == 9:  # noqa: PLR2004 - 105 points
            found.append(_field("PrimaryAFPoint", 56, names=primary))
    elif version == "0101":
        found.append(_mask("AFPointsUsed", 8, points))
        if schema == 7:  # noqa: PLR2004 - 153 points
            found.append(_mask("AFPointsInFocus", 48, points))
        found.append(_field("PrimaryAFPoint", 68, names=primary))
        if method == _CONTRAST:
            found += [*_area(70), _field("ContrastDetectAFInFocus", 82, names=_YES)]
    else:
        found.append(_field("PrimaryAFPoint", 7, names=primary))
        found.append(_mask("AFPointsUsed", 8, points))
        if version == "0100" and method == _CONTRAST:
            found += [*_area(16), _field("ContrastDetectAFInFocus", 28, names=_YES)]
    return Fields("Nikon", found, {})


@cache
def _z9_layout(*, is_tracked: bool) -> Fields:
    found = _head(_area_modes("AFInfo2V0400", 0))
    found.append(_field("AFCoordinatesAvailable", 7, names=_YES))
    if is_tracked:
        definition = Definition(10, "AFPointsUsed", None, values.hex_bytes, _said({}))
        found.append(Field(10, "undef", definition, 51))
    width, height, across, down, *sizes = _area(62)
    columns = Definition(67, "FocusPositionHorizontal", None, None, _steps(15, "L", "R"))
    rows = Definition(69, "FocusPositionVertical", None, None, _steps(9, "U", "D"))
    found += [width, height, across]
    found += [Field(across.offset, "int16u", columns), down]
    found += [Field(down.offset, "int16u", rows), *sizes]
    found.append(_field("FocusResult", 74, names={0: "Out of Focus", 1: "Focus"}))
    hooks = {
        "AFImageWidth": _keep,
        "AFImageHeight": _keep,
        "FocusPositionHorizontal": _column,
        "FocusPositionVertical": _row,
    }
    return Fields("Nikon", found, hooks)


def _keep(note: Note, tag: Tag) -> Tag:
    note.seen[tag.name] = tag.raw
    return tag


def _column(note: Note, tag: Tag) -> Tag | None:
    """The column of the focus point, from its place in the picture."""
    width = note.seen.get("AFImageWidth", 0)
    return tag._replace(raw=_Z9_COLUMNS * tag.raw // width + 1) if width and tag.raw else None


def _row(note: Note, tag: Tag) -> Tag | None:
    """The row of the focus point."""
    height = note.seen.get("AFImageHeight", 0)
    return tag._replace(raw=_Z9_ROWS * tag.raw // height + 1) if height and tag.raw else None


def _steps(centre: int, before: str, behind: str) -> Formatter:
    """Steps from the centre."""

    def say(value: Value) -> Value:
        steps = int(values.number(value)) - centre
        if not steps:
            return "C"
        word = "of" if before == "L" else "from"
        return f"{abs(steps)}{before if steps < 0 else behind} {word} Center"

    return say


def focus_points(note: Note, piece: Piece) -> None:
    """Read the older record (0x0088): single-lens reflex cameras write it big-endian always."""
    order = ">" if note.model.startswith("NIKON D") else piece.order
    add(note, piece.entry.id, record("AFInfo"), piece.view, order)


_VERSIONS = ("0100", "0101")
_HEAD = 8


def focus_info(note: Note, piece: Piece) -> None:
    """Read the record."""
    view = piece.view
    if not view.has(0, _HEAD):
        return
    head = view.take(0, _HEAD)
    version, method, mode, schema = head[:4].decode("latin-1"), head[4], head[5], head[6]
    if version.startswith("04"):
        layout = _z9_layout(is_tracked=mode in _TRACKED)
    else:
        known = version if version in _VERSIONS else version[:2]
        known = known if known in (*_VERSIONS, "02", "03") else ""
        layout = _layout(known, min(method, 2), schema if schema in _POINTS else -1)
    add(note, piece.entry.id, layout, view, piece.order)
