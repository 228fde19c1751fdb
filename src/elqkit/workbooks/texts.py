"""A cell's value as the text that a person sees, as far as the workbook says how it is shown.

ECMA-376 part 1, section 18.8.31 (number formats). Formats that depend on the reader's own language,
and those with colours, conditions or words, are not followed: that is said of each such cell.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
import re

DATE, NUMBER, DIGITS = "workbook.date", "workbook.number", "workbook.digits"
"""What is said of a cell that may look otherwise in the workbook."""

_PLAIN = frozenset({"General", "@", "", None})
_LOCALE_DATE = "mm-dd-yy"
"""Built-in format 14: each reader sees the short date of his own language."""
_PREFIX = re.compile(r"\[\$-[0-9A-Fa-f]+\]")
_DATE = re.compile(r"(yyyy|yy|mm|m|dd|d|[-/. ])+")
_DATE_PART = re.compile(r"yyyy|yy|mm|m|dd|d")
_ZEROS = re.compile(r"0+")
_FIXED = re.compile(r"(?P<comma>#,##)?0(?:\.(?P<decimals>0+))?(?P<percent>%)?")
_EXACT_DIGITS = 15
"""What a number of a workbook holds; digits beyond were lost when it was typed."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def text_of(value: object, number_format: str | None) -> tuple[str, str]:
    """The text of a value, and the code of what is to be said of it."""
    if value is None:
        return "", ""
    if isinstance(value, str):
        is_escaped = "_x" in value
        return _ESCAPED.sub(_unescaped, value) if is_escaped else value, ""
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), ""
    if isinstance(value, int) and number_format in _PLAIN and abs(value) < 10**_EXACT_DIGITS:
        return str(value), ""
    if isinstance(value, int | float):
        return _number(value, number_format)
    return _time(value, number_format or "")


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _number(value: float, number_format: str | None) -> tuple[str, str]:
    digits = Decimal(format(value, f".{_EXACT_DIGITS}g") if value % 1 else int(value))
    said = DIGITS if abs(digits) >= 10**_EXACT_DIGITS else ""
    if number_format in _PLAIN:
        return _plain(digits), said
    shown = number_format or ""
    if _ZEROS.fullmatch(shown) and digits >= 0:
        return f"{digits:.0f}".zfill(len(shown)), said
    fixed = _FIXED.fullmatch(shown)
    if fixed is None:
        return _plain(digits), said or NUMBER
    scaled = digits * 100 if fixed["percent"] else digits
    places = len(fixed["decimals"] or "")
    comma = "," if fixed["comma"] else ""
    return f"{scaled:{comma}.{places}f}{fixed['percent'] or ''}", said


def _plain(digits: Decimal) -> str:
    """A number in digits, without an exponent or zeros at its end."""
    text = f"{digits:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _time(value: object, number_format: str) -> tuple[str, str]:
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}", DATE
    if isinstance(value, dt.time):
        return value.isoformat(timespec="seconds"), DATE
    if not isinstance(value, dt.date):
        return str(value), NUMBER
    shown = _PREFIX.sub("", number_format.lower()).removesuffix(";@").replace("\\", "")
    if shown != _LOCALE_DATE and _DATE.fullmatch(shown):
        return _DATE_PART.sub(lambda part: _part(part[0], value), shown), ""
    if isinstance(value, dt.datetime):
        is_day = (value.hour, value.minute, value.second) == (0, 0, 0)
        text = value.date().isoformat() if is_day else value.isoformat(" ", "seconds")
        return text, DATE
    return value.isoformat(), DATE


def _part(part: str, day: dt.date) -> str:
    number = {"y": day.year, "m": day.month, "d": day.day}[part[0]]
    return str(number % 100 if part == "yy" else number).zfill(len(part))
