"""The workbench's own pages: the start, and what tells about the installation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app, render_template

from safelight import __version__
from safelight.observe.metrics import CONTENT_TYPE, exposition
from safelight.sharing import of

if TYPE_CHECKING:
    from safelight.observe.health import Health

SECURITY_TXT_DAYS = 180
"""How long a reader may rely on the contact. RFC 9116, 2.5.5, advises less than a year."""


def pages(health: Health, security_contact: str) -> Blueprint:
    """The blueprint of the workbench itself."""
    blueprint = Blueprint("safelight", __name__)

    @blueprint.get("/")
    def landing() -> str:
        """Offer a card for each tool."""
        return render_template("safelight/landing.html")

    @blueprint.get("/egress")
    def egress() -> str:
        """List the connections that went out."""
        found = of(current_app).egress.destinations()
        leaving = sum(each.calls for each in found if not each.is_local)
        return render_template("safelight/egress.html", destinations=found, leaving=leaving)

    @blueprint.get("/healthz")
    def healthz() -> dict[str, str]:
        """Say that the process answers."""
        return {"status": "ok"}

    @blueprint.get("/readyz")
    def readyz() -> tuple[dict[str, object], int]:
        """Say whether all parts are there, and which are not."""
        return health.report()

    @blueprint.get("/metrics")
    def metrics() -> Response:
        """Tell Prometheus the numbers of this process. Who may ask is decided before."""
        return Response(exposition(), content_type=CONTENT_TYPE)

    @blueprint.get("/version")
    def version() -> dict[str, str]:
        """Say what runs here."""
        return {"name": "safelight", "version": __version__}

    @blueprint.get("/.well-known/security.txt")
    def security_txt() -> Response:
        """Say whom to tell about a security problem (RFC 9116)."""
        expires = datetime.now(UTC).replace(microsecond=0) + timedelta(days=SECURITY_TXT_DAYS)
        text = f"Contact: {security_contact}\nExpires: {expires:%Y-%m-%dT%H:%M:%SZ}\n"
        return Response(text, content_type="text/plain; charset=utf-8")

    return blueprint


WITHOUT_SESSION = frozenset(
    f"safelight.{name}" for name in ("healthz", "metrics", "readyz", "version", "security_txt")
)
"""Endpoints that programs ask often and that know no visitor."""
FOR_ANYONE = frozenset(f"safelight.{name}" for name in ("healthz", "readyz", "security_txt"))
"""Those of them that answer whoever asks."""
