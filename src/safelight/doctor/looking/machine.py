"""The machine: versions, swap, and the server's processes on it. Linux tells most of it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
import ssl
import sys
from typing import TYPE_CHECKING

from safelight.doctor.patient import Machine, Process

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path("/")
COMMANDS = ("serve", "worker")
PROGRAM = "safelight"
UNLIMITED = "unlimited"


def look(root: Path = ROOT) -> Machine:
    """What this machine tells; `root` is where its files are."""
    return Machine(
        python=sys.version_info[:2],
        openssl=ssl.OPENSSL_VERSION_INFO[:2],
        swaps=sum(not _is_safe(root, device) for device in _swaps(root)),
        may_swap=_may_swap(root),
        processes=tuple(_processes(root)),
        is_linux=(root / "proc/self").exists(),
    )


def _read(path: Path) -> str:
    """A file of the kernel's, empty if it is not there or not for us."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _swaps(root: Path) -> list[str]:
    """The devices and files that memory may be swapped out to."""
    return [line.split()[0] for line in _read(root / "proc/swaps").splitlines()[1:] if line.strip()]


def _is_safe(root: Path, device: str) -> bool:
    """Whether a swap device is memory itself, or encrypted."""
    name = device.removeprefix("/dev/")
    if name.startswith("zram"):
        return True
    return _read(root / "sys/block" / name / "dm/uuid").startswith("CRYPT-")


def _may_swap(root: Path) -> bool:
    """Whether the control group of this process lets it be swapped out."""
    for line in _read(root / "proc/self/cgroup").splitlines():
        group = line.partition("::")[2].lstrip("/")
        if _read(root / "sys/fs/cgroup" / group / "memory.swap.max").strip() == "0":
            return False
    return _read(root / "sys/fs/cgroup/memory.swap.max").strip() != "0"


def _processes(root: Path) -> Iterator[Process]:
    """Those that serve pages or work on jobs."""
    for folder in sorted((root / "proc").glob("[0-9]*")):
        words = _read(folder / "cmdline").split("\0")
        if _is_ours(words):
            limits = _read(folder / "limits")
            yield Process(_uid(_read(folder / "status")), _core_bytes(limits))


def _is_ours(words: list[str]) -> bool:
    """Whether a command line is `[python] .../safelight serve ...` or `worker`."""
    for program, command in pairwise(words):
        if command in COMMANDS and Path(program).name == PROGRAM:
            return True
    return False


def _uid(status: str) -> int:
    """The effective user."""
    for line in status.splitlines():
        if line.startswith("Uid:"):
            return int(line.split()[2])
    return -1


def _core_bytes(limits: str) -> int | None:
    for line in limits.splitlines():
        if line.startswith("Max core file size"):
            soft = line.split()[4]
            return None if soft == UNLIMITED else int(soft)
    return 0
