"""Findings and history of a file as an object for JSON: the same for command line, API and page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain.timeline import timeline_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapy.explain.finding import Finding
    from mapy.explain.timeline import Entry
    from mapy.model import Metadata

    Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def as_object(name: str, metadata: Metadata, findings: Sequence[Finding]) -> dict[str, Json]:
    """One file: `SourceFile`, its `Findings` and its `Timeline`."""
    return {
        "SourceFile": name,
        "Findings": [of_finding(each) for each in findings],
        "Timeline": [of_entry(each) for each in timeline_of(metadata)],
    }


def of_finding(finding: Finding) -> dict[str, Json]:
    """One finding; its tags by group and name."""
    return {
        "rule": finding.rule,
        "weight": finding.weight.value,
        "subject": finding.subject.value,
        "what": str(finding.what),
        "why": str(finding.why),
        "removal": str(finding.removal),
        "tags": list(dict.fromkeys(tag.key for tag in finding.evidence)),
    }


def of_entry(entry: Entry) -> dict[str, Json]:
    """One step of the history; its moment as ISO 8601 has it, null where none is told."""
    return {
        "when": entry.when.isoformat() if entry.when is not None else None,
        "what": str(entry.what),
        "software": entry.software,
        "standing": entry.standing.value,
        "tags": list(dict.fromkeys(tag.key for tag in entry.evidence)),
    }
