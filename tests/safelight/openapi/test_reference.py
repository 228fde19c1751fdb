"""The reference page of the API."""

from __future__ import annotations

from pathlib import Path

from safelight.openapi.reference import reference

ROOT = Path(__file__).parents[3]


def test_the_page_is_that_of_the_code() -> None:
    """Made anew with `python -m safelight.openapi.reference > docs/reference/api.md`."""
    assert (ROOT / "docs/reference/api.md").read_text(encoding="utf-8") == reference()
