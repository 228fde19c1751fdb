"""Which camera has which layout of `CameraInfo`, and what its firmware shifts. Data.

Found by putting version numbers and known values at each place and seeing what tools that read
them made of it; the layouts themselves are sections of Canon's table.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

Shifts: TypeAlias = tuple[tuple[int, int], ...]
"""From a place on: by how many bytes."""


class Shape(NamedTuple):
    """One layout."""

    section: str
    styles: int = 0
    """Where the settings of the picture styles begin."""
    style_section: str = "PSInfo"
    meanings: str = ""
    """What else its fields mean than those of most layouts."""
    firmware: tuple[tuple[int, Shifts], ...] = ()
    """By the place of the version number: what is shifted. The last shift moves the styles."""
    until: int = 0
    """Without a version number at any of the places, what lies in front of this place counts."""
    otherwise: Shifts = ()
    """What is shifted in it."""
    leaves_out: tuple[int, ...] = ()
    """Places that other cameras of the same layout use."""


_1DX = (
    (625, ((28, -3), (143, -7), (640, -15))),
    (633, ((28, -3), (143, -7))),
    (640, ()),
    (645, ((143, 5),)),
)
_5D_III = (
    (556, ((28, -1), (36, -4), (143, -8), (350, -16))),
    (557, ((28, -1), (36, -3), (143, -7), (350, -15))),
    (572, ()),
    (578, ((36, 6),)),
    (583, ((36, 6), (143, 11))),
)
_60D = Shape("CameraInfo60D", 801, "PSInfo2", leaves_out=(58,))
_1200D = Shape("CameraInfo60D", 761, "PSInfo2", leaves_out=(54, 85, 87, 125, 473, 485))
_650D = Shape("CameraInfo650D", 912, "PSInfo2", "checked", leaves_out=(544, 628, 640))
_700D = Shape("CameraInfo650D", 912, "PSInfo2", "checked", leaves_out=(539, 624, 636))

_SHAPES = (
    (r"\b1D$", Shape("CameraInfo1D", meanings="old", leaves_out=(71, 74, 78, 81))),
    (r"\b1DS$", Shape("CameraInfo1D", meanings="1DS", leaves_out=(65, 66, 68, 75))),
    (r"\b1Ds? Mark II$", Shape("CameraInfo1DmkII", meanings="old")),
    (r"\b1Ds? Mark II N$", Shape("CameraInfo1DmkIIN", meanings="old")),
    (r"\b1Ds? Mark III$", Shape("CameraInfo1DmkIII", 682)),
    (
        r"\b1D Mark IV$",
        Shape(
            "CameraInfo1DmkIV",
            872,
            firmware=((488, ((87, -1), (493, -5))), (493, ())),
            until=87,
        ),
    ),
    (
        r"EOS-1D X$",
        Shape("CameraInfo1DX", 1012, "PSInfo2", firmware=_1DX, until=640, otherwise=_1DX[0][1]),
    ),
    (r"EOS 5D$", Shape("CameraInfo5D", meanings="5D")),
    (
        r"EOS 5D Mark II$",
        Shape("CameraInfo5DmkII", 759, firmware=((346, ((382, -36),)), (382, ())), until=382),
    ),
    (
        r"EOS 5D Mark III$",
        Shape("CameraInfo5DmkIII", 944, "PSInfo2", firmware=_5D_III, until=28),
    ),
    (r"EOS 6D$", Shape("CameraInfo6D", 966, "PSInfo2")),
    (
        r"EOS 7D$",
        Shape("CameraInfo7D", 807, firmware=((424, ((31, -4),)), (428, ())), until=31),
    ),
    (r"EOS 40D$", Shape("CameraInfo40D", 603)),
    (
        r"EOS 50D$",
        Shape("CameraInfo50D", 727, firmware=((346, ((350, -4),)), (350, ())), until=350),
    ),
    (r"EOS 60D$", _60D),
    (r"\b(?:1200D|REBEL T5|Kiss X70)\b(?!i)", _1200D),
    (r"EOS 70D$", Shape("CameraInfo70D", 975, "PSInfo2")),
    (r"EOS 80D$", Shape("CameraInfo80D")),
    (r"\b(?:450D|REBEL XSi|Kiss X2)\b", Shape("CameraInfo450D", 611, meanings="plain")),
    (r"\b(?:500D|REBEL T1i|Kiss X3)\b", Shape("CameraInfo500D", 779, meanings="checked")),
    (r"\b(?:550D|REBEL T2i|Kiss X4)\b", Shape("CameraInfo550D", 796, meanings="checked")),
    (
        r"\b(?:600D|REBEL T3i|Kiss X5|1100D|REBEL T3|Kiss X50)\b",
        Shape("CameraInfo600D", 763, "PSInfo2", "checked"),
    ),
    (r"\b(?:650D|REBEL T4i|Kiss X6i)\b", _650D),
    (r"\b(?:700D|REBEL T5i|Kiss X7i)\b", _700D),
    (
        r"\b(?:750D|Rebel T6i|Kiss X8i|760D|Rebel T6s|8000D)\b",
        Shape("CameraInfo750D", meanings="checked"),
    ),
    (r"\b(?:1000D|REBEL XS|Kiss F)\b", Shape("CameraInfo1000D", 615, meanings="plain")),
    (r"\bEOS R[56]$", Shape("CameraInfoR6")),
    (r"\bEOS (?:R6m2|R8|R50)$", Shape("CameraInfoR6m2")),
    (r"\bEOS R6 Mark III$", Shape("CameraInfoR6m3")),
    (r"\bG5 X Mark II$", Shape("CameraInfoG5XII", leaves_out=(2709,))),
)
BY_MODEL = tuple((re.compile(pattern), shape) for pattern, shape in _SHAPES)

_COMPACT, _COMPACT_2 = "CameraInfoPowerShot", "CameraInfoPowerShot2"
_MIRRORLESS = "CameraInfoUnknown32"
BY_COUNT = {
    72: (_MIRRORLESS, 71),
    85: (_MIRRORLESS, 83),
    93: (_MIRRORLESS, 91),
    94: (_MIRRORLESS, 91),
    96: (_MIRRORLESS, 92),
    104: (_MIRRORLESS, 100),
    138: (_COMPACT, 135),
    148: (_COMPACT, 145),
    156: (_COMPACT_2, 153),
    162: (_COMPACT_2, 159),
    167: (_COMPACT_2, 164),
    171: (_COMPACT_2, 168),
    264: (_COMPACT_2, 261),
}
"""By the number of 32-bit numbers: the layout, and where the temperature stands."""
