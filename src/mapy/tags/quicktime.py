"""What the boxes of HEIF, AVIF and CR3 tell, under ExifTool's group names QuickTime and Meta.

ISO/IEC 14496-12 (boxes), 14496-15 (HEVC), 23008-12 (properties), 23091-2 (colour), AV1-ISOBMFF.
"""

from __future__ import annotations

from mapy.explain.numbers import binary
from mapy.tags.definition import Definition, Names, Value
from mapy.tags.h273 import MATRICES, PRIMARIES, TRANSFERS

_BRANDS: Names = {
    "avif": "AV1 Image File Format (.AVIF)",
    "avis": "AV1 Image Sequence (.AVIF)",
    "CAEP": "Canon Digital Camera",
    "crx ": "Canon Raw (.CRX)",
    "heic": "High Efficiency Image Format HEVC still image (.HEIC)",
    "heix": "High Efficiency Image Format still image (.HEIF)",
    "hevc": "High Efficiency Image Format HEVC sequence (.HEICS)",
    "iso2": "MP4 Base Media v2 [ISO 14496-12:2005]",
    "isom": "MP4 Base Media v1 [IS0 14496-12:2003]",
    "mif1": "High Efficiency Image Format still image (.HEIF)",
    "mp41": "MP4 v1 [ISO 14496-1:ch13]",
    "mp42": "MP4 v2 [ISO 14496-14]",
    "msf1": "High Efficiency Image Format sequence (.HEIFS)",
    "qt  ": "Apple QuickTime (.MOV/QT)",
}
_HANDLERS: Names = {
    "alis": "Alias Data",
    "camm": "Camera Metadata",
    "crsm": "Clock Reference",
    "data": "Data",
    "hint": "Hint Track",
    "ipsm": "IPMP",
    "m7sm": "MPEG-7 Stream",
    "mdir": "Metadata",
    "mdta": "Metadata Tags",
    "meta": "NRT Metadata",
    "mjsm": "MPEG-J",
    "nrtm": "Non-Real Time Metadata",
    "ocsm": "Object Content",
    "odsm": "Object Descriptor",
    "pict": "Picture",
    "priv": "Private",
    "psmd": "Panasonic Static Metadata",
    "sbtl": "Subtitle",
    "sdsm": "Scene Description",
    "soun": "Audio Track",
    "subp": "Subpicture",
    "text": "Text",
    "tmcd": "Time Code",
    "url ": "URL",
    "vide": "Video Track",
}
_VENDORS: Names = {
    " KD ": "Kodak",
    "appl": "Apple",
    "AR.D": "Parrot AR.Drone",
    "fe20": "Olympus (fe20)",
    "FFMP": "FFmpeg",
    "GIC ": "General Imaging Co.",
    "kdak": "Kodak",
    "KMPI": "Konica-Minolta",
    "leic": "Leica",
    "mino": "Minolta",
    "NIKO": "Nikon",
    "niko": "Nikon",
    "olym": "Olympus",
    "pana": "Panasonic",
    "pent": "Pentax",
    "pr01": "Olympus (pr01)",
    "sany": "Sanyo",
    "SMI ": "Sorenson Media Inc.",
    "ZORA": "Zoran Corporation",
}
_PROFILES: Names = {
    0: "No Profile",
    1: "Main",
    2: "Main 10",
    3: "Main Still Picture",
    4: "Format Range Extensions",
    5: "High Throughput",
    6: "Multiview Main",
    7: "Scalable Main",
    8: "3D Main",
    9: "Screen Content Coding Extensions",
    10: "Scalable Format Range Extensions",
    11: "High Throughput Screen Content Coding Extensions",
}
_GRAPHICS_MODES: Names = {
    0: "srcCopy",
    1: "srcOr",
    2: "srcXor",
    3: "srcBic",
    4: "notSrcCopy",
    5: "notSrcOr",
    6: "notSrcXor",
    7: "notSrcBic",
    8: "patCopy",
    9: "patOr",
    10: "patXor",
    11: "patBic",
    12: "notPatCopy",
    13: "notPatOr",
    14: "notPatXor",
    15: "notPatBic",
    32: "blend",
    33: "addPin",
    34: "addOver",
    35: "subPin",
    36: "transparent",
    37: "addMax",
    38: "subOver",
    39: "addMin",
    49: "grayishTextOr",
    50: "hilite",
    64: "ditherCopy",
    256: "Alpha",
    257: "White Alpha",
    258: "Pre-multiplied Black Alpha",
    272: "Component Alpha",
}
_LEVEL_UNIT = 30
"""general_level_idc counts thirtieths of a level."""
_HOUR, _MINUTE, _DAY = 3600, 60, 24
_SHORT_TIME = 30
"""Seconds below which a duration is written with two decimals."""
_WORDS_OF_A_GRID = 4


def _size(value: Value) -> Value:
    return str(value).replace(" ", "x")


def _grid_size(value: Value) -> Value:
    """The picture's size, which a grid ends with: version and flags, rows and columns first."""
    words = str(value).split(" ")
    if len(words) < _WORDS_OF_A_GRID:
        return value
    return " ".join(("x".join(words[2:4]), *words[4:]))


def _level(value: Value) -> Value:
    return f"{value} (level {int(value) / _LEVEL_UNIT:.1f})" if isinstance(value, int) else value


