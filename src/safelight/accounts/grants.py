"""What a person or a program may be granted.

`mapy` is the use of a tool, `elqkit.send` and `elqkit.delete` are what goes beyond its use,
`metrics` is the sight of the numbers, for a monitoring that needs no more, and `admin` that of all
people and their sessions besides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

ADMIN, METRICS = "admin", "metrics"
BEYOND = ("send", "delete")
"""What an action or a job may need beyond the use of its tool."""
EVERYTHING = "*"
"""Of the person at the machine itself. It can't be written into an account."""
_GRANT = re.compile(r"(?P<slug>[a-z][a-z0-9-]{0,30})(?:\.(?P<beyond>[a-z]+))?", re.ASCII)


def grant_of(slug: str, beyond: str = "") -> str:
    """The grant for a tool, or for what goes beyond its use: `elqkit`, `elqkit.send`."""
    return f"{slug}.{beyond}" if beyond else slug


def allows(granted: Collection[str], needed: str) -> bool:
    """Whether what is granted covers what is needed.

    To send includes the use of the tool, and to administer the sight of the numbers.
    """
    if EVERYTHING in granted or needed in granted or (needed == METRICS and ADMIN in granted):
        return True
    return any(each.partition(".")[0] == needed for each in granted)


def wrong_with_grant(grant: str, slugs: Collection[str] | None = None) -> str | None:
    """What is wrong with a grant, in a sentence, or None.

    Args:
        grant: as it was written.
        slugs: those of the installed tools; None where they don't matter.
    """
    match = _GRANT.fullmatch(grant)
    if grant in {ADMIN, METRICS}:
        return None
    of_tool = match is not None and match["slug"] not in {ADMIN, METRICS}
    if match is None or not of_tool or match["beyond"] not in {None, *BEYOND}:
        return (
            f"A grant is {ADMIN}, {METRICS}, the name of a tool, or that with"
            f" .{' or .'.join(BEYOND)}."
        )
    if slugs is not None and match["slug"] not in slugs:
        return f"There is no tool {match['slug']}. There are: {', '.join(sorted(slugs))}."
    return None
