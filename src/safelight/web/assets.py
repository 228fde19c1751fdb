"""Static files: known by name since the start, and served by no other.

A file is found in a table, not by its path, so nothing else of the disk can be asked for.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
import hashlib
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, has_request_context, request

from safelight.web.compression import GZIP, SMALL, compressed, takes_gzip

if TYPE_CHECKING:
    from pathlib import Path

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".woff2": "font/woff2",
}
A_YEAR_S = 365 * 24 * 60 * 60
FOLDER = "static"


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file as pages refer to it."""

    url: str
    """With a hash of the content, so that it may be cached for good."""
    integrity: str
    content: bytes
    media_type: str
    version: str
    squeezed: bytes
    """The content as gzip; empty where that is no smaller."""


class Assets:
    """The static files of the workbench and of its tools."""

    def __init__(self) -> None:
        self._assets: dict[tuple[str, str], Asset] = {}

    def add(self, owner: str, folder: Path, prefix: str) -> None:
        """Take the files of a folder that have a known extension; `owner` is a tool, or "".

        Args:
            owner: the tool's slug; empty for the workbench's own.
            folder: where they are. It need not exist.
            prefix: what their addresses begin with: `/mapy/static/`.
        """
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            media_type = MEDIA_TYPES.get(path.suffix)
            if media_type and path.is_file():
                content = path.read_bytes()
                digest = hashlib.sha384(content)
                version = digest.hexdigest()[:16]
                integrity = f"sha384-{base64.b64encode(digest.digest()).decode()}"
                squeezed = compressed(content, SMALL)
                self._assets[owner, path.name] = Asset(
                    f"{prefix}{path.name}?v={version}",
                    integrity,
                    content,
                    media_type,
                    version,
                    squeezed if len(squeezed) < len(content) else b"",
                )

    def __call__(self, name: str, owner: str = "") -> Asset:
        """The asset that a template names.

        Raises:
            LookupError: there is none, which is a fault of the template.
        """
        asset = self._assets.get((owner, name))
        if asset is None:
            raise LookupError(f"no static file {name!r} of {owner or 'safelight'!r}")
        # Below the path of a shared host, where a proxy serves the workbench at one.
        root = request.script_root if has_request_context() else ""
        return replace(asset, url=f"{root}{asset.url}") if root else asset

    def serve(self, owner: str, name: str) -> Response:
        """The reply with a file; 404 if it is not one of ours."""
        asset = self._assets.get((owner, name))
        if asset is None:
            abort(404)
        squeezed = asset.squeezed if takes_gzip(request) else b""
        response = Response(squeezed or asset.content, content_type=asset.media_type)
        response.headers["Vary"] = "Accept-Encoding"
        if squeezed:
            response.headers["Content-Encoding"] = GZIP
        response.set_etag(f"{asset.version}-{GZIP}" if squeezed else asset.version)
        if request.args.get("v") == asset.version:
            response.headers["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable"
        else:
            response.headers["Cache-Control"] = "no-cache"
        response.make_conditional(request)
        return response


def add_route(app: Flask, assets: Assets, owner: str, prefix: str, endpoint: str) -> None:
    """Serve the files of one owner below `prefix`."""

    def static(name: str) -> Response:
        return assets.serve(owner, name)

    app.add_url_rule(f"{prefix}<name>", endpoint, static, methods=["GET"])
