"""Numbers as our data files hold them: seven bits a byte, the lowest first; the sign last."""

from __future__ import annotations

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
        content, at = self.content, self.at
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
        self.at = at
        return number

    def several(self, count: int) -> list[int]:
        """The next numbers, none of which is negative."""
        content, at = self.content, self.at
        found = []
        for _ in range(count):
            number = content[at]
            at += 1
            if number > _LAST:
                self.at = at - 1
                number = self.unsigned()
                at = self.at
            found.append(number)
        self.at = at
        return found

    def signed(self) -> int:
        """The next number, of either sign."""
        number = self.unsigned()
        return ~(number >> 1) if number & 1 else number >> 1

    def line(self, count: int) -> list[tuple[int, int]]:
        """The next points, each stored as the steps from the one before."""
        x = y = 0
        points = []
        for _ in range(count):
            x += self.signed()
            y += self.signed()
            points.append((x, y))
        return points
