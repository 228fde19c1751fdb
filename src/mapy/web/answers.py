"""The schemas of what MAPy's API answers, from those of its commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapy.output.schema import schema

if TYPE_CHECKING:
    from safelight.api import Json


def read_schema() -> dict[str, Json]:
    """That of `mapy show --json`, with the findings of `mapy explain --json` in each file."""
    show: dict[str, Any] = schema("show")
    explained: dict[str, Any] = schema("explain")["$defs"]
    show["$defs"]["read"]["properties"]["Findings"] = explained["read"]["properties"]["Findings"]
    show["$defs"]["read"]["required"].append("Findings")
    show["$defs"]["finding"] = explained["finding"]
    show["title"] = "MAPy's answer to read"
    return show
