"""While a job reads a large workbook: a page that waits for it, and then leads on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.web.autosubmit.files import content_of, with_text
from elqkit.web.autosubmit.workroom import go
from elqkit.web.workbook_jobs import NOT_READ, text_of
from safelight.api import JobState

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elqkit.web.autosubmit.drafts import Draft
    from elqkit.web.autosubmit.workroom import Workroom
    from safelight.api import JobView

RELOAD_S = 2


def add(pages: Blueprint, room: Workroom) -> None:
    """Serve the page."""

    @pages.get("/autosubmit/<draft_id>/reading/")
    def reading(draft_id: str) -> ResponseReturnValue:
        """Wait for the sheet; when it was read, go on to the file."""
        draft = room.draft(draft_id)
        if not draft.reading:
            return go("file", draft)
        view = room.shell.job(draft.reading)
        if view is not None and not view.state.is_over:
            return room.page("reading.html", "file", job=view, reload_s=RELOAD_S)
        return _ended(room, draft, view)

    @pages.get("/autosubmit/reading/<job_id>/progress/")
    def reading_progress(job_id: str) -> ResponseReturnValue:
        """Whether the wait is over, for the page's script."""
        view = room.shell.job(job_id)
        return {"is_over": view is None or view.state.is_over}


def _ended(room: Workroom, draft: Draft, view: JobView | None) -> ResponseReturnValue:
    """Go on with the sheet.

    Raises:
        Refusal: it could not be read. A sheet that was read before is still there.
    """
    text = None
    if view is not None and view.state is JobState.DONE:
        text = text_of(view, room.shell.result_file)
    content = content_of(room.drafts.kept(draft))
    if text is not None:
        return go("file", room.drafts.replace_file(draft, with_text(content, text)))
    if len(with_text(content, b"")) < len(room.drafts.kept(draft)):
        room.drafts.save(draft.with_(reading=""))
    else:
        room.drafts.drop(draft)
    raise (view.refusal if view is not None else None) or NOT_READ
