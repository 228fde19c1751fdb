"""MAPy on the workbench: its actions, its pages, and what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.web.actions import SETTINGS, actions
from safelight.api import Shell, Tool

if TYPE_CHECKING:
    from flask import Blueprint

__all__ = ["tool"]


def _blueprint(shell: Shell) -> Blueprint:
    from mapy.web.views import blueprint  # noqa: PLC0415 - the command line does without Flask

    return blueprint(shell)


tool = Tool(
    slug="mapy",
    title="MAPy",
    summary="See what a picture gives away.",
    blueprint=_blueprint,
    actions=actions,
    settings=SETTINGS,
    card="mapy/card.html",
    catalogues="mapy",
)
