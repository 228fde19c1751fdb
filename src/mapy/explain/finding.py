"""`Finding`: one thing that a picture gives away, in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapy.explain.quick_enum import QuickEnum

if TYPE_CHECKING:
    from mapy.model import Tag
    from mapy.text import Text


class Weight(QuickEnum):
    """How much a finding matters to someone who is about to publish. Highest first."""

    HIGH = "high"
    """It can lead to a person or a place."""
    LOOK = "look"
    """Worth a look: it may matter, which only the person can know."""
    NOTE = "note"
    """Good to know."""


class Subject(QuickEnum):
    """What a finding is about."""

    PLACE = "place"
    PERSON = "person"
    DEVICE = "device"
    TIME = "time"
    HISTORY = "history"
    PICTURE = "picture"
    """Hidden pictures and data beside the image."""
    ORIGIN = "origin"
    """Who or what made it by its own word: AI, C2PA."""
    NAME = "name"
    """The file's own name."""


class Finding(NamedTuple):
    """What a rule found in a file."""

    rule: str
    """The rule's name, stable and documented: `place.position`."""
    weight: Weight
    subject: Subject
    what: Text
    """What the file says."""
    why: Text
    """Why it matters."""
    removal: Text
    """What removes it."""
    evidence: tuple[Tag, ...] = ()
    """The tags that say so, in the order of the file."""
