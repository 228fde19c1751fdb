"""The tags of an IFD: rows and meanings from the generated tables, joined with their conversions.

What a tag is called in TIFF 6.0, TIFF/EP, Exif 3.0 and DNG 1.7; how its value becomes a machine
value (`convert`) and a readable one (`say`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from mapy.explain import numbers, words
from mapy.tags import exif_meanings, exif_rows, gps_meanings, gps_rows
from mapy.tags.definition import Converter, Definition, Formatter, Names
from mapy.wording import BITS, UNKNOWN, in_each_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CONVERT: dict[str, Converter] = {
    "ApertureValue": numbers.aperture_of_apex,
    "CFAPattern": numbers.cfa_pattern,
    "CFAPattern2": numbers.listed_bytes,
    "CFAPlaneColor": numbers.listed_bytes,
    "CR2CFAPattern": numbers.cr2_cfa_pattern,
    "CFARepeatPatternDim": numbers.plain,
    "ComponentsConfiguration": numbers.listed_bytes,
    "Copyright": numbers.copyright_text,
    "FileSource": numbers.code_byte,
    "GPSAreaInformation": numbers.marked_text,
    "GPSDestLatitude": numbers.degrees,
    "GPSDestLongitude": numbers.degrees,
    "GPSLatitude": numbers.degrees,
    "GPSLongitude": numbers.degrees,
    "GPSProcessingMethod": numbers.marked_text,
    "GPSTimeStamp": numbers.time_of_day,
    "DNGLensInfo": numbers.plain,
    "LensInfo": numbers.plain,
    "MaxApertureValue": numbers.aperture_of_apex,
    "SceneType": numbers.code_byte,
    "NewRawImageDigest": numbers.hex_digits,
    "OriginalRawFileDigest": numbers.hex_digits,
    "OriginalRawFileName": numbers.byte_text,
    "PreviewDateTime": numbers.iso_date,
    "PreviewSettingsDigest": numbers.hex_digits,
    "RawDataUniqueID": numbers.hex_capitals,
    "RawImageDigest": numbers.hex_digits,
    "ShutterSpeedValue": numbers.seconds_of_apex,
    "StripByteCounts": numbers.long_list,
    "StripOffsets": numbers.long_list,
    "TileByteCounts": numbers.long_list,
    "TileOffsets": numbers.long_list,
    "UserComment": numbers.marked_text,
    "XPAuthor": numbers.utf16_text,
    "XPComment": numbers.utf16_text,
    "XPKeywords": numbers.utf16_text,
    "XPSubject": numbers.utf16_text,
    "XPTitle": numbers.utf16_text,
    **dict.fromkeys(
        (
            *("Artist", "ImageDescription", "Make", "Model", "Software", "ModifyDate"),
            *("CreateDate", "DateTimeOriginal"),
        ),
        numbers.trimmed_text,
    ),
    "GPSDateStamp": numbers.date_of_digits,
    **dict.fromkeys(
        ("SubSecTime", "SubSecTimeOriginal", "SubSecTimeDigitized"), numbers.trimmed_text
    ),
}
SAY: dict[str, Formatter] = {
    "AmbientTemperature": words.celsius,
    "ApertureValue": words.one_decimal,
    "CFAPattern": words.cfa_pattern,
    "CFAPlaneColor": words.cfa_plane,
    "ColorSpace": words.unknown_code,
    "ComponentsConfiguration": words.components,
    "DNGBackwardVersion": words.dotted,
    "DNGLensInfo": words.lens,
    "DNGVersion": words.dotted,
    "ExposureCompensation": words.fraction,
    "ExposureTime": words.exposure_time,
    "FNumber": words.f_number,
    "Flash": words.unknown_code,
    "FocalLength": words.millimetres_1,
    "FocalLengthIn35mmFormat": words.millimetres,
    "GPSAltitude": words.metres,
    "GPSDestLatitude": words.degrees,
    "GPSDestLongitude": words.degrees,
    "GPSHPositioningError": words.metres,
    "GPSLatitude": words.degrees,
    "GPSLongitude": words.degrees,
    "GPSVersionID": words.dotted,
    "LensInfo": words.lens,
    "MaxApertureValue": words.one_decimal,
    "ShutterSpeedValue": words.exposure_time,
    "SubjectDistance": words.metres,
    "TIFF-EPStandardID": words.dotted,
}

_WORDED = frozenset({"ComponentsConfiguration", "OpcodeList1", "OpcodeList2", "OpcodeList3"})
"""Tags whose formatter knows what each of their bytes means."""

NEWER_ROWS = (
    (0x502D, "ThumbnailResolutionX"),
    (0x502E, "ThumbnailResolutionY"),
    (0x5030, "ThumbnailResolutionUnit"),
    (0x5090, "LuminanceTable"),
    (0x5091, "ChrominanceTable"),
    (0xCD40, "ProfileGainTableMap2"),
    (0xCD43, "ColumnInterleaveFactor"),
    (0xCD46, "ImageStats"),
    (0xCD48, "ProfileGroupName"),
    (0xCD49, "JXLDistance"),
    (0xCD4A, "JXLEffort"),
    (0xCD4B, "JXLDecodeSpeed"),
    (0xA436, "ImageTitle"),
    (0xA437, "Photographer"),
    (0xA438, "ImageEditor"),
    (0xA439, "CameraFirmware"),
    (0xA43A, "RAWDevelopingSoftware"),
    (0xA43B, "ImageEditingSoftware"),
    (0xA43C, "MetadataEditingSoftware"),
)
"""Windows GDI+ property tags, and Exif 3.0, section 4.6.6: not in the list behind the tables."""

OFFSET_TAGS = frozenset({0x0111, 0x0120, 0x0144, 0x0201, 0x0207, 0x0208, 0x0209})
"""Tags whose values are places: counted from the TIFF header, shown from the file's start."""


