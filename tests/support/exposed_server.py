"""What a server needs that others than this machine's users may reach."""

from __future__ import annotations

import json

from argon2 import PasswordHasher

USER, PASSWORD = "ada", "correct horse battery staple"
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
GRANTS = ["admin", "elqkit", "mapy", "toy"]
USERS = json.dumps({"users": {USER: {"password": _CHEAP.hash(PASSWORD), "grants": GRANTS}}})
SECRET_KEY = "6f1d0a5c93be47d28c7e4b0f9a3d21587e60cb4fa9d83512"
OTHERS_MAY_COME = {"SECRET_KEY": SECRET_KEY, "SAFELIGHT_USERS": USERS}
"""Settings of an installation with one user."""
BEHIND_NGINX = {**OTHERS_MAY_COME, "SAFELIGHT_TRUSTED_PROXIES": "127.0.0.1"}
