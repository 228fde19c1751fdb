"""What a tag means, in one sentence of our own: by its name, else by its group."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
import re


def meaning_of(group: str, name: str) -> str:
    """The sentence for a tag; empty where neither its name nor its group has one."""
    known = _meanings()
    return known.get(f"{group}:{name}") or known.get(name) or _of_group(group)


@cache
def _of_group(group: str) -> str:
    known = _meanings()
    return known.get(f"{group}:*") or known.get(f"{_family(group)}:*", "")


def _family(group: str) -> str:
    """The group without its number or its part: `IFD` of `IFD2`, `XMP` of `XMP-acme`."""
    return re.split(r"[-\d]", group, maxsplit=1)[0]


@cache
def _meanings() -> dict[str, str]:
    """By name, by `Group:Name`, and by `Group:*`; from `meanings.tsv`."""
    lines = files("mapy.tags").joinpath("meanings.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {key: meaning for keys, meaning in rows for key in keys.split(" ")}
