"""Numbers as our data files hold them: seven bits a byte, the lowest first; the sign last."""

from __future__ import annotations

from itertools import accumulate

_LAST = 0x7F
"""The largest byte that no other follows."""


class Varints:
    """Reads one number after the other."""

    __slots__ = ("at", "content")

    def __init__(self, content: bytes, at: int = 0) -> None:
        self.content = content
        self.at = at

    def unsigned(self) -> int:
        """The next number, which is not negative."""
        return self.several(1)[0]

    def several(self, count: int) -> list[int]:
        """The next numbers, none of which is negative."""
        content, at = self.content, self.at
        found = []
        for _ in range(count):
            number = content[at]
            at += 1
            if number > _LAST:
                number &= _LAST
                shift = 7
                while True:
                    byte = content[at]
                    at += 1
                    number |= (byte & _LAST) << shift
                    if byte <= _LAST:
                        break
                    shift += 7
            found.append(number)
        self.at = at
        return found

    def signed(self, count: int) -> list[int]:
        """The next numbers, of either sign."""
        return [~(each >> 1) if each & 1 else each >> 1 for each in self.several(count)]

    def line(self, count: int) -> list[tuple[int, int]]:
        """The next points, each stored as the steps from the one before."""
        steps = self.signed(2 * count)
        return list(zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True))
