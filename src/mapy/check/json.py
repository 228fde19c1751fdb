"""The JSON of `mapy check --json`: one object a file, as `schema/check.schema.json` has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapy.output.escaping import visible

if TYPE_CHECKING:
    from mapy.check.judge import Outcome


def as_object(outcome: Outcome) -> dict[str, Any]:
    """The object of a file: whether it passes, and what does not."""
    found: dict[str, Any] = {"SourceFile": outcome.name, "Passes": not outcome.fails}
    if outcome.error is not None:
        return found | {"Error": str(outcome.error)}
    return found | {
        "Results": [
            {
                "rule": result.rule,
                "weight": result.weight.value,
                "level": result.level.value,
                "message": visible(result.message),
                "tags": list(result.tags),
            }
            for result in outcome.results
        ]
    }
