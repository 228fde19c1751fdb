"""Server-side sessions whose id changes after each request.

The cookie holds 256 random bits and nothing else. The id that a request brought is replaced when
the request ends; it keeps working for a few seconds, so that the requests that a browser sends
side by side don't log it out. All of them get the same successor: it is derived from the old id,
which only the browser has, and a random seed, which only the server has. Were each to get its
own, a busy browser would fill the store with ids that nobody will use.

Whether an id is still in time is judged by when the request's headers arrived: an upload that
takes a minute does not lose its session because another tab went on meanwhile.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
from typing import TYPE_CHECKING, TypedDict, cast

from flask import request
from flask.sessions import SessionInterface, SessionMixin

from safelight.state.interface import StateUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from flask import Flask, Request, Response

    from safelight.api import Json
    from safelight.security.session_store import Found, SessionStore

COOKIE = "safelight"
COOKIE_OVER_TLS = "__Host-safelight"
"""Browsers take a cookie of this name only from its own host, over TLS, for the whole site."""
ARRIVED = "safelight.arrived"
"""Key of the WSGI environment: when the request's headers arrived."""
ID_BYTES = 32
_ID = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


class _Flags(TypedDict):
    secure: bool
    httponly: bool
    samesite: str
    path: str


class Session(SessionMixin):
    """The values of one session, for the length of a request.

    They are fetched when they are first asked for: a style sheet has no use for them, and a page
    that needs none works while the store can't be reached.
    """

    def __init__(self, find: Callable[[], Found | None], id_: str, *, secure: bool) -> None:
        self.id = id_
        self.cookie = COOKIE_OVER_TLS if secure else COOKIE
        self.secure = secure
        self.cleared = False
        self._find = find
        self._found: Found | None = None
        self._values: dict[str, Json] | None = None
        self._before: dict[str, str] = {}

    @property
    def handle(self) -> str:
        """Names it in the store; empty of one that is not there."""
        self._fetched()
        return self._found.handle if self._found else ""

    @property
    def is_used(self) -> bool:
        """Whether anything asked for it."""
        return self._values is not None

    def _fetched(self) -> dict[str, Json]:
        if self._values is None:
            self._found = self._find() if self.id else None
            self._values = self._found.values if self._found else {}
            self._before = {name: json.dumps(value) for name, value in self._values.items()}
        return self._values

    def __getitem__(self, name: str) -> Json:
        return self._fetched()[name]

    def __setitem__(self, name: str, value: Json) -> None:
        self._fetched()[name] = value

    def __delitem__(self, name: str) -> None:
        del self._fetched()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fetched())

    def __len__(self) -> int:
        return len(self._fetched())

    def clear(self) -> None:
        """Forget everything: the session ends on the server, and its ids with it."""
        self._fetched().clear()
        self.cleared = True

    def forget(self) -> None:
        """It has no place in the store any more."""
        self._found = None

    def changes(self) -> tuple[dict[str, Json], list[str]]:
        """What this request wrote, and the names that it dropped.

        Only these are stored, so that requests side by side don't undo each other.
        """
        values = self._fetched()
        put = {k: v for k, v in values.items() if self._before.get(k) != json.dumps(v)}
        return put, [name for name in self._before if name not in values]


class ServerSessions(SessionInterface):
    """Flask's session, kept in a `SessionStore`."""

    def __init__(
        self,
        store: SessionStore,
        clock: Callable[[], float],
        without: Collection[str] = (),
        not_stored: Callable[[Response], None] | None = None,
    ) -> None:
        """Keep sessions.

        Args:
            store: where.
            clock: seconds since the epoch.
            without: endpoints that have none.
            not_stored: turns a reply into one that says so, when what the request wrote could not
                be stored.
        """
        self._store = store
        self._clock = clock
        self._without = frozenset(without)
        self._not_stored = not_stored

    def open_session(self, app: Flask, request: Request) -> Session:
        """The session that the cookie opens, or an empty one: a foreign id is not adopted."""
        del app
        secure = request.is_secure
        id_ = request.cookies.get(COOKIE_OVER_TLS if secure else COOKIE, "")
        if not _ID.fullmatch(id_):
            id_ = ""
        arrived = request.environ.get(ARRIVED, self._clock())
        return Session(lambda: self._store.find(_key(id_), arrived), id_, secure=secure)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Store what changed and hand out the next id.

        Not for static files and the like: a page's style sheet must not use up the page's id.
        """
        del app
        if request.endpoint in self._without:
            return
        session = cast("Session", session)
        try:
            self._save(session, response)
        except StateUnreachable:
            # The id that the browser has still opens the session when the store is back.
            if session.is_used and any(session.changes()) and self._not_stored:
                self._not_stored(response)

    def _save(self, session: Session, response: Response) -> None:
        # Lax, not Strict: a link to a page from a mail or a ticket must find the session. With
        # Strict it would start a second one and void the forms open in other tabs.
        flags = _Flags(secure=session.secure, httponly=True, samesite="Lax", path="/")
        if session.cleared and session.handle:
            self._store.delete(session.handle)
            session.forget()
            if not session:
                response.delete_cookie(session.cookie, **flags)
                return
        id_ = self._next_id(session) if session.handle else self._first_id(session)
        if id_:
            response.set_cookie(session.cookie, id_, **flags)

    def _first_id(self, session: Session) -> str:
        if not session:
            return ""
        id_ = secrets.token_urlsafe(ID_BYTES)
        self._store.create(_key(id_), dict(session))
        return id_

    def _next_id(self, session: Session) -> str:
        put, drop = session.changes()
        if (put or drop) and not self._store.change(session.handle, put, drop):
            return ""  # ended by another request meanwhile: it stays ended
        id_ = session.id
        seed = self._store.retire(_key(id_))
        if seed is None:
            return ""
        while seed is not None:  # ends: a store holds a bounded number of ids of a session
            id_ = _successor(id_, seed)
            seed = self._store.admit(session.handle, _key(id_))
        return id_


def _key(id_: str) -> str:
    return hashlib.sha256(id_.encode()).hexdigest()


def _successor(id_: str, seed: str) -> str:
    digest = hmac.digest(id_.encode(), seed.encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
