"""Nikon's newer focus record (0x00B7): its layout depends on version, method and schema.

The points are bits of a mask; bit n is the point that the table of primary points calls n + 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping  # noqa: TC003 - compiled, annotations are looked up
from functools import lru_cache
import re
from typing import TYPE_CHECKING, NamedTuple

from mapy.makernotes.fields import Fields
from mapy.makernotes.nikon import values
from mapy.makernotes.nikon.records import add, record
from mapy.records import Field
from mapy.tags import makers
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from mapy.makernotes.note import Hook, Note, Piece
    from mapy.model import Tag
    from mapy.tags.definition import Formatter, Names, Value

_PHASE, _CONTRAST = 0, 1
_METHODS: Names = {0: "Phase Detect", 1: "Contrast Detect", 2: "Hybrid"}
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
_CENTRE = " (Center)"


def _names(points: Points) -> Names:
    version, place, variant = points.names
    if not version:
        return {}
    for row in makers.section("nikon", f"AFInfo2V{version}").rows:
        if (row.id, row.variant) == (place, variant):
            return row.names or {}
    return {}


def _listed(names: Names) -> Formatter:
    """The points of a mask: of a number in the order of its bits, of bytes row by row."""

    def say(value: Value) -> Value:
        if isinstance(value, int):
            found = [
                names.get(bit + 1, f"[{bit}]")
                for bit in range(value.bit_length())
                if value >> bit & 1
            ]
            return ", ".join(name.removesuffix(_CENTRE) for name in found)
        bits = int.from_bytes(bytes.fromhex(str(value)), "little")
        named = [names.get(bit + 1) for bit in range(bits.bit_length()) if bits >> bit & 1]
        return ",".join(sorted((name.removesuffix(_CENTRE) for name in named if name), key=_row))

    return say


def _row(name: str) -> tuple[str, int]:
    """Letter and number of a point."""
    return name[:1], int(name[1:]) if name[1:].isdigit() else 0


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


def _number(name: str, at: int, section: str, variant: int = 0) -> Field:
    """A number with the words that a section has for it."""
    rows = makers.section("nikon", section).rows
    names = next((row.names for row in rows if (row.id, row.variant) == (str(at), variant)), None)
    return _field(name, at, names=names)


def _size(at: int) -> list[Field]:
    """Sizes of the picture and of the area, in pixels, the area's place between them."""
    names = ("AFImageWidth", "AFImageHeight", "", "", "AFAreaWidth", "AFAreaHeight")
    return [_field(name, at + 2 * place, "int16u") for place, name in enumerate(names) if name]


def _place(at: int) -> list[Field]:
    """Where the area lies in the picture."""
    return [
        _field("AFAreaXPosition", at, "int16u"),
        _field("AFAreaYPosition", at + 2, "int16u"),
    ]


_VERSION = Field(0, "undef", Definition(0, "AFInfo2Version", None, values.version), 4)
_METHOD = _field("AFDetectionMethod", 4, names=_METHODS)
_IN_FOCUS = "ContrastDetectAFInFocus"
_GROUP_MODES = frozenset({8, 9, 13})
"""Area modes of which the points are told that were chosen."""


class State(NamedTuple):
    """What the head of a record says, on which the rest depends."""

    method: int
    mode: int
    schema: int
    has_place: bool
    """Whether the area's place is told, and not its points."""
    grid: Grid | None


class Grid(NamedTuple):
    """The focus points of a camera without a mirror."""

    models: str
    columns: int
    rows: int
    step: int
    """Pixels between two rows; between two columns they are 260."""
    mask: int = 0
    """Bytes of the mask of points, where there is one."""

    def fits(self, model: str) -> bool:
        """Whether it is the grid of that camera."""
        return re.match(self.models, model, re.IGNORECASE) is not None


