"""Users and tokens as text: the same in a file and in an environment variable.

{
"users": {"ada": {"password": "$argon2id$v=19$...", "grants": ["mapy", "elqkit.send"]}},
"tokens": {"7f3a9c1e": {"name": "nightly", "sha256": "...", "grants": ["mapy"],
"created": "2026-11-22T08:00:00Z", "expires": "2027-02-20T08:00:00Z",
"user": "ada"}}
}
"""

from __future__ import annotations

from datetime import UTC, datetime
import json
import re
from typing import TYPE_CHECKING, cast

from safelight.accounts.grants import wrong_with_grant
from safelight.accounts.model import NAME, NAME_RULE, Accounts, Token, User

if TYPE_CHECKING:
    from safelight.api import Json

ARGON2ID = re.compile(r"\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+")
TOKEN_ID = re.compile(r"[0-9a-f]{12}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_TIME = "%Y-%m-%dT%H:%M:%SZ"


class BadAccounts(Exception):  # noqa: N818 - reads as what it is
    """Users and tokens that can't be used: the place, what is wrong, what to do. No secret."""


def accounts_from(text: str) -> Accounts:
    """The users and tokens of a document; none of an empty one.

    Raises:
        BadAccounts: it can't be understood. Not one account of it is then used.
    """
    if not text.strip():
        return Accounts()
    try:
        found = json.loads(text)
    except ValueError as error:
        # The parser's own text would quote the document.
        raise BadAccounts("This is not JSON. Write it with `safelight users add`.") from error
    whole = _fields(found, "the document", {"users", "tokens"})
    users = _named(whole.get("users", {}), "users")
    tokens = _named(whole.get("tokens", {}), "tokens")
    return Accounts(
        {name: _user(name, row) for name, row in users.items()},
        {id_: _token(id_, row) for id_, row in tokens.items()},
    )


def text_of(accounts: Accounts) -> str:
    """The document of users and tokens, sorted, so that two of them can be compared."""
    users: Json = {
        user.name: {"password": user.password, "grants": [*sorted(user.grants)]}
        for user in sorted(accounts.users.values(), key=lambda each: each.name)
    }
    tokens: Json = {
        token.id: {
            "name": token.name,
            "sha256": token.sha256,
            "grants": [*sorted(token.grants)],
            "created": _written(token.created),
            "expires": _written(token.expires),
            **({"user": token.user} if token.user else {}),
        }
        for token in sorted(accounts.tokens.values(), key=lambda each: each.created)
    }
    return json.dumps({"users": users, "tokens": tokens}, indent=2) + "\n"


def _user(name: str, row: object) -> User:
    place = f"user {name}"
    if not NAME.fullmatch(name):
        raise BadAccounts(f"A user's name can't be used. {NAME_RULE}")
    fields = _fields(row, place, {"password", "grants"})
    password = _text(fields, "password", place)
    if not ARGON2ID.fullmatch(password):
        raise BadAccounts(f"{place}: the password is no Argon2id hash. Use `safelight users`.")
    return User(name, password, _grants(fields, place))


def _token(id_: str, row: object) -> Token:
    if not TOKEN_ID.fullmatch(id_):
        raise BadAccounts("A token's id can't be used. Make tokens with `safelight tokens create`.")
    place = f"token {id_}"
    known = {"name", "sha256", "grants", "created", "expires", "user"}
    fields = _fields(row, place, known)
    sha256 = _text(fields, "sha256", place)
    if not _SHA256.fullmatch(sha256):
        raise BadAccounts(f"{place}: sha256 is not one. Use `safelight tokens create`.")
    return Token(
        id=id_,
        name=_text(fields, "name", place),
        sha256=sha256,
        grants=_grants(fields, place),
        created=_time(fields, "created", place),
        expires=_time(fields, "expires", place),
        user=_text(fields, "user", place) if "user" in fields else "",
    )


def _fields(found: object, place: str, known: set[str]) -> dict[str, object]:
    if not isinstance(found, dict) or set(found) - known:
        raise BadAccounts(f"{place}: write {', '.join(sorted(known))} in braces and nothing else.")
    return found


def _named(found: object, place: str) -> dict[str, object]:
    if not isinstance(found, dict):
        raise BadAccounts(f"{place}: write names and what belongs to them, in braces.")
    return found


def _text(fields: dict[str, object], name: str, place: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        raise BadAccounts(f"{place}: {name} is missing or no text.")
    return value


def _grants(fields: dict[str, object], place: str) -> frozenset[str]:
    found = fields.get("grants")
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise BadAccounts(f"{place}: grants is a list of names in brackets.")
    for grant in cast("list[str]", found):
        wrong = wrong_with_grant(grant)
        if wrong:
            raise BadAccounts(f"{place}: {wrong}")
    return frozenset(cast("list[str]", found))


def _time(fields: dict[str, object], name: str, place: str) -> float:
    try:
        return datetime.strptime(_text(fields, name, place), _TIME).replace(tzinfo=UTC).timestamp()
    except ValueError as error:
        raise BadAccounts(f"{place}: write {name} as 2027-02-20T08:00:00Z.") from error


def _written(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime(_TIME)
