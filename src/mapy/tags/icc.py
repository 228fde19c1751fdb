"""The fields of a colour profile (ICC.1:2022): its header, and the elements that are records."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mapy.records import record
from mapy.tags import icc_rows
from mapy.tags.definition import Definition
from mapy.tags.h273 import MATRICES, PRIMARIES, TRANSFERS
from mapy.tiff_types import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapy.model import Tag
    from mapy.records import Record
    from mapy.tags.definition import Names, Value

_FIXED_ONE: Final = 65536
_DECIMALS: Final = 1e5


def fixed(number: int) -> int | float:
    """An s15Fixed16Number or u16Fixed16Number with five decimals (ICC.1, section 4.6)."""
    rounded = _rounded(number)
    return int(rounded) if rounded == int(rounded) else rounded


def _rounded(number: int) -> float:
    return int(number / _FIXED_ONE * _DECIMALS + (0.5 if number > 0 else -0.5)) / _DECIMALS


def fixed_text(numbers: Iterable[int]) -> str:
    """Several of them, parted by blanks."""
    return " ".join([f"{_rounded(number):.15g}" for number in numbers])


colour = lru_cache(maxsize=256)(fixed_text)
"""The same of the three numbers of a colour: those of common profiles come again and again."""


def signature(tag: Tag) -> Value:
    """Four letters, up to a NUL."""
    raw = tag.raw
    return raw.partition(b"\0")[0].decode("utf-8", "replace") if isinstance(raw, bytes) else raw


def moment(numbers: tuple[int, ...]) -> str:
    """A dateTimeNumber (ICC.1, section 4.2)."""
    year, month, day, hour, minute, second = numbers
    return f"{year:04d}:{month:02d}:{day:02d} {hour:02d}:{minute:02d}:{second:02d}"


def _moment(tag: Tag) -> Value:
    return moment(tag.raw)


def _fixed(tag: Tag) -> Value:
    return colour(tag.raw) if isinstance(tag.raw, tuple) else fixed(tag.raw)


def _version(value: Value) -> Value:
    if not isinstance(value, int):
        return value
    return f"{value >> 8}.{value >> 4 & 0xF}.{value & 0xF}"


def _flags(value: Value) -> Value:
    if not isinstance(value, int):
        return value
    embedded = "Embedded" if value & 1 else "Not Embedded"
    return f"{embedded}, {'Not Independent' if value & 2 else 'Independent'}"


_ATTRIBUTES = (
    ("Reflective", "Transparency"),
    ("Glossy", "Matte"),
    ("Positive", "Negative"),
    ("Color", "B&W"),
)


def _attributes(value: Value) -> Value:
    bits = int(str(value).rpartition(" ")[2])
    return ", ".join(names[bits >> bit & 1] for bit, names in enumerate(_ATTRIBUTES))


def _profile_id(value: Value) -> Value:
    digest = bytes(map(int, str(value).split()))
    return digest.hex() if any(digest) else 0


def _percent(value: Value) -> Value:
    return f"{number_text(value * 100)}%" if isinstance(value, (int, float)) else value


_MAKERS = icc_rows.MAKERS
_ILLUMINANTS: Final[dict[int | str, str]] = {
    1: "D50",
    2: "D65",
    3: "D93",
    4: "F2",
    5: "D55",
    6: "A",
    7: "Equi-Power (E)",
    8: "F8",
}

HEADER: Final = record(
    "ICC-header",
    ">",
    (4, "4s", Definition(4, "ProfileCMMType", _MAKERS, signature)),
    (8, "h", Definition(8, "ProfileVersion", say=_version)),
    (12, "4s", Definition(12, "ProfileClass", icc_rows.CLASSES, signature)),
    (16, "4s", Definition(16, "ColorSpaceData", convert=signature)),
    (20, "4s", Definition(20, "ProfileConnectionSpace", convert=signature)),
    (24, "6H", Definition(24, "ProfileDateTime", convert=_moment)),
    (36, "4s", Definition(36, "ProfileFileSignature", convert=signature)),
    (40, "4s", Definition(40, "PrimaryPlatform", icc_rows.PLATFORMS, signature)),
    (44, "I", Definition(44, "CMMFlags", say=_flags)),
    (48, "4s", Definition(48, "DeviceManufacturer", _MAKERS, signature)),
    (52, "4s", Definition(52, "DeviceModel", convert=signature)),
    (56, "2I", Definition(56, "DeviceAttributes", say=_attributes)),
    (
        64,
        "I",
        Definition(
            64,
            "RenderingIntent",
            {
                0: "Perceptual",
                1: "Media-Relative Colorimetric",
                2: "Saturation",
                3: "ICC-Absolute Colorimetric",
            },
        ),
    ),
    (68, "3i", Definition(68, "ConnectionSpaceIlluminant", convert=_fixed)),
    (80, "4s", Definition(80, "ProfileCreator", _MAKERS, signature)),
    (84, "16B", Definition(84, "ProfileID", say=_profile_id)),
)
"""ICC.1:2022, section 7.2."""

_CHROMATICITY: Final = record(
    "ICC-chrm",
    ">",
    (8, "H", Definition(8, "ChromaticityChannels")),
    (
        10,
        "H",
        Definition(
            10,
            "ChromaticityColorant",
            {
                0: "Unknown",
                1: "ITU-R BT.709",
                2: "SMPTE RP145-1994",
                3: "EBU Tech.3213-E",
                4: "P22",
            },
        ),
    ),
    *(
        (at, "2I", Definition(at, f"ChromaticityChannel{number}", convert=_fixed))
        for number, at in enumerate(range(12, 44, 8), 1)
    ),
)
_CODE_POINTS: Final = record(
    "ICC-cicp",
    ">",
    (8, "B", Definition(8, "ColorPrimaries", PRIMARIES)),
    (9, "B", Definition(9, "TransferCharacteristics", TRANSFERS)),
    (10, "B", Definition(10, "MatrixCoefficients", MATRICES)),
    (11, "B", Definition(11, "VideoFullRangeFlag", {0: "Limited", 1: "Full"})),
)
_COLORANTS: Final = record(
    "ICC-clrt",
    ">",
    (8, "I", Definition(8, "ColorantCount")),
    *(
        row
        for number, at in enumerate((12, 50, 88), 1)
        for row in (
            (at, "32s", Definition(at, f"Colorant{number}Name")),
            (at + 32, "3H", Definition(at + 32, f"Colorant{number}Coordinates")),
        )
    ),
)
_MEASUREMENT: Final = record(
    "ICC-meas",
    ">",
    (8, "I", Definition(8, "MeasurementObserver", {1: "CIE 1931", 2: "CIE 1964"})),
    (12, "3i", Definition(12, "MeasurementBacking", convert=_fixed)),
    (
        24,
        "I",
        Definition(
            24,
            "MeasurementGeometry",
            {0: "Unknown", 1: "0/45 or 45/0", 2: "0/d or d/0"},
        ),
    ),
    (28, "I", Definition(28, "MeasurementFlare", convert=_fixed, say=_percent)),
    (32, "I", Definition(32, "MeasurementIlluminant", _ILLUMINANTS)),
)
_VIEWING: Final = record(
    "ICC-view",
    ">",
    (8, "3i", Definition(8, "ViewingCondIlluminant", convert=_fixed)),
    (20, "3i", Definition(20, "ViewingCondSurround", convert=_fixed)),
    (32, "I", Definition(32, "ViewingCondIlluminantType", _ILLUMINANTS)),
)

RECORDS: Final[dict[str, Record]] = {
    "chrm": _CHROMATICITY,
    "cicp": _CODE_POINTS,
    "clrt": _COLORANTS,
    "meas": _MEASUREMENT,
    "view": _VIEWING,
}
"""By the tag's signature: elements of fixed fields, each a directory of its own."""

_GAMUTS: Final[Names] = {"prmg": "Perceptual Reference Medium Gamut"}
_MEANINGS: Final[dict[str, Names]] = {
    "tech": icc_rows.TECHNOLOGIES,
    "rig0": _GAMUTS,
    "rig2": _GAMUTS,
}
TAGS: Final[dict[str, Definition]] = {
    code: Definition(code, name, _MEANINGS.get(code)) for code, name in icc_rows.TAGS.items()
}
"""By signature: the elements that are one value."""