_ACROSS = 260
_GRIDS = (
    Grid(r"NIKON (Z 30|Z 50|Z fc)\b", 19, 11, 286),
    Grid(r"NIKON (Z 5|Z 6|Z 6_2|D780)\b", 21, 13, 286),
    Grid(r"NIKON (Z 7|Z 7_2)\b", 29, 17, 292),
    Grid(r"NIKON Z50_2\b", 19, 11, 286, 29),
    Grid(r"NIKON (Z6_3|Z f|Z5_2)\b", 21, 13, 286, 38),
    Grid(r"NIKON (Z 8|Z 9)\b", 29, 17, 292, 51),
)


def _points_of(schema: int, at: int, known: tuple[int, ...]) -> list[Field]:
    """The primary point and the mask of those used, of the schemas that a version has."""
    if schema not in known:
        return []
    points = _POINTS[schema]
    return [
        _field("PrimaryAFPoint", at, names=_names(points) if schema else _NO_POINT),
        *(
            [_field("AFPointsUsed", 8, names=_NO_POINT)]
            if not schema
            else [_mask("AFPointsUsed", 8, points)]
        ),
    ]


_NO_POINT: Names = {0: "(none)"}
_TRACKED = frozenset({197, 207})
"""Area modes in which the camera picks the points: it tells which."""


def _layout_0100(state: State) -> list[Field]:
    """Reflex cameras up to the D7200, and the first Nikon 1."""
    found = [_METHOD, _number("AFAreaMode", 5, "AFInfo2V0100", int(state.method != _PHASE))]
    found += [
        _number("FocusPointSchema", 6, "AFInfo2V0100"),
        *_points_of(state.schema, 7, (0, 1, 2, 3)),
    ]
    if state.method == _CONTRAST:
        found += [*_size(16), *_place(20), _field(_IN_FOCUS, 28, names=_YES)]
    elif state.schema == _POINTS_153:
        found.append(_mask("AFPointsSelected", 28, _POINTS[_POINTS_153]))
    return found


_POINTS_51, _POINTS_153 = 1, 7


def _layout_0101(state: State) -> list[Field]:
    """Reflex cameras from the D5 on."""
    found = [_METHOD, _number("AFAreaMode", 5, "AFInfo2V0101", int(state.method != _PHASE))]
    found += [
        _number("FocusPointSchema", 6, "AFInfo2V0101"),
        *_points_of(state.schema, 68, (0, 1, 2, 7)),
    ]
    points = _POINTS.get(state.schema, _POINTS[0])
    if state.method == _CONTRAST:
        found.append(_field(_IN_FOCUS, 28, names=_YES))
    elif state.mode in _GROUP_MODES and state.schema in (_POINTS_51, _POINTS_153):
        name = "AFPointsUsed" if state.schema == _POINTS_51 else "AFPointsSelected"
        found.append(_mask(name, 28, points))
    if state.schema in (_POINTS_51, _POINTS_153):
        found.append(_mask("AFPointsInFocus", 48, points))
    if state.method == _CONTRAST:
        found += [*_size(70), *_place(74), _field(_IN_FOCUS, 82, names=_YES)]
    return found


def _layout_0200(state: State) -> list[Field]:
    """Nikon 1: the schema says whether the phase was compared, too."""
    found = [_number("AFAreaMode", 5, "AFInfo2V0200")]
    found.append(_number("PhaseDetectAF", 6, "AFInfo2V0200"))
    return [*found, *_points_of(state.schema, 7, (4, 5, 6))]


def _layout_0300(state: State) -> list[Field]:
    """The first cameras of the Z series, the D6 and the D780."""
    found = [_METHOD, _number("AFAreaMode", 5, "AFInfo2V0300", int(state.method != _PHASE))]
    found += [
        _number("FocusPointSchema", 6, "AFInfo2V0300"),
        _field("AFCoordinatesAvailable", 7, names=_YES),
    ]
    if not state.has_place and state.schema in (1, 8, 9):
        points = _POINTS[state.schema]
        found.append(_mask("AFPointsUsed", 10, points))
        found.append(_field("PrimaryAFPoint", 56, names=_names(points)))
    return [*found, *_size(42), *_where(state, 46)]


