r"""Where to go after signing in: a page of this server and nowhere else.

`//evil.example` and `/\evil.example` are addresses of other sites to a browser. So an address is
taken only if it is plain, and leads to a page that this application has.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException

MAX_LENGTH = 1024
_PLAIN = re.compile(
    r"/(?:[A-Za-z0-9._~!$&'()*+,;=:@%?-][A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?", re.ASCII
)


def next_page(wanted: str) -> str:
    """The address of a page of ours with its folder on this server; empty if it is none."""
    if len(wanted) > MAX_LENGTH or not _PLAIN.fullmatch(wanted):
        return ""
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc:
        return ""
    folder = request.script_root
    if folder and not parts.path.startswith(f"{folder}/"):
        return ""
    try:
        current_app.url_map.bind("localhost").match(parts.path[len(folder) :], "GET")
    except HTTPException:
        return ""
    return wanted


def own_page() -> str:
    """The address of the page that was asked for, to come back to after signing in."""
    query = request.query_string.decode("latin-1")
    address = f"{request.script_root}{request.path}{'?' if query else ''}{query}"
    return next_page(address) or next_page(f"{request.script_root}{request.path}")
