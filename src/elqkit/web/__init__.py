"""ElqKit on the workbench: its actions and its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.web.actions import SETTINGS, actions
from safelight.api import Shell, Tool

if TYPE_CHECKING:
    from flask import Blueprint

__all__ = ["tool"]


def _blueprint(shell: Shell) -> Blueprint:
    from elqkit.web.views import blueprint  # noqa: PLC0415 - the command line does without Flask

    return blueprint(shell)


tool = Tool(
    slug="elqkit",
    title="ElqKit",
    summary="Check a CSV before its rows go to Eloqua.",
    blueprint=_blueprint,
    actions=actions,
    settings=SETTINGS,
    card="elqkit/card.html",
)
