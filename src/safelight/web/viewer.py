"""What the frame of a page, its head and its foot, says of who sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flask import request

from safelight.security import identity

if TYPE_CHECKING:
    from collections.abc import Iterable


class Viewer(NamedTuple):
    """All that a frame depends on, but for the language. It holds nothing that is one person's."""

    here: str
    """The blueprint that the page is of; empty of none."""
    tools: tuple[str, ...]
    """Those that they may use."""
    is_known: bool
    """Whether they may know what runs here."""
    has_account: bool
    """Whether they came in by a session, and can look after it."""
    stays: bool
    """Whether the page can be had again by its address. After a form was sent it can't: nothing is
    kept. Nor where an address leads nowhere."""


def viewer_among(slugs: Iterable[str]) -> Viewer:
    """Who sees the reply to the current request, where these tools are."""
    found = identity.current()
    return Viewer(
        here=request.blueprint or "",
        tools=tuple(slug for slug in slugs if identity.may(slug)),
        is_known=found is not None,
        has_account=found is not None and found.how == identity.SESSION,
        stays=request.method == "GET" and request.url_rule is not None,
    )
