"""What a server needs that others than this machine's users may reach."""

from __future__ import annotations

import json
import time

from argon2 import PasswordHasher

from safelight.accounts.document import accounts_from, text_of
from safelight.accounts.tokens import new_token

USER, PASSWORD = "ada", "correct horse battery staple"
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
GRANTS = ["admin", "elqkit", "mapy", "toy"]
_USERS = json.dumps({"users": {USER: {"password": _CHEAP.hash(PASSWORD), "grants": GRANTS}}})
TOKEN, _kept = new_token("tests", GRANTS, time.time(), 1, USER)
USERS = text_of(accounts_from(_USERS).with_token(_kept))
SECRET_KEY = "6f1d0a5c93be47d28c7e4b0f9a3d21587e60cb4fa9d83512"
OTHERS_MAY_COME = {"SECRET_KEY": SECRET_KEY, "SAFELIGHT_USERS": USERS}
"""Settings of an installation with one user."""
BEHIND_NGINX = {**OTHERS_MAY_COME, "SAFELIGHT_TRUSTED_PROXIES": "127.0.0.1"}
