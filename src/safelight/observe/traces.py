"""Where a failure came from, without what it says: an exception's text may quote an upload."""

from __future__ import annotations

import logging
import re
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

_LOG = logging.getLogger(__name__)
MAX_PLACES = 40
"""Of the innermost frames; a recursion has a thousand."""
_FOLDERS = re.compile(r".*[/\\]")
"""A template's module is called by its path, for which the log would refuse the whole trace."""


def trace_of(error: BaseException) -> str:
    """The places that an exception passed: `ValueError at outer:12 run < inner:7 read`."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        module = _FOLDERS.sub("", trace.tb_frame.f_globals.get("__name__", "?"))
        places.append(f"{module}:{trace.tb_lineno} {trace.tb_frame.f_code.co_qualname}")
        trace = trace.tb_next
    return f"{type(error).__qualname__} at {' < '.join(reversed(places[-MAX_PLACES:]))}"


def log_crashes() -> None:
    """Have Python report what nobody caught in the log, by its trace alone.

    Its own reports show the exception's text, and the faults of logging the values to be logged.
    """

    def on_exception(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            _LOG.critical("crash", extra={"trace": trace_of(error)})

    def on_thread(crash: threading.ExceptHookArgs) -> None:
        if crash.exc_value is not None:
            _LOG.critical("crash", extra={"trace": trace_of(crash.exc_value)})

    def on_unraisable(crash: sys.UnraisableHookArgs) -> None:
        if crash.exc_value is not None:
            _LOG.error("crash", extra={"trace": trace_of(crash.exc_value)})

    sys.excepthook = on_exception
    threading.excepthook = on_thread
    sys.unraisablehook = on_unraisable
    logging.raiseExceptions = False
