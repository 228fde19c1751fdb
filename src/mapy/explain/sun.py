"""How high the sun stood: the solar position of NOAA's published formulae.

They follow J. Meeus, Astronomical Algorithms (chapters 25 and 28), as NOAA's Global Monitoring
Laboratory publishes them with its solar calculator. Refraction is left out: it lifts the sun by
0.6 degrees at the horizon. For years from 1900 to 2100 the height is right to better than 0.1.
"""

from __future__ import annotations

from datetime import UTC, datetime
import math

_EPOCH = datetime(2000, 1, 1, 12, tzinfo=UTC)
_DAY_S, _CENTURY_D = 86_400, 36_525


def height(at: datetime, latitude: float, longitude: float) -> float:
    """Degrees of the sun's centre above the horizon, negative at night, without refraction.

    Args:
        at: the moment, with its zone.
        latitude: degrees, north positive.
        longitude: degrees, east positive.
    """
    declination, equation_of_time_min = _sun(at)
    utc = at.astimezone(UTC)
    minutes = utc.hour * 60 + utc.minute + utc.second / 60
    true_solar_min = (minutes + equation_of_time_min + 4 * longitude) % 1440
    hour_angle = math.radians(true_solar_min / 4 - 180)
    phi = math.radians(latitude)
    sine = math.sin(phi) * math.sin(declination) + math.cos(phi) * math.cos(declination) * math.cos(
        hour_angle
    )
    return math.degrees(math.asin(max(-1.0, min(1.0, sine))))


def _sun(at: datetime) -> tuple[float, float]:
    """The declination in radians, and the equation of time in minutes."""
    century = (at - _EPOCH).total_seconds() / _DAY_S / _CENTURY_D
    mean_longitude = math.radians((280.46646 + century * (36000.76983 + century * 0.0003032)) % 360)
    anomaly = math.radians(357.52911 + century * (35999.05029 - 0.0001537 * century))
    eccentricity = 0.016708634 - century * (0.000042037 + 0.0000001267 * century)
    centre = (
        math.sin(anomaly) * (1.914602 - century * (0.004817 + 0.000014 * century))
        + math.sin(2 * anomaly) * (0.019993 - 0.000101 * century)
        + math.sin(3 * anomaly) * 0.000289
    )
    node = math.radians(125.04 - 1934.136 * century)
    apparent = mean_longitude + math.radians(centre - 0.00569 - 0.00478 * math.sin(node))
    tilt_s = 21.448 - century * (46.815 + century * (0.00059 - century * 0.001813))
    tilt = math.radians(23 + (26 + tilt_s / 60) / 60 + 0.00256 * math.cos(node))
    declination = math.asin(math.sin(tilt) * math.sin(apparent))
    y = math.tan(tilt / 2) ** 2
    equation = (
        y * math.sin(2 * mean_longitude)
        - 2 * eccentricity * math.sin(anomaly)
        + 4 * eccentricity * y * math.sin(anomaly) * math.cos(2 * mean_longitude)
        - 0.5 * y * y * math.sin(4 * mean_longitude)
        - 1.25 * eccentricity * eccentricity * math.sin(2 * anomaly)
    )
    return declination, 4 * math.degrees(equation)
