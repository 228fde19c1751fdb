"""The words of reports for subjects, weights and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapy.explain.finding import Subject, Weight
from mapy.text import Text

if TYPE_CHECKING:
    from mapy.text import Translate

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
    translate: Translate = str

    def say(self, text: Text) -> str:
        """A sentence in this language."""
        return text.translated(self.translate)


ENGLISH = Language()
