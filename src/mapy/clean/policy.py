"""`Policy`: what a clean copy may keep, what goes, and how exactly it may still say where."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from mapy.explain.finding import Subject
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class Keep(Enum):
    """What may stay although all else goes."""

    ORIENTATION = "orientation"
    """Which side is up: without it many pictures lie on their side."""
    COLOUR = "colour"
    """The colour profile: without it colours may shift."""
    COPYRIGHT = "copyright"
    CREATOR = "creator"


class Coarsen(Enum):
    """How exactly a copy may say where the picture was taken."""

    KM = "km"
    """To a grid of about a kilometre."""
    CITY = "city"
    """The nearest place, by its own position."""
    COUNTRY = "country"
    """The country, by one position for all of it."""


class Everything(Enum):
    """All metadata; of its own type, so that no set of subjects is taken for it."""

    EVERYTHING = "everything"


EVERYTHING: Literal[Everything.EVERYTHING] = Everything.EVERYTHING
Removal: TypeAlias = Everything | frozenset[Subject]

DEFAULT_KEEP = frozenset({Keep.ORIENTATION, Keep.COLOUR})


class Policy(NamedTuple):
    """What a clean copy keeps. By default: which side is up, and the colours; nothing else."""

    keep: frozenset[Keep] = DEFAULT_KEEP
    remove: Removal = EVERYTHING
    """All, or tags of these subjects only, and the rest stays."""
    coarsen: Coarsen | None = None
    """Instead of losing the position, the copy says it so coarsely, and it says it once more in
    every place where the picture said it. With `EVERYTHING` it is the one thing added to `keep`."""

    @property
    def is_selective(self) -> bool:
        """Whether only some of the metadata goes."""
        return self.remove is not EVERYTHING

    @property
    def changes_nothing(self) -> bool:
        """Whether the copy is the file itself, and only a certificate is made."""
        return not self.remove and self.coarsen is None


class Preset(NamedTuple):
    """A policy for a purpose."""

    title: Text
    summary: Text
    policy: Policy


PRESETS: Mapping[str, Preset] = {
    "publish": Preset(
        Text("Publish"),
        Text("Everything goes but which side is up and the colours."),
        Policy(),
    ),
    "sell": Preset(
        Text("Sell something online"),
        Text("Everything goes but which side is up: a colour profile can name your screen."),
        Policy(keep=frozenset({Keep.ORIENTATION})),
    ),
    "press": Preset(
        Text("Send to the press"),
        Text(
            "Caption, date, creator and copyright stay; the place becomes the nearest town."
            " Serial numbers, history and hidden pictures go."
        ),
        Policy(
            keep=frozenset(Keep),
            remove=frozenset({Subject.DEVICE, Subject.HISTORY, Subject.PICTURE, Subject.NAME}),
            coarsen=Coarsen.CITY,
        ),
    ),
    "evidence": Preset(
        Text("Keep as evidence"),
        Text("Nothing is changed; a certificate of the file's check sums is made."),
        Policy(keep=frozenset(Keep), remove=frozenset()),
    ),
}
"""By name, as the command line, the API and the page offer them."""
