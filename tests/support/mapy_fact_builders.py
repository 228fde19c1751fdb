"""Facts and findings made by hand, for what works on many files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain.finding import Finding, Subject, Weight
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.text import Text

if TYPE_CHECKING:
    from mapy.tags.definition import Value


def tag(key: str, value: Value = "value", offset: int = 100, length: int = 6) -> Tag:
    """A tag of this group and name."""
    group, _, name = key.partition(":")
    return Tag(group, Definition(name, name), 0, 1, value, offset, length)


def finding(
    rule: str = "place.position",
    weight: Weight = Weight.HIGH,
    *evidence: Tag,
    what: str = "It was taken at 33.86 S.",
) -> Finding:
    """A finding of this rule, its subject the part of the name before the dot."""
    subject = Subject(rule.partition(".")[0])
    return Finding(rule, weight, subject, Text(what), Text("Why."), Text("Clean it."), evidence)


HOSTILE = "</name>]]><script>alert(1)</script>\x00\x1b[2J\u202e\"'&amp;\ud800=1+1"
"""What no format may let through: markup, control signs, a turn of writing, half a character."""
