"""Refuse requests that another site caused, by what the browser says of them.

Fetch Metadata (`Sec-Fetch-*`) and `Origin` are set by the browser and out of a page's reach. This
check stands beside the form token and does not depend on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, request

from safelight.api import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Request
    from werkzeug.datastructures import Headers

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})
"""`none` is the person's own doing: an address typed, a bookmark."""
FRAMED = frozenset({"embed", "fencedframe", "frame", "iframe", "object"})


def is_foreign(method: str, headers: Mapping[str, str] | Headers, own_origin: str) -> bool:
    """Whether another site caused a request that it must not cause.

    Another site may link to a page. It may neither submit, nor embed, nor fetch anything.
    """
    site = headers.get("Sec-Fetch-Site", "")
    from_elsewhere = bool(site) and site not in OWN_SITES
    if method in SAFE_METHODS:
        navigates = headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
        framed = headers.get("Sec-Fetch-Dest", "document") in FRAMED
        return from_elsewhere and (framed or not navigates)
    origin = headers.get("Origin", "")
    if from_elsewhere:
        return True
    if origin == "null" and site:  # privacy settings may hide the origin of our own page
        return False
    return bool(origin) and origin != own_origin


def is_browser(request: Request) -> bool:
    """Whether a request shows any sign of a browser, which sends at least one of these."""
    headers = request.headers
    return any(name in headers for name in ("Cookie", "Origin", "Referer")) or any(
        name.lower().startswith("sec-fetch-")
        for name in headers.keys()  # noqa: SIM118 - pairs otherwise
    )


def set_up(app: Flask) -> None:
    """Refuse requests that another site caused."""

    @app.before_request
    def check_who_caused_it() -> None:
        own_origin = f"{request.scheme}://{request.host}"
        if is_foreign(request.method, request.headers, own_origin):
            raise Refusal(
                "request.cross-site",
                "Another site sent this request, so it was not carried out.",
                "Open the page here and send the form from there.",
                status=403,
            )
