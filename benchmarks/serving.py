"""Load a server with uploads: how many a second, how long the slowest waits, what memory it takes.

    make serving
    python benchmarks/serving.py PHOTO.jpg [--beside PORT PATH FIELD] [--only NAME]

It starts a server of its own, with its rate limits off. Another application that runs already can
be measured beside it, in turns, by the same clients. Times are those of a shared machine: compare
them within a run.
"""

from __future__ import annotations

import argparse
from contextlib import contextmanager, suppress
import http.client
import os
from pathlib import Path
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING
import zlib

from serving_clients import Load, Target, load, open_form, request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SERVE = "from safelight.cli import main; main(prog_name='safelight')"
CORPUS = Path(__file__).parents[2] / "shared/corpus/images"
PHOTO = CORPUS / "digicam_corpus/Canon/Rebel XT 350D/_MG_9382.JPG"
ROUNDS, UPLOADS, PARALLEL = 3, 200, 16
AT_ONCE = 200
MEGABYTE = 1_000_000
SIDE = 10_000
READY_S = 20


class Server:
    """A server of ours."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.pid = process.pid
        self.images = Target(port, "/mapy/", "images")

    def memory(self, field: str = "VmRSS") -> float:
        """Megabytes that the process holds, or held at most since `forget_peak`."""
        for line in Path(f"/proc/{self.pid}/status").read_text("ascii").splitlines():
            if line.startswith(f"{field}:"):
                return int(line.split()[1]) * 1024 / MEGABYTE
        raise LookupError(field)

    def forget_peak(self) -> None:
        """Begin the peak anew."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5", "ascii")

    def growth(self, do: Callable[[], object]) -> float:
        """Megabytes that the process grew by at most, while something is done."""
        self.forget_peak()
        before = self.memory()
        do()
        return self.memory("VmHWM") - before


@contextmanager
def serving(**settings: str) -> Iterator[Server]:
    """A server on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = {**os.environ, "SAFELIGHT_RATE_LIMITS": "off", **settings}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, "serve", "-p", str(port)],
            env={"SAFELIGHT_LOG_LEVEL": "warning", **environment},
            stdout=log,
            stderr=log,
        )
        try:
            _wait(port)
            yield Server(process, port)
        finally:
            process.terminate()
            process.wait()


def _wait(port: int) -> None:
    end = time.monotonic() + READY_S
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server does not answer.")


def large_png() -> bytes:
    """A PNG of 10,000 by 10,000 pixels, all black, in 300 KB."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + kind + content + check

    squeezer = zlib.compressobj(9)
    rows = b"".join(squeezer.compress(bytes(1 + 3 * SIDE)) for _ in range(SIDE)) + squeezer.flush()
    size = SIDE.to_bytes(4, "big")
    head = chunk(b"IHDR", size + size + b"\x08\x02\x00\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def throughput(photo: bytes, beside: Target | None) -> None:
    """Uploads to rendered results a second, in turns with another application."""
    with serving() as server:
        targets = {"safelight": server.images, **({"beside": beside} if beside else {})}
        rates: dict[str, list[float]] = {name: [] for name in targets}
        for target in targets.values():
            load(target, photo, "a.jpg", total=2 * PARALLEL, parallel=PARALLEL)
        for _ in range(ROUNDS):
            for name, target in targets.items():
                found = load(target, photo, "a.jpg", total=UPLOADS, parallel=PARALLEL)
                rates[name].append(found.rate)
        for name, found_rates in rates.items():
            median = statistics.median(found_rates)
            print(f"throughput: {name} {median:.0f} a second, {PARALLEL} at a time")


def at_once(photo: bytes) -> None:
    """Many uploads, each of a client of its own, at the same moment."""
    with serving() as server:
        load(server.images, photo, "a.jpg", total=PARALLEL, parallel=PARALLEL)
        found = Load()

        def rush() -> None:
            sent = load(server.images, photo, "a.jpg", total=AT_ONCE, parallel=AT_ONCE, keep=False)
            found.waits, found.statuses = sent.waits, sent.statuses

        server.forget_peak()
        rush()
        answered = sum(status == http.client.OK for status in found.statuses)
        print(
            f"{AT_ONCE} at once: {answered} answered, {found.lost} lost, slowest"
            f" {max(found.waits):.1f} s, peak {server.memory('VmHWM'):.0f} MB"
        )


def bomb(photo: bytes) -> None:
    """A picture that is large only when it is decoded, alone and eight at a time."""
    content = large_png()
    with serving() as server:
        load(server.images, photo, "a.jpg", total=PARALLEL, parallel=PARALLEL)
        for count in (1, 8):
            found: list[Load] = []

            def send(many: int = count, into: list[Load] = found) -> None:
                into.append(load(server.images, content, "b.png", total=many, parallel=many))

            grown = server.growth(send)
            answered = sum(status == http.client.OK for status in found[0].statuses)
            print(
                f"{SIDE} x {SIDE} PNG of {len(content) / 1000:.0f} KB, {count} at a time:"
                f" {answered} answered in {max(found[0].waits):.2f} s, grown by {grown:.0f} MB"
            )


def too_large() -> None:
    """50 MB to a server that takes 5."""
    with serving(MAPY_MAX_IMAGE_BYTES="5000000", MAPY_MAX_TOTAL_BYTES="5000000") as server:
        status = []
        started = time.perf_counter()

        def send() -> None:
            visitor = open_form(server.images)
            sent = request(server.images, bytes(50 * MEGABYTE), "c.jpg", visitor)
            with socket.create_connection(("127.0.0.1", server.images.port), 20) as connection:
                with suppress(OSError):  # it has answered, and hears no more
                    connection.sendall(sent)
                status.append(connection.recv(64).split()[1].decode())

        grown = server.growth(send)
        took = time.perf_counter() - started
        print(f"50 MB over a limit of 5 MB: {status[0]} in {took:.1f} s, grown by {grown:.0f} MB")


def idle(photo: bytes) -> None:
    """What stays of memory after a hundred uploads."""
    with serving() as server:
        load(server.images, photo, "a.jpg", total=PARALLEL, parallel=PARALLEL)
        before = server.memory()
        load(server.images, photo, "a.jpg", total=100, parallel=PARALLEL)
        time.sleep(1)
        print(f"after 100 uploads: {server.memory():.0f} MB, {server.memory() - before:+.0f} MB")


def main() -> None:
    """Run all of it, or one."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("photo", type=Path, nargs="?", default=PHOTO)
    parser.add_argument("--beside", nargs=3, metavar=("PORT", "PATH", "FIELD"))
    parser.add_argument("--only", choices=("throughput", "at-once", "bomb", "too-large", "idle"))
    given = parser.parse_args()
    photo = given.photo.read_bytes()
    beside = Target(int(given.beside[0]), *given.beside[1:]) if given.beside else None
    runs: dict[str, Callable[[], None]] = {
        "throughput": lambda: throughput(photo, beside),
        "at-once": lambda: at_once(photo),
        "bomb": lambda: bomb(photo),
        "too-large": too_large,
        "idle": lambda: idle(photo),
    }
    for name, run in runs.items():
        if given.only in (None, name):
            run()


if __name__ == "__main__":
    main()
