"""Sentences for people: English strings that know their template, so that pages can translate them.

A program, the command line and a test read such a sentence as the string that it is. A page asks
for `translated`, which puts the template through a catalogue and the values back into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Self


class Speech(Protocol):
    """How a reader is spoken to."""

    def __call__(self, one: str, many: str = "", count: int = 1, /) -> str:
        """A template in the reader's language; of two the one for a count."""

    def number(self, value: float, /) -> str:
        """A number as that language writes it."""

    def name(self, value: str, /) -> str:
        """A name or a value of somebody's, as it is."""


class Text(str):
    """A sentence. The string is the English one, with thousands apart.

    The template is written as a literal at its place of use, so that the tool that collects what
    is to be translated finds it: `Text("line {line}", line=12)`. Numbers among the values are
    written as the reader's language does, a `Text` among them is translated too, and any other
    string is a name or a value, which nobody translates.
    """

    __slots__ = ("many", "template", "values")

    template: str
    many: str
    """The template for any count but one; empty where nothing is counted."""
    values: Mapping[str, object]

    def __new__(cls, template: str, many: str = "", /, **values: object) -> Self:
        """A sentence; with a second template, `count` among the values chooses between them."""
        chosen = many if many and values["count"] != 1 else template
        made = super().__new__(
            cls,
            chosen.format_map({name: _english(each) for name, each in values.items()})
            if values
            else chosen,
        )
        made.template, made.many, made.values = template, many, values
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """What a copy is made of."""
        return _again, (self.template, self.many, dict(self.values))

    def translated(self, speech: Speech) -> str:
        """The sentence as `speech` says it."""
        count = self.values.get("count")
        template = (
            speech(self.template, self.many, count)
            if self.many and isinstance(count, int)
            else speech(self.template)
        )
        said = {name: _said(each, speech) for name, each in self.values.items()}
        return template.format_map(said) if said else template


def _again(template: str, many: str, values: dict[str, object]) -> Text:
    return Text(template, many, **values)


def _english(value: object) -> object:
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else value


def _said(value: object, speech: Speech) -> str:
    if isinstance(value, Text):
        return value.translated(speech)
    return speech.number(value) if isinstance(value, int | float) else speech.name(str(value))


def plain(value: str) -> Text:
    """What is a `Text` already; any other string as a name or a value, which nobody translates."""
    return value if isinstance(value, Text) else Text("{value}", value=value)


COMMA, DOT = Text("{first}, {next}"), Text("{first} · {next}")


def joined(parts: Iterable[str], by: Text = COMMA) -> Text:
    """Parts behind each other, with commas between them or as `by` has it."""
    first, *others = [plain(part) for part in parts] or [_NONE]
    for other in others:
        first = Text(by.template, first=first, next=other)
    return first


_NONE = Text("")
