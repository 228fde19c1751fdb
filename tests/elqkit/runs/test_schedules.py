"""A thousand seeded lives of a ledger, with faults and crashes at every step."""

from __future__ import annotations

from collections import Counter
import random

from elqkit.runs import Ledger, Outcome
from elqkit_run_builders import KEY, plan_of

SEEDS, ROWS = 1_000, 8


class Crashed(Exception):  # noqa: N818 - what happened
    """The process is gone."""


class CrashingJournal:
    """Lines in memory, and a process that dies before or after any of them."""

    def __init__(self, chance: random.Random, lines: list[bytes]) -> None:
        self._chance = chance
        self.lines = lines

    def append(self, record: bytes) -> None:
        """Keep a record, if the process lives so long."""
        self.maybe_crash()
        self.lines.append(record)
        self.maybe_crash()

    def read(self) -> list[bytes]:
        """What was kept so far."""
        return list(self.lines)

    def maybe_crash(self) -> None:
        """Die now and then."""
        if self._chance.random() < 0.04:
            raise Crashed

    def close(self) -> None:
        """Nothing to let go of."""


class FarSide:
    """Stores a row for each call that arrives; one for each id, where it keeps ids."""

    def __init__(self, chance: random.Random, *, keeps_ids: bool) -> None:
        self._chance = chance
        self._keeps_ids = keeps_ids
        self.stored: list[str] = []

    def send(self, correlation_id: str) -> Outcome | None:
        """Take a row, refuse it, lose its way there, or lose the answer; None: not sent."""
        luck = self._chance.random()
        if luck < 0.15:
            return None
        if luck < 0.25 and correlation_id not in self.stored:
            return Outcome.REFUSED
        if luck > 0.35 and not (self._keeps_ids and correlation_id in self.stored):
            self.stored.append(correlation_id)
        return Outcome.UNKNOWN if luck < 0.5 else Outcome.ACCEPTED


def live(ledger: Ledger, journal: CrashingJournal, far_side: FarSide, *, is_safe: bool) -> None:
    """Send what may be sent until there is nothing more."""
    while rows := [row for row in range(ROWS) if ledger.may_send(row, is_safe=is_safe)]:
        for row in rows:
            correlation_id = ledger.sending(row, is_safe=is_safe)
            outcome = far_side.send(correlation_id)
            journal.maybe_crash()
            if outcome is None:
                ledger.not_sent(row)
            else:
                ledger.settle(row, outcome)


def test_no_schedule_of_faults_and_crashes_sends_a_row_twice_or_loses_one() -> None:
    """With ids all rows end accepted once or refused; without, what is in doubt says so."""
    for seed in range(SEEDS):
        chance = random.Random(seed)  # noqa: S311 - the same thousand lives in each run
        is_safe = seed % 2 == 0
        far_side = FarSide(chance, keeps_ids=is_safe)
        plan, journal = plan_of(ROWS), CrashingJournal(chance, [])
        while True:
            try:
                ledger = Ledger.begin(plan, KEY, journal)
                live(ledger, journal, far_side, is_safe=is_safe)
                break
            except Crashed:
                continue
        stored = Counter(far_side.stored)
        ids = {
            outcome: set(map(ledger.correlation_id, ledger.rows(outcome))) for outcome in Outcome
        }
        assert set(stored.values()) <= {1}, seed
        assert ids[Outcome.ACCEPTED] <= set(stored), seed
        assert set(stored) <= ids[Outcome.ACCEPTED] | ids[Outcome.UNKNOWN], seed
        assert ledger.counts().is_complete, seed
        assert not (is_safe and ids[Outcome.UNKNOWN]), seed
