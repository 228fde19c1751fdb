"""What a check is, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from safelight.doctor.patient import Patient


class State(Enum):
    """How it stands with one line of the checklist."""

    OK = "ok"
    SHORT = "short"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, and what mends it."""

    state: State
    sentence: str
    mend: str = ""


Look: TypeAlias = "Callable[[Patient], Finding]"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist."""

    name: str
    """Stable: `tls.expiry`."""
    title: str
    """What ought to be true."""
    look: Look


def ok(sentence: str) -> Finding:
    """It is as it ought to be."""
    return Finding(State.OK, sentence)


def short(sentence: str, mend: str) -> Finding:
    """It is not; `mend` says what to do."""
    return Finding(State.SHORT, sentence, mend)


def not_applicable(sentence: str) -> Finding:
    """It does not matter here, or nothing can be said of it."""
    return Finding(State.NOT_APPLICABLE, sentence)
