"""The words of reports for subjects, weights and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapy.explain.finding import Subject, Weight
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
        return (text if isinstance(text, Text) else Text(text)).translated(self.speech)


ENGLISH = Language()
