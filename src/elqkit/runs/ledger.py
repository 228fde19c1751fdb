"""The ledger: what became of each row. Knows numbers and outcomes, nothing of what a row holds.

Each change is an event in the journal, safe before anything follows from it: a row's number, what
happened, and for some a code. `elqkit.runs.events` is the whole of what may happen to a row; what
it does not allow is refused, whether a program asks for it or a journal tells of it. A row that was
being sent when a run died is *unknown*.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from threading import Lock
import time
from typing import TYPE_CHECKING, Self

from elqkit.runs.errors import LedgerDamaged, LedgerMisused, PlanChanged
from elqkit.runs.events import EVENTS, LETTERS, Entry, entries_of, record_of
from elqkit.runs.journal import NoJournal
from elqkit.runs.outcomes import Counts, Outcome
from elqkit.runs.transport import Answer, stable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import TracebackType

    from elqkit.runs.journal import Journal
    from elqkit.runs.plan import Plan

VERSION = "elqkit-ledger-1"
INTERRUPTED = "interrupted"
"""The code of a row whose answer was lost with its run."""

_HEADER = re.compile(
    rf"{VERSION} ([0-9a-f]{{32}}) ([0-9a-f]{{64}}) ([0-9]{{1,9}})(?: ([0-9]{{1,12}}))?".encode()
)
_KEY_BYTES = 32
_ID_CHARS = 32

PENDING, IN_FLIGHT, UNKNOWN = Outcome.PENDING, Outcome.IN_FLIGHT, Outcome.UNKNOWN
_UNSAFE, _DOUBT = 1, 2
"""Marks of a row: sent once without an id that the far side keeps; sent once without an answer."""


class Ledger:
    """What became of each row of one plan. Safe to use from many threads."""

    def __init__(self, journal: Journal, key: bytes, nonce: str, rows: int, began: int = 0) -> None:
        self.began = began
        """When the first sitting began, in seconds since 1970; 0 where that is not known."""
        self._journal = journal
        self._key = key
        self._nonce = nonce
        self._lock = Lock()
        self._outcomes = bytearray(rows)
        self._marks = bytearray(rows)
        self._codes: dict[int, str] = {}
        self._far_ids: dict[int, str] = {}
        self._batches: dict[int, int] = {}
        self._last_batch = 0

    @classmethod
    def in_memory(cls, plan: Plan[object]) -> Ledger:
        """A ledger that is gone with the process, and with it all that was known of the run."""
        return cls.begin(plan, secrets.token_bytes(_KEY_BYTES), NoJournal())

    @classmethod
    def begin(cls, plan: Plan[object], key: bytes, journal: Journal) -> Ledger:
        """A plan's ledger: a new one, or the one that the journal tells of.

        Args:
            plan: what is to be sent.
            key: the same for each sitting of a run; makes its ids and keeps its names secret.
            journal: an append-only log of this plan's own.

        Raises:
            PlanChanged: the journal tells of the same file made into other rows.
            LedgerDamaged: it tells of what cannot happen.
            LedgerFailed: it cannot be written.
        """
        rows, shape = len(plan.rows), plan.shape(key)
        records = journal.read()
        if not records:
            nonce = secrets.token_hex(_ID_CHARS // 2)
            began = int(time.time())
            journal.append(f"{VERSION} {nonce} {shape} {rows} {began}".encode())
        else:
            header = _HEADER.fullmatch(records[0])
            if header is None:
                raise LedgerDamaged(1)
            if (header[2].decode(), int(header[3])) != (shape, rows):
                raise PlanChanged
            nonce, began = header[1].decode(), int(header[4] or 0)
        ledger = cls(journal, key, nonce, rows, began)
        ledger._replay(records[1:])
        return ledger

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the journal. The ledger can still be read."""
        self._journal.close()

    def __len__(self) -> int:
        return len(self._outcomes)

    def __repr__(self) -> str:
        return f"<Ledger of {len(self)} rows>"

    def outcome(self, row: int) -> Outcome:
        """Where a row is."""
        return Outcome(self._outcomes[row])

    def code(self, row: int) -> str:
        """Why a row is where it is; empty where that needs no reason."""
        return self._codes.get(row, "")

    def far_id(self, row: int) -> str:
        """The far side's own name of an accepted row; empty where it told none."""
        return self._far_ids.get(row, "")

    def batch_of(self, row: int) -> int | None:
        """The batch that a row was last sent in; None where it went alone."""
        return self._batches.get(row)

    def new_batch(self) -> int:
        """The number of a batch that was never sent."""
        with self._lock:
            self._last_batch += 1
            return self._last_batch

    def rows(self, outcome: Outcome) -> list[int]:
        """The rows that are there, in the order of the file."""
        return [row for row, there in enumerate(self._outcomes) if there == outcome]

    def counts(self, read: int | None = None) -> Counts:
        """How many rows became what; `read` where the reader of the file counted for itself."""
        with self._lock:
            counted = {outcome: self._outcomes.count(outcome) for outcome in Outcome}
        return Counts.of(len(self) if read is None else read, counted)

    def correlation_id(self, row: int) -> str:
        """The row's name for the far side: always the same in this run, and never in another."""
        return self._named(f"{self._nonce} {row}")

    def batch_id(self, batch: int) -> str:
        """The name of a batch for the far side: the same in this run, and never in another."""
        return self._named(f"{self._nonce} batch {batch}")

    def _named(self, message: str) -> str:
        return hmac.new(self._key, message.encode(), hashlib.sha256).hexdigest()[:_ID_CHARS]

    def may_send(self, row: int, *, is_safe: bool) -> bool:
        """Whether a row may be sent, by a transport that repeats safely or not.

        A pending row always; an unknown one only if each of its sendings, this one too, carries an
        id by which the far side keeps it once.
        """
        outcome = self._outcomes[row]
        if outcome == UNKNOWN:
            return is_safe and not self._marks[row] & _UNSAFE
        return outcome == PENDING

    def sending(self, row: int, *, is_safe: bool) -> str:
        """Note that a row is about to be sent; return its correlation id.

        Raises:
            LedgerMisused: the row may not be sent, or not again.
            LedgerFailed: it could not be noted, so it must not be sent.
        """
        if not self.may_send(row, is_safe=is_safe):
            raise LedgerMisused(row)
        self._happen([Entry("i" if is_safe else "s", row)])
        return self.correlation_id(row)

    def sending_batch(self, rows: Sequence[int], batch: int) -> list[str]:
        """Note that rows are about to be sent together; return their correlation ids.

        Raises:
            LedgerMisused: one of them may not be sent, or not again.
            LedgerFailed: it could not be noted, so they must not be sent.
        """
        for row in rows:
            if not self.may_send(row, is_safe=True):
                raise LedgerMisused(row)
        self._happen([Entry("i", row, far_id=str(batch)) for row in rows])
        return [self.correlation_id(row) for row in rows]

    def not_sent(self, *rows: int) -> None:
        """Note that rows that were about to be sent were not: they may be sent later."""
        self._happen([Entry("n", row) for row in rows])

    def settle(self, row: int, outcome: Outcome, code: str = "", far_id: str = "") -> None:
        """Note what became of a row. An unknown one may still be found accepted or refused."""
        self.settle_all({row: Answer(outcome, code, far_id=far_id)})

    def settle_all(self, answers: Mapping[int, Answer]) -> None:
        """Note what became of rows that were sent together."""
        self._happen(
            [
                Entry(LETTERS[answer.outcome], row, stable(answer.code), answer.far_id)
                for row, answer in answers.items()
            ]
        )

    def skip(self, row: int, code: str) -> None:
        """Note that a row is left out. One that was skipped before stays as it was."""
        if self._outcomes[row] == PENDING:
            self._happen([Entry("k", row, stable(code))])

    def skip_all(self, skipped: Mapping[int, str], *, at_a_time: int = 200) -> None:
        """Note which rows are left out, and why: a few hundred a record."""
        entries = [
            Entry("k", row, stable(code))
            for row, code in skipped.items()
            if self._outcomes[row] == PENDING
        ]
        for first in range(0, len(entries), at_a_time):
            self._happen(entries[first : first + at_a_time])

    def allow_again(self, rows: Iterable[int]) -> None:
        """Note the user's word that these unknown rows may be sent again, and perhaps twice."""
        for row in rows:
            self._happen([Entry("c", row)])

    def correct(self, row: int, code: str) -> None:
        """Note that the far side turned out not to have kept an accepted row."""
        self._happen([Entry("x", row, stable(code))])

    def _happen(self, entries: Sequence[Entry]) -> None:
        """Check events, let them count, write them; return when they are safe."""
        if not entries:
            return
        with self._lock:
            for entry in entries:
                if self._outcomes[entry.row] not in EVENTS[entry.letter].before:
                    raise LedgerMisused(entry.row)
            for entry in entries:
                self._apply(entry)
        self._journal.append(record_of(entries))

    def _apply(self, entry: Entry) -> None:
        letter, row, code, far_id = entry
        after = EVENTS[letter].after
        marks = self._marks[row]
        if letter in "si" and self._outcomes[row] == IN_FLIGHT:
            marks |= _DOUBT
        match letter:
            case "s":
                marks |= _UNSAFE
            case "u":
                marks |= _DOUBT
            case "c":
                marks &= ~_UNSAFE
            case "n" if marks & _DOUBT:
                after = UNKNOWN
            case "n":
                marks &= ~_UNSAFE
        self._marks[row] = marks
        self._outcomes[row] = after
        self._codes.pop(row, None)
        if code:
            self._codes[row] = code
        if far_id and letter == "i":
            self._batches[row] = int(far_id)
            self._last_batch = max(self._last_batch, int(far_id))
        elif far_id:
            self._far_ids[row] = far_id

    def _replay(self, records: Sequence[bytes]) -> None:
        for number, record in enumerate(records, 2):
            entries = entries_of(record)
            if entries is None:
                raise LedgerDamaged(number)
            for entry in entries:
                if entry.row >= len(self) or (
                    self._outcomes[entry.row] not in EVENTS[entry.letter].before
                ):
                    raise LedgerDamaged(number)
                self._apply(entry)
        for row in self.rows(IN_FLIGHT):
            self._outcomes[row] = UNKNOWN
            self._marks[row] |= _DOUBT
            self._codes[row] = INTERRUPTED
