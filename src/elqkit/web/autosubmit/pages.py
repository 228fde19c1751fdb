"""All pages of AutoSubmit, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.web.autosubmit import (
    check_pages,
    column_pages,
    connect_pages,
    file_pages,
    fix_pages,
    reading_pages,
    run_pages,
    send_pages,
)
from elqkit.web.autosubmit.workroom import StepMissing, Workroom, go

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elqkit.table.limits import Limits
    from safelight.api import Action, Shell


def add(pages: Blueprint, shell: Shell, check: Action, limits: Limits) -> None:
    """Serve the steps below `/elqkit/autosubmit/`."""
    room = Workroom(shell, limits)
    file_pages.add(pages, room, check)
    reading_pages.add(pages, room)
    fix_pages.add(pages, room)
    connect_pages.add(pages, room)
    column_pages.add(pages, room)
    check_pages.add(pages, room, check)
    send_pages.add(pages, room)
    run_pages.add(pages, room, check)

    @pages.errorhandler(StepMissing)
    def on_missing_step(missing: StepMissing) -> ResponseReturnValue:
        """Lead to the step that has to be done first."""
        return go(missing.step, missing.draft)
