"""Samsung's levels, matrices and curves, to which the note adds the numbers of a key of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapy.makernotes.note import Hook, Note
    from mapy.model import Tag

KEY = 0xA020
_SALTS = {
    0xA021: ("-0",),
    0xA022: ("-4",),
    0xA023: ("-8",),
    0xA024: ("-1",),
    0xA028: ("-0",),
    **dict.fromkeys((0xA030, 0xA031, 0xA032, 0xA033), ("0",)),
    0xA034: ("4",),
    0xA035: ("-0",),
    0xA036: ("-2",),
    **dict.fromkeys((0xA040, 0xA041, 0xA042, 0xA043), ("0", "-0")),
}
"""By number: with which number of the key the values begin, and whether it was added.

With two, the values are two rows, as long as the first value says, which stands in plain.
"""
_SIGNED = frozenset({0xA028, 0xA030, 0xA031, 0xA032, 0xA033, 0xA034})
_ALL, _HALF = 1 << 32, 1 << 31


def keep_key(note: Note, tag: Tag) -> Tag:
    """Keep the key."""
    if isinstance(tag.raw, tuple) and all(isinstance(each, int) for each in tag.raw):
        note.seen["Key"] = tag.raw
    return tag


def opened(note: Note, tag: Tag) -> Tag | None:
    """The tag with its values in plain; None where there is no key, or no number."""
    key: tuple[int, ...] | None = note.seen.get("Key")
    values = tag.raw if isinstance(tag.raw, tuple) else (tag.raw,)
    if not key or not values or not all(isinstance(each, int) for each in values):
        return None
    number = int(tag.id)
    salts = _SALTS[number]
    found = list(values)
    first = int(len(salts) > 1)
    length = len(found) if not first else max(found[0], 0)
    for place in range(first, len(found)):
        row = min((place - first) // length, len(salts) - 1) if length else 0
        salt = salts[row]
        start = first + row * length
        plus = key[(int(salt.removeprefix("-")) + place - start) % len(key)]
        value = found[place] + (-plus if salt.startswith("-") else plus)
        found[place] = _wrapped(value, is_signed=number in _SIGNED)
    return tag._replace(raw=tuple(found) if len(found) > 1 else found[0])


def _wrapped(value: int, *, is_signed: bool) -> int:
    """The value within 32 bits."""
    low = -_HALF if is_signed else 0
    return (value - low) % _ALL + low


HOOKS_BY_NUMBER: dict[int, Hook] = {KEY: keep_key, **dict.fromkeys(_SALTS, opened)}
