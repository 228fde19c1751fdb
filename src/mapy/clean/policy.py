"""`Policy`: what a clean copy may keep, what goes, and how exactly it may still say where."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, TypeVar

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
    """The country, by the position of its largest town."""


class Everything(Enum):
    """All metadata; of its own type, so that no set of subjects is taken for it."""

    EVERYTHING = "everything"


EVERYTHING: Literal[Everything.EVERYTHING] = Everything.EVERYTHING
_Choice = TypeVar("_Choice", bound=Enum)
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

DEFAULT_PRESET = "publish"
NONE = "none"


def policy_of(
    preset: str = "",
    keep: str | None = None,
    remove: str | None = None,
    coarsen: str | None = None,
) -> Policy:
    """A policy in the words of the command line, the API and the page.

    Args:
        preset: a name of `PRESETS`, which the others change; the default policy unless given.
        keep: names of `Keep` with commas, or `none`.
        remove: `everything`, names of subjects with commas, or `none`.
        coarsen: a name of `Coarsen`, or `none`.

    Raises:
        UnknownChoice: a word is none of these.
    """
    if preset and preset not in PRESETS:
        raise UnknownChoice("preset", preset, tuple(PRESETS))
    policy = PRESETS[preset or DEFAULT_PRESET].policy
    if keep is not None:
        policy = policy._replace(keep=_words("keep", keep, Keep))
    if remove is not None:
        is_all = remove.strip() == EVERYTHING.value
        policy = policy._replace(
            remove=EVERYTHING if is_all else _words("remove", remove, Subject, EVERYTHING.value)
        )
    if coarsen is not None:
        found = _words("coarsen", coarsen, Coarsen)
        if len(found) > 1:
            raise UnknownChoice("coarsen", coarsen, tuple(each.value for each in Coarsen))
        policy = policy._replace(coarsen=next(iter(found), None))
    return policy


class UnknownChoice(ValueError):  # noqa: N818 - names what was given
    """A word that is no choice of an option."""

    def __init__(self, option: str, word: str, choices: tuple[str, ...]) -> None:
        self.text = Text(
            "{option} has no choice {word}. It takes: {choices}.",
            {"option": option, "word": word, "choices": ", ".join(choices)},
        )
        super().__init__(str(self.text))


def _words(option: str, given: str, choices: type[_Choice], *more: str) -> frozenset[_Choice]:
    """The choices that words with commas between them name; `none` is no choice at all."""
    words = [word.strip().lower() for word in given.split(",") if word.strip()]
    if words == [NONE]:
        return frozenset()
    known = {each.value: each for each in choices}
    for word in words:
        if word not in known:
            raise UnknownChoice(option, word, (*more, *known, NONE))
    return frozenset(known[word] for word in words)
