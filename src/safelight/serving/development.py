"""Flask's development server: restarts itself when the code changes. For this machine only.

Without Werkzeug's debugger: its console runs what it is told, for anyone who reaches the page.
"""

from __future__ import annotations

from contextlib import ExitStack
import logging
import ssl
from typing import TYPE_CHECKING

from safelight.serving.certificates import Certificate, as_paths
from safelight.web import standing

if TYPE_CHECKING:
    from flask import Flask

    from safelight.serving.addresses import PortAddress


def develop(app: Flask, address: PortAddress, certificate: Certificate | None) -> None:
    """Serve until interrupted."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # its lines hold paths
    app.config["TEMPLATES_AUTO_RELOAD"] = True
    app.before_request(standing.forget)
    with ExitStack() as stack:
        context = None
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*stack.enter_context(as_paths(certificate)))
        app.run(
            address.number,
            address.port,
            debug=False,
            use_debugger=False,
            use_reloader=True,
            load_dotenv=False,
            ssl_context=context,
        )
