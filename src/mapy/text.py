"""Sentences for people: a template that a catalogue can translate, and the values apart from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
