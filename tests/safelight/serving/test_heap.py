"""Threads of the server share the C library's heap."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from safelight.serving.heap import SERVER_HEAP

PROGRAM = """
import ctypes, sys, threading
from safelight.serving.heap import have_one
if sys.argv[1] == "shared":
    have_one()
ready = threading.Barrier(4)
def work():
    kept = [bytearray(10_000) for _ in range(100)]
    ready.wait()
threads = [threading.Thread(target=work) for _ in range(4)]
[each.start() for each in threads]
[each.join() for each in threads]
ctypes.CDLL(None).malloc_stats()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have one heap")
@pytest.mark.parametrize(("how", "is_one"), [("shared", True), ("as it is", False)])
def test_there_is_one_heap(how: str, is_one: bool) -> None:
    """And there would be several without it."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, check=True
    )
    assert (done.stderr.count("Arena ") == 1) == is_one


LOADING = """
import os, sys
class Look:
    def find_spec(self, name, path=None, target=None):
        if name == "granian":
            print(os.environ.get(sys.argv[1], ""))
            sys.stdout.flush()
            os._exit(0)
sys.meta_path.insert(0, Look())
from safelight.cli import main
main(["serve", "-p", "8899"])
"""


def test_the_server_knows_of_its_heap_when_it_is_loaded() -> None:
    """Later it would not look."""
    name, told = SERVER_HEAP
    done = subprocess.run(
        [sys.executable, "-c", LOADING, name], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == told
