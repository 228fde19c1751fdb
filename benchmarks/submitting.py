"""How fast and how surely rows arrive, measured against the mock on this machine.

    make bench-elqkit
    python benchmarks/submitting.py [LIVES]

1. 1,000 rows at 100 ms an answer: 16 calls at the same time beside one at a time.
2. A limit of 50 rows a second: the most rows that arrived in any second.
3. LIVES (1,000) seeded runs by batches, and a fifth as many by each other way, with faults and
   kills at random: rows stored twice, rows lost, counts that do not balance.
4. Naughty strings: how many arrive byte for byte.
5. Checking 100,000 rows of 10 columns, and a file of 200 MB as a stream.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from pathlib import Path
import re
import resource
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, NamedTuple

from elqkit.autosubmit import Access, Choices, Connection, Sending, Way, prepare_sheet, read_sheet
from elqkit.mock import ACCOUNT, Mock, serving
from elqkit.mock.site import SITE_ID
from elqkit.runs import Ledger, Speed

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/support"))
from elqkit_naughty import NAUGHTY
from elqkit_schedules import WAYS, lived, quick

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elqkit.mock.exchange import Request, Response

ROWS, SAMPLE, PARALLEL = 1_000, 100, 16
ANSWER_S = 0.1
LIMIT = 50
LIVES = 1_000
BARS = {"faster": 12.0, "in_a_second": LIMIT, "check_s": 5.0}


class ClockedMock(Mock):
    """Notes when each row arrives."""

    def __init__(self) -> None:
        super().__init__(["slow=0.05"])
        self.arrivals: list[float] = []

    def answer(self, request: Request) -> Response:
        """As the mock does."""
        if request.path == "/e/f2":
            self.arrivals.append(time.monotonic())
        return super().answer(request)


class Sent(NamedTuple):
    """How one run went."""

    seconds: float
    accepted: int


def main() -> None:
    """Measure all and print it; exit 1 where a bar is missed."""
    lives = int(sys.argv[1]) if len(sys.argv) > 1 else LIVES
    results = [_speed(), _limit(), *_lives(lives), _naughty(), *_checks()]
    sys.exit(0 if all(results) else 1)


def people(rows: int) -> bytes:
    """A file of so many people."""
    lines = ["E-mail,First name", *(f"p{row}@example.com,P{row}" for row in range(rows))]
    return "\n".join(lines).encode()


def send(address: str, content: bytes, speed: Speed, way: Way = Way.PUBLIC) -> Sent:
    """Send a file to the mock."""
    with Connection(Access.to_mock(address, ACCOUNT, SITE_ID)) as connection:
        form = connection.form("newsletter")
        prepared = prepare_sheet(read_sheet(content, None), form, Choices())
        plan = prepared.plan(connection.site_id)
        with Ledger.in_memory(plan) as ledger:
            sending = Sending(plan, ledger, connection, form, way, speed=speed)
            begun = time.monotonic()
            sending.start()
            while not sending.wait(1.0):
                pass
            return Sent(time.monotonic() - begun, sending.progress().counts.accepted)


@contextmanager
def mock_process(*faults: str) -> Iterator[str]:
    """A mock in a process of its own; its address."""
    options = [part for fault in faults for part in ("--fault", fault)]
    code = "from elqkit.cli import main; main()"
    command = [sys.executable, "-c", code, "mock", "-p", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            found = re.search(r"http://\S+", process.stdout.readline() if process.stdout else "")
            if found is None:
                raise RuntimeError("The mock does not begin.")
            yield found[0]
        finally:
            process.terminate()


def _speed() -> bool:
    with mock_process(f"slow={ANSWER_S}") as address:
        one = send(address, people(SAMPLE), Speed(1_000, 1))
        many = send(address, people(ROWS), Speed(1_000, PARALLEL))
    whole = one.seconds / SAMPLE * ROWS
    faster = whole / many.seconds
    print(f"{ROWS} rows at {ANSWER_S * 1000:.0f} ms an answer")
    print(f"  one at a time   {whole:7.1f} s (measured on {SAMPLE})")
    print(f"  {PARALLEL} at a time    {many.seconds:7.1f} s, {faster:.1f} times faster")
    return faster >= BARS["faster"] and (one.accepted, many.accepted) == (SAMPLE, ROWS)


def _limit() -> bool:
    mock = ClockedMock()
    with serving(mock) as address:
        send(address, people(300), Speed(LIMIT, PARALLEL))
    times = sorted(mock.arrivals)
    most = max(sum(at <= each < at + 1.0 for each in times) for at in times)
    took = times[-1] - times[0]
    print(f"A limit of {LIMIT} rows a second: {most} in the fullest second, 300 in {took:.1f} s")
    return most <= BARS["in_a_second"]


def _lives(lives: int) -> Iterator[bool]:
    with quick():
        for way in WAYS:
            count = lives if way == "batch" else lives // 5
            found: Counter[str] = Counter()
            for seed in range(count):
                ended = lived(seed, way)
                found["twice"] += ended.twice
                found["lost"] += ended.lost
                found["unknown"] += ended.counts.unknown
                found["sittings"] += ended.sittings
                found["unbalanced"] += not ended.counts.is_complete
            print(
                f"{count} lives by {way}: {found['sittings']} sittings,"
                f" {found['twice']} rows twice, {found['lost']} lost,"
                f" {found['unknown']} unknown at the end,"
                f" {found['unbalanced']} out of balance"
            )
            yield not (found["twice"] or found["lost"] or found["unbalanced"])


def _naughty() -> bool:
    doubled = [value.replace('"', '""') for value in NAUGHTY]
    rows = [f'"p{row}@example.com","{value}"' for row, value in enumerate(doubled)]
    content = "\r\n".join(["emailAddress,comment", *rows]).encode()
    arrived = 0
    for way in Way:
        mock = Mock()
        with serving(mock) as address:
            send(address, content, Speed(1_000, 8), way)
        values = [list(row.values.values()) for row in mock.site.rows.values()]
        by_mail = {each[0]: each[1] for each in values if len(each) > 1}
        arrived += sum(
            by_mail.get(f"p{row}@example.com") == value for row, value in enumerate(NAUGHTY)
        )
    print(f"Naughty strings: {arrived} of {3 * len(NAUGHTY)} arrive as they are, by three ways")
    return arrived == 3 * len(NAUGHTY)


def _checks() -> Iterator[bool]:
    row = "ana@example.com,Ana,Smith,Example Ltd,01234,+49 170 1,2026-03-01,yes,12.5,some words"
    header = "email,first,last,company,zip,phone,day,ok,number,note"
    for name, rows, bar_s in (("100,000 rows", 100_000, BARS["check_s"]), ("200 MB", 0, 600.0)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "large.csv"
            with path.open("w", encoding="utf-8") as target:
                target.write(header + "\n")
                count = rows or 200_000_000 // (len(row) + 9)
                target.writelines(f"{number:07d}{row}\n" for number in range(count))
            size = path.stat().st_size
            code = "from elqkit.cli import main; main()"
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
            begun = time.monotonic()
            command = [sys.executable, "-c", code, "check", str(path)]
            done = subprocess.run(command, check=False, stdout=subprocess.PIPE)
            took = time.monotonic() - begun
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        more = "" if peak * 1024 > before else " at the most"
        print(f"check of {name} ({size / 1e6:.0f} MB): {took:.1f} s, {peak:.0f} MiB{more}")
        yield done.returncode == 0 and took < bar_s


if __name__ == "__main__":
    main()
