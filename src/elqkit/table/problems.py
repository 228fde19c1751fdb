"""Problems as data: what is wrong, how often, and where first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from elqkit.table.limits import MAX_PLACES
from elqkit.text import Text

NOTHING = Text("nothing")
"""Found where there is no value."""


class Severity(Enum):
    """Whether a problem stops the file from being used."""

    ERROR = "error"
    """Has to be mended before a row may be sent."""
    LOOK = "look"
    """Worth a look; may be as it should be."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that can be wrong with a CSV file: a row of the table in `elqkit.table.causes`."""

    code: str
    severity: Severity
    message: str
    """What it is, in a sentence without numbers or values."""
    hint: str
    """What to do about it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem was seen. Holds shapes and counts, never a value of the file."""

    line: int | None = None
    """The line of the file, from 1. None: the file as a whole."""
    column: int | None = None
    """The number of the field in its row, from 1. None: the row as a whole."""
    expected: str = ""
    """A sentence for people is a `Text`; any other string is a name or a shape."""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """All cases of one cause in a file."""

    cause: Cause
    count: int
    places: tuple[Place, ...]
    """The first ones, in the order of the file."""

    @property
    def code(self) -> str:
        """The cause's code: `row.long`."""
        return self.cause.code

    @property
    def blocks(self) -> bool:
        """Whether the file cannot be used as it is."""
        return self.cause.severity is Severity.ERROR


class Findings:
    """Collects problems by cause: counts all, keeps the first places."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._places: dict[str, list[Place]] = {}

    def count(self, code: str, cases: int = 1) -> bool:
        """Count cases of a cause; True while a place of it is still wanted."""
        before = self._counts.get(code, 0)
        self._counts[code] = before + cases
        return before < MAX_PLACES

    def place(self, code: str, place: Place) -> None:
        """Keep a place of a cause that `count` asked for."""
        self._places.setdefault(code, []).append(place)

    def add(self, code: str, place: Place) -> None:
        """Count one case and keep its place if there is room."""
        if self.count(code):
            self.place(code, place)

    def problems(self, causes: dict[str, Cause]) -> tuple[Problem, ...]:
        """Everything found: what blocks first, then in the order of the cause table."""
        found = [
            Problem(cause, self._counts[code], tuple(self._places.get(code, ())))
            for code, cause in causes.items()
            if code in self._counts
        ]
        return tuple(sorted(found, key=lambda problem: not problem.blocks))
