"""Checks of the machine: versions, swap, core dumps, the user."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from safelight.doctor.model import Check, Finding, not_applicable, ok, short
from safelight.security.core_dumps import NO_DUMP_BYTES

if TYPE_CHECKING:
    from safelight.doctor.patient import Patient

PYTHON_ENDS = {
    (3, 11): date(2027, 10, 31),
    (3, 12): date(2028, 10, 31),
    (3, 13): date(2029, 10, 31),
    (3, 14): date(2030, 10, 31),
}
"""The last day of security releases (PEP 664, 693, 719, 745)."""
OLDEST_OPENSSL = (3, 0)
NO_PROCESS = "No server of this machine was found."


def python(patient: Patient) -> Finding:
    """Holes that are found later stay open in one that gets none."""
    version = ".".join(map(str, patient.machine.python))
    ends = PYTHON_ENDS.get(patient.machine.python)
    if ends is None and patient.machine.python > max(PYTHON_ENDS):
        return ok(f"Python is {version}.")
    if ends is None or ends < patient.now.date():
        return short(f"Python {version} gets no security releases.", "Use a newer one.")
    return ok(f"Python is {version}, with security releases until {ends:%Y-%m}.")


def openssl(patient: Patient) -> Finding:
    """Releases before 3.0 get no repairs."""
    version = ".".join(map(str, patient.machine.openssl))
    if patient.machine.openssl < OLDEST_OPENSSL:
        return short(f"OpenSSL is {version}.", "Use a Python that is built with 3.0 or newer.")
    return ok(f"OpenSSL is {version}.")


def swap(patient: Patient) -> Finding:
    """Memory that is swapped out is on a disk."""
    machine = patient.machine
    if not machine.is_linux:
        return not_applicable("Only Linux can be asked.")
    if not machine.swaps:
        return ok("Nothing is swapped out to a disk that is not encrypted.")
    if not machine.may_swap:
        return ok("There is swap, and this process may not use it.")
    return short(
        "The server's memory, uploads in it, may be written to a disk that is not encrypted.",
        "Switch swap off or encrypt it, or forbid it: MemorySwapMax=0, or memory-swap in Docker.",
    )


def core_dumps(patient: Patient) -> Finding:
    """A crash must not write memory to a disk. The server switches dumps off when it starts."""
    processes = patient.machine.processes
    if not processes:
        return not_applicable(NO_PROCESS)
    if any(each.core_bytes is None or each.core_bytes > NO_DUMP_BYTES for each in processes):
        return short(
            "A process of the server may leave a core dump.",
            "Start it with LimitCORE=0 (systemd) or --ulimit core=0 (Docker).",
        )
    return ok("No process of the server leaves a core dump.")


def user(patient: Patient) -> Finding:
    """Whoever breaks in gets what the process has."""
    processes = patient.machine.processes
    if not processes:
        return not_applicable(NO_PROCESS)
    if any(each.uid == 0 for each in processes):
        return short("A process of the server runs as root.", "Run it as a user of its own.")
    return ok("No process of the server runs as root.")


CHECKS = (
    Check("machine.python", "Python gets security releases", python),
    Check("machine.openssl", "OpenSSL is kept up", openssl),
    Check("machine.swap", "Memory is not swapped out to a disk", swap),
    Check("machine.core-dumps", "A crash leaves no memory on a disk", core_dumps),
    Check("machine.user", "The server is not root", user),
)
