"""`Rule`: one thing to look for, said once for the finding, the page and the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapy.explain.finding import Finding, Subject, Weight
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mapy.explain.facts import Facts, TagNames
    from mapy.model import Tag


class Sight(NamedTuple):
    """What a rule saw in a file."""

    weight: Weight
    what: Text
    evidence: Sequence[Tag] = ()
    why: Text | None = None
    """Where it is not the rule's own."""


class Rule(NamedTuple):
    """A rule. `look` yields what it sees; all else is the same for every file."""

    name: str
    """Stable: `place.position`."""
    subject: Subject
    weights: tuple[Weight, ...]
    """What its findings may weigh, the highest first."""
    summary: str
    """What it looks for, in one sentence, for the reference."""
    why: Text
    """Why it matters."""
    look: Callable[[Facts], Iterator[Sight]]
    removal: Text | None = None
    """What removes it, where that is not what removes its subject."""
    names: tuple[TagNames, ...] = ()
    """Where no tag has any of these names, there is nothing to find. None: it looks at more."""

    def findings(self, facts: Facts) -> list[Finding]:
        """What the rule finds in a file."""
        if self.names and facts.by_names.keys().isdisjoint(self.names):
            return []
        return [
            Finding(
                self.name,
                sight.weight,
                self.subject,
                sight.what,
                sight.why or self.why,
                self.removal_for(facts.metadata.media_type),
                tuple(facts.in_order(sight.evidence)),
            )
            for sight in self.look(facts)
        ]

    def removal_for(self, media_type: str) -> Text:
        """What removes it from a file of this kind."""
        if media_type in _ONLY_METADATA:
            return NOTHING_BUT
        if media_type.startswith(_RAW) and media_type not in _NOT_RAW:
            return EXPORT_FIRST
        return self.removal or REMOVALS[self.subject]


_RAW = "image/x-"
_NOT_RAW = frozenset({"image/x-j2c", "image/x-tiff-big"})
_ONLY_METADATA = frozenset({"application/rdf+xml", "image/x-exv"})
EXPORT_FIRST = Text(
    "A camera raw file cannot be cleaned without risk to the picture."
    " Export a JPEG or TIFF, and clean that."
)
NOTHING_BUT = Text("This file holds nothing but such data. Do not publish it.")
GONE = Text("A clean copy removes it.")
"""Of what no removal of a single group is sure to take."""
TEXTS_STAY = Text(
    "A clean copy removes it. Removing only what is about people or places leaves texts and"
    " keywords: read them."
)
REMOVALS = {
    Subject.PLACE: Text(
        "A clean copy removes every copy of it. To remove the place alone, tick it under “Remove"
        " only” (--remove place); to keep it roughly, tell it less exactly (--coarsen city)."
    ),
    Subject.PERSON: Text(
        "A clean copy removes it. To remove only what is about people, tick them under “Remove"
        " only” (--remove person)."
    ),
    Subject.DEVICE: Text(
        "A clean copy removes it. To remove only what is about the camera, tick it under “Remove"
        " only” (--remove device)."
    ),
    Subject.TIME: Text(
        "A clean copy removes it. To remove only times, tick them under “Remove only”"
        " (--remove time)."
    ),
    Subject.HISTORY: Text(
        "A clean copy removes it. To remove only the history, tick it under “Remove only”"
        " (--remove history)."
    ),
    Subject.PICTURE: Text(
        "A clean copy removes it. To remove only what stands beside the picture, tick it under"
        " “Remove only” (--remove picture)."
    ),
    Subject.ORIGIN: Text(
        "A clean copy removes it; a signature of Content Credentials is lost with it."
    ),
    Subject.NAME: Text("A clean copy gets a new name that says nothing."),
}
