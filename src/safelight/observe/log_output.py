"""Where the log goes, and what of it: standard error, in lines of fields that a table allows.

All parts log by the standard library:

    _LOG.warning("tool-missing", extra={"tool": name, "trace": trace_of(error)})

The message is the event, and is written without its arguments; values travel as fields of
`FIELDS`, and others are dropped. Of a library's line the place in its source is written instead of
its message, which may hold an address.

structlog renders the lines. It is slow to import, so only processes that serve do.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

import structlog

from safelight.configuration import LOG_FORMATS
from safelight.observe.audit import LOGGER as AUDIT
from safelight.observe.fields import FIELDS
from safelight.observe.request_ids import current_request_id
from safelight.observe.traces import log_crashes, trace_of

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor, WrappedLogger

OURS = "safelight"
CONSOLE, JSON = LOG_FORMATS
LIBRARY = "library"
"""The event of a line that another package wrote."""


def write_to_stderr(level: str, form: str = CONSOLE) -> None:
    """Send the log to standard error, once a process.

    Args:
        level: the least that the workbench logs. Libraries log what went wrong, and the audit log
            is complete, whatever the level.
        form: `console` for people or `json`, one object a line.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(form, colours=sys.stderr.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(level.upper())
    logging.getLogger(AUDIT).setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    log_crashes()


def formatter(form: str, *, colours: bool = False) -> logging.Formatter:
    """What makes a line of a record."""
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if form == JSON
        else structlog.dev.ConsoleRenderer(
            colors=colours, sort_keys=False, timestamp_key="time", pad_event_to=0, pad_level=False
        )
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.stdlib.add_log_level,
            structlog.stdlib.ExtraAdder(allow=FIELDS),
            _only_what_is_allowed,
        ],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        use_get_message=False,  # the template of a message, without its arguments
    )


def _only_what_is_allowed(logger: WrappedLogger, name: str, line: EventDict) -> EventDict:
    """The line anew: nothing gets into it but by one of the statements below."""
    del logger, name
    record: logging.LogRecord = line["_record"]
    kept: dict[str, Any] = {
        "time": line["time"],
        "level": line["level"],
        "logger": record.name,
        "event": line["event"],
    }
    said = {**_found(record), **{field: line[field] for field in FIELDS if field in line}}
    if record.name.partition(".")[0] != OURS:
        kept["event"] = LIBRARY
        said["where"] = f"{record.module}:{record.lineno}"
    kept |= {field: value for field, value in said.items() if FIELDS[field].takes(value)}
    return {**kept, "_record": record, "_from_structlog": False}


def _found(record: logging.LogRecord) -> dict[str, str]:
    """What a line says without being told: its request, and where its exception came from."""
    error = record.exc_info[1] if record.exc_info else None
    return {"request": current_request_id(), "trace": trace_of(error) if error else ""}
