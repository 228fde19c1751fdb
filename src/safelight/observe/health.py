"""What has to be there for the workbench to be of full use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Health:
    """The parts that did not start."""

    failed_tools: tuple[str, ...] = ()

    def missing(self) -> list[str]:
        """Names of what is not there: `tool:mapy`. Empty when all is well."""
        return [f"tool:{name}" for name in self.failed_tools]
