"""A position in writing: decimal degrees, degrees-minutes-seconds, a `geo:` URI, a plus code."""

from __future__ import annotations

from math import floor, isfinite

from mapy.geo.sphere import checked

_POLE = 90.0
_PLUS_CODE_LENGTHS = (2, 4, 6, 8, 10, 11, 12, 13, 14, 15)
_PLUS_CODE_LETTERS = "23456789CFGHJMPQRVWX"
_PAIRS, _GRID = 10, 5
_ROWS_IN_GRID, _COLUMNS_IN_GRID = 5, 4
_LATITUDE_STEPS = 20**3 * _ROWS_IN_GRID**_GRID
_LONGITUDE_STEPS = 20**3 * _COLUMNS_IN_GRID**_GRID
"""Of a degree, at 15 letters."""
_LACKING = 1e-6
"""Of a step: what a product of floating-point numbers may lack of a whole one."""
_SEPARATOR_AT = 8


def decimal(latitude: float, longitude: float, digits: int = 6) -> str:
    """Decimal degrees, south and west negative: `48.858222, 2.294500`. Six digits are 11 cm.

    Raises:
        ValueError: the numbers are no place on the Earth.
    """
    checked(latitude, longitude)
    return ", ".join(_fixed(value, digits) for value in (latitude, longitude))


def degrees(latitude: float, longitude: float) -> str:
    """Degrees, minutes and seconds as people write them: `48° 51′ 29.60″ N, 2° 17′ 40.20″ E`.

    Raises:
        ValueError: the numbers are no place on the Earth.
    """
    checked(latitude, longitude)
    return ", ".join(
        (
            f"{_sexagesimal(latitude)} {'S' if latitude < 0 else 'N'}",
            f"{_sexagesimal(longitude)} {'W' if longitude < 0 else 'E'}",
        )
    )


def geo_uri(
    latitude: float,
    longitude: float,
    altitude: float | None = None,
    uncertainty_m: float | None = None,
) -> str:
    """A URI that map programs open (RFC 5870): `geo:48.858222,2.2945;u=10`. Metres.

    Raises:
        ValueError: the numbers are no place on the Earth, or the uncertainty is below 0.
    """
    latitude, longitude = checked(latitude, longitude)
    if abs(latitude) == _POLE:
        longitude = 0.0  # section 3.4.2: a pole has one name
    numbers = [_short(latitude), _short(longitude)]
    if altitude is not None:
        if not isfinite(altitude):
            raise ValueError("An altitude is a number of metres.")
        numbers.append(_short(altitude, 2))
    uri = "geo:" + ",".join(numbers)
    if uncertainty_m is None:
        return uri
    if not (isfinite(uncertainty_m) and uncertainty_m >= 0):
        raise ValueError("An uncertainty is a number of metres from 0 on.")
    return f"{uri};u={_short(uncertainty_m, 2)}"


def plus_code(latitude: float, longitude: float, length: int = 10) -> str:
    """The Open Location Code (plus code) of the place; ten letters name a square of 14 m.

    Raises:
        ValueError: the numbers are no place on the Earth, or no code has that length.
    """
    latitude, longitude = checked(latitude, longitude)
    if length not in _PLUS_CODE_LENGTHS:
        raise ValueError("A plus code has 2, 4, 6, 8 or 10 to 15 letters.")
    north = (
        min(floor(latitude * _LATITUDE_STEPS + _LACKING), 90 * _LATITUDE_STEPS - 1)
        + 90 * _LATITUDE_STEPS
    )
    east = floor(longitude * _LONGITUDE_STEPS + _LACKING) + 180 * _LONGITUDE_STEPS
    letters = []
    for _ in range(_GRID):
        north, up = divmod(north, _ROWS_IN_GRID)
        east, across = divmod(east, _COLUMNS_IN_GRID)
        letters.append(_PLUS_CODE_LETTERS[up * _COLUMNS_IN_GRID + across])
    for _ in range(_PAIRS // 2):
        north, up = divmod(north, len(_PLUS_CODE_LETTERS))
        east, across = divmod(east, len(_PLUS_CODE_LETTERS))
        letters += [_PLUS_CODE_LETTERS[across], _PLUS_CODE_LETTERS[up]]
    code = "".join(reversed(letters))[:length].ljust(_SEPARATOR_AT, "0")
    return f"{code[:_SEPARATOR_AT]}+{code[_SEPARATOR_AT:]}"


def _fixed(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    return text.removeprefix("-") if not float(text) else text


def _short(value: float, digits: int = 6) -> str:
    return _fixed(value, digits).rstrip("0").rstrip(".")


def _sexagesimal(value: float) -> str:
    hundredths = round(abs(value) * 360_000)
    whole, rest = divmod(hundredths, 360_000)
    minutes, seconds = divmod(rest, 6_000)
    return f"{whole}° {minutes}′ {seconds / 100:.2f}″"
