"""Sentences for people: a template that a catalogue can translate, and the values apart from it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NO_VALUES: Mapping[str, object] = MappingProxyType({})


class Speech(Protocol):
    """A language to say sentences in."""

    def __call__(self, one: str, many: str = "", count: int = 1, /) -> str:
        """The translation of a template; of two the one for a count."""

    def number(self, value: float, /) -> str:
        """A number as the language writes it: a whole one, or one with a decimal."""

    def name(self, value: str, /) -> str:
        """A name or a value, as it is."""


class Text(str):
    """A sentence: the English one, which knows how it is said in other languages.

    The template is written as a literal at its place of use, so that the tool that collects what
    is to be translated finds it: `Text("Taken near {place}.", {"place": name})`.
    """

    __slots__ = ("many", "template", "values")

    template: str
    """English, with the names of values in braces: "{count} tag"."""
    values: Mapping[str, object]
    """What stands for the names. A `Text` among them is translated too."""
    many: str
    """The template where the value `count` is not one: "{count} tags"."""

    def __new__(
        cls, template: str, values: Mapping[str, object] = _NO_VALUES, many: str = ""
    ) -> Self:
        """The English sentence; without values the template as it is."""
        english = many if many and values.get("count") != 1 else template
        text = str.__new__(cls, english.format_map(values) if values else english)
        text.template, text.values, text.many = template, values, many
        return text

    def __reduce__(self) -> tuple[object, ...]:
        """What a copy is made of."""
        return Text, (self.template, dict(self.values), self.many)

    def with_values(self, values: Mapping[str, object]) -> Text:
        """The sentence of a template that was kept for it."""
        return Text(self.template, values, self.many)

    def translated(self, speech: Speech) -> str:
        """The sentence as `speech` says it."""
        if self.many:
            count = self.values.get("count")
            template = speech(self.template, self.many, count if isinstance(count, int) else 0)
        else:
            template = speech(self.template)
        if not self.values:
            return template
        return template.format_map(
            {name: _within(value, speech) for name, value in self.values.items()}
        )


def _within(value: object, speech: Speech) -> object:
    if isinstance(value, Text):
        return value.translated(speech)
    return speech.name(value) if isinstance(value, str) else value


class Number(Text):
    """A number in a sentence, which languages write with other signs."""

    __slots__ = ("spec", "value")

    value: float
    spec: str

    def __new__(cls, value: float, spec: str = ",") -> Self:
        """The number; `spec` is how English writes it."""
        text = super().__new__(cls, format(value, spec))
        text.value, text.spec = value, spec
        return text

    def __reduce__(self) -> tuple[object, ...]:
        """What a copy is made of."""
        return Number, (self.value, self.spec)

    def translated(self, speech: Speech) -> str:
        """The number as the language writes it."""
        return speech.number(self.value)


class English:
    """Says everything as it is written."""

    def __call__(self, one: str, many: str = "", count: int = 1, /) -> str:
        """The template; of two the one for a count."""
        return many if many and count != 1 else one

    def number(self, value: float, /) -> str:
        """With commas between thousands."""
        return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"

    def name(self, value: str, /) -> str:
        """The same."""
        return value


ENGLISH = English()


def plain(value: str) -> Text:
    """A name or a value as it is, which nobody translates."""
    return Text("{value}", {"value": value})


def listed(items: Sequence[Text]) -> Text:
    """Items as a sentence lists them: `EXIF, XMP and IPTC`."""
    if len(items) <= 1:
        return items[0] if items else plain("")
    whole = items[0]
    for item in items[1:-1]:
        whole = Text("{list}, {item}", {"list": whole, "item": item})
    return Text("{list} and {last}", {"list": whole, "last": items[-1]})


def sentences(*parts: str | None) -> Text:
    """Sentences behind each other; those that are None or empty are left out."""
    said = [part if isinstance(part, Text) else Text(part) for part in parts if part]
    whole = said[0] if said else plain("")
    for part in said[1:]:
        whole = Text("{sentences} {sentence}", {"sentences": whole, "sentence": part})
    return whole
