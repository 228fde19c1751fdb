"""Sentences for people that are written far from the page that says them.

`tools/translations.py` finds them by the call of `sentence`, and the page passes them through a
catalogue. A program reads the English string that each of them is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self, cast, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.api import Json


class Speech(Protocol):
    """How sentences are said to the person who asked, after the end of the request too."""

    @property
    def code(self) -> str:
        """The language, as BCP 47 writes it: `de`."""

    @property
    def direction(self) -> str:
        """Whether its lines begin at the left or at the right: `ltr` or `rtl`."""

    def __call__(self, one: str, many: str = "", count: int = 1, /) -> str:
        """An English sentence in the person's language; of two the one for a count."""

    def number(self, value: float, /) -> str:
        """A number as that language writes it."""

    def name(self, value: str, /) -> str:
        """A name or a value of the user's, set apart from the sentence around it."""


@runtime_checkable
class Sentence(Protocol):
    """A sentence with values in it. Where a program reads it, `str()` of it is the English one."""

    def translated(self, speech: Speech, /) -> str:
        """The sentence as `speech` says it."""


class Said(str):
    """A `Sentence` that is the English string, and knows its template and the values in it."""

    __slots__ = ("many", "template", "values")

    template: str
    many: str
    """The template for any count but one; empty where nothing is counted."""
    values: Mapping[str, object]

    def __new__(cls, template: str, many: str, values: Mapping[str, object]) -> Self:
        """The sentence of a template, or of two between which `count` chooses."""
        chosen = many if many and values["count"] != 1 else template
        english = {name: _english(value) for name, value in values.items()}
        made = super().__new__(cls, chosen.format_map(english) if values else chosen)
        made.template, made.many, made.values = template, many, values
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """What a copy is made of."""
        return Said, (self.template, self.many, dict(self.values))

    def translated(self, speech: Speech, /) -> str:
        """The sentence as `speech` says it, and so what is said within it."""
        count = self.values.get("count")
        template = (
            speech(self.template, self.many, count)
            if self.many and isinstance(count, int)
            else speech(self.template)
        )
        said = {name: _within(value, speech) for name, value in self.values.items()}
        return template.format_map(said) if said else template


def sentence(one: str, many: str = "", /, **values: object) -> Said:
    """A sentence from a template: `sentence("{count} file", "{count} files", count=3)`.

    A sentence among the values is translated with it, a number is written as the language does,
    and any other text is a name.
    """
    return Said(one, many, values)


def packed(text: str) -> Json:
    """A sentence as JSON, with its template and its values where it has them.

    A tool's own class is packed too if it names them as `Said` does.
    """
    template, many = getattr(text, "template", None), getattr(text, "many", "")
    if not isinstance(template, str):
        return text
    values: Mapping[str, object] = getattr(text, "values", {})
    kept = {
        name: packed(value) if isinstance(value, str) else value
        for name, value in values.items()
        if isinstance(value, str | int | float)
    }
    return {"template": template, "many": many, "values": kept}


def unpacked(found: Json) -> str:
    """The sentence that `packed` was given."""
    if not isinstance(found, dict):
        return str(found)
    values = cast("dict[str, Json]", found["values"])
    return Said(
        str(found["template"]),
        str(found["many"]),
        {name: unpacked(each) if isinstance(each, dict) else each for name, each in values.items()},
    )


def _english(value: object) -> object:
    return f"{value:,}" if isinstance(value, int) else value


def _within(value: object, speech: Speech) -> object:
    if isinstance(value, Said):
        return value.translated(speech)
    return speech.name(value) if isinstance(value, str) else speech.number(cast("float", value))
