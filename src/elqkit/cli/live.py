"""A run on a terminal: its progress in one line, Ctrl+C cancels, Ctrl+Z pauses."""

from __future__ import annotations

from contextlib import contextmanager
import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from elqkit.output.codes import said
from elqkit.output.words import about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elqkit.autosubmit.sending import Sending
    from elqkit.runs.progress import Progress

LOOK_S = 0.2
LINE_S = 5.0
"""How often a line is printed where it cannot be rewritten."""
_CANCELS = (signal.SIGINT, signal.SIGTERM)
_PAUSE = getattr(signal, "SIGTSTP", None)
_STOP = getattr(signal, "SIGSTOP", None)


class _Signals:
    """What the person has asked for; looked at between two looks at the run."""

    def __init__(self) -> None:
        self.is_cancelled = self.is_suspended = False

    def cancel(self, *_: Any) -> None:
        self.is_cancelled = True
        for number in _CANCELS:  # the next one ends the program at once
            signal.signal(number, signal.SIG_DFL)

    def suspend(self, *_: Any) -> None:
        self.is_suspended = True

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Listen while a run goes on."""
        handlers: dict[signal.Signals, Any] = dict.fromkeys(_CANCELS, self.cancel)
        if _PAUSE is not None:
            handlers[_PAUSE] = self.suspend
        before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


class _Line:
    """One line of progress, rewritten in place on a terminal."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._width = 0
        self._last = time.monotonic()

    def show(self, progress: Progress, *, is_last: bool = False) -> None:
        now = time.monotonic()
        if not self._is_terminal and not is_last and now - self._last < LINE_S:
            return
        self._last = now
        text = line_of(progress)
        padded = text.ljust(self._width) if self._is_terminal else text
        self._width = len(text)
        end = "\r" if self._is_terminal and not is_last else "\n"
        click.echo(padded + end, err=True, nl=False)


def line_of(progress: Progress) -> str:
    """A moment of a run in one line."""
    counts = progress.counts
    parts = [f"{counts.settled:,} of {counts.read:,}", f"accepted {counts.accepted:,}"]
    others = (
        ("refused", counts.refused),
        ("left out", counts.skipped),
        ("unknown", counts.unknown),
    )
    parts += [f"{name} {count:,}" for name, count in others if count]
    if progress.state != "running":
        parts.append(progress.state)
    elif progress.held_s > 0.0:
        parts.append(f"Eloqua asks for a pause: {progress.held_s:.0f} s")
    else:
        if progress.rows_per_s is not None:
            parts.append(f"{progress.rows_per_s:.1f} rows/s")
        if progress.eta_s is not None and counts.left:
            parts.append(f"{about(progress.eta_s)} left")
    return "  ".join(parts)


def follow(sending: Sending) -> Progress:
    """Send until it is over, doing what the person asks for; return the last moment."""
    signals, line = _Signals(), _Line()
    with signals.heard():
        sending.start()
        is_cancelled = False
        while not sending.wait(LOOK_S):
            if signals.is_cancelled and not is_cancelled:
                is_cancelled = True
                sending.cancel()
                click.echo("\nCancelled: waiting for the calls in flight.", err=True)
            if signals.is_suspended:
                signals.is_suspended = False
                _suspend(sending)
            line.show(sending.progress())
    progress = sending.progress()
    line.show(progress, is_last=True)
    if progress.reason:
        words = said(progress.reason)
        click.echo(f"{words.message} {words.hint} [{progress.reason}]", err=True)
    return progress


def _suspend(sending: Sending) -> None:
    """Let the calls in flight end, stop as Ctrl+Z does, and go on when the person does."""
    sending.pause()
    while sending.progress().in_flight:
        time.sleep(LOOK_S)
    click.echo("\nPaused. `fg` goes on.", err=True)
    if _STOP is not None:
        os.kill(os.getpid(), _STOP)
    sending.go_on()
