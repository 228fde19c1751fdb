"""Write the dashboard for Grafana, `deploy/grafana/safelight.json`, from the table below.

    python tools/dashboard.py

Import the file in Grafana (Dashboards, New, Import) and choose the Prometheus that asks Safelight.
"""

from __future__ import annotations

from dataclasses import dataclass
import json
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "deploy" / "grafana" / "safelight.json"
SOURCE = {"type": "prometheus", "uid": "${source}"}
CHOSEN = 'job="safelight", instance=~"$instance"'
"""What every query is about: the processes chosen above the panels."""
CLOCK = "safelight_clock_seconds{@}"
FAILED = ', status="5xx"'
COLUMNS, HEIGHT = 24, 8
"""The grid of Grafana, and the height of a panel in it."""


@dataclass(frozen=True)
class Panel:
    """One picture: what it shows, and the queries behind it by their legends."""

    title: str
    tells: str
    queries: dict[str, str]
    """Legend to query; `CHOSEN` is put in the place of `@`."""
    unit: str = "short"
    kind: str = "timeseries"
    width: int = 8


def rate(metric: str, by: str, labels: str = "") -> str:
    """The rate of a counter, by labels."""
    return f"sum by ({by}) (rate({metric}{{@{labels}}}[$__rate_interval]))"


def quantile(share: float, metric: str, by: str = "") -> str:
    """A quantile of a histogram."""
    labels = f"le, {by}" if by else "le"
    inner = rate(f"{metric}_bucket", labels)
    return f"histogram_quantile({share}, {inner})"


def share(used: str, limit: str) -> str:
    """How much of a limit is used, process by process."""
    return f"{used}{{@}} / {limit}{{@}}"


def recent(event: str) -> str:
    """How often an audit event happened lately."""
    return f'sum(increase(safelight_audit_events_total{{@, event=~"{event}"}}[$__rate_interval]))'


ROWS: tuple[tuple[str, tuple[Panel, ...]], ...] = (
    (
        "At a glance",
        (
            Panel("Processes", "That answer.", {"up": "sum(up{@})"}, kind="stat", width=4),
            Panel(
                "Failing requests",
                "Share of all.",
                {
                    "share": f"({rate('safelight_requests_total', 'job', FAILED)}"
                    f" or 0 * {rate('safelight_requests_total', 'job')})"
                    f" / {rate('safelight_requests_total', 'job')}"
                },
                "percentunit",
                "stat",
                4,
            ),
            Panel(
                "Slowest in twenty",
                "95 % are faster.",
                {"seconds": quantile(0.95, "safelight_request_seconds")},
                "s",
                "stat",
                4,
            ),
            Panel(
                "Sessions",
                "Not ended.",
                {"sessions": "max(safelight_sessions{@})"},
                kind="stat",
                width=4,
            ),
            Panel(
                "Jobs waiting",
                "For a worker.",
                {"waiting": "max(safelight_jobs_waiting{@})"},
                kind="stat",
                width=4,
            ),
            Panel(
                "Certificate ends",
                "In how long.",
                {"left": "min(safelight_certificate_expiry_timestamp_seconds{@} > 0) - time()"},
                "s",
                "stat",
                4,
            ),
        ),
    ),
    (
        "Requests",
        (
            Panel(
                "Requests by outcome",
                "A second, by class of status.",
                {"{{status}}": rate("safelight_requests_total", "status")},
                "reqps",
            ),
            Panel(
                "Time to reply",
                "Half, 95 % and 99 % are faster.",
                {
                    "50 %": quantile(0.5, "safelight_request_seconds"),
                    "95 %": quantile(0.95, "safelight_request_seconds"),
                    "99 %": quantile(0.99, "safelight_request_seconds"),
                },
                "s",
            ),
            Panel(
                "Slow routes",
                "95 % are faster, by route.",
                {"{{route}}": f"topk(8, {quantile(0.95, 'safelight_request_seconds', 'route')})"},
                "s",
            ),
            Panel(
                "Bytes",
                "In and out, a second.",
                {
                    "in": rate("safelight_received_bytes_total", "job"),
                    "out": rate("safelight_sent_bytes_total", "job"),
                },
                "Bps",
            ),
            Panel(
                "Uploads by kind",
                "Files a second, by what they are.",
                {"{{tool}} {{kind}}": rate("safelight_uploads_total", "tool, kind")},
            ),
            Panel(
                "Refusals by code",
                "A second. docs/reference explains each code.",
                {"{{code}}": f"topk(10, {rate('safelight_refusals_total', 'code')})"},
            ),
        ),
    ),
    (
        "Who may come in",
        (
            Panel(
                "Sign-ins",
                "Accepted, refused, held off.",
                {
                    "accepted": recent("sign-in.accepted"),
                    "refused": recent("sign-in.refused"),
                    "held off": recent("sign-in.locked"),
                },
            ),
            Panel(
                "Refused",
                "Tokens, grants, requests of other sites.",
                {
                    "tokens": recent("token.refused"),
                    "grants": recent("grant.refused"),
                    "other sites": recent("request.refused"),
                },
            ),
            Panel("Limits", "Requests over one.", {"over a limit": recent("limit.hit")}),
        ),
    ),
    (
        "Jobs",
        (
            Panel(
                "Jobs by result",
                "A second.",
                {
                    "{{tool}} {{job}} {{result}}": rate(
                        "safelight_jobs_ended_total", "tool, job, result"
                    )
                },
            ),
            Panel(
                "Under way",
                "Running and waiting.",
                {
                    "running": "sum(safelight_jobs_running{@})",
                    "waiting": "max(safelight_jobs_waiting{@})",
                    "begun a second": rate("safelight_jobs_started_total", "job"),
                },
            ),
            Panel(
                "Time of jobs",
                "95 % are faster: to begin, and to end.",
                {
                    "to begin": quantile(0.95, "safelight_job_wait_seconds"),
                    "to end": quantile(0.95, "safelight_job_seconds"),
                },
                "s",
            ),
        ),
    ),
    (
        "Room",
        (
            Panel(
                "Memory",
                "Of each process, and of the uploads in it.",
                {
                    "{{instance}}": "process_resident_memory_bytes{@}",
                    "{{instance}} in flight": "safelight_memory_in_flight_bytes{@}",
                },
                "bytes",
            ),
            Panel(
                "In use",
                "Of what each process may.",
                {
                    "{{instance}} requests": share(
                        "safelight_open_requests", "safelight_open_requests_limit"
                    ),
                    "{{instance}} memory": share(
                        "safelight_memory_in_flight_bytes", "safelight_memory_in_flight_limit_bytes"
                    ),
                    "{{instance}} files": share("process_open_fds", "process_max_fds"),
                },
                "percentunit",
            ),
            Panel(
                "Processor",
                "Seconds a second.",
                {"{{instance}}": rate("process_cpu_seconds_total", "instance")},
            ),
            Panel(
                "Redis",
                "1: it can be reached.",
                {"{{instance}}": "safelight_state_up{@}"},
            ),
            Panel(
                "Connections that left",
                "Since each process began. The page /egress names them.",
                {"{{instance}}": "safelight_egress_connections{@}"},
            ),
            Panel(
                "Clock",
                "How far off each is.",
                {"{{instance}}": f"{CLOCK} - timestamp({CLOCK})"},
                "s",
            ),
        ),
    ),
)


