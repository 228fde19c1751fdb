"""How rows are put into calls: one a call, or in batches. The engine sees lots of rows only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from elqkit.runs.outcomes import Outcome
from elqkit.runs.transport import Answer, BatchingTransport, NotSent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from elqkit.runs.ledger import Ledger
    from elqkit.runs.plan import Plan
    from elqkit.runs.transport import Transport

T = TypeVar("T")


class Lot(NamedTuple):
    """Rows that go in one call."""

    rows: tuple[int, ...]
    batch: int | None = None
    """The batch that they went in before, of which nothing is known yet."""


class Sender(Protocol):
    """Makes lots of a plan's rows, and calls of lots."""

    def lots(self) -> Iterator[Lot]:
        """All that is to be sent."""

    def cut(self, lot: Lot) -> list[Lot]:
        """A lot in pieces that may go in one call each."""

    def shrink(self, lot: Lot) -> bool:
        """Make smaller lots from now on; False where that is not possible."""

    def may_send(self, row: int) -> bool:
        """Whether a row may be sent by this way."""

    def begin(self, lot: Lot) -> Callable[[], Sequence[Answer] | NotSent]:
        """Note that a lot is about to be sent; return the call that sends it.

        Raises:
            LedgerFailed: it could not be noted, so it must not be sent.
        """


class _OneByOne(Generic[T]):
    """One row a call."""

    def __init__(self, transport: Transport[T], plan: Plan[T], ledger: Ledger) -> None:
        self._transport, self._plan, self._ledger = transport, plan, ledger

    def lots(self) -> Iterator[Lot]:
        return (Lot((row,)) for row in range(len(self._ledger)) if self.may_send(row))

    def cut(self, lot: Lot) -> list[Lot]:
        return [lot]

    def shrink(self, lot: Lot) -> bool:  # noqa: ARG002 - one row is the least
        return False

    def may_send(self, row: int) -> bool:
        return self._ledger.may_send(row, is_safe=self._transport.repeats_safely)

    def begin(self, lot: Lot) -> Callable[[], Sequence[Answer] | NotSent]:
        (row,) = lot.rows
        content = self._plan.rows[row]
        correlation_id = self._ledger.sending(row, is_safe=self._transport.repeats_safely)

        def call() -> Sequence[Answer] | NotSent:
            answer = self._transport.send(content, correlation_id)
            return answer if isinstance(answer, NotSent) else [answer]

        return call


class _InBatches(Generic[T]):
    """As many rows a call as the transport takes, and the speed allows in a second.

    A batch of which nothing is known goes again under its own number with the rows that it had, so
    that the far side knows it.
    """

    def __init__(
        self, transport: BatchingTransport[T], plan: Plan[T], ledger: Ledger, most: int
    ) -> None:
        self._transport, self._plan, self._ledger = transport, plan, ledger
        self._most = max(1, min(most, transport.rows_per_call))

    def lots(self) -> Iterator[Lot]:
        doubtful: dict[int, list[int]] = {}
        fresh: list[int] = []
        for row in filter(self.may_send, range(len(self._ledger))):
            batch = self._ledger.batch_of(row)
            if batch is not None and self._ledger.outcome(row) is Outcome.UNKNOWN:
                doubtful.setdefault(batch, []).append(row)
            else:
                fresh.append(row)
        yield from (Lot(tuple(rows), batch) for batch, rows in doubtful.items())
        for first in range(0, len(fresh), self._most):
            yield Lot(tuple(fresh[first : first + self._most]))

    def cut(self, lot: Lot) -> list[Lot]:
        if lot.batch is not None or len(lot.rows) <= self._most:
            return [lot]
        return [
            Lot(lot.rows[first : first + self._most])
            for first in range(0, len(lot.rows), self._most)
        ]

    def shrink(self, lot: Lot) -> bool:
        self._most = min(self._most, max(1, len(lot.rows) // 2))
        return len(lot.rows) > 1

    def may_send(self, row: int) -> bool:
        return self._ledger.may_send(row, is_safe=True)

    def begin(self, lot: Lot) -> Callable[[], Sequence[Answer] | NotSent]:
        contents = [self._plan.rows[row] for row in lot.rows]
        batch = self._ledger.new_batch() if lot.batch is None else lot.batch
        ids = self._ledger.sending_batch(lot.rows, batch)
        rows = list(zip(contents, ids, strict=True))
        return lambda: self._transport.send_batch(self._ledger.batch_id(batch), rows)


def sender_of(
    transport: Transport[T] | BatchingTransport[T], plan: Plan[T], ledger: Ledger, most: int
) -> Sender:
    """The sender that fits a transport; `most` rows may leave together."""
    if isinstance(transport, BatchingTransport):
        return _InBatches(transport, plan, ledger, most)
    return _OneByOne(transport, plan, ledger)
