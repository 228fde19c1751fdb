"""Sentences for people: a template that a catalogue can translate, and the values apart from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Translate = Callable[[str], str]


class Text(NamedTuple):
    """A sentence. `str()` of it is the English one.

    The template is written as a literal at its place of use, so that the tool that collects what
    is to be translated finds it: `Text("Taken near {place}.", {"place": name})`.
    """

    template: str
    """English, with the names of values in braces: "{count} tags"."""
    values: Mapping[str, object] = {}
    """What stands for the names. A `Text` among them is translated too."""

    def __str__(self) -> str:
        return self.translated(_as_it_is)

    def translated(self, translate: Translate) -> str:
        """The sentence in the language of `translate`, which maps a template to its translation."""
        values = {
            name: value.translated(translate) if isinstance(value, Text) else value
            for name, value in self.values.items()
        }
        return translate(self.template).format_map(values)


def _as_it_is(template: str) -> str:
    return template


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


def sentences(*parts: Text | None) -> Text:
    """Sentences behind each other; those that are None are left out."""
    said = [part for part in parts if part is not None]
    whole = said[0] if said else plain("")
    for part in said[1:]:
        whole = Text("{sentences} {sentence}", {"sentences": whole, "sentence": part})
    return whole
