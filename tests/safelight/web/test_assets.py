"""Static files: a table of names, hashes in addresses, nothing else of the disk."""

from __future__ import annotations

import base64
import hashlib

import pytest

from safelight.web.assets import Assets
from safelight_builders import app


def assets() -> Assets:
    """As templates have it."""
    found = app().jinja_env.globals["asset"]
    assert isinstance(found, Assets)
    return found


def test_a_file_is_served_with_its_type() -> None:
    """And the address that templates use may be cached for good, since it names the content."""
    asset = assets()("safelight.css")
    reply = app().test_client().get(asset.url)
    assert (reply.status_code, reply.content_type) == (200, "text/css; charset=utf-8")
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_tools_file_is_found_by_its_owner() -> None:
    """Two tools may have files of the same name."""
    asset = assets()("toy.css", "toy")
    assert asset.url.startswith("/toy/static/toy.css?v=")
    assert app().test_client().get(asset.url).data == asset.content


def test_integrity_is_the_hash_of_what_is_served() -> None:
    """A browser refuses anything else."""
    asset = assets()("safelight.css")
    served = app().test_client().get(asset.url).data
    digest = base64.b64encode(hashlib.sha384(served).digest()).decode()
    assert asset.integrity == f"sha384-{digest}"


@pytest.mark.parametrize("query", ["", "?v=0123456789abcdef"])
def test_any_other_address_of_it_is_asked_for_again(query: str) -> None:
    """An old page must not pin an old file; the hash as ETag makes asking cheap."""
    client = app().test_client()
    reply = client.get(f"/static/safelight.css{query}")
    assert reply.headers["Cache-Control"] == "no-cache"
    again = client.get("/static/safelight.css", headers={"If-None-Match": reply.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static",
        "/static/nothing.css",
        "/toy/static/notes.txt",
        "/toy/static/__init__.py",
        "/static/../app.py",
        "/static/..%2fpages.py",
        "/static/%2e%2e/pages.py",
        "/static//etc/passwd",
        "/static/safelight.css%00",
        "/static/safelight.css/",
        "/toy/static/safelight.css",
        "/toy/static/..%2ftemplates%2ftoy%2fpage.html",
    ],
)
def test_nothing_else_is(path: str) -> None:
    """No listing, no other extension, no way out of the folder."""
    assert app().test_client().get(path).status_code in {404, 308}


def test_a_template_that_names_no_file_is_at_fault() -> None:
    """Found by the first test that renders it."""
    with pytest.raises(LookupError, match=r"missing\.css"):
        assets()("missing.css")
