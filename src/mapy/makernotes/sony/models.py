"""Which rows of Sony's tables count for which camera: facts, by how the Model begins.

A row of a record is `(pattern, variant)`; the first pattern that fits tells the row of that place
that is used. A place that is named here and that no pattern fits is left out; one that is not
named is used for every camera.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Choice: TypeAlias = "tuple[str, int]"

ALL = ""
COMPACT = r"DSC-|Stellar"
NOT_DSC = r"(?!DSC-)"
NOT_COMPACT = r"(?!DSC-|Stellar)"
NOT_COMPACT_ZV = r"(?!DSC-|ZV-)"
SLT = r"SLT-|HV"
ILCA = r"ILCA-"
FIRST_ENCIPHERED = r"SLT-A(65|77)|NEX-(5N|7|VG20E)|Lunar"
SECOND_ENCIPHERED = r"SLT-A(37|57|65|77)|NEX-(5N|7|F3|VG20E)|Lunar"
A450 = r"DSLR-A(450|500|550)"
NOT_A450 = r"(?!DSLR-A(450|500|550))"
A560 = r"DSLR-A(560|580)|SLT-"
NEX_3_5 = r"NEX-[35]"
LATE_A7 = r"ILCE-(7RM4|9M2|7C\b)|ZV-E10\b"
A7_III = r"ILCE-(7M3|7RM3|9\b)"
A7_II = r"ILCE-7(R|S)M2"
A6300 = r"ILCE-6[35]00"
A6400 = r"ILCE-6[146]00"


def _rows(pattern: str, *ids: int) -> dict[str, tuple[Choice, ...]]:
    """Places of which a camera that fits has the only row."""
    return {str(number): ((pattern, 0),) for number in ids}


def _not(pattern: str) -> str:
    return f"(?!{pattern})"


_MORE_SETTINGS_NEW = r"(?!DSLR-A(450|500|550)|NEX-[35])"
_E_MOUNT_9405B = r"(ILCE-(7|7R|7S|6000|5000|5100|QX1)|ILCA-(68|77M2)|Lusso)\b"
_9405B_ZOOM_3 = r"DSC-(HX80|HX90V|WX500|RX100M4|RX10M[23])|ILCE-7[RS]M2"
_9405B_ZOOM_2 = r"DSC-(HX99|RX100M[567]|RX10M4)|ILCE-(6[146]00|7C|7M3|7RM[34]|9M2)|ZV-E10"
_9405B_NO_ZOOM_1 = (
    r"(?!DSC-(HX80|HX90V|HX99|WX500|RX0|RX10M[234]|RX100M[4567])"
    r"|ILCA-|ILCE-(6[1-6]00|7C|7M3|7RM[234]|7SM2|9)|ZV-)"
)
_9405B_LATE = r"ILCE-(6[146]00|7C\b|7M3|7RM[34]|9\b|9M2)|ZV-E10\b"
NEWEST = (
    r"DSC-RX1RM3|ILCE-(1\b|6700|7CM2|7CR|7M4|7M5|7RM5|7RM6|7SM3|9M3)|ILME-FX(2|3A?|30)\b"
    r"|ZV-(E1|E10M2)\b"
)
TAG_2010E_LONG = r"SLT-A99|HV|NEX-(5R|5T|6|VG30E|VG900)|DSC-RX100|Stellar"
_ISO_1280 = r"SLT-A58|ILCE-3[05]00|NEX-3N|DSC-(HX300|HX50V|TX30|WX60|WX80|WX200|WX300)"
_SHARED_2010_LENS = NOT_COMPACT

_NO_DIGITAL_ZOOM = "HX10V|HX20V|HX200V|WX30|WX70|TX20|TX55|TX300V"
_AF_INFO = _rows(_not(ILCA), 4, 10, 11, 366, 381, 382) | _rows(ILCA, 5, 16, 58, 59, 67, 80)
_2010G = (
    r"DSC-(QX30|RX10|RX100M3|HX60V|HX350|HX400V|WX220|WX350)$"
    r"|ILCE-(7|7R|7S|7M2|[56]000|5100|QX1)$|ILCA-(68|77M2)"
)
_2010H = (
    r"DSC-(RX0|RX1RM2|RX10M[23]|RX100M[45]|HX80|HX90V?|WX500)$"
    r"|ILCE-(6300|6500|7RM2|7SM2)|ILCA-99M2"
)
ROWS: Mapping[str, Mapping[str, tuple[Choice, ...]]] = {
    "CameraInfo": {"305.1": ((r"DSLR-A(850|900)", 0),)} | _rows(r"DSLR-A(850|900)", 304, 305),
    "CameraInfo3": (
        _rows(NOT_A450, 14, 16)
        | _rows(A450, 20, 21, 24, 27, 31, 37, 39, 41, 43, 45, 47, 49)
        | _rows(A560, 25, 28, 32)
        | {
            "29": ((A450, 1), (A560, 0)),
            "33": ((A450, 1), (A560, 0)),
            "35": ((A450, 1),),
        }
    ),
    "CameraSettings3": (
        _rows(NOT_A450, 50, 51, 52, 53, 56, 135, 136, 153, 268, 276, 512)
        | {"276.1": ((NOT_A450, 0),)}
        | _rows(r"(?!DSLR-A(450|500|550)|NEX-)", 54, 131, 132, 133, 134, 139)
        | _rows(A450, 643, 644, 645, 646, 647, 648, 651, 780, 788, 790, 1024, 1026)
        | _rows(r"NEX-", 1008, 1011, 1015)
    ),
    "FocusInfo": {
        "14": ((r"DSLR-A(2[39]0|3[389]0)", 0), (ALL, 1)),
        **_rows(r"DSLR-A(230|290|330|380|390|850|900)", 2118),
        **_rows(r"DSLR-A(200|230|290|300|330|350|380|390|700|850|900)", 2491),
    },
    "MoreInfo0201": _rows(NOT_A450, 283, 293) | _rows(A450, 330),
    "MoreInfo0401": _rows(r"(?!NEX-[35]$)", 1102),
    "MoreSettings": (
        _rows(NOT_A450, 19, 21)
        | {
            "30": ((A450, 0), (ALL, 1)),
            "31": ((A450, 0), (ALL, 1)),
            "32": ((A450, 0), (_MORE_SETTINGS_NEW, 1)),
            "33": ((A450, 0), (NEX_3_5, 1)),
            "35": ((A450, 0), (NEX_3_5, 1)),
            "37": ((NEX_3_5, 0), (_MORE_SETTINGS_NEW, 1)),
            "38": ((A450, 0), (NEX_3_5, 1), (_MORE_SETTINGS_NEW, 2)),
            "41": ((A450, 0), (_MORE_SETTINGS_NEW, 1)),
            "42": ((A450, 0), (_MORE_SETTINGS_NEW, 1)),
            "44": ((A450, 0), (NEX_3_5, 1), (ALL, 2)),
            "46": ((NEX_3_5, 0), (_MORE_SETTINGS_NEW, 1)),
        }
        | _rows(A450, 36, 40, 119)
        | _rows(NEX_3_5, 34, 43, 120, 130)
        | _rows(_MORE_SETTINGS_NEW, 39, 47, 48, 50, 124, 134)
    ),
    "AFInfoOther": _AF_INFO | _rows("(?!)", 7, 8, 9, 55, 56, 57),
    "AFInfo15": _AF_INFO | _rows("(?!)", 55, 56, 57),
    "AFInfo19": _AF_INFO | _rows("(?!)", 55, 56, 57) | dict.fromkeys("789", ((ALL, 1),)),
    "AFInfo79": _AF_INFO | _rows("(?!)", 7, 8, 9),
    "Tag2010e": (
        _rows(TAG_2010E_LONG, 4692, 6792)
        | _rows(_not(TAG_2010E_LONG), 6444)
        | _rows(r"DSC-RX1(R)?$", 4696)
        | _rows(_ISO_1280, 4728, 4730, 4732, 4736)
        | _rows(NOT_COMPACT, 6256, 6289, 6290, 6291, 6294, 6296)
        | _rows(NOT_DSC, 6297)
    ),
    "Tag2010g": _rows(r"ILC[AE]-", 6300, 6333, 6334, 6335, 6338, 6340, 6341),
    "Tag2010h": _rows(r"ILC[AE]-", 6348, 6381, 6382, 6383, 6386, 6388, 6389),
    "Tag2010i": _rows(NOT_DSC, 6096, 6129, 6130, 6131, 6134, 6136, 6137),
    "Tag9050a": (
        _rows(r"(?!NEX-|Lunar|ILCE-)", 0, 1)
        | _rows(r"ILCE-(?!3[05]00)", 76, 81)
        | _rows(_not(FIRST_ENCIPHERED), 103)
        | _rows(r"(?!SLT-|HV|ILCA-|NEX-(5N|7|VG20E)|Lunar)", 124)
        | _rows(r"SLT-|HV|ILCA-", 240)
        | _rows(r"SLT-A99|HV|ILCE-7", 276)
        | _rows(SECOND_ENCIPHERED, 277, 445)
        | _rows(_not(SECOND_ENCIPHERED), 278)
        | _rows(r"ILCE-(5100|QX1)|ILCA-(68|77M2)", 416)
        | _rows(r"SLT-A(58|99)|HV|NEX-(3N|5R|5T|6|VG900|VG30E)|ILCE-([35]000|3500)", 426)
    ),
    "Tag9050b": (
        _rows(ILCA, 0, 1)
        | _rows(rf"{LATE_A7}|{A6400}", 80, 107)
        | _rows(r"ILCE-7R?M3", 82, 109)
        | _rows(rf"{A7_II}|{A6300}|ILCE-9$", 88)
        | _rows(rf"{A7_II}|{A6300}", 97)
        | _rows(rf"{A7_II}|{A6300}|ILCE-9$|ILCA-", 115)
        | _rows(r"(?!ILCE-6|ZV-)", 276)
        | _rows(rf"{A7_III}|{A6400}|{LATE_A7}", 415)
        | _rows(A7_II, 459, 538)
        | _rows(rf"{A6300}|ILCA-", 461, 542)
        | _rows(LATE_A7, 491, 493)
        | _rows(A7_III, 494)
        | _rows(rf"{A7_III}|{A6400}", 496)
        | {"540": ((A7_II, 0), (ILCA, 1))}
    ),
    "Tag9050c": _rows(r"(?!ILCE-1\b)", 136) | _rows(r"ILCE-1\b", 138),
    "Tag9050d": (
        _rows(r"ILCE-(1M2|6700|7CM2|7CR|7M5|7RM6)|ILME-FX2", 10)
        | _rows(r"(?!ILCE-(1M2|7M5|7RM6))", 28)
        | _rows(r"(?!ZV-E10M2)", 56)
    ),
    "Tag9400a": (
        _rows(_not(rf"{FIRST_ENCIPHERED}|DSC-({_NO_DIGITAL_ZOOM})"), 18)
        | _rows(r"NEX-|SLT-|HV|Lunar|DSC-RX|Stellar", 68, 82)
    ),
    "Tag9400c": (
        _rows(rf"{_2010G}|{_2010H}", 10)
        | _rows(_not(NEWEST), 83)
        | {"42": ((_not(NEWEST), 0), (ALL, 1))}
        | _rows(r"DSC-(HX350|HX400V|HX60V|HX80|HX90V?|QX30|RX10(M[23])?|RX100M[34])$", 307)
        | _rows(r"DSC-(HX9[59]|RX0(M2)?|RX10M4|RX100M(5A?|6))$", 313)
        | _rows(r"DSC-RX100M7|ZV-(1A?|1F|1M2)$", 319)
    ),
    "Tag9404a": _rows(r"(?!SLT-|HV|ILCA-)", 25),
    "Tag9404b": _rows(r"(?!SLT-|HV|ILCA-)", 30) | _rows(r"(?!DSC-|Stellar)", 32),
    "Tag9406": _rows(r"(?!ILCE-7$)", 8),
    "Tag9402": _rows(NOT_COMPACT, 45),
    "Tag9405a": _rows(NOT_COMPACT, 1536, 1539, 1540, 1541, 1544, 1610, 1642, 1738),
    "Tag9405b": (
        _rows(NOT_COMPACT_ZV, 20)
        | _rows(NOT_DSC, 90, 93, 94, 96, 98, 100)
        | _rows(_9405B_NO_ZOOM_1, 834)
        | _rows(_9405B_ZOOM_2, 846)
        | _rows(_9405B_ZOOM_3, 858)
        | _rows(_E_MOUNT_9405B, 842, 892)
        | _rows(r"ILCE-7M2", 848, 900)
        | _rows(rf"{_9405B_LATE}|ILCE-6500|ILCA-99M2", 860)
        | _rows(r"ILCE-(7RM2|7SM2|6300)", 872, 924)
        | _rows(r"ILCE-6500|ILCA-99M2", 944)
        | _rows(_9405B_LATE, 952)
    ),
    "Tag9416": (
        _rows(NOT_DSC, 72, 73, 74)
        | _rows(r"ILCE-7M5", 1794, 1866, 2107)
        | _rows(r"ILCE-7RM6", 1800, 1871, 2115)
        | _rows(r"ILCE-(7SM3|1\b)|ILME-FX3A?\b", 2191, 2229, 2324)
        | _rows(r"ILCE-7M4", 2193, 2231, 2326)
        | _rows(r"ILCE-(1M2|7RM5|7CM2|7CR)|ZV-E1\b", 2277)
        | _rows(r"ILCE-(1M2|7RM5|6700|7CM2|7CR)|ILME-FX(2|30)\b|ZV-(E1\b|E10M2)", 2205, 2373)
    ),
}  # fmt: skip


def variants(section: str, model: str) -> dict[str, int]:
    """Which row of each place counts for a camera; -1 where none does."""
    found: dict[str, int] = {}
    for place, choices in ROWS.get(section, {}).items():
        found[place] = next(
            (variant for pattern, variant in choices if re.match(pattern, model)), -1
        )
    return found


def first(choices: tuple[tuple[str, str], ...], model: str) -> str:
    """The name beside the first pattern that the model fits; empty where none does."""
    return next((name for pattern, name in choices if re.match(pattern, model)), "")


_2010E = (
    r"SLT-A(58|99)|HV|ILCE-3[05]00|NEX-(3N|5R|5T|6|VG900|VG30E)|Stellar$"
    r"|DSC-(RX100|RX1|RX1R|HX300|HX50V|TX30|WX60|WX80|WX200|WX300)$"
)
TAG_2010I = (
    r"(DSC-(RX10M4|RX100M6|RX100M5A|RX100M7A?|HX9[59]|RX0M2)"
    r"|ILCE-(6[14]00A?|6600|7M3|7RM[34]A?|7C|9|9M2)|ZV-(1[AF]?|1M2|E10))\b"
)
_HX = "HX10V|HX20V|HX30V|HX200V|TX66|TX200V|TX300V|WX50|WX70|WX100|WX150"
TAG_2010 = (
    (r"NEX-5N", "Tag2010a"),
    (r"SLT-A(65|77)V?$|NEX-(7|VG20E)|Lunar", "Tag2010b"),
    (r"SLT-A(37|57)|NEX-F3", "Tag2010c"),
    (rf"DSC-({_HX})", "Tag2010d"),
    (_2010E, "Tag2010e"),
    (r"DSC-(RX100M2|QX100?)$", "Tag2010f"),
    (_2010G, "Tag2010g"),
    (_2010H, "Tag2010h"),
    (TAG_2010I, "Tag2010i"),
)
_9050B = (
    r"ILCE-(7RM2|7SM2|6300|6500|6100A?|6400A?|6600|7M3|7RM3A?|7RM4A?|7C|9|9M2)$"
    r"|ZV-E10$|ILCA-99M2"
)
TAG_9050 = (
    (_9050B, "Tag9050b"),
    (r"ILCE-(7SM3|1|7M4|7RM5)$|ILME-FX3", "Tag9050c"),
    (r"ILCE-(6700|7CM2|7CR)|ILME-FX2|ZV-E(1|10M2)$", "Tag9050d"),
    (
        r"(?!DSC-|Stellar|ZV-|ILME-FX[23]|ILCE-(1|6[1-7]00|7C|7M[345]|7RM[2-6]|7SM[23]|9))",
        "Tag9050a",
    ),
)
TAG_940C = r"NEX-|ILCE-|ILME-|ZV-E|Lunar"
TAG_940E = r"ILCE-(7RM2|7SM2|6300|6500|9|7M3|7RM3A?)$"

_LATE_COMPACT = r"DSC-(RX10M4|RX100M6|RX100M7|RX100M5A|HX99|HX95|RX0M2|RX1RM3)"
FOCUS_MODE = rf"(?!DSC-)|{_LATE_COMPACT}"
FLEXIBLE_SPOT = rf"NEX-|ILCE-|ILME-|ZV-|{_LATE_COMPACT}"
AREA_MODES = ((r"SLT-|HV", "0"), (FLEXIBLE_SPOT, "1"), (ILCA, "2"))
