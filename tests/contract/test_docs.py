"""What the documents say is what the code does."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    path for path in ROOT.glob("docs/**/*.md") if ">>>" in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_examples_of_a_document_are_true(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example gives what is written below it."""
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(path), module_relative=False)
    assert (failed, tried > 0) == (0, True)
