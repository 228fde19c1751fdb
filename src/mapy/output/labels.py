"""The words of reports for subjects, weights and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapy.explain.finding import Subject, Weight
from mapy.output.escaping import escaped, upright
from mapy.text import ENGLISH as IN_ENGLISH
from mapy.text import Text

if TYPE_CHECKING:
    from mapy.text import Speech

SUBJECTS = {
    Subject.PLACE: Text("Place"),
    Subject.PERSON: Text("Person"),
    Subject.DEVICE: Text("Device"),
    Subject.TIME: Text("Time"),
    Subject.HISTORY: Text("History"),
    Subject.PICTURE: Text("Hidden pictures"),
    Subject.ORIGIN: Text("Origin"),
    Subject.NAME: Text("File name"),
}
WEIGHTS = {
    Weight.HIGH: Text("High"),
    Weight.LOOK: Text("Worth a look"),
    Weight.NOTE: Text("Note"),
}


class Language(NamedTuple):
    """The language of a report."""

    code: str = "en"
    """As HTML names it (BCP 47)."""
    direction: str = "ltr"
    """`ltr` or `rtl`."""
    speech: Speech = IN_ENGLISH

    def say(self, text: str) -> str:
        """A sentence in this language."""
        return _as_text(text).translated(self.speech)

    def markup(self, text: str) -> str:
        """The same for XML or HTML: values in it are harmless, and turn no sentence."""
        return escaped(_as_text(text).translated(_Upright(self.speech)))


class _Upright:
    """Says what another says, with values that turn nothing around them."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech

    def __call__(self, one: str, many: str = "", count: int = 1, /) -> str:
        return self._speech(upright(one), upright(many), count)

    def number(self, value: float, /) -> str:
        return self._speech.number(value)

    def name(self, value: str, /) -> str:
        return upright(self._speech.name(value))


def _as_text(text: str) -> Text:
    return text if isinstance(text, Text) else Text(text)


ENGLISH = Language()
