"""What codes are called: a tag's value in the words of its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from mapy.tags.definition import Names, Value

AsFound: TypeAlias = "Value | Any"
"""A value as a file and its conversion left it. `Any`: compiled code holds what comes to its type,
and damage that nobody foresaw must not become a `TypeError`."""

EACH: Final = "*"
"""The key of `Names` of a list that tells which of its places, from 0, have words of their own.

Those behind the first have theirs by keys such as `1:5`. Without it a list has its words together.
"""
UNKNOWN: Final = "?"
"""The key of `Names` that tells how a code is said that has no word: `HEXADECIMAL` or `BITS`."""
HEXADECIMAL: Final = "0x"
"""By its digits to the base of 16."""
BITS: Final = "bits"
"""By the words of its bits, each of which `Names` has as the number that has it alone."""

_LARGEST: Final = (1 << 64) - 1
_MOST_CODES: Final = 8
"""Codes that may have one meaning together."""


def in_each_place(names: Names, places: int) -> Names:
    """The names of a list, so many of whose places have the same words."""
    found: dict[int | str, str] = {**names, EACH: " ".join(map(str, range(places)))}
    for place in range(1, places):
        found |= {f"{place}:{code}": word for code, word in names.items()}
    return found


def in_words(names: Names, value: AsFound, *, is_said_on: bool = False) -> AsFound:
    """A code, or each of several, in words.

    Args:
        names: what each code means.
        value: the value for programs.
        is_said_on: whether what has no word is left as it is, to be said in another way.
    """
    if isinstance(value, list):
        together = _together(names, [str(each) for each in value])
        return together or [in_words(names, each, is_said_on=is_said_on) for each in value]
    found = None if isinstance(value, float) else names.get(value)
    if found is not None:
        return found
    if isinstance(value, str):
        if EACH in names:
            return _in_turn(names, value.split(" "))
        if value.isascii() and value.isdigit() and int(value) in names:
            return names[int(value)]
    return value if is_said_on else unknown(names, value)


def _in_turn(names: Names, parts: list[str]) -> str:
    """A list in words, each place of which has its own; a place without words says its number."""
    places = names[EACH].split(" ")
    first = next((code for code in names if isinstance(code, str) and _is_list(code)), "")
    taken = 1 + first.count(" ")  # some have words for their first numbers together
    said: list[str] = []
    for place, part in enumerate([" ".join(parts[:taken]), *parts[taken:]]):
        code = f"{place}:{part}" if place else part
        word = names.get(_code(code))
        if word is None:
            word = unknown(names, _code(part)) if str(place) in places else part
        said.append(word)
    return "; ".join(said)


def _code(part: str) -> int | str:
    return int(part) if part.lstrip("-").isdigit() else part


def unknown(names: Names, value: AsFound) -> str:
    """What a code is called that has no word of its own."""
    how = names.get(UNKNOWN)
    if how is None or not isinstance(value, int):
        return f"Unknown ({value})"
    if how == HEXADECIMAL:
        return unknown_digits(value)
    return set_bits(names, value & _LARGEST)


def unknown_digits(code: int) -> str:
    """A code without a word by its digits to the base of 16; a negative one as 64 bits hold it."""
    return f"Unknown (0x{code & _LARGEST:x})"


def set_bits(names: Names, value: int) -> str:
    """The words of the bits that are set, the lowest first; `names` has each by its value alone."""
    return (
        ", ".join(
            [
                names.get(1 << bit) or f"[{bit}]"
                for bit in range(value.bit_length())
                if value >> bit & 1
            ]
        )
        or "(none)"
    )


def _is_list(code: str) -> bool:
    """Whether a key of a table is several numbers: `5 0`."""
    return " " in code and all(part.isdigit() for part in code.split(" "))


def _together(names: Names, codes: list[str]) -> str:
    """A list in words, where the table has words for several codes together; else nothing.

    Codes behind those that have one meaning are said each by itself.
    """
    if not 1 < len(codes) <= _MOST_CODES:
        return ""
    for count in range(len(codes), 1, -1):
        word = names.get(" ".join(codes[:count]))
        if word is not None:
            rest = codes[count:]
            if not all(code.isascii() and code.isdigit() for code in rest):
                break
            others = [names.get(int(code)) or unknown(names, int(code)) for code in rest]
            return "; ".join([word, *others])
    if any(isinstance(code, str) and _is_list(code) for code in names):
        return f"Unknown ({' '.join(codes)})"
    return ""