def panels() -> list[dict[str, Any]]:
    """The panels where they stand, each row under its title."""
    made: list[dict[str, Any]] = []
    top = 0
    for title, row in ROWS:
        made.append(_row(title, len(made) + 1, top))
        top, left = top + 1, 0
        for panel in row:
            if left + panel.width > COLUMNS:
                top, left = top + HEIGHT, 0
            made.append(_panel(panel, len(made) + 1, left, top))
            left += panel.width
        top += HEIGHT
    return made


def _row(title: str, number: int, top: int) -> dict[str, Any]:
    place = {"x": 0, "y": top, "w": COLUMNS, "h": 1}
    return {"id": number, "type": "row", "title": title, "gridPos": place, "panels": []}


def _panel(panel: Panel, number: int, left: int, top: int) -> dict[str, Any]:
    return {
        "id": number,
        "type": panel.kind,
        "title": panel.title,
        "description": panel.tells,
        "datasource": SOURCE,
        "gridPos": {"x": left, "y": top, "w": panel.width, "h": HEIGHT},
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
        "targets": [
            {
                "refId": chr(ord("A") + at),
                "datasource": SOURCE,
                "expr": query.replace("@", CHOSEN),
                "legendFormat": legend,
            }
            for at, (legend, query) in enumerate(panel.queries.items())
        ],
    }


def dashboard() -> dict[str, Any]:
    """The whole, as Grafana imports it."""
    return {
        "title": "Safelight",
        "uid": "safelight",
        "description": "Made by tools/dashboard.py. Alerts: deploy/prometheus/safelight.rules.yml.",
        "tags": ["safelight"],
        "schemaVersion": 39,
        "timezone": "browser",
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {
            "list": [
                {
                    "name": "source",
                    "label": "Prometheus",
                    "type": "datasource",
                    "query": "prometheus",
                },
                {
                    "name": "instance",
                    "label": "Process",
                    "type": "query",
                    "datasource": SOURCE,
                    "query": 'label_values(safelight_build{job="safelight"}, instance)',
                    "includeAll": True,
                    "multi": True,
                    "allValue": ".*",
                    "refresh": 2,
                    "current": {"text": "All", "value": "$__all"},
                },
            ]
        },
        "panels": panels(),
    }


def text() -> str:
    """The file."""
    return json.dumps(dashboard(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
