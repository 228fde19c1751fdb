"""What the documents for a security team promise, and the tests they name for it."""

from __future__ import annotations

from pathlib import Path
import re

import pytest

ROOT = Path(__file__).parents[2]
HARDENING = ROOT / "docs" / "reference" / "hardening.md"
THREATS = ROOT / "docs" / "explanation" / "threat-model.md"
LINES = 82
NAMED = re.compile(r"`([\w/]+/test_\w+\.py)::(test_\w+)`")
ROW = re.compile(r"^\| (\d+) \|[^|]+\|[^|]+\| (.+) \|$", re.MULTILINE)


def documents() -> list[Path]:
    """The documents at the top, and all of docs/."""
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_every_line_of_the_checklist_is_there_once() -> None:
    """By its number, with a test, or with the reason why there is none."""
    rows = ROW.findall(HARDENING.read_text())
    assert [int(number) for number, _ in rows] == list(range(1, LINES + 1))
    bad = [number for number, test in rows if not NAMED.fullmatch(test) and "none: " not in test]
    assert bad == []


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)
def test_every_test_that_a_document_names_is_there(path: Path) -> None:
    """A test that was renamed would leave a promise without its proof."""
    missing = [
        f"{file}::{name}"
        for file, name in NAMED.findall(path.read_text())
        if not (ROOT / "tests" / file).is_file()
        or f"def {name}(" not in (ROOT / "tests" / file).read_text()
    ]
    assert missing == []


def test_every_threat_has_a_test() -> None:
    """Each row of the promises and of the attacks."""
    text = THREATS.read_text()
    tables = text[text.index("## The promises") : text.index("## What is not held")]
    rows = [line for line in tables.splitlines() if line.startswith("| ") and "---" not in line]
    without = [row for row in rows if not NAMED.search(row) and not row.endswith("| test |")]
    assert (len(rows) > 20, without) == (True, [])


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)
def test_every_link_inside_the_repository_leads_somewhere(path: Path) -> None:
    """Relative ones; others lead out, and are the reader's to open."""
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []
