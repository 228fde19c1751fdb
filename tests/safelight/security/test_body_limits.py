"""The size of a body that a request may bring is known before it is read."""

from __future__ import annotations

import pytest

from safelight.api import FORM_OVERHEAD
from safelight.security.body_limits import SMALL_BODY, BodyLimits
from safelight_builders import MULTIPART, app
from toy_tool import MAX_BYTES, MAX_FILES

LARGE = MAX_BYTES * MAX_FILES + FORM_OVERHEAD


@pytest.mark.parametrize(
    ("method", "path", "content_type", "limit"),
    [
        ("POST", "/toy/", MULTIPART, LARGE),
        ("POST", "/api/v1/toy/count", MULTIPART, LARGE),
        ("POST", "/api/v1/toy/count", "Multipart/Form-Data; boundary=x", LARGE),
        ("POST", "/api/v1/toy/count", "application/x-www-form-urlencoded", SMALL_BODY),
        ("POST", "/api/v1/toy/count", "application/json", SMALL_BODY),
        ("POST", "/api/v1/toy/count", "", SMALL_BODY),
        ("GET", "/toy/", MULTIPART, SMALL_BODY),
        ("PUT", "/api/v1/toy/count", MULTIPART, SMALL_BODY),
        ("POST", "/toy/undeclared", MULTIPART, SMALL_BODY),
        ("POST", "/api/v1/toy/ping", MULTIPART, SMALL_BODY),
        ("POST", "/nothing", MULTIPART, SMALL_BODY),
        ("POST", "/toy", MULTIPART, SMALL_BODY),
        ("MADEUP", "/toy/\x00\xff", MULTIPART, SMALL_BODY),
    ],
)
def test_only_a_route_that_declares_files_takes_a_large_body(
    method: str, path: str, content_type: str, limit: int
) -> None:
    """And only as a multipart form, which is read piece by piece."""
    assert BodyLimits(app()).limit(method, path, content_type) == limit
