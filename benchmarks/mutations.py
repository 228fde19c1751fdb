"""Damage real pictures at random and read them: nothing may crash, hang or bloat the reader.

    make mutations
    python benchmarks/mutations.py [FOLDER] [--count N] [--seed N] [--jobs N]

FOLDER holds pictures; without it the open corpus beside the checkout (`../shared/corpus`) is used.
Each damaged copy is made from its number alone, so that `--seed N --count 1` makes it again. Ends
with 1 if any copy raised anything but a `MapyError`, or took longer or more memory than allowed.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
import os
from pathlib import Path
import random
import resource
import sys
import time
import traceback
from typing import NamedTuple

import mapy

CORPUS = Path(__file__).parents[2] / "shared/corpus"
LONGEST_S = 2.0
MOST_MIB = 128
LARGEST_FILE = 4 * 1024 * 1024
CHUNK = 500
EDGES = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\1", b"\xff\xff", b"\0\1")


class Finding(NamedTuple):
    """A damaged copy that did harm."""

    number: int
    name: str
    what: str


def flip(body: bytearray, at: int, _other: bytes, dice: random.Random) -> None:
    """Turn single bits round."""
    reach = min(len(body), at + 4096)
    for _ in range(dice.randint(1, 16)):
        body[dice.randrange(at, reach)] ^= 1 << dice.randrange(8)


def push(body: bytearray, at: int, _other: bytes, dice: random.Random) -> None:
    """Write a number at the edge of its range."""
    edge = dice.choice(EDGES)
    body[at : at + len(edge)] = edge


def cut(body: bytearray, _at: int, _other: bytes, dice: random.Random) -> None:
    """Drop the end."""
    del body[max(1, dice.randrange(len(body))) :]


def take_out(body: bytearray, at: int, _other: bytes, dice: random.Random) -> None:
    """Drop a piece."""
    del body[at : at + dice.randint(1, 64)]


def put_in(body: bytearray, at: int, _other: bytes, dice: random.Random) -> None:
    """Insert noise."""
    body[at:at] = dice.randbytes(dice.randint(1, 64))


def splice(body: bytearray, at: int, other: bytes, dice: random.Random) -> None:
    """Write a piece of another picture over this one."""
    start = dice.randrange(len(other))
    piece = other[start : start + dice.randint(4, 4096)]
    body[at : at + len(piece)] = piece


DAMAGES = (flip, push, cut, take_out, put_in, splice)


def damaged(content: bytes, other: bytes, dice: random.Random) -> bytes:
    """A copy with one to four kinds of damage, most of it near the front, where headers are."""
    body = bytearray(content)
    for _ in range(dice.randint(1, 4)):
        if body:
            reach = min(len(body), dice.choice((64, 512, 4096, 65536, len(body))))
            dice.choice(DAMAGES)(body, dice.randrange(reach), other, dice)
    return bytes(body)


def read_all(content: bytes) -> None:
    """Make every value of a picture, for programs and for people."""
    metadata = mapy.read(content)
    for tag in metadata:
        _ = tag.machine, tag.readable
    _ = metadata.position, metadata.taken_at


def run(numbers: range, paths: list[Path]) -> tuple[list[Finding], float]:
    """Read the copies of these numbers; what did harm, and the slowest in seconds."""
    findings: list[Finding] = []
    slowest = 0.0
    for number in numbers:
        dice = random.Random(number)  # noqa: S311 - damage has to be repeatable, not secret
        path, other = dice.choice(paths), dice.choice(paths)
        content = damaged(path.read_bytes(), other.read_bytes(), dice)
        started = time.perf_counter()
        try:
            read_all(content)
        except mapy.MapyError:
            pass
        except Exception:  # noqa: BLE001 - what is looked for
            findings.append(Finding(number, path.name, traceback.format_exc(limit=-3)))
        took = time.perf_counter() - started
        slowest = max(slowest, took)
        if took > LONGEST_S:
            findings.append(Finding(number, path.name, f"took {took:.1f} s"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if peak > MOST_MIB:
        findings.append(Finding(numbers.start, "", f"a process reached {peak} MiB"))
    return findings, slowest


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    paths = sorted(
        path
        for path in options.folder.rglob("*")
        if path.is_file() and 0 < path.stat().st_size <= LARGEST_FILE and path.suffix != ".jsonl"
    )
    if not paths:
        print(f"There are no pictures in {options.folder.name}: nothing was tried.")
        return 0
    numbers = range(options.seed, options.seed + options.count)
    chunks = [numbers[at : at + CHUNK] for at in range(0, len(numbers), CHUNK)]
    findings: list[Finding] = []
    slowest = 0.0
    with ProcessPoolExecutor(options.jobs, max_tasks_per_child=None) as pool:
        for found, longest in pool.map(run, chunks, [paths] * len(chunks)):
            findings += found
            slowest = max(slowest, longest)
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(finding.what.strip().splitlines()[-1], []).append(finding)
    for alike in sorted(kinds.values(), key=len, reverse=True):
        print(f"{len(alike)} x, first of number {alike[0].number} ({alike[0].name}):")
        print("\n".join(f"    {line}" for line in islice(alike[0].what.strip().splitlines(), 12)))
    print(
        f"{len(numbers)} damaged copies of {len(paths)} pictures:"
        f" {len(findings)} did harm; slowest {slowest:.2f} s"
    )
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
