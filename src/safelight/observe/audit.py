"""The audit log: who did what, when, and whether it was allowed, without a word about the person.

A line has the time, the request's number, the event, its outcome, `who`, and codes of a closed
table. `who` is a pseudonym: the same person has the same one as long as the SECRET_KEY stays, and
without that key nobody can tell whose it is.

Standard library only, so that a command that records something starts quickly.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from typing import TYPE_CHECKING

from safelight.observe.audit_events import CODES, EVENTS
from safelight.observe.request_ids import current_request_id, of_current_request

if TYPE_CHECKING:
    from collections.abc import Callable

LOGGER = "safelight.audit"
LABEL = b"safelight audit pseudonym"
"""Sets this use of the SECRET_KEY apart from every other."""
WHO_DIGITS = 16
_LOG = logging.getLogger(LOGGER)


class _Pseudonyms:
    """The key of this process's pseudonyms; of a process that has no SECRET_KEY, one of its own."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def use(self, secret_key: str) -> None:
        self._key = hmac.digest(secret_key.encode(), LABEL, hashlib.sha256)

    def of(self, name: str) -> str:
        return hmac.new(self._key, name.encode(), hashlib.sha256).hexdigest()[:WHO_DIGITS]


_pseudonyms = _Pseudonyms()
_listeners: list[Callable[[str], None]] = []


def use_key(secret_key: str) -> None:
    """Derive the pseudonyms of this process from the installation's SECRET_KEY."""
    _pseudonyms.use(secret_key)


def pseudonym(name: str) -> str:
    """What the audit log calls the one with this name; nobody has none."""
    return _pseudonyms.of(name) if name else ""


def listen(listener: Callable[[str], None]) -> None:
    """Have the name of each event told to `listener` too, which counts them."""
    if listener not in _listeners:
        _listeners.append(listener)


def record(event: str, *, who: str | None = None, request: str | None = None, **codes: str) -> None:
    """Write a line of the audit log.

    Args:
        event: one of `EVENTS`.
        who: the name of whoever did it, written as a pseudonym; unless given, that of whoever the
            current request is from; empty for nobody. Never a name that someone typed and could
            not prove.
        request: the number of the request; unless given, that of the current one; empty if it was
            no request's doing.
        codes: what belongs to the event, from the table of `CODES`. Empty ones are left out.

    Raises:
        ValueError: an unknown event, a code that does not belong to it, or a value that the
            code's table does not have. The value is not quoted.
    """
    known = EVENTS.get(event)
    if known is None:
        raise ValueError("This event is not in the table of audit events.")
    given = {name: value for name, value in codes.items() if value}
    for name, value in given.items():
        if name not in known.codes or not _is_allowed(name, value):
            raise ValueError(f"{event} has no such code, or not with this value: {name}.")
    _LOG.info(
        event,
        extra={
            "request": current_request_id() if request is None else request,
            "outcome": known.outcome,
            "who": pseudonym(_current_name() if who is None else who),
            **given,
        },
    )
    for listener in _listeners:
        listener(event)


def _is_allowed(name: str, value: str) -> bool:
    allowed = CODES[name].allowed
    return value in allowed if isinstance(allowed, frozenset) else bool(allowed.fullmatch(value))


def _current_name() -> str:
    """The name of the one whose request this is; empty for nobody and outside of requests."""
    identity = of_current_request(lambda flask: flask.g.get("identity"))
    return str(getattr(identity, "name", ""))
