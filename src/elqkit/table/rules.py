"""The rules for values, as rows of a form ask for them. An empty value breaks only `Required`.

Each rule looks at a whole column at once and returns the places of what it does not allow, so that
a column without faults costs a search or two and no work for each of its values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
import re
from typing import TYPE_CHECKING, ClassVar, Protocol

from elqkit.table.dates import DATE_FORMATS, DateFormat
from elqkit.table.shapes import visible
from elqkit.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_EMAIL_CHARS = 254
"""RFC 5321 section 4.5.3.1.3: a path of 256, its brackets among them."""
MAX_NUMBER_CHARS = 40
NAMED_OPTIONS, OPTION_CHARS = 5, 30
"""How many values of a list are named, and how much of each."""

_ODD_SPACE = re.compile("[\u00a0\u2007\u202f\u200b\u2060\ufeff]")
_LOCAL = r"[^\s@\"<>(),;:\\\[\].]+(?:\.[^\s@\"<>(),;:\\\[\].]+)*"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_EMAIL = re.compile(rf"(?=[^@]{{1,64}}@){_LOCAL}@(?:{_LABEL}\.)+(?!\d+\Z){_LABEL}")
_URL = re.compile(r"(?:https?|ftps?|telnet)://|\bwww\.[^\W_]", re.IGNORECASE)
_HTML = re.compile(r"<[a-z!/?]|&(?:#\d|#x|lt;|gt;)", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


EMAIL_ADDRESS = Text("an e-mail address")


def at_most_characters(count: int) -> Text:
    """`at most 100 characters`."""
    return Text("at most {count} character", "at most {count} characters", count=count)


class Rule(Protocol):
    """One demand on the values of a column."""

    @property
    def code(self) -> str:
        """The cause of the faults that it finds, in `elqkit.table.causes`."""

    @property
    def expected(self) -> Text:
        """What it asks for, in a few words."""

    def faults(self, values: Sequence[str]) -> list[int]:
        """The places of the values that it does not allow."""


@dataclass(frozen=True, slots=True)
class NoNul:
    """No NUL byte, which ends a text for many a program."""

    code: ClassVar[str] = "cell.nul"
    expected: ClassVar[Text] = Text("no NUL byte")

    def faults(self, values: Sequence[str]) -> list[int]:
        """Values that hold one anywhere."""
        return [at for at, value in enumerate(values) if "\0" in value]


@dataclass(frozen=True, slots=True)
class Required:
    """A value that is more than spaces."""

    code: ClassVar[str] = "value.missing"
    expected: ClassVar[Text] = Text("a value")

    def faults(self, values: Sequence[str]) -> list[int]:
        """Empty values, and those of spaces of any kind."""
        return [at for at, value in enumerate(values) if not value or value.isspace()]


@dataclass(frozen=True, slots=True)
class Length:
    """So many characters."""

    most: int
    least: int = 0
    code: ClassVar[str] = "value.length"

    @property
    def expected(self) -> Text:
        """The bounds in words."""
        if not self.least:
            return at_most_characters(self.most)
        return Text(
            "{least} to {count} character",
            "{least} to {count} characters",
            least=self.least,
            count=self.most,
        )

    def faults(self, values: Sequence[str]) -> list[int]:
        """Too long or too short; empty is not too short."""
        lengths = list(map(len, values))
        if not self.least and max(lengths, default=0) <= self.most:
            return []
        return [at for at, n in enumerate(lengths) if n and not self.least <= n <= self.most]


@dataclass(frozen=True, slots=True)
class Email:
    """An address as mail servers take it. Whether anybody is there is not asked."""

    code: ClassVar[str] = "value.email"
    expected: ClassVar[Text] = EMAIL_ADDRESS

    def faults(self, values: Sequence[str]) -> list[int]:
        """What has no form of an address, spaces around it among them."""
        return [
            at
            for at, value in enumerate(values)
            if value
            and not (len(value) <= MAX_EMAIL_CHARS and _EMAIL.fullmatch(value))
            and not _ODD_SPACE.search(value)
        ]


@dataclass(frozen=True, slots=True)
class EmailSpaces:
    """No space in an address that looks like an ordinary one, or like none, and is not."""

    code: ClassVar[str] = "value.email-space"
    expected: ClassVar[Text] = Text("no hidden space")

    def faults(self, values: Sequence[str]) -> list[int]:
        """Non-breaking spaces, and spaces of no width."""
        return _where(_ODD_SPACE, values)


@dataclass(frozen=True, slots=True)
class NoUrl:
    """No web address."""

    code: ClassVar[str] = "value.url"
    expected: ClassVar[Text] = Text("no web address")

    def faults(self, values: Sequence[str]) -> list[int]:
        """Values that hold one anywhere."""
        return _where(_URL, values)


@dataclass(frozen=True, slots=True)
class NoHtml:
    """No tag of HTML."""

    code: ClassVar[str] = "value.html"
    expected: ClassVar[Text] = Text("no HTML")

    def faults(self, values: Sequence[str]) -> list[int]:
        """Values that hold the beginning of a tag, or a sign written as HTML."""
        return _where(_HTML, values)


@dataclass(frozen=True, slots=True)
class Number:
    """A number with a decimal point, and nothing between its digits."""

    least: float | None = None
    most: float | None = None
    code: ClassVar[str] = "value.number"

    @property
    def expected(self) -> Text:
        """The bounds in words; the numbers as a value has to be written."""
        if self.least is not None and self.most is not None:
            least, most = format(self.least, "g"), format(self.most, "g")
            return Text("a number from {least} up to {most}", least=least, most=most)
        if self.least is not None:
            return Text("a number from {least}", least=format(self.least, "g"))
        if self.most is not None:
            return Text("a number up to {most}", most=format(self.most, "g"))
        return Text("a number")

    def faults(self, values: Sequence[str]) -> list[int]:
        """What is no number, or beyond the bounds."""
        return [at for at, value in enumerate(values) if value and not self._allows(value)]

    def _allows(self, value: str) -> bool:
        if len(value) > MAX_NUMBER_CHARS or not _NUMBER.fullmatch(value):
            return False
        number = float(value)
        is_enough = self.least is None or number >= self.least
        return is_enough and (self.most is None or number <= self.most)


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the calendar, written in one way."""

    form: str = "YYYY-MM-DD"
    """A key of `elqkit.table.dates.DATE_FORMATS`."""
    code: ClassVar[str] = "value.date"

    @property
    def expected(self) -> Text:
        """The form by its usual name."""
        return Text("a date ({form})", form=self.form)

    def faults(self, values: Sequence[str]) -> list[int]:
        """What is written otherwise, and days that there are not."""
        reads: DateFormat = DATE_FORMATS[self.form]
        known: dict[str, bool] = {"": True}
        for value in values:
            if value not in known:
                known[value] = reads.parts(value) is not None
        return [at for at, value in enumerate(values) if not known[value]]


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a list of values, letter by letter: capital letters and spaces count."""

    options: tuple[str, ...] = field(repr=False)
    """In the order of the list."""
    code: ClassVar[str] = "value.choice"

    @property
    def expected(self) -> Text:
        """The first values, and how long the list is."""
        named = ", ".join(visible(option, OPTION_CHARS) for option in self.options[:NAMED_OPTIONS])
        more = len(self.options) - NAMED_OPTIONS
        if more <= 0:
            return Text("one of: {names}", names=named)
        return Text("one of: {names}, and {count} more", names=named, count=more)

    def faults(self, values: Sequence[str]) -> list[int]:
        """What is not in the list."""
        allowed = {"", *self.options}
        if allowed.issuperset(values):
            return []
        return [at for at, value in enumerate(values) if value not in allowed]


def _where(sign: re.Pattern[str], values: Sequence[str]) -> list[int]:
    """The places of the values that hold a sign: one search where none does."""
    if not sign.search("\n".join(values)):
        return []
    return [at for at, value in enumerate(values) if sign.search(value)]