def binary_text(length: int) -> str:
    """What stands for bytes that are no text."""
    return f"(Binary data {length} bytes, use -b option to extract)"


binary = numbers.binary


_BIT_FIELDS = (
    "T4Options", "T6Options", "TIFF_FXExtensions", "MultiProfiles", "CodingMethods", "ImageType",
)  # fmt: skip
_CORRECTED: Names = {0: "No", 1: "Yes"}
_OTHER_MEANINGS: Mapping[int, Names | None] = {
    0xA40F: _CORRECTED,
    0xA410: _CORRECTED,
    **dict.fromkeys((0xFE4E, *range(0xFE51, 0xFE59))),
}
"""By number, of tags that share the name of another: corrections of a lens in Exif 3.0, and what
Camera Raw was set to, in its own words."""
_MEANINGS: dict[str, Names] = {
    **exif_meanings.MEANINGS,
    **{name: {**exif_meanings.MEANINGS[name], UNKNOWN: BITS} for name in _BIT_FIELDS},
    "SampleFormat": in_each_place(exif_meanings.MEANINGS["SampleFormat"], 4),
    "DevelopmentType": in_each_place(exif_meanings.MEANINGS["DevelopmentType"], 2),
    "Compression": exif_meanings.MEANINGS["Compression"] | {52546: "JPEG XL"},  # DNG 1.7
}


def _table(
    rows: Iterable[tuple[int, str]], meanings: Mapping[str, Names], binaries: frozenset[int]
) -> dict[int, Definition]:
    return {
        number: Definition(
            number,
            name,
            None if name in _WORDED else _OTHER_MEANINGS.get(number, meanings.get(name)),
            binary if number in binaries else CONVERT.get(name),
            SAY.get(name),
        )
        for number, name in rows
    }


EXIF = _table((*exif_rows.ROWS, *NEWER_ROWS), _MEANINGS, exif_rows.BINARY)
GPS = _table(gps_rows.ROWS, gps_meanings.MEANINGS, frozenset())
for _not_shown in (
    0x014A,
    0x02BC,
    0x83BB,
    0x8649,
    0x8773,
    0x87AF,
    0x87B0,
    0x87B1,
    0xC4A5,
    0xC634,
    0xC6D2,
    0xC6D3,
    0xCD44,
    0xCD47,
):  # these lead to blocks
    EXIF.pop(_not_shown, None)


def _renamed(**names: str) -> dict[int, Definition]:
    changed = {EXIF[int(number[1:], 16)]: name for number, name in names.items()}
    return EXIF | {
        int(definition.id): definition._replace(name=name) for definition, name in changed.items()
    }


_RAW = _renamed(x0201="JpgFromRawStart", x0202="JpgFromRawLength")
_OTHER = _renamed(x0201="OtherImageStart", x0202="OtherImageLength")

GROUP_TABLES: dict[str, dict[int, Definition]] = {
    "GPS": GPS,
    "IFD0": _OTHER,
    "IFD1": EXIF,
    "SubIFD": _RAW,
    "SubIFD1": _OTHER,
    "SubIFD2": _OTHER,
    "IFD2": _OTHER,
    "ExifIFD": _OTHER,
}
"""The table of each directory; EXIF where none is named."""

Picture: TypeAlias = tuple[str, str, Definition]
"""A picture in a file: what its place, its length and itself are called."""
EMBEDDED_PICTURES: dict[str, Picture] = {
    group: (
        f"{name}{start}",
        f"{name}Length",
        Definition(name + suffix, name + suffix, None, binary),
    )
    for group, name, start, suffix in (
        ("IFD0", "OtherImage", "Start", ""),
        ("IFD1", "Thumbnail", "Offset", "Image"),
        ("SubIFD", "JpgFromRaw", "Start", ""),
        ("SubIFD1", "OtherImage", "Start", ""),
        ("SubIFD2", "OtherImage", "Start", ""),
        ("IFD2", "OtherImage", "Start", ""),
    )
}
"""By directory: the tags that tell where an embedded picture lies, and what it is called."""


PREVIEW = (
    "PreviewImageStart",
    "PreviewImageLength",
    Definition("PreviewImage", "PreviewImage", None, binary),
)
PICTURES_IN_STRIPS: dict[object, Picture] = {
    34892: (
        "OtherImageStart",
        "OtherImageLength",
        Definition("OtherImage", "OtherImage", None, binary),
    ),
    52546: (
        "PreviewJXLStart",
        "PreviewJXLLength",
        Definition("PreviewJXL", "PreviewJXL", None, binary),
    ),
}
"""By compression (DNG 1.7: lossy JPEG, JPEG XL): what the strips of any page are."""


def picture_in_strips(
    compression: Any,  # noqa: ANN401 - as Tag.raw
    subfile_type: Any,  # noqa: ANN401
) -> Picture | None:
    """What the strips of a TIFF page are, if a decoder takes them as they are."""
    if compression == _JPEG:
        return PREVIEW if subfile_type != 0 else None  # else it is the main picture
    return PICTURES_IN_STRIPS.get(compression)


def of_picture(definition: Definition, picture: Picture) -> Definition:
    """The definition, with the name that place and length of strips go by that are a picture."""
    name = {"StripOffsets": picture[0], "StripByteCounts": picture[1]}.get(definition.name)
    return definition if name is None else definition._replace(name=name)


_JPEG = 7


@lru_cache(maxsize=4096)
def unknown(number: int) -> Definition:
    """A definition for a number that no table names."""
    return Definition(number, f"Tag0x{number:04X}", is_known=False)
