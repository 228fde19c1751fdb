"""Whom what is kept belongs to: the person who is signed in, else the visitor's session."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import g, request, session

from safelight.security.csrf import API_PREFIX
from safelight.security.fetch_metadata import is_browser
from safelight.state.keys import pseudonym

if TYPE_CHECKING:
    from collections.abc import MutableMapping

VISITOR = "visitor"
"""The session's value that names the visitor."""
LOOPBACK = "loopback"


class Owners:
    """Names owners; none of the names tells who it is."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def visitor(self) -> str:
        """Who this session is. A new session is another visitor."""
        values: MutableMapping[str, object] = session
        if VISITOR not in values:
            values[VISITOR] = secrets.token_urlsafe(16)
        return str(values[VISITOR])

    def owner(self) -> str:
        """Who is signed in; where nobody is, the visitor.

        Programs on this machine that call the API without signing in have no session. They are
        one owner, as the machine's own users are to each other: a job's number keeps them apart.
        """
        identity = getattr(g, "identity", None)
        how = getattr(identity, "how", LOOPBACK)
        if how != LOOPBACK:
            return pseudonym(self._key, f"user {identity.name}")  # type: ignore[union-attr]
        if request.path.startswith(API_PREFIX) and not is_browser(request):
            return pseudonym(self._key, "programs of this machine")
        return self.visitor()
