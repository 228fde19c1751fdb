"""Write the references of metrics, log, audit log and deployment checklist, from their tables.

    python tools/observability.py

Writes `metrics.md`, `audit.md` and `checklist.md` in `docs/reference`. A test holds them against
the tables, so run this whenever one of them has changed.
"""

from __future__ import annotations

from pathlib import Path
import re
from typing import TYPE_CHECKING

from safelight.doctor.checks import CHECKS
from safelight.observe.audit_events import CODES, EVENTS, HANDLE, NAME, TOKEN_ID, VARIABLE
from safelight.observe.fields import FIELDS
from safelight.observe.metrics import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prometheus_client import Metric

    from safelight.observe.fields import Field

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
LABELS = {
    "requests": ("method", "route", "status"),
    "request_seconds": ("route",),
    "uploads": ("tool", "kind", "outcome"),
    "refusals": ("code",),
    "audit_events": ("event",),
    "jobs_started": ("tool", "job"),
    "jobs_ended": ("tool", "job", "result"),
    "job_seconds": ("tool", "job"),
    "job_wait_seconds": ("tool", "job"),
    "build": ("version", "python"),
}
"""Prometheus's own table has them only once something was counted."""
WORDS = {
    NAME.pattern: "a name of the source: `mapy`, `upload.too-large`",
    VARIABLE.pattern: "a variable: `SAFELIGHT_THREADS`",
    HANDLE.pattern: "a random number that we gave out",
    TOKEN_ID.pattern: "12 digits of hex",
    **{
        getattr(FIELDS[name].allowed, "pattern", ""): words
        for name, words in (
            ("request", "16 digits of hex"),
            ("route", "a template: `/mapy/static/<name>`; `-` of an address that leads nowhere"),
            ("where", "a module and a line: `connectionpool:824`"),
            ("trace", "modules, lines and functions, the innermost first"),
            ("detail", "a sentence of ours"),
        )
    },
}
METRICS = """\
# Metrics

What `/metrics` tells Prometheus. Each process tells its own numbers; Prometheus adds them up. No
label holds anything that was sent: routes, tools, jobs and codes are names of the source, the
others closed sets. How to collect them and what the alerts mean: [Watch over a
server](../how-to/monitor.md).

Counters end in `_total`; a histogram has `_bucket`, `_sum` and `_count`.

{table}

Besides these there are Prometheus's own of a process: `process_resident_memory_bytes`,
`process_cpu_seconds_total`, `process_open_fds`, `process_max_fds`, `process_start_time_seconds`,
`process_virtual_memory_bytes`.
"""
AUDIT = """\
# Log and audit log

Every line of the log is an event with fields. A field that is not in the tables below is dropped
before the line is written, and so is a value of another shape. So no file name, cell, address,
e-mail, password or token can get into a line: there is no field that would take it. Of a library's
line only the place in its source is kept.

Each line has `time` (UTC), `level`, `logger` and `event`. `SAFELIGHT_LOG_FORMAT` chooses
`console`, for people, or `json`, one object a line; `SAFELIGHT_LOG_LEVEL` the least that is
written. The log goes to standard error and nowhere else.

## Fields of any line

{fields}

## The audit log

Its lines come from the logger `safelight.audit`. They are written whatever the level is. Each has
`request`, `outcome` and `who`, and the codes of its event.

`who` is a pseudonym, made from the name with a key that is derived from `SECRET_KEY`. One person
has the same pseudonym as long as the key stays, so lines can be put together; without the key
nobody can find out whose it is. A name that someone typed and could not prove is in no line: it
may be a password in the wrong box. Without a `SECRET_KEY` of your own, each start makes a new one,
and with it new pseudonyms.

{events}

## Codes

{codes}
"""
CHECKLIST = """\
# The deployment checklist

What `safelight doctor` checks, in its order. How to run it: [Check a running
server](../how-to/doctor.md).

{table}
"""


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of Markdown."""
    lines = [list(heads), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _metric(metric: Metric) -> tuple[str, str, str, str]:
    end = "_total" if metric.type == "counter" else ""
    labels = LABELS.get(metric.name.removeprefix("safelight_"), ())
    names = ", ".join(f"`{label}`" for label in labels)
    return f"`{metric.name}{end}`", metric.type, names, metric.documentation


def metrics_page() -> str:
    """The reference of the metrics."""
    own = [metric for metric in REGISTRY.collect() if metric.name.startswith("safelight_")]
    return METRICS.format(table=table(("name", "kind", "labels", "tells"), map(_metric, own)))


def allowed(field: Field) -> str:
    """What a field may hold, in words."""
    if isinstance(field.allowed, re.Pattern):
        return WORDS.get(field.allowed.pattern, "")
    if isinstance(field.allowed, frozenset):
        return ", ".join(f"`{value}`" for value in sorted(field.allowed))
    return "a number"


def audit_page() -> str:
    """The reference of the log and of the audit log."""
    own = [field for field in FIELDS.values() if field.name not in CODES]
    return AUDIT.format(
        fields=table(
            ("field", "means", "holds"),
            ((f"`{field.name}`", field.meaning, allowed(field)) for field in own),
        ),
        events=table(
            ("event", "outcome", "means", "codes"),
            (
                (
                    f"`{event.name}`",
                    event.outcome,
                    event.meaning,
                    ", ".join(f"`{code}`" for code in event.codes),
                )
                for event in EVENTS.values()
            ),
        ),
        codes=table(
            ("code", "means", "holds"),
            ((f"`{code}`", CODES[code].meaning, allowed(FIELDS[code])) for code in sorted(CODES)),
        ),
    )


def checklist_page() -> str:
    """The checklist."""
    rows = (
        (f"`{check.name}`", check.title, str(check.look.__doc__).partition("\n")[0])
        for check in CHECKS
    )
    return CHECKLIST.format(table=table(("check", "what ought to be true", "why"), rows))


def written() -> dict[Path, str]:
    """Each page and what is in it."""
    return {
        REFERENCE / "metrics.md": metrics_page(),
        REFERENCE / "audit.md": audit_page(),
        REFERENCE / "checklist.md": checklist_page(),
    }


if __name__ == "__main__":
    for path, text in written().items():
        path.write_text(text, encoding="utf-8")
