"""Google's note of HDR+ (the camera of Pixel phones). Names as ExifTool gives them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from mapy.explain import numbers
from mapy.tags.definition import Definition
from mapy.tiff_types import text

if TYPE_CHECKING:
    from mapy.model import Tag
    from mapy.tags.definition import Value

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS = 1000
_DIGITS = 15
"""Of a number that ExifTool prints."""


def _text(tag: Tag) -> Value:
    if not isinstance(tag.raw, bytes):
        raise TypeError
    return text(tag.raw)


def _date(tag: Tag) -> Value:
    return f"{_EPOCH + timedelta(seconds=tag.raw):%Y:%m:%d %H:%M:%S}+00:00"


def _build_date(tag: Tag) -> Value:
    moment = _EPOCH + timedelta(milliseconds=tag.raw)
    return f"{moment:%Y:%m:%d %H:%M:%S}.{moment.microsecond // _MILLISECONDS:03}+00:00"


def _seconds(tag: Tag) -> Value:
    return float(f"{tag.raw / _MILLISECONDS:.{_DIGITS}g}")


def _number(tag: Tag) -> Value:
    return float(f"{tag.raw:.{_DIGITS}g}")


FIELDS = {
    (1, 1): Definition("1-1", "ImageName", None, _text),
    (1, 2): Definition("1-2", "ImageData", None, numbers.binary),
    (2,): Definition("2", "TimeLogText", None, numbers.binary),
    (3,): Definition("3", "SummaryText", None, numbers.binary),
    (9, 3): Definition("9-3", "FrameCount"),
    (9, 36, 1): Definition("9-36-1", "CreateDate", None, _date),
    (12, 1): Definition("12-1", "DeviceMake", None, _text),
    (12, 2): Definition("12-2", "DeviceModel", None, _text),
    (12, 3): Definition("12-3", "DeviceCodename", None, _text),
    (12, 4): Definition("12-4", "DeviceHardwareRevision", None, _text),
    (12, 6): Definition("12-6", "HDRPSoftware", None, _text),
    (12, 7): Definition("12-7", "AndroidRelease", None, _text),
    (12, 8): Definition("12-8", "SoftwareDate", None, _build_date),
    (12, 9): Definition("12-9", "Application", None, _text),
    (12, 10): Definition("12-10", "AppVersion", None, _text),
    (12, 12, 1): Definition("12-12-1", "ExposureTimeMin", None, _seconds),
    (12, 12, 2): Definition("12-12-2", "ExposureTimeMax", None, _seconds),
    (12, 13, 1): Definition("12-13-1", "ISOMin", None, _number),
    (12, 13, 2): Definition("12-13-2", "ISOMax", None, _number),
    (12, 14): Definition("12-14", "MaxAnalogISO", None, _number),
}
"""Of version 3, by the numbers of the fields that lead there."""

SECTIONS = {
    "Payload metadata": "PayloadMetadataText",
    "StaticMetadata": "StaticMetadataText",
    "InitParams": "InitParamsText",
    "ShotParams": "ShotParamsText",
    "Unused logging metadata": "UnusedLoggingMetadata",
    "Merged image": "MergedImage",
    "Finished image": "FinishedImage",
    "Time log": "TimeLogText",
    "Summary": "SummaryText",
}
"""Of version 2, by their headings."""
