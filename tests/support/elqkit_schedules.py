"""Seeded lives of whole runs: engine, batches, client and mock, with faults and kills at random.

There is no socket and hardly a wait: a request is a call of the mock. A kill is a journal that
takes nothing more, at a random moment; the next sitting begins with what it had.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
import random
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import httpx2

from elqkit.autosubmit import BatchTransport, PublicTransport, RestTransport, Submission
from elqkit.eloqua import Basic, Eloqua, Hosts, Pace, PublicForm, RestForm, Wire, rest_form
from elqkit.mock import ACCOUNT, Mock
from elqkit.mock.exchange import Dropped, Request
from elqkit.runs import Counts, Ledger, Outcome, Plan, Run, Speed, pace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elqkit.runs import BatchingTransport, Transport

ADDRESS = "http://127.0.0.1:1"
EMAIL = "101"
BAD = "not an address"
FAULTS = (
    "throttled=0",
    "error",
    "error-after-commit",
    "html",
    "drop",
    "drop-after-commit",
    "duplicate-correlation",
    "expired",
)
WAYS = ("batch", "single", "public")
ROWS, MOST_SITTINGS = 24, 400


class Killed(Exception):  # noqa: N818 - what happened
    """The process is gone."""


class MortalJournal:
    """Records in memory, until the process dies: then none is taken any more."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._records: list[bytes] = []
        self._is_dead = False
        self._lock = Lock()

    def append(self, record: bytes) -> None:
        """Keep a record, if the process lives so long."""
        with self._lock:
            self._maybe_die()
            self._records.append(record)
            self._maybe_die()

    def _maybe_die(self) -> None:
        self._is_dead = self._is_dead or self._chance.random() < 0.03
        if self._is_dead:
            raise Killed

    def read(self) -> list[bytes]:
        """What was kept when the process died; another one begins."""
        with self._lock:
            self._is_dead = False
            return list(self._records)

    def close(self) -> None:
        """Nothing to let go of."""


class Ended(NamedTuple):
    """How a life ended."""

    counts: Counts
    sittings: int
    stored: Counter[str]
    accepted: frozenset[str]
    unknown: frozenset[str]

    @property
    def twice(self) -> int:
        """Rows that are stored more than once."""
        return sum(count > 1 for count in self.stored.values())

    @property
    def lost(self) -> int:
        """Rows said to be accepted that are not stored, and stored ones that nobody tells of."""
        missing = self.accepted - set(self.stored)
        untold = set(self.stored) - self.accepted - self.unknown
        return len(missing) + len(untold)


@contextmanager
def quick() -> Iterator[None]:
    """Waits of milliseconds in place of those of seconds."""
    names = (pace, "MIN_HOLD_S"), (pace, "FIRST_HOLD_S"), (rest_form, "FIRST_POLL_S")
    before = [(module, name, getattr(module, name)) for module, name in names]
    try:
        for module, name, _ in before:
            setattr(module, name, 0.001)
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)


def lived(seed: int, way: str) -> Ended:
    """One life of a run, to its end: sitting after sitting, until nothing more may be sent."""
    chance = random.Random(f"{seed} {way}")  # noqa: S311 - the same lives in each run
    faults = [f"{name}@{chance.randint(3, 12)}%" for name in chance.sample(FAULTS, 3)]
    mock = Mock([*faults, f"batch-limit={chance.choice((4, 10, 100))}"], seed=seed)
    rows = [_row(number, is_good=chance.random() < 0.9) for number in range(ROWS)]
    plan = Plan(rows, b"file", "form", (way,))
    journal = MortalJournal(chance)
    speed = Speed(1_000, chance.choice((1, 3, 8)))
    for sitting in range(1, MOST_SITTINGS):
        with _client(mock) as eloqua:
            try:
                ledger = Ledger.begin(plan, bytes(32), journal)
                run = Run(plan, ledger, _transport(eloqua, way), speed)
                run.start()
            except Killed:
                continue
            run.wait()
        again = Ledger.begin(plan, bytes(32), _Copy(journal.read()))
        is_safe = way == "batch"
        if not any(again.may_send(row, is_safe=is_safe) for row in range(ROWS)):
            return _ended(again, mock, rows, sitting)
    raise TimeoutError(seed, way, faults)


class _Copy(MortalJournal):
    """A journal that is only looked at."""

    def __init__(self, records: list[bytes]) -> None:
        super().__init__(random.Random(0))  # noqa: S311 - never asked
        self._records = records

    def append(self, record: bytes) -> None:
        """Nobody writes here."""


def _row(number: int, *, is_good: bool) -> Submission:
    value = f"p{number}@example.com" if is_good else f"{BAD} {number}"
    return Submission(number + 2, (("emailAddress", value),), ((EMAIL, value),))


def _ended(ledger: Ledger, mock: Mock, rows: list[Submission], sittings: int) -> Ended:
    def names(outcome: Outcome) -> frozenset[str]:
        return frozenset(rows[row].by_id[0][1] for row in ledger.rows(outcome))

    stored = Counter(row.values[EMAIL] for row in mock.site.rows.values())
    told = names(Outcome.ACCEPTED), names(Outcome.UNKNOWN)
    return Ended(ledger.counts(), sittings, stored, *told)


@contextmanager
def _client(mock: Mock) -> Iterator[Eloqua]:
    def answer(request: httpx2.Request) -> httpx2.Response:
        target = request.url.raw_path.decode("ascii")
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            found = mock.answer(Request(request.method, target, headers, request.read()))
        except Dropped:
            raise httpx2.ReadError("dropped", request=request) from None
        return httpx2.Response(
            found.status,
            headers=[("Content-Type", found.kind), *found.headers],
            content=found.body,
        )

    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    with Eloqua(
        Basic(*ACCOUNT),
        hosts=Hosts([ADDRESS]),
        login=ADDRESS,
        pace=Pace(1e6, clock=lambda: now[0], sleep=sleep),
        wire=Wire(transport=httpx2.MockTransport(answer)),
    ) as eloqua:
        yield eloqua


def _transport(eloqua: Eloqua, way: str) -> Transport[Submission] | BatchingTransport[Submission]:
    rest = RestForm(eloqua, "1")
    if way == "batch":
        return BatchTransport(rest, longest_wait_s=0.05)
    if way == "single":
        return RestTransport(rest)
    form = PublicForm(
        f"{ADDRESS}/e/f2",
        "1234567",
        "newsletter",
        wire=eloqua.wire,
        hosts=eloqua.hosts,
        pace=eloqua.pace,
    )
    return PublicTransport(form)
