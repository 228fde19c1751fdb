"""Prometheus's own tool, and the names of the numbers that it may ask for."""

from __future__ import annotations

import re
import subprocess

from safelight.observe.metrics import REGISTRY

_NAME = re.compile(r"\b(?:safelight|process)_[a-z_]+\b")
_ENDS = ("", "_total", "_bucket", "_sum", "_count")


def promtool(*arguments: str, given: str = "") -> str:
    """What promtool says of a file or of what it is given; empty if it finds no fault."""
    found = subprocess.run(
        ["promtool", *arguments], input=given, capture_output=True, text=True, check=False
    )
    return "" if found.returncode == 0 else found.stdout + found.stderr


def asked_for(query: str) -> list[str]:
    """The numbers that a query names."""
    return _NAME.findall(query)


def told() -> set[str]:
    """The numbers that there are."""
    return {f"{metric.name}{end}" for metric in REGISTRY.collect() for end in _ENDS}
