"""What the values of the GPS tags mean.

Written by `python tools/tag_tables.py`; change it there.
"""

from __future__ import annotations

MEANINGS: dict[str, dict[int | str, str]] = {
    "GPSLatitudeRef": {"N": "North", "S": "South"},
    "GPSLongitudeRef": {"E": "East", "W": "West"},
    "GPSAltitudeRef": {
        0: "Above Sea Level",
        1: "Below Sea Level",
        2: "Positive Sea Level (sea-level ref)",
        3: "Negative Sea Level (sea-level ref)",
    },
    "GPSStatus": {"A": "Measurement Active", "V": "Measurement Void"},
    "GPSMeasureMode": {2: "2-Dimensional Measurement", 3: "3-Dimensional Measurement"},
    "GPSSpeedRef": {"K": "km/h", "M": "mph", "N": "knots"},
    "GPSTrackRef": {"M": "Magnetic North", "T": "True North"},
    "GPSImgDirectionRef": {"M": "Magnetic North", "T": "True North"},
    "GPSDestLatitudeRef": {"N": "North", "S": "South"},
    "GPSDestLongitudeRef": {"E": "East", "W": "West"},
    "GPSDestBearingRef": {"M": "Magnetic North", "T": "True North"},
    "GPSDestDistanceRef": {"K": "Kilometers", "M": "Miles", "N": "Nautical Miles"},
    "GPSDifferential": {0: "No Correction", 1: "Differential Corrected"},
}
"""By name: what each value means."""
