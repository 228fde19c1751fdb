"""What one grant allows, and which words are grants."""

from __future__ import annotations

import pytest

from safelight.accounts.grants import allows, grant_of, wrong_with_grant


@pytest.mark.parametrize(
    ("granted", "needed", "expected"),
    [
        (["mapy"], "mapy", True),
        (["mapy"], "elqkit", False),
        (["mapy"], "mapy.send", False),
        (["elqkit.send"], "elqkit", True),
        (["elqkit.send"], "elqkit.send", True),
        (["elqkit.send"], "elqkit.delete", False),
        (["admin"], "mapy", False),
        (["admin"], "metrics", True),
        (["metrics"], "metrics", True),
        (["metrics"], "admin", False),
        (["metrics"], "mapy", False),
        (["mapy.send"], "metrics", False),
        (["mapy", "elqkit"], "admin", False),
        (["mapyx"], "mapy", False),
        (["*"], "elqkit.delete", True),
        ([], "mapy", False),
    ],
)
def test_a_grant_allows_no_more_than_it_says(
    granted: list[str], needed: str, expected: bool
) -> None:
    """To send includes the use of the tool; to administer includes none."""
    assert allows(granted, needed) is expected


def test_names_of_grants() -> None:
    """Of a tool, and of what goes beyond its use."""
    assert (grant_of("mapy"), grant_of("mapy", "send")) == ("mapy", "mapy.send")


@pytest.mark.parametrize("grant", ["admin", "metrics", "mapy", "elqkit.send", "elqkit.delete"])
def test_these_are_grants(grant: str) -> None:
    """Each of the kinds."""
    assert wrong_with_grant(grant, ["mapy", "elqkit"]) is None


@pytest.mark.parametrize(
    "grant", ["", "*", "admin.send", "metrics.send", "mapy.read", "Mapy", "mapy.", "maps"]
)
def test_these_are_none(grant: str) -> None:
    """Everything is granted to nobody, and a slip of the pen is said."""
    assert wrong_with_grant(grant, ["mapy"]) is not None
