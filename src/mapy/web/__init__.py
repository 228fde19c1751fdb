"""MAPy on the workbench: its actions, its pages, and what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.web.settings import SETTINGS
from safelight.api import Shell, Tool

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Blueprint

    from safelight.api import Action, SettingValue

__all__ = ["tool"]


def _blueprint(shell: Shell) -> Blueprint:
    from mapy.web.views import blueprint  # noqa: PLC0415 - the command line does without Flask

    return blueprint(shell)


def _actions(settings: Mapping[str, SettingValue]) -> tuple[Action, ...]:
    # A process that reads pictures does without all that can be done with them.
    from mapy.web.actions import actions  # noqa: PLC0415

    return actions(settings)


tool = Tool(
    slug="mapy",
    title="MAPy",
    summary="See what a picture gives away.",
    blueprint=_blueprint,
    actions=_actions,
    settings=SETTINGS,
    card="mapy/card.html",
    catalogues="mapy",
)
