"""Files that the workbench hands out: saved, not shown, and called by a name that says nothing."""

from __future__ import annotations

import pytest

from safelight.api import Download
from safelight_builders import app


def test_an_action_may_answer_with_a_file() -> None:
    """It is saved under its name, kept by no cache, and taken for nothing else."""
    reply = app().test_client().post("/api/v1/toy/file")
    names = ("Content-Type", "Content-Disposition", "Cache-Control", "X-Content-Type-Options")
    assert (reply.data, [reply.headers[name] for name in names]) == (
        b"12345",
        ["text/plain", 'attachment; filename="five.txt"', "no-store", "nosniff"],
    )


@pytest.mark.parametrize(
    "name", ["", ".bashrc", "a/b", 'a"b', "a b", "a\nb", "\u00fc.jpg", "a" * 65, "IMG_1.jpg"]
)
def test_a_name_is_a_few_plain_signs(name: str) -> None:
    """So it can be misread neither in a header nor on a disk."""
    with pytest.raises(ValueError, match="called by"):
        Download(name, "text/plain", b"")