def _compatible_profiles(value: Value) -> Value:
    """The profiles whose bits are set: bit 31 is that of profile 0."""
    if not isinstance(value, int):
        return value
    found = [_PROFILES.get(31 - bit, f"[{bit}]") for bit in range(32) if value >> bit & 1]
    return ", ".join(found) or "(none)"


def duration(value: Value) -> Value:
    """Seconds as people read them: `0.03 s`, `0:01:40`."""
    if not isinstance(value, int | float):
        return value
    if value == 0:
        return "0 s"
    if value < _SHORT_TIME:
        return f"{value:.2f} s"
    seconds = int(value + 0.5)
    hours, rest = divmod(seconds, _HOUR)
    days, hours = divmod(hours, _DAY) if hours > _DAY else (0, hours)
    clock = f"{hours}:{rest // _MINUTE:02d}:{rest % _MINUTE:02d}"
    return f"{days} days {clock}" if days else clock


def _percent(value: Value) -> Value:
    return f"{value * 100:.2f}%" if isinstance(value, int | float) else value


_BOOLEANS: Names = {0: "No", 1: "Yes"}

_NAMED: dict[str, Names] = {
    "MajorBrand": _BRANDS,
    "HandlerClass": {"dhlr": "Data Handler", "mhlr": "Media Handler"},
    "HandlerType": _HANDLERS,
    "HandlerVendorID": _VENDORS,
    "ColorPrimaries": PRIMARIES,
    "TransferCharacteristics": TRANSFERS,
    "MatrixCoefficients": MATRICES,
    "VideoFullRangeFlag": {0: "Limited", 1: "Full"},
    "Rotation": {
        0: "Horizontal (normal)",
        1: "Rotate 270 CW",
        2: "Rotate 180",
        3: "Rotate 90 CW",
    },
    "Mirroring": {0: "Vertical", 1: "Horizontal"},
    "GeneralProfileSpace": {0: "Conforming"},
    "GeneralTierFlag": {0: "Main Tier", 1: "High Tier"},
    "GeneralProfileIDC": _PROFILES,
    "ConstantFrameRate": {
        0: "Unknown",
        1: "Constant Frame Rate",
        2: "Each Temporal Layer is Constant Frame Rate",
    },
    "TemporalIDNested": _BOOLEANS,
    "ChromaSamplePosition": {0: "Unknown", 1: "Vertical", 2: "Colocated", 3: "(reserved)"},
    "GraphicsMode": _GRAPHICS_MODES,
    "VendorID": _VENDORS,
}
_SAID = {
    "ImageSpatialExtent": _size,
    "MetaImageSize": _grid_size,
    "GeneralLevelIDC": _level,
    "GenProfileCompatibilityFlags": _compatible_profiles,
    **dict.fromkeys(("PreferredVolume", "TrackVolume"), _percent),
    **dict.fromkeys(
        (
            *("Duration", "TrackDuration", "MediaDuration", "SampleTime", "SampleDuration"),
            *("PreviewTime", "PreviewDuration", "PosterTime", "SelectionTime"),
            *("SelectionDuration", "CurrentTime"),
        ),
        duration,
    ),
}
_PLAIN = (
    *("MinorVersion", "CompatibleBrands", "HandlerDescription", "PrimaryItemReference"),
    *("MediaDataSize", "MediaDataOffset", "ImagePixelDepth", "ColorProfiles", "CleanAperture"),
    *("PixelAspectRatio", "AuxiliaryImageType", "RelativeLocation", "MaxContentLightLevel"),
    *("MaxPicAverageLightLevel", "HEVCConfigurationVersion", "ConstraintIndicatorFlags"),
    *("MinSpatialSegmentationIDC", "ParallelismType", "BitDepthLuma", "BitDepthChroma"),
    *("AverageFrameRate", "NumTemporalLayers", "AV1ConfigurationVersion"),
    *("MovieHeaderVersion", "CreateDate", "ModifyDate", "TimeScale", "PreferredRate"),
    *("MatrixStructure", "NextTrackID", "TrackHeaderVersion", "TrackCreateDate"),
    *("TrackModifyDate", "TrackID", "TrackLayer", "ImageWidth", "ImageHeight"),
    *("MediaHeaderVersion", "MediaCreateDate", "MediaModifyDate", "MediaTimeScale"),
    *("MediaLanguageCode", "OpColor", "CompressorID", "SourceImageWidth", "SourceImageHeight"),
    *("XResolution", "YResolution", "CompressorName", "BitDepth", "VideoFrameRate"),
    *("MetaFormat", "OtherFormat", "Balance"),
)
_BINARY = ("PreviewImage", "JpgFromRaw", "MotionPhotoVideo", "ThumbnailImage")

DEFINITIONS: dict[str, Definition] = {
    **{name: Definition(name, name) for name in _PLAIN},
    **{name: Definition(name, name, words) for name, words in _NAMED.items()},
    **{name: Definition(name, name, say=say) for name, say in _SAID.items()},
    **{name: Definition(name, name, convert=binary) for name in _BINARY},
    "HEVC:ChromaFormat": Definition(
        "ChromaFormat", "ChromaFormat", {0: "Monochrome", 1: "4:2:0", 2: "4:2:2", 3: "4:4:4"}
    ),
    "AV1:ChromaFormat": Definition(
        "ChromaFormat",
        "ChromaFormat",
        {0: "YUV 4:4:4", 2: "YUV 4:2:2", 3: "YUV 4:2:0", 7: "Monochrome 4:0:0"},
    ),
}
"""By name; of names with two meanings, by the codec and the name."""
