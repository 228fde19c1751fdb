"""What a tag means, in one sentence of our own: by its name, else by its group."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_GROUPS = 512
"""Groups whose sentences are at hand: a file may have any number of them, of any name."""


def meaning_of(group: str, name: str) -> str:
    """The sentence for a tag; empty where neither its name nor its group has one."""
    by_name, of_others = meanings_in(group)
    return by_name.get(name) or of_others


@lru_cache(_MOST_GROUPS)
def meanings_in(group: str) -> tuple[Mapping[str, str], str]:
    """Those of a group: by name, and what is said of every other name."""
    known = _meanings()
    start = f"{group}:"
    own = {key.removeprefix(start): known[key] for key in known if key.startswith(start)}
    rest = own.pop("*", "") or known.get(f"{_family(group)}:*", "")
    return {**known, **own} if own else known, rest


def _family(group: str) -> str:
    """The group without its number or its part: `IFD` of `IFD2`, `XMP` of `XMP-acme`."""
    return re.split(r"[-\d]", group, maxsplit=1)[0]


@cache
def _meanings() -> dict[str, str]:
    """By name, by `Group:Name`, and by `Group:*`; from `meanings.tsv`."""
    lines = files("mapy.tags").joinpath("meanings.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {key: meaning for keys, meaning in rows for key in keys.split(" ")}
