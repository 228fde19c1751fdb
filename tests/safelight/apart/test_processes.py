"""Processes beside the server: their results are the functions', and none is lost for ever."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
import copy
import hmac
import math
import operator
import os
from pathlib import Path
import resource
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from safelight.apart import AUTOMATIC, processes
from safelight.apart.processes import MOST, LostError, Processes, how_many

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def two() -> Iterator[Processes]:
    """Two of them."""
    made = Processes()
    made.add(2)
    yield made
    made.stop()


def test_the_result_is_that_of_the_function(two: Processes) -> None:
    """Worked out elsewhere."""
    assert two.call(math.hypot, 3, 4) == 5
    assert two.call(int, "ff", base=16) == 255
    assert two.call(os.getpid) != os.getpid()


def test_they_load_no_openssl(two: Processes) -> None:
    """Four megabytes each, for what Python hashes by itself."""
    assert two.call(hmac.digest, b"key", b"text", "sha256") == hmac.digest(
        b"key", b"text", "sha256"
    )
    assert "libcrypto" not in two.call(Path.read_text, Path("/proc/self/maps"))


def test_without_any_it_is_worked_out_here() -> None:
    """As in a test, or on a machine with one processor."""
    assert Processes().call(os.getpid) == os.getpid()


def test_many_ask_at_the_same_time(two: Processes) -> None:
    """Each gets its own answer."""
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: two.call(operator.mul, n, b"x"), range(100)))
    assert found == [n * b"x" for n in range(100)]


def test_much_goes_both_ways(two: Processes) -> None:
    """More than a connection holds at a time."""
    content = os.urandom(5_000_000)
    assert two.call(base64.b16encode, content) == base64.b16encode(content)


def test_a_fault_is_told_by_its_kind_alone(two: Processes) -> None:
    """Its text may hold a value of a file."""
    with pytest.raises(LostError, match=r"^ValueError$"):
        two.call(int, "a secret")
    assert two.call(int, "7") == 7


@pytest.mark.parametrize(
    "answer", [os.system, operator.attrgetter("x"), Path("/"), subprocess.Popen, object()]
)
def test_an_answer_makes_values_and_nothing_else(two: Processes, answer: object) -> None:
    """Not even where a file took the process over."""
    with pytest.raises(LostError, match=r"^answer$"):
        two.call(copy.copy, answer)


def test_one_that_dies_loses_its_call_and_no_other(two: Processes) -> None:
    """Another takes its place."""
    for _ in range(3):
        with pytest.raises(LostError):
            two.call(os.abort)
    assert two.call(math.sqrt, 9) == 3


def test_one_that_takes_too_long_is_ended(two: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits is told, and the next is served."""
    monkeypatch.setattr(processes, "LONGEST_S", 0.5)
    pid = two.call(os.getpid)
    with pytest.raises(LostError):
        two.call(time.sleep, 60)
    assert not Path(f"/proc/{pid}").exists()
    assert two.call(math.sqrt, 9) == 3


def test_nobody_waits_for_ever_for_one_that_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all are busy."""
    monkeypatch.setattr(processes, "PATIENCE_S", 0.1)
    one = Processes()
    one.add(1)
    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(one.call, time.sleep, 1.5)
        time.sleep(0.5)
        with pytest.raises(LostError):
            one.call(math.sqrt, 9)
        busy.result()
    one.stop()


def test_they_know_no_secret(two: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the server is given in its environment, they are not."""
    monkeypatch.setenv("SECRET_KEY", "k" * 32)
    assert two.call(os.getenv, "SECRET_KEY") is None


def test_they_let_requests_finish(two: Processes) -> None:
    """A signal to the whole group, as Ctrl-C sends it, is for the server."""
    pid = two.call(os.getpid)
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(pid, number)
    assert two.call(os.getpid) == pid


def test_they_write_nothing(two: Processes) -> None:
    """Neither a file, nor what was in their memory when they failed."""
    for limit in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        assert two.call(resource.getrlimit, limit) == (0, 0)


def test_they_end_with_the_server(two: Processes) -> None:
    """None is left behind."""
    pid = two.call(os.getpid)
    two.stop()
    assert not Path(f"/proc/{pid}").exists()


def test_a_server_that_was_killed_leaves_none(tmp_path: Path) -> None:
    """They see that nobody is at the other end."""
    program = (
        "import os, signal; from safelight.apart.processes import Processes;"
        " p = Processes(); p.add(1); print(p.call(os.getpid), flush=True);"
        " os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, cwd=tmp_path
    )
    left = Path(f"/proc/{int(done.stdout)}/stat")
    end = time.monotonic() + 5
    while left.exists() and ") Z " not in left.read_text() and time.monotonic() < end:
        time.sleep(0.05)
    assert not left.exists() or ") Z " in left.read_text()


@pytest.mark.parametrize(
    ("processors", "wanted", "found"),
    [(1, AUTOMATIC, 0), (2, AUTOMATIC, 2), (64, AUTOMATIC, MOST), (1, "3", 3), (8, "0", 0)],
)
def test_their_number_fits_the_machine(
    monkeypatch: pytest.MonkeyPatch, processors: int, wanted: str, found: int
) -> None:
    """One processor has no use for another process; a setting says otherwise."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(processors)))
    assert how_many(wanted) == found
