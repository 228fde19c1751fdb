"""What Canon's boxes in CR3 tell: the version of the compressor, the timed metadata."""

from __future__ import annotations

from mapy.tags.definition import Definition
from mapy.tags.exif import EXIF

_FNUMBER, _EXPOSURE_TIME, _FOCAL_LENGTH = EXIF[0x829D], EXIF[0x829A], EXIF[0x920A]

CANON_BOXES = {
    "CompressorVersion": Definition("CNCV", "CompressorVersion"),
    "TimeStamp": Definition(1, "TimeStamp"),
    "FocalLength": _FOCAL_LENGTH._replace(id=4),
    "FNumber": _FNUMBER._replace(id=5),
    "ExposureTime": _EXPOSURE_TIME._replace(id=5),
    "ISO": Definition(5, "ISO"),
}
