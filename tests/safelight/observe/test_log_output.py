"""What gets into a line of the log, whoever writes it, and where the lines go."""

from __future__ import annotations

from contextlib import contextmanager
import json
import logging
import subprocess
import sys
import threading
from typing import TYPE_CHECKING
import warnings

import pytest

from safelight.observe import audit, log_output
from safelight.observe.fields import FIELDS, Field
from safelight_logs import written
from toy_tool import SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = logging.getLogger("safelight.any")
LIBRARY = logging.getLogger("httpx2")


def raising(text: str) -> None:
    """Fail, with a text."""
    raise RuntimeError(text)


def test_a_message_is_written_without_its_arguments(caplog: pytest.LogCaptureFixture) -> None:
    """The template is ours; what is put into it may be a person's."""
    OURS.warning("done with %s", SECRET)
    assert written(caplog.records)[0]["event"] == "done with %s"


def test_a_field_that_no_table_allows_is_dropped(caplog: pytest.LogCaptureFixture) -> None:
    """And so is one with a value of another shape."""
    OURS.warning("any", extra={"file_name": SECRET, "status": SECRET, "count": 3, "tool": "A b"})
    (line,) = written(caplog.records)
    assert set(line) == {"time", "level", "logger", "event", "count"}
    assert SECRET not in str(line)


def test_of_a_library_only_the_place_is_written(caplog: pytest.LogCaptureFixture) -> None:
    """Its messages hold addresses, and it does not know our table."""
    LIBRARY.warning(f"HTTP Request: GET https://example.org/{SECRET}")
    (line,) = written(caplog.records)
    assert (line["logger"], line["event"]) == ("httpx2", "library")
    assert line["where"].startswith("test_log_output:")
    assert SECRET not in str(line)


def test_an_exception_is_written_as_the_places_it_passed(caplog: pytest.LogCaptureFixture) -> None:
    """Its text is not, nor are the paths of this machine."""
    try:
        raising(SECRET)
    except RuntimeError:
        OURS.exception("fault")
    (line,) = written(caplog.records)
    assert line["trace"].startswith("RuntimeError at ")
    assert line["trace"].endswith(" test_an_exception_is_written_as_the_places_it_passed")
    assert " raising < " in line["trace"]
    assert SECRET not in str(line)
    assert "/" not in line["trace"]


@pytest.mark.parametrize("field", FIELDS.values(), ids=lambda field: field.name)
def test_no_field_takes_a_line_break_or_an_object(field: Field) -> None:
    """A value can't begin a line of its own."""
    assert [field.takes(value) for value in ("a\nb", "\x1b[31m", None, [SECRET], b"x")] == [
        False
    ] * 5


@contextmanager
def untouched() -> Iterator[None]:
    """Everything that `write_to_stderr` changes in the process, put back at the end."""
    names = ("", log_output.OURS, audit.LOGGER)
    loggers = [logging.getLogger(name) for name in names]
    before = [(logger.level, logger.handlers[:]) for logger in loggers]
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
        logging.raiseExceptions = True
        logging.captureWarnings(capture=False)
        for logger, (level, handlers) in zip(loggers, before, strict=True):
            logger.setLevel(level)
            logger.handlers[:] = handlers


def test_the_level_is_a_setting() -> None:
    """Below it nothing is written, of ours; of others only what went wrong; audit is complete."""
    with untouched():
        log_output.write_to_stderr("error")
        assert not logging.getLogger("safelight.request").isEnabledFor(logging.WARNING)
        assert logging.getLogger(audit.LOGGER).isEnabledFor(logging.INFO)
        log_output.write_to_stderr("debug")
        assert logging.getLogger("safelight.request").isEnabledFor(logging.DEBUG)
        assert not logging.getLogger("another").isEnabledFor(logging.INFO)
        assert len(logging.getLogger().handlers) == 1


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """For programs that collect logs."""
    with untouched():
        log_output.write_to_stderr("info", "json")
        OURS.warning("any", extra={"count": 2})
        audit.record("service.started", role="web")
    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (first["event"], first["level"], first["count"]) == ("any", "warning", 2)
    assert (second["event"], second["outcome"], second["role"]) == (
        "service.started",
        "done",
        "web",
    )


def test_the_console_has_the_same_fields(capsys: pytest.CaptureFixture[str]) -> None:
    """In a line that a person can read."""
    with untouched():
        log_output.write_to_stderr("info", "console")
        OURS.warning("any", extra={"count": 2, "file_name": SECRET})
    line = capsys.readouterr().err
    assert "any" in line
    assert "count=2" in line
    assert SECRET not in line


def test_warnings_are_lines_of_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    """Python's own would quote the source, and the values in it."""
    with untouched(), warnings.catch_warnings():
        warnings.simplefilter("always")
        log_output.write_to_stderr("info", "json")
        warnings.warn(SECRET, stacklevel=1)
    line = capsys.readouterr().err
    assert json.loads(line)["logger"] == "py.warnings"
    assert SECRET not in line


CRASHES = f"""
import logging, sys, threading
from safelight.observe.log_output import write_to_stderr
write_to_stderr("debug", "json")
class Odd:
    def __str__(self): raise ValueError("{SECRET}")
    def __del__(self): raise ValueError("{SECRET}")
def fail(): raise ValueError("{SECRET}")
thread = threading.Thread(target=fail); thread.start(); thread.join()
Odd()
logging.getLogger("another").error("%s %d", "{SECRET}")
logging.getLogger("another").error(Odd())
fail()
"""


def test_a_crash_says_where_and_not_what() -> None:
    """In a thread, while objects are cleared away, in logging itself, and at the end."""
    found = subprocess.run(
        [sys.executable, "-c", CRASHES], check=False, capture_output=True, text=True
    )
    events = [json.loads(line)["event"] for line in found.stderr.splitlines()]
    assert events.count("crash") >= 3
    assert "library" in events
    assert (found.returncode, SECRET in found.stderr + found.stdout) == (1, False)
