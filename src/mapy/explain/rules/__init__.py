"""Every rule, in one list. A module a subject; each rule is one small look at the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain.finding import Finding, Weight
from mapy.explain.rules import (
    behind,
    contact,
    daylight,
    device,
    history,
    name,
    origin,
    person,
    pictures,
    place,
    place_names,
    time,
)

if TYPE_CHECKING:
    from mapy.explain.facts import Facts
    from mapy.explain.rule import Rule

RULES: tuple[Rule, ...] = (
    *place.RULES,
    *place_names.RULES,
    *person.RULES,
    *contact.RULES,
    *device.RULES,
    *pictures.RULES,
    *behind.RULES,
    *origin.RULES,
    *time.RULES,
    *daylight.RULES,
    *history.RULES,
    *name.RULES,
)
"""In the order in which findings of the same weight are told."""

_ORDER = {weight: number for number, weight in enumerate(Weight)}


def findings_of(facts: Facts) -> tuple[Finding, ...]:
    """What all rules find, the weightiest first."""
    found = [finding for rule in RULES for finding in rule.findings(facts)]
    return tuple(sorted(found, key=_place))


def _place(finding: Finding) -> int:
    return _ORDER[finding.weight]
