"""Find the installed tools. One that does not load is left out and reported, not fatal."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import entry_points
import logging
import re
from typing import TYPE_CHECKING

from safelight.api import Setting, Tool
from safelight.configuration import PREFIX, WORKBENCH

if TYPE_CHECKING:
    from safelight.jobs.work import KnownJobs
    from safelight.settings import Settings

GROUP = "safelight.tools"
_SLUG = re.compile(r"[a-z][a-z0-9-]{0,30}", re.ASCII)
RESERVED = frozenset(
    [
        "account",
        "api",
        "egress",
        "healthz",
        "metrics",
        "readyz",
        "safelight",
        "sign-in",
        "sign-out",
        "static",
        "version",
    ]
)
"""The first parts of the workbench's own addresses."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools of a workbench, in the order of their titles, and the names of those missing."""

    loaded: tuple[Tool, ...]
    failed: tuple[str, ...] = ()


def installed_tools() -> Tools:
    """Load what the entry-point group names."""
    loaded: list[Tool] = []
    failed: list[str] = []
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        try:
            tool = entry.load()
            check_tool(tool)
        except Exception:  # noqa: BLE001 - any fault of a tool's own code; the other tools must go on
            _LOG.exception("tool-left-out", extra={"tool": entry.name})
            failed.append(entry.name)
        else:
            loaded.append(tool)
    return Tools(tuple(loaded), tuple(failed))


def check_tool(tool: object) -> None:
    """Raises TypeError or ValueError if `tool` is none that can be mounted."""
    if not isinstance(tool, Tool):
        raise TypeError("The entry point names no safelight.api.Tool.")
    if not _SLUG.fullmatch(tool.slug) or tool.slug in RESERVED:
        raise ValueError(f"The slug {tool.slug!r} can't be part of an address.")


def known_jobs(tools: Tools, settings: Settings) -> KnownJobs:
    """The jobs of all tools.

    Raises:
        BadSettings: a setting of a tool can't be used.
    """
    jobs = {}
    for tool in tools.loaded:
        values = settings.values(tool.settings)
        jobs.update({(tool.slug, job.name): (job, values) for job in tool.jobs(values)})
    return jobs


def all_rows(tools: Tools) -> list[Setting]:
    """The settings of the workbench and of its tools."""
    return [*WORKBENCH, *(row for tool in tools.loaded for row in tool.settings)]


def prefixes(tools: Tools) -> list[str]:
    """What the names of all settings begin with: `SAFELIGHT_`, `MAPY_`."""
    slugs = (tool.slug.upper().replace("-", "_") for tool in tools.loaded)
    return [PREFIX, *(f"{slug}_" for slug in slugs)]
