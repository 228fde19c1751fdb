"""`/api/v1/jobs/<id>`: look at a job, say a word to it, fetch what it kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, url_for

from safelight.api import Download
from safelight.jobs.store import COMMANDS, unknown_job
from safelight.web.downloads import reply_with

if TYPE_CHECKING:
    from flask import Response

    from safelight.api import JobView, Json, Refusal
    from safelight.sharing import Shared

ID = "<string(length=32):id_>"


def job_routes(shared: Shared) -> Blueprint:
    """The part of the API that is about jobs of any tool."""
    blueprint = Blueprint("safelight-jobs", __name__)

    @blueprint.get(f"/{ID}")
    def job(id_: str) -> dict[str, Json]:
        """Tell where a job is."""
        found = shared.jobs.job(shared.owners.owner(), id_)
        if found is None:
            raise unknown_job()
        return as_json(found)

    @blueprint.post(f"/{ID}/<any({', '.join(repr(word) for word in COMMANDS)}):word>")
    def command(id_: str, word: str) -> dict[str, Json]:
        """Say a word to a job."""
        shared.jobs.command(shared.owners.owner(), id_, word)
        return job(id_)

    @blueprint.get(f"/{ID}/files/<name>")
    def file(id_: str, name: str) -> Response:
        """Hand out a file that a job kept."""
        content = shared.jobs.file(shared.owners.owner(), id_, name)
        if content is None:
            raise unknown_job()
        return reply_with(Download(name, "application/octet-stream", content))

    return blueprint


def as_json(view: JobView) -> dict[str, Json]:
    """A job as programs read it."""
    return {
        "id": view.id,
        "job": view.name,
        "state": view.state.value,
        "command": view.command,
        "progress": view.progress,
        "result": view.result,
        "problem": _problem(view.refusal),
        "files": list(view.files),
        "created": view.created,
        "started": view.started,
        "ended": view.ended,
    }


def _problem(refusal: Refusal | None) -> Json:
    """Why a job failed; None of one that did not."""
    if refusal is None:
        return None
    return {"code": refusal.code, "detail": refusal.message, "hint": refusal.hint}


def job_address(id_: str) -> str:
    """Where a job can be watched."""
    return url_for("safelight-jobs.job", id_=id_)
