"""ElqKit on the workbench: its actions and its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.web.actions import actions
from elqkit.web.settings import SETTINGS
from safelight.api import Job, SettingValue, Shell, Tool

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Blueprint

__all__ = ["tool"]


def _blueprint(shell: Shell) -> Blueprint:
    from elqkit.web.views import blueprint  # noqa: PLC0415 - the command line does without Flask

    return blueprint(shell)


def _jobs(settings: Mapping[str, SettingValue]) -> tuple[Job, ...]:
    del settings
    from elqkit.web import workbook_jobs  # noqa: PLC0415 - as above
    from elqkit.web.autosubmit import sending  # noqa: PLC0415 - as above

    return (sending.job(), workbook_jobs.job())


tool = Tool(
    slug="elqkit",
    title="ElqKit",
    summary="Send a CSV to Eloqua, row by row.",
    blueprint=_blueprint,
    actions=actions,
    jobs=_jobs,
    settings=SETTINGS,
    card="elqkit/card.html",
    catalogues="elqkit",
)
