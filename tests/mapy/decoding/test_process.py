"""The decoder runs in processes of its own: bounded, closed to the world, replaced when lost."""

from __future__ import annotations

import os
from pathlib import Path
import signal
import subprocess
import sys
import threading

import pytest

from mapy.decoding import process
from mapy.decoding.decoder import BOUNDS
from mapy_decoding_builders import drawn

RED = ("PNG", drawn("red"))
WAYS = [
    pytest.param(True, marks=pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")),
    False,
]


@pytest.mark.parametrize("can_fork", WAYS)
def test_each_picture_has_an_answer_up_to_the_first_that_is_broken(
    can_fork: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In both ways of starting a process."""
    monkeypatch.setattr(process, "_CAN_FORK", can_fork)
    answers = process.ask("digest", [RED, RED, ("PNG", b"broken"), RED])

    assert answers is not None
    assert answers == [answers[0]] * 2
    assert answers[0]["frames"] == 1


@pytest.mark.parametrize("can_fork", WAYS)
def test_a_decoder_that_hangs_is_stopped(can_fork: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time is bounded from outside, too."""
    monkeypatch.setattr(process, "_CAN_FORK", can_fork)
    monkeypatch.setattr(process, "GRACE_S", 0.001 - BOUNDS["digest"].seconds)

    assert process.ask("digest", [RED] * 20_000) == []


@pytest.mark.skipif(not hasattr(signal, "alarm"), reason="Windows has no alarm")
def test_a_process_ends_itself_at_its_time() -> None:
    """Even if nobody waits for it any more: the system keeps the time."""
    program = "import mapy.decoding.decoder as d; d._limit(d.Bounds(1, 1 << 32))\nwhile True: pass"
    done = subprocess.run([sys.executable, "-c", program], check=False, timeout=20)

    assert done.returncode == -signal.SIGALRM


def test_a_killed_process_is_replaced() -> None:
    """By the next request."""
    process.ask("digest", [RED])
    started = process._NURSERY._process  # noqa: SLF001 - as someone else would kill it
    if started is None:
        pytest.skip("here each request starts a process of its own")
    started.kill()
    started.wait()

    assert len(process.ask("digest", [RED]) or ()) == 1


def test_says_so_when_too_many_are_decoded_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process is started beyond the bound."""
    slots = threading.BoundedSemaphore(1)
    monkeypatch.setattr(process, "_SLOTS", slots)
    monkeypatch.setattr(process, "PATIENCE_S", 0)
    with slots:
        waiting = process.ask("digest", [RED])
    after = process.ask("digest", [RED])

    assert waiting is None
    assert len(after or ()) == 1


@pytest.mark.parametrize("attempt", ["open('/etc/hostname')", "__import__('socket').socket()"])
def test_nothing_can_be_opened(attempt: str) -> None:
    """Neither a file nor a connection, from the moment that a picture is taken in."""
    pytest.importorskip("resource", reason="Windows has no such limits")
    program = f"import mapy.decoding.decoder as d; d._load(); d._limit(d.BOUNDS['grey']); {attempt}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert done.returncode == 1
    assert b"Too many open files" in done.stderr


def test_memory_is_bounded() -> None:
    """A picture that takes more ends its process."""
    resource = pytest.importorskip("resource", reason="Windows has no such limits")
    program = (
        "import mapy.decoding.decoder as d, resource as r; d._limit(d.BOUNDS['grey']);"
        "print(r.getrlimit(r.RLIMIT_AS)[1] >> 30, r.getrlimit(r.RLIMIT_FSIZE)[1])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert resource
    assert done.stdout.split() == [b"1", b"0"]


@pytest.mark.skipif(not Path("/proc/self/oom_score_adj").exists(), reason="Linux alone has it")
def test_where_memory_runs_out_the_decoder_goes_first() -> None:
    """The system ends it, and not the server."""
    process.ask("digest", [RED])
    started = process._NURSERY._process  # noqa: SLF001 - what the system would look at
    assert started is not None

    assert Path(f"/proc/{started.pid}/oom_score_adj").read_text("ascii") == "1000\n"
