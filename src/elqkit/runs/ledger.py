"""The ledger: what became of each row. Knows numbers and outcomes, nothing of what a row holds.

Each change is one line, on the disk before anything follows from it: a row's number, what happened,
and for some a code. `EVENTS` is the whole of what may happen to a row; what it does not allow is
refused, whether a program asks for it or a file tells of it. A row that was being sent when a run
died is *unknown*.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, Self

from elqkit.runs.errors import LedgerDamaged, LedgerMisused, PlanChanged
from elqkit.runs.journal import NoJournal
from elqkit.runs.outcomes import Counts, Outcome
from elqkit.runs.transport import stable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType

    from elqkit.runs.journal import Journal
    from elqkit.runs.plan import Plan

VERSION = "elqkit-ledger-1"
INTERRUPTED = "interrupted"
"""The code of a row whose answer was lost with its run."""

_HEADER = re.compile(rf"{VERSION} ([0-9a-f]{{32}}) ([0-9a-f]{{64}}) ([0-9]{{1,9}})")
_LINE = re.compile(r"([a-z]) ([0-9]{1,9})(?: ([a-z0-9.-]{1,64}))?")
_KEY_BYTES = 32
_ID_CHARS = 32

PENDING, IN_FLIGHT, UNKNOWN = Outcome.PENDING, Outcome.IN_FLIGHT, Outcome.UNKNOWN


class Event(NamedTuple):
    """One thing that may happen to a row."""

    before: frozenset[Outcome]
    after: Outcome


# In flight stands beside unknown where a file is read back: its run died there.
EVENTS = {
    "s": Event(frozenset({PENDING}), IN_FLIGHT),  # sent: a second time would be a second row
    "i": Event(frozenset({PENDING, IN_FLIGHT, UNKNOWN}), IN_FLIGHT),  # sent, known by its id
    "n": Event(frozenset({IN_FLIGHT}), PENDING),  # it certainly did not arrive
    "a": Event(frozenset({IN_FLIGHT, UNKNOWN}), Outcome.ACCEPTED),
    "r": Event(frozenset({IN_FLIGHT, UNKNOWN}), Outcome.REFUSED),
    "u": Event(frozenset({IN_FLIGHT}), UNKNOWN),
    "k": Event(frozenset({PENDING}), Outcome.SKIPPED),
    "c": Event(frozenset({IN_FLIGHT, UNKNOWN}), PENDING),  # consent to send it again
}
_LETTER = {
    Outcome.ACCEPTED: "a",
    Outcome.REFUSED: "r",
    Outcome.SKIPPED: "k",
    Outcome.UNKNOWN: "u",
}
_UNSAFE, _DOUBT = 1, 2
"""Marks of a row: sent once without an id that the far side keeps; sent once without an answer."""


class Ledger:
    """What became of each row of one plan. Safe to use from many threads."""

    def __init__(self, journal: Journal, key: bytes, nonce: str, rows: int) -> None:
        self._journal = journal
        self._key = key
        self._nonce = nonce
        self._lock = Lock()
        self._outcomes = bytearray(rows)
        self._marks = bytearray(rows)
        self._codes: dict[int, str] = {}

    @classmethod
    def in_memory(cls, plan: Plan[object]) -> Ledger:
        """A ledger that is gone with the process, and with it all that was known of the run."""
        return cls.begin(plan, secrets.token_bytes(_KEY_BYTES), NoJournal())

    @classmethod
    def begin(
        cls, plan: Plan[object], key: bytes, journal: Journal, lines: Sequence[str] = ()
    ) -> Ledger:
        """A plan's ledger: a new one, or the one that the lines tell of.

        Raises:
            PlanChanged: the lines tell of the same file made into other rows.
            LedgerDamaged: they tell of what cannot happen.
            LedgerFailed: it cannot be written.
        """
        rows, shape = len(plan.rows), plan.shape(key)
        if not lines:
            nonce = secrets.token_hex(_ID_CHARS // 2)
            journal.append(f"{VERSION} {nonce} {shape} {rows}")
        else:
            header = _HEADER.fullmatch(lines[0])
            if header is None:
                raise LedgerDamaged(1)
            if (header[2], header[3]) != (shape, str(rows)):
                raise PlanChanged
            nonce = header[1]
        ledger = cls(journal, key, nonce, rows)
        ledger._replay(lines[1:])
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
        """Let go of the file. The ledger can still be read."""
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
        message = f"{self._nonce} {row}".encode()
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()[:_ID_CHARS]

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
        self._happen("i" if is_safe else "s", row)
        return self.correlation_id(row)

    def not_sent(self, row: int) -> None:
        """Note that a row that was about to be sent was not: it may be sent later."""
        self._happen("n", row)

    def settle(self, row: int, outcome: Outcome, code: str = "") -> None:
        """Note what became of a row. An unknown one may still be found accepted or refused."""
        self._happen(_LETTER[outcome], row, stable(code))

    def skip(self, row: int, code: str) -> None:
        """Note that a row is left out. One that was skipped before stays as it was."""
        if self._outcomes[row] == PENDING:
            self._happen("k", row, stable(code))

    def allow_again(self, rows: Iterable[int]) -> None:
        """Note the user's word that these unknown rows may be sent again, and perhaps twice."""
        for row in rows:
            self._happen("c", row)

    def _happen(self, letter: str, row: int, code: str = "") -> None:
        """Check an event, let it count, write it; return when it is safe."""
        with self._lock:
            if self._outcomes[row] not in EVENTS[letter].before:
                raise LedgerMisused(row)
            self._apply(letter, row, code)
        self._journal.append(f"{letter} {row} {code}" if code else f"{letter} {row}")

    def _apply(self, letter: str, row: int, code: str) -> None:
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

    def _replay(self, lines: Sequence[str]) -> None:
        for number, line in enumerate(lines, 2):
            told = _LINE.fullmatch(line)
            if told is None or told[1] not in EVENTS or int(told[2]) >= len(self):
                raise LedgerDamaged(number)
            letter, row = told[1], int(told[2])
            if self._outcomes[row] not in EVENTS[letter].before:
                raise LedgerDamaged(number)
            self._apply(letter, row, told[3] or "")
        for row in self.rows(IN_FLIGHT):
            self._outcomes[row] = UNKNOWN
            self._marks[row] |= _DOUBT
            self._codes[row] = INTERRUPTED
