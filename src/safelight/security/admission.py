"""Whether a request may have what it asks for: signed in at all, and granted that.

What is not in the table of open addresses needs a known caller. A tool's pages and its part of the
API need the grant of that tool, and an action or a job may need more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, g, request

from safelight.accounts.grants import ADMIN, METRICS, grant_of
from safelight.api import Refusal
from safelight.observe import audit
from safelight.security.body_limits import received_action
from safelight.security.identity import TOKEN, check_known, current
from safelight.security.proxies import PASSED_ON
from safelight.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from flask import Flask, Response

ANYONE = ""
NEEDED = {
    "/.well-known/security.txt": ANYONE,
    "/healthz": ANYONE,
    "/readyz": ANYONE,
    "/sign-in": ANYONE,
    "/sign-in/provider": ANYONE,
    "/sign-in/provider/back": ANYONE,
    "/account/people": ADMIN,
    "/account/people/end": ADMIN,
    "/metrics": METRICS,
}
"""What the workbench's own addresses need. All others: somebody who is known."""
CHALLENGE = 'Bearer realm="safelight"'
STATIC = "static"
API = "api"


class SignInNeeded(Refusal):
    """Nobody knows who asks."""

    def __init__(self) -> None:
        if g.get("token_refused"):
            super().__init__(
                "token.refused",
                sentence("This API token is unknown, revoked or has expired."),
                sentence("Make another: safelight tokens create."),
                status=401,
            )
        else:
            super().__init__(
                "sign-in.needed",
                sentence("You are not signed in, or your session has ended. Nothing was done."),
                sentence("Sign in and try again. A program sends an API token."),
                status=401,
            )

    @property
    def challenge(self) -> str:
        """The header `WWW-Authenticate` (RFC 6750, section 3)."""
        return f'{CHALLENGE}, error="invalid_token"' if self.code == "token.refused" else CHALLENGE


def demand(grant: str) -> None:
    """Go on only if whoever asks has a grant: `mapy`, `elqkit.send`, `admin`.

    Raises:
        SignInNeeded: nobody is known.
        Refusal: they are known, and have not this grant.
    """
    found = current()
    if found is None:
        raise SignInNeeded
    if found.may(grant):
        return
    audit.record("grant.refused", grant=grant, how=found.how)
    hint = sentence(
        "What is missing is the grant {grant}. Whoever runs this server can give it.", grant=grant
    )
    if found.how == TOKEN:
        hint = sentence(
            "What is missing is the grant {grant}. Make a token that has it.", grant=grant
        )
    raise Refusal(
        "grant.missing",
        "Your account may not do this.",
        hint,
        status=403,
    )


def set_up(
    app: Flask,
    slugs: Collection[str],
    refuse: Callable[[Refusal], Response],
    *,
    is_open: bool,
) -> None:
    """Refuse what the caller may not have.

    Args:
        app: the application.
        slugs: those of its tools.
        refuse: makes the reply. It is not left to the handlers of errors: a tool may have its own,
            which would show a page of the tool.
        is_open: whether whoever is at this machine may have all of it.
    """

    @app.before_request
    def admit() -> Response | None:
        try:
            if is_open:
                _no_proxy()
            check_known()
            _check_grants(slugs)
        except Refusal as error:
            return refuse(error)
        return None


def _no_proxy() -> None:
    if request.environ.get(PASSED_ON):
        raise Refusal(
            "request.forwarded",
            "This server is for its own machine alone, and a proxy has passed this request on.",
            "Name the proxy in SAFELIGHT_TRUSTED_PROXIES, and the users who may come in.",
            status=403,
        )


def _check_grants(slugs: Collection[str]) -> None:
    endpoint, rule = request.endpoint, request.url_rule
    if endpoint is None or rule is None:  # it leads nowhere, which is no secret
        return
    needed = NEEDED.get(rule.rule)
    if needed == ANYONE or endpoint.partition(".")[0] == STATIC:
        return
    if current() is None:
        raise SignInNeeded
    if needed:
        demand(needed)
    slug = _slug_of(endpoint)
    if slug in slugs:
        action = received_action(current_app, endpoint)
        demand(grant_of(slug))
        if action is not None and action.grant:
            demand(grant_of(slug, action.grant))


def _slug_of(endpoint: str) -> str:
    """`mapy` of the endpoints `mapy.read` and `api.mapy.read`."""
    first, _, rest = endpoint.partition(".")
    return rest.partition(".")[0] if first == API else first
