"""Builders for the tests of accounts: users with cheap hashes, an application, signing in."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from argon2 import PasswordHasher

from safelight.accounts.document import accounts_from, text_of
from safelight.accounts.tokens import new_token
from safelight_builders import app

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from safelight_builders import Clock

PASSWORD = "correct horse battery staple"
CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
HASH = CHEAP.hash(PASSWORD)
GRANTS = {"ada": ["toy"], "bob": [], "max": ["toy.delete"], "root": ["admin"]}
USERS = {name: {"password": HASH, "grants": grants} for name, grants in GRANTS.items()}
SIGN_IN = {"SAFELIGHT_SIGN_IN": "always", "SAFELIGHT_USERS": json.dumps({"users": USERS})}
"""Settings under which everybody signs in, at this machine too."""


def users_file(folder: Path) -> Path:
    """A file with the same users."""
    path = folder / "users.json"
    path.write_text(json.dumps({"users": USERS}))
    path.chmod(0o600)
    return path


def guarded(
    variables: dict[str, str] | None = None, path: Path | None = None, clock: Clock | None = None
) -> Flask:
    """The workbench with the toy tool and these users, from the environment or from a file."""
    chosen = dict(SIGN_IN)
    if path is not None:
        del chosen["SAFELIGHT_USERS"]
        chosen["SAFELIGHT_USERS_FILE"] = str(path)
    return app({**chosen, **(variables or {})}, clock=clock)


def form_token(page: str) -> str:
    """The form token of a page."""
    match = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert match is not None
    return match[1]


def send(client: FlaskClient, path: str, page: str = "/account", **fields: str) -> TestResponse:
    """Send a form of a page, with its token."""
    return client.post(path, data={"csrf_token": form_token(client.get(page).text), **fields})


def sign_in(
    client: FlaskClient, name: str = "ada", password: str = PASSWORD, **fields: str
) -> TestResponse:
    """Send the sign-in form."""
    return send(client, "/sign-in", "/sign-in", name=name, password=password, **fields)


def signed_in(application: Flask, name: str = "ada") -> FlaskClient:
    """A browser in which somebody is signed in."""
    client = application.test_client()
    assert sign_in(client, name).status_code == 303
    return client


def with_token(
    grants: list[str], clock: Clock, user: str = "", days: int = 1
) -> tuple[str, dict[str, str]]:
    """A token, and the settings under which it is known."""
    text, token = new_token("nightly", grants, clock(), days, user)
    accounts = accounts_from(SIGN_IN["SAFELIGHT_USERS"]).with_token(token)
    return text, {"SAFELIGHT_USERS": text_of(accounts)}


def bearer(token: str) -> dict[str, str]:
    """The header that brings a token."""
    return {"Authorization": f"Bearer {token}"}
