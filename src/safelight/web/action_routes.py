"""`POST /api/v1/<tool>/<action>` for each action of each tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, current_app

from safelight.api import Download, receives
from safelight.web.downloads import reply_with

if TYPE_CHECKING:
    from safelight.api import Action, Shell

PREFIX = "/api/v1"


def add_action_route(app: Flask, slug: str, shell: Shell, action: Action) -> None:
    """Serve one action to programs."""

    @receives(action)
    def run_action() -> Response:
        answer = action.run(shell.receive(action))
        if isinstance(answer, Download):
            return reply_with(answer)
        body = current_app.json.dumps(answer.data)
        return Response(body + "\n", answer.status, content_type="application/json")

    app.add_url_rule(
        f"{PREFIX}/{slug}/{action.name}",
        f"api.{slug}.{action.name}",
        run_action,
        methods=["POST"],
        provide_automatic_options=False,
    )
