"""The table of causes: complete, and fit to be read."""

from __future__ import annotations

from pathlib import Path
import re

import pytest

import elqkit
from elqkit.table.causes import _ALL, CAUSES

SOURCES = [
    path.read_text("utf-8")
    for path in Path(elqkit.__file__).parent.rglob("*.py")
    if "web" not in path.parts  # where names of pages look like codes
]
GROUPS = "workbook|file|encoding|dialect|line-ending|quote|header|columns|rows|row|cell|value"


def test_codes_are_unique() -> None:
    """One row per code."""
    assert len(CAUSES) == len(_ALL)


def test_every_code_in_the_source_has_a_row_and_every_row_is_used() -> None:
    """Nothing can be reported without its sentence, and no sentence is left over."""
    used = {code for text in SOURCES for code in re.findall(rf'"((?:{GROUPS})\.[a-z0-9-]+)"', text)}
    assert used == set(CAUSES)


@pytest.mark.parametrize("cause", _ALL, ids=lambda cause: cause.code)
def test_speaks_in_short_sentences(cause: elqkit.Cause) -> None:
    """Whole sentences, no blame, and a remedy."""
    for text in (cause.message, cause.hint):
        assert re.fullmatch(r"[A-Z].{5,170}\.", text)
        assert not re.search(r"\b(you (?:must|should|failed)|invalid|illegal|bad|error:)\b", text)
