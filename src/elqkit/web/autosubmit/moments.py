"""A run as its page shows it: counts, how far, how fast, how long, in words."""

from __future__ import annotations

from dataclasses import dataclass
import time
from typing import TYPE_CHECKING

from elqkit.output.words import about
from elqkit.runs.outcomes import Counts
from elqkit.text import DOT, Text, joined
from elqkit.web.autosubmit.words import said
from safelight.api import JobState, JobView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.api import Json

TRUST_S = 15.0
"""A report older than that says nothing about the rate any more."""
EXACT_BELOW = 10
"""Rows a second that are told with a decimal."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a run's page says now."""

    heading: Text
    level: str
    """Of the mark beside it: `fine`, `look`, `high`, or empty."""
    counts: Counts
    speed: Text
    """How fast and how long; empty where nobody can tell."""
    note: str
    """What holds it up, or why it ended; empty where nothing does."""
    hint: str
    is_over: bool
    is_paused: bool
    before: int = 0
    """Rows that an earlier run of the same file had brought there."""

    @property
    def percent(self) -> int:
        """How much of the file has an outcome, rounded down: 100 is said only of all."""
        return 100 * self.counts.settled // self.counts.read if self.counts.read else 0

    @property
    def is_complete(self) -> bool:
        """Whether every row read has exactly one outcome."""
        return self.is_over and self.counts.read > 0 and self.counts.is_complete


def moment_of(view: JobView) -> Moment:
    """Where a run is, from what its job told last."""
    told = view.result if isinstance(view.result, dict) else view.progress
    found: Mapping[str, Json] = told if isinstance(told, dict) else {}
    counts = Counts(
        *(_whole(found, name) for name in ("read", "accepted", "refused", "skipped", "unknown"))
    )
    heading, level = _heading(view, found, counts)
    note, hint = _note(view, found)
    return Moment(
        heading=heading,
        level=level,
        counts=counts,
        speed=Text("") if view.state.is_over else _speed(found),
        note=note,
        hint=hint,
        is_over=view.state.is_over,
        is_paused=found.get("state") == "paused" or view.command == "pause",
        before=_whole(found, "before"),
    )


def _heading(view: JobView, found: Mapping[str, Json], counts: Counts) -> tuple[Text, str]:
    if not view.state.is_over:
        return _under_way(view, found), ""
    if not isinstance(view.result, dict):
        return _ENDED.get(view.state, _ENDED[JobState.LOST])
    if counts.read and counts.is_complete:
        return _complete(counts)
    if found.get("state") == "cancelled":
        return Text("Stopped by you, with rows left"), "look"
    return Text("Stopped by itself, with rows left"), "high"


def _complete(counts: Counts) -> tuple[Text, str]:
    if counts.unknown:
        return Text("Every row was dealt with, and of some the outcome is unknown"), "look"
    if counts.refused or counts.skipped:
        return Text("Every row has an outcome, and some were not taken"), "look"
    return Text("Every row was accepted"), "fine"


_ENDED = {
    JobState.FAILED: (Text("The run could not go on"), "high"),
    JobState.CANCELLED: (Text("Stopped by you before it began"), "look"),
    JobState.LOST: (Text("The run was cut off"), "high"),
}


def _under_way(view: JobView, found: Mapping[str, Json]) -> Text:
    if view.command == "cancel":
        return Text("Stopping: calls under way end first")
    if view.state is JobState.WAITING:
        return Text("Waiting for its turn")
    if found.get("state") == "paused" and not _whole(found, "in_flight"):
        return Text("Paused")
    if found.get("state") == "paused" or view.command == "pause":
        return Text("Pausing: calls under way end first")
    return Text("Sending")


_CUT_OFF = (
    Text("What went is known to the ledger."),
    Text("Go on with it: only what is left is sent."),
)


def _note(view: JobView, found: Mapping[str, Json]) -> tuple[str, str]:
    if view.refusal is not None:
        return view.refusal.message, view.refusal.hint
    if view.state is JobState.LOST:
        return _CUT_OFF
    reason = found.get("reason")
    if reason:
        return said(str(reason))
    if not view.state.is_over and _number(found, "held_s") > 0:
        return Text("Eloqua asked for a pause, and gets it. No row is lost by that."), ""
    return "", ""


def _speed(found: Mapping[str, Json]) -> Text:
    """Rate and time left; a pause that Eloqua asked for stands before them."""
    parts = []
    held_s = _number(found, "held_s") - (time.time() - _number(found, "at"))
    if held_s > 0:
        parts.append(Text("goes on in {seconds} s", seconds=max(1, round(held_s))))
    rate, eta_s = found.get("rows_per_s"), found.get("eta_s")
    is_fresh = time.time() - _number(found, "at") < TRUST_S
    if is_fresh and isinstance(rate, float) and rate > 0:
        shown = round(rate, 1) if rate < EXACT_BELOW else round(rate)
        parts.append(Text("{rate} rows a second", rate=shown))
    if is_fresh and isinstance(eta_s, (int, float)) and _whole(found, "left"):
        parts.append(Text("{time} left", time=about(eta_s)))
    return joined(parts, DOT)


def _whole(found: Mapping[str, Json], name: str) -> int:
    value = found.get(name)
    return value if isinstance(value, int) else 0


def _number(found: Mapping[str, Json], name: str) -> float:
    value = found.get(name)
    return float(value) if isinstance(value, (int, float)) else 0.0
