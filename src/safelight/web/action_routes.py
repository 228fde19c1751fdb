"""`POST /api/v1/<tool>/<action>` for each action of each tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, request

from safelight.api import Download, NewJob, Refusal, receives
from safelight.sentences import sentence
from safelight.web.downloads import reply_with
from safelight.web.job_routes import as_json, job_address

if TYPE_CHECKING:
    from safelight.api import Action, Shell

PREFIX = "/api/v1"
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


def add_action_route(app: Flask, slug: str, shell: Shell, action: Action) -> None:
    """Serve one action to programs."""

    @receives(action)
    def run_action() -> Response:
        _check_form()
        answer = action.run(shell.receive(action))
        if isinstance(answer, Download):
            return reply_with(answer)
        if isinstance(answer, NewJob):
            return _started(shell, answer)
        body = current_app.json.dumps(answer.data)
        return Response(body + "\n", answer.status, content_type="application/json")

    app.add_url_rule(
        f"{PREFIX}/{slug}/{action.name}",
        f"api.{slug}.{action.name}",
        run_action,
        methods=["POST"],
        provide_automatic_options=False,
    )


def _check_form() -> None:
    """Refuse a body that is no form: what is in it would be passed over in silence.

    Raises:
        Refusal: it is something else.
    """
    if request.content_length and request.mimetype not in FORMS:
        raise Refusal(
            "form.media-type",
            "What was sent is no form, so it was not read.",
            sentence("Send it as {kind} or {other}.", kind=FORMS[0], other=FORMS[1]),
            415,
        )


def _started(shell: Shell, new: NewJob) -> Response:
    """The reply that tells of a job that was started."""
    id_ = shell.start(new.name, new.details, new.files)
    view = shell.job(id_)
    body = current_app.json.dumps(as_json(view) if view else {"id": id_})
    headers = {"Location": job_address(id_)}
    return Response(body + "\n", 202, headers, content_type="application/json")
