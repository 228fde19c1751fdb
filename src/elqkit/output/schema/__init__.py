"""The published schema (JSON Schema 2020-12) of what `elqkit check --json` prints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

NAMES = ("check",)
"""The commands that have one."""


def schema(name: str) -> dict[str, Any]:
    """The schema of a command's JSON.

    Raises:
        KeyError: the command has none.
    """
    if name not in NAMES:
        raise KeyError(name)
    text = Path(__file__).with_name(f"{name}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
