"""The reply that hands out a file: saved by the browser, kept by no cache, never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response

if TYPE_CHECKING:
    from safelight.api import Download


def reply_with(download: Download) -> Response:
    """The reply with a file. All other headers are those of every reply."""
    response = Response(download.content, content_type=download.media_type)
    # The name needs no encoding: a `Download` takes none that would (RFC 6266, section 4.3).
    response.headers["Content-Disposition"] = f'attachment; filename="{download.name}"'
    return response
