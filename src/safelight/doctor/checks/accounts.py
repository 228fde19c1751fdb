"""Checks of who may come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safelight.accounts.grants import ADMIN, allows
from safelight.doctor.model import Check, Finding, not_applicable, ok, short

if TYPE_CHECKING:
    from safelight.doctor.patient import Patient

LONGEST_TOKEN_DAYS = 400
"""A year, and time to change it."""
DAY_S = 24 * 60 * 60
NO_ACCOUNTS = "There are no accounts."


def readable(patient: Patient) -> Finding:
    """A list that can't be read lets nobody in."""
    configuration = patient.configuration
    if configuration.accounts_problem:
        return short(configuration.accounts_problem, "Mend SAFELIGHT_USERS_FILE.")
    users, tokens = len(configuration.accounts.users), len(configuration.accounts.tokens)
    if users or tokens:
        return ok(f"Users: {users}. Tokens: {tokens}.")
    if configuration["oidc_issuer"]:
        return ok("People sign in at an OpenID Connect provider.")
    if configuration.is_exposed:
        return short(
            "Others can reach the server, and nobody could sign in.",
            "Add a user: safelight users add NAME --file FILE --grant ...",
        )
    return not_applicable("Only this machine can reach the server, which needs no sign-in.")


def admins(patient: Patient) -> Finding:
    """Someone has to end the sessions of one who left; not everyone needs to."""
    users = patient.configuration.accounts.users
    if not users:
        return not_applicable(NO_ACCOUNTS)
    found = sum(allows(user.grants, ADMIN) for user in users.values())
    if not found:
        return short("Nobody has the grant admin.", "Give it to someone: safelight users add.")
    if found == len(users) > 1:
        return short(
            "Every user has the grant admin.", "Leave it to those who look after the server."
        )
    return ok(f"{found} of {len(users)} users have the grant admin.")


def tokens(patient: Patient) -> Finding:
    """A token that is forgotten must end by itself."""
    found = patient.configuration.accounts.tokens.values()
    if not found:
        return not_applicable("There are no tokens.")
    now = patient.now.timestamp()
    over = sum(token.expires <= now for token in found)
    long = sum(token.expires - now > LONGEST_TOKEN_DAYS * DAY_S for token in found)
    if over or long:
        return short(
            f"Tokens that have expired: {over}. Tokens that are good for over a year: {long}.",
            "Revoke them: safelight tokens list, then safelight tokens revoke ID.",
        )
    return ok("All end within a year or so, and none has.")


CHECKS = (
    Check("accounts.there", "Those who may come in are named", readable),
    Check("accounts.admins", "Some, not all, look after the server", admins),
    Check("accounts.tokens", "API tokens end", tokens),
)