def _layout_0400(state: State) -> list[Field]:
    """The Z 8, the Z 9 and what came after them."""
    found = [_METHOD, _number("AFAreaMode", 5, "AFInfo2V0400")]
    found.append(_field("AFCoordinatesAvailable", 7, names=_YES))
    if state.mode in _TRACKED and state.grid is not None and state.grid.mask:
        found.append(_mask("AFPointsUsed", 10, Points(state.grid.mask)))
    found += [*_size(62), *_where(state, 66)]
    return [*found, _number("FocusResult", 74, "AFInfo2V0400")]


def _where(state: State, at: int) -> list[Field]:
    """The area's place, and the point of the grid that it is, in steps from the centre."""
    if not state.has_place:
        return []
    across, down = _place(at)
    if state.grid is None:
        return [across, down]
    _, columns, rows, step, _ = state.grid
    return [
        across,
        _steps_field("FocusPositionHorizontal", at, _ACROSS, _steps(columns, "L", "R")),
        down,
        _steps_field("FocusPositionVertical", at + 2, step, _steps(rows, "U", "D")),
    ]


def _steps_field(name: str, at: int, step: int, say: Formatter) -> Field:
    convert = values.scaled(lambda raw: raw // step)
    return Field(at, "int16u", Definition(at + 1, name, None, convert, say))


_LAYOUTS: Mapping[str, Callable[[State], list[Field]]] = {
    "0100": _layout_0100,
    "0101": _layout_0101,
    **dict.fromkeys(("0200", "0201"), _layout_0200),
    **dict.fromkeys(("0300", "0301"), _layout_0300),
    **dict.fromkeys(("0400", "0401", "0402"), _layout_0400),
}


def _if_any(_note: Note, tag: Tag) -> Tag | None:
    return tag if tag.raw else None


_SIZES = ("AFImageWidth", "AFImageHeight", "AFAreaWidth", "AFAreaHeight")
_STEPS = ("FocusPositionHorizontal", "FocusPositionVertical")
_HOOKS: Mapping[str, Hook] = dict.fromkeys((*_SIZES, *_STEPS), _if_any)
_HOOKS_0100 = {**_HOOKS, **dict.fromkeys(("AFAreaXPosition", "AFAreaYPosition"), _if_any)}


@lru_cache(maxsize=256)
def _layout(version: str, state: State) -> Fields:
    """The layout of a record."""
    hooks = _HOOKS_0100 if version.startswith("01") else _HOOKS
    return Fields("Nikon", [_VERSION, *_LAYOUTS[version](state)], hooks)


def _steps(count: int, before: str, behind: str) -> Formatter:
    """Steps from the centre of so many."""
    centre = (count + 1) // 2

    def say(value: Value) -> Value:
        place = int(values.number(value))
        if not place:
            return "n/a"
        steps = place - centre
        if not steps:
            return "C"
        word = "of" if before == "L" else "from"
        return f"{abs(steps)}{before if steps < 0 else behind} {word} Center"

    return say


def focus_points(note: Note, piece: Piece) -> None:
    """Read the older record (0x0088): big-endian of single-lens reflex cameras, else not."""
    order = ">" if note.model.upper().startswith("NIKON D") else "<"
    add(note, piece.entry.id, record("AFInfo"), piece.view, order)


_HEAD = 8


def focus_info(note: Note, piece: Piece) -> None:
    """Read the record."""
    view = piece.view
    if not view.has(0, _HEAD):
        return
    head = view.take(0, _HEAD)
    version = head[:4].decode("latin-1")
    if version not in _LAYOUTS:
        return
    grid = next((each for each in _GRIDS if each.fits(note.model)), None)
    if grid is not None and bool(grid.mask) != version.startswith("04"):
        grid = None
    state = State(head[4], head[5], head[6], head[7] == 1, grid)
    add(note, piece.entry.id, _layout(version, state), view, piece.order)
