"""What others changed in the file of users and tokens, for the audit log.

The commands `safelight users` and `safelight tokens` may run while no server does, and anyone who
may write the file can use an editor. So the server tells what it finds changed, whoever did it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safelight.observe import audit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safelight.accounts.model import Accounts

EVENT = "accounts.changed"


def record_changes(before: Accounts, after: Accounts) -> None:
    """Write a line for each difference. Nobody is said to have done it: who did is not known."""
    for codes in (*_of_users(before, after), *_of_tokens(before, after)):
        audit.record(EVENT, who="", request="", **codes)


def _of_users(before: Accounts, after: Accounts) -> Iterator[dict[str, str]]:
    for name in sorted({*before.users, *after.users}):
        old, new = before.users.get(name), after.users.get(name)
        whose = audit.pseudonym(name)
        if new is None:
            yield {"change": "removed", "whose": whose}
            continue
        if old is None or old.password != new.password:
            yield {"change": "password" if old else "created", "whose": whose}
        had = old.grants if old else frozenset()
        for grant in sorted(new.grants - had):
            yield {"change": "granted", "grant": grant, "whose": whose}
        for grant in sorted(had - new.grants):
            yield {"change": "withdrawn", "grant": grant, "whose": whose}


def _of_tokens(before: Accounts, after: Accounts) -> Iterator[dict[str, str]]:
    for id_, token in sorted({**before.tokens, **after.tokens}.items()):
        old, new = before.tokens.get(id_), after.tokens.get(id_)
        if old != new:
            change = "revoked" if new is None else "changed" if old else "created"
            yield {"change": change, "token": id_, "whose": audit.pseudonym(token.user)}
