"""The shape of a value without the value: `Aaa 99`, `aaaa@aaaaaaa.aaa`. Safe to log and share."""

from __future__ import annotations

import unicodedata

from elqkit.text import Text

MAX_SHAPE_CHARS = 40

_SPACE = "<space>"
"""A space at either end, where it could not be seen."""
_OTHER_SPACES = frozenset({"Zs", "Zl", "Zp"})
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def _mask(character: str) -> str:
    if character == " ":
        return " "
    kind = unicodedata.category(character)
    if kind[0] == "L" or kind[0] == "M":
        return "A" if kind in ("Lu", "Lt") else "a"
    if kind[0] == "N":
        return "9"
    if kind in _OTHER_SPACES or kind in _INVISIBLE:
        return f"<U+{ord(character):04X}>"
    return character if character.isascii() else "*"


def shape(value: str) -> str:
    """Each letter as a or A, each digit as 9, what cannot be seen by its number; cut when long."""
    masked = "".join(map(_mask, value[:MAX_SHAPE_CHARS]))
    if masked.startswith(" "):
        masked = _SPACE + masked[1:]
    if len(value) > MAX_SHAPE_CHARS:
        cut, count = f"{masked}...", len(value)
        return Text(
            "{shape} ({count} character)", "{shape} ({count} characters)", shape=cut, count=count
        )
    return masked[:-1] + _SPACE if masked.endswith(" ") else masked


def visible(text: str, max_chars: int) -> str:
    """Text with control, bidirectional and unassigned characters as their numbers, cut when long.

    For names that a stranger chose: nothing in them can hide or reorder what stands around it.
    """
    shown = "".join(
        f"<U+{ord(character):04X}>" if unicodedata.category(character) in _INVISIBLE else character
        for character in text[:max_chars]
    )
    return f"{shown}..." if len(text) > max_chars else shown
