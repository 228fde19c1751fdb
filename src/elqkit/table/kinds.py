"""What a value looks like, by its form alone: no value is changed by this, and none is parsed."""

from __future__ import annotations

import re

from elqkit.text import Text

TEXT = "text"
WHOLE_NUMBER = "whole number"
DIGITS = "digits"
"""No number: they begin with 0, or are more than a program holds exactly."""
DAY_FIRST, MONTH_FIRST = "date (DD/MM/YYYY)", "date (MM/DD/YYYY)"
EITHER_FIRST = "date (DD/MM or MM/DD)"
MAX_KIND_CHARS = 320
"""The longest e-mail address, RFC 5321 section 4.5.3.1; what is longer is text."""

_DAY, _MONTH = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])"
_LATE_DAY = "(?:1[3-9]|2[0-9]|3[01])"
_YEAR = "(?:19|20)[0-9]{2}"
_CLOCK = "[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]{1,6})?)?"

# Name for the report, form. In this order: the first that fits wins; the frequent ones first.
_KINDS: tuple[tuple[str, str], ...] = (
    (WHOLE_NUMBER, "[+-]?(?:0|[1-9][0-9]{0,14})"),
    (DIGITS, "[0-9]+"),
    ("date (YYYY-MM-DD)", f"{_YEAR}-{_MONTH}-{_DAY}"),
    ("date (YYYY/MM/DD)", f"{_YEAR}/{_MONTH}/{_DAY}"),
    ("date (DD.MM.YYYY)", rf"{_DAY}\.{_MONTH}\.{_YEAR}"),
    (DAY_FIRST, f"{_LATE_DAY}/{_MONTH}/{_YEAR}"),
    (MONTH_FIRST, f"{_MONTH}/{_LATE_DAY}/{_YEAR}"),
    (EITHER_FIRST, f"{_MONTH}/{_MONTH}/{_YEAR}"),
    ("date and time", rf"{_YEAR}-{_MONTH}-{_DAY}[T ]{_CLOCK}(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?"),
    ("decimal number", "[+-]?[0-9]{1,15}[.,][0-9]{1,15}"),
    ("yes or no", "(?i:yes|no|true|false|y|n)"),
    ("e-mail", r"[^@\s\"<>(),;]{1,64}@[^@\s\"<>(),;]+\.[^@\s.\"<>(),;]{2,}"),
    ("web address", r"(?i:https?)://[^\s]+"),
)
WORDS = {
    str(each): each
    for each in (
        Text("text"),
        Text("whole number"),
        Text("digits"),
        Text("date (YYYY-MM-DD)"),
        Text("date (YYYY/MM/DD)"),
        Text("date (DD.MM.YYYY)"),
        Text("date (DD/MM/YYYY)"),
        Text("date (MM/DD/YYYY)"),
        Text("date (DD/MM or MM/DD)"),
        Text("date and time"),
        Text("decimal number"),
        Text("yes or no"),
        Text("e-mail"),
        Text("web address"),
    )
}
"""Each kind for people: its name is for programs too, and stays as it is."""
_FORM = re.compile("|".join(f"({form})" for _, form in _KINDS))
_NAMES = (TEXT, *(name for name, _ in _KINDS))


def kind_of(value: str) -> str:
    """The kind of a value that is not empty; `text` when it has no special form."""
    if len(value) > MAX_KIND_CHARS:
        return TEXT
    match = _FORM.fullmatch(value)
    return _NAMES[match.lastindex or 0] if match else TEXT
