"""`elqkit mock`: its words, and that it serves."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.request import urlopen

from click.testing import CliRunner, Result
import pytest

from elqkit.cli import main
from elqkit.mock import FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator


def run(*arguments: str) -> Result:
    """The command's outcome."""
    return CliRunner().invoke(main, ["mock", *arguments])


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A shell starts programs in the background deaf to SIGINT, and so would be what they start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_serves_until_it_is_stopped() -> None:
    """On loopback, at the address that it says."""
    command = [sys.executable, "-m", "elqkit.cli", "mock", "-p", "0", "--fault", "slow=0"]
    program = [sys.executable, "-c", "from elqkit.cli import main; main()", *command[3:]]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert address is not None
        with urlopen(address[0]) as page:
            assert b"The mock's Eloqua" in page.read()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


def test_names_every_fault() -> None:
    """With what it does."""
    found = run("--list-faults")
    assert (found.exit_code, len(found.output.splitlines())) == (0, len(FAULTS))


def test_an_unknown_fault_is_wrong_usage() -> None:
    """And the way to the names is told."""
    found = run("--fault", "no-such")
    assert (found.exit_code, "--list-faults" in found.output) == (2, True)


def test_a_port_that_is_taken_is_told() -> None:
    """With its number."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        found = run("-p", str(port))
    assert (found.exit_code, str(port) in found.output) == (1, True)
