"""What has to be there for the workbench to be of full use, and is not: in words."""

from __future__ import annotations

from dataclasses import dataclass, field
import logging
from typing import TYPE_CHECKING, cast

from safelight.observe.patience import Patience
from safelight.observe.traces import trace_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Flask

_LOG = logging.getLogger(__name__)
EXTENSION = "safelight-health"
"""Where an application keeps its health."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not there."""

    part: str
    """Stable: `tool:mapy`, `redis`, `stopping`."""
    sentence: str
    """What that means, and where to look."""


def of(app: Flask) -> Health:
    """The health of an application."""
    return cast("Health", app.extensions[EXTENSION])


def tool_left_out(name: str) -> Missing:
    """A tool could not be loaded."""
    return Missing(
        f"tool:{name}",
        f"The tool {name} could not be loaded and is left out. The log of the start says where.",
    )


@dataclass(slots=True)
class Health:
    """The parts of this process that may be missing. Asked anew each time."""

    failed_tools: tuple[str, ...] = ()
    checks: list[Callable[[], Missing | None]] = field(default_factory=list)

    def watch(self, part: str, sentence: str, is_there: Callable[[], bool]) -> None:
        """Have a part looked at whenever someone asks; one that can't be asked is missing.

        Args:
            part: its name: `redis`.
            sentence: what to say when it is not there.
            is_there: asks for it. No answer within `patience.LONGEST_S` counts as no.
        """
        ask = Patience(is_there)

        def check() -> Missing | None:
            try:
                found = ask()
            except Exception as error:  # noqa: BLE001 - whatever it is, the part can't be relied on
                _LOG.warning("health-check-failed", extra={"trace": trace_of(error)})
                found = False
            return None if found else Missing(part, sentence)

        self.checks.append(check)

    def missing(self) -> list[Missing]:
        """What is not there. Empty when all is well."""
        return list(self._look())

    def _look(self) -> Iterable[Missing]:
        for name in self.failed_tools:
            yield tool_left_out(name)
        for check in self.checks:
            found = check()
            if found is not None:
                yield found

    def report(self) -> tuple[dict[str, object], int]:
        """What `/readyz` answers, and its status."""
        missing = self.missing()
        said: dict[str, object] = {
            "status": "missing" if missing else "ok",
            "missing": [each.part for each in missing],
            "reasons": {each.part: each.sentence for each in missing},
        }
        return said, 503 if missing else 200
