"""What all tests of the pages share."""

from __future__ import annotations

import pytest

from elqkit.workbooks import bounds


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, a small workbook is read within its request."""
    monkeypatch.setattr(bounds, "SHORT_WAIT_S", 60.0)
