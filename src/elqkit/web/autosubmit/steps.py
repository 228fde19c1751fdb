"""The steps from a file to its result, and how far a draft has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from elqkit.text import Text

if TYPE_CHECKING:
    from elqkit.web.autosubmit.drafts import Draft

LABELS = {
    "file": Text("File"),
    "columns": Text("Columns"),
    "checks": Text("Checks"),
    "rehearsal": Text("Rehearsal"),
    "send": Text("Send"),
    "result": Text("Result"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the page's list of them shows it."""

    label: Text
    address: str
    """Empty: it cannot be gone to from here."""
    is_here: bool
    is_done: bool


def reached(draft: Draft) -> str:
    """The farthest step that a draft may be at."""
    if draft.columns is None:
        return "columns"
    return "send" if draft.is_rehearsed else "rehearsal"


def steps_of(draft: Draft | None, here: str) -> list[Step]:
    """All steps, seen from one of them."""
    names = list(LABELS)
    at = names.index(here)
    far = names.index(reached(draft)) if draft is not None else -1
    return [
        Step(
            LABELS[name],
            url_for(f"elqkit.{name}", draft_id=draft.id)
            if draft is not None and number <= far and number != at
            else "",
            number == at,
            number < at,
        )
        for number, name in enumerate(names)
    ]
