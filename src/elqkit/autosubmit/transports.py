"""The ways to a form, as the run engine sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.eloqua.receipts import Outcome as Arrived
from elqkit.eloqua.receipts import Receipt
from elqkit.eloqua.rest_form import MAX_BATCH_ROWS, CorrelatedRow, receipts
from elqkit.errors import BadRow, NotSignedIn, Refused, Throttled, Unreachable, Unsure
from elqkit.runs.outcomes import Outcome
from elqkit.runs.transport import Answer, NotSent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from elqkit.autosubmit.submissions import Submission
    from elqkit.eloqua.public_form import PublicForm
    from elqkit.eloqua.rest_form import RestForm
    from elqkit.errors import Fault

NO_BATCHES = "eloqua.no-batches"
"""The site takes no batches, or not from this user: rows may go one by one."""

_OUTCOMES = {
    Arrived.ACCEPTED: Outcome.ACCEPTED,
    Arrived.REDIRECTED: Outcome.ACCEPTED,
    Arrived.REFUSED: Outcome.REFUSED,
    Arrived.UNKNOWN: Outcome.UNKNOWN,
}


class PublicTransport:
    """The public endpoint `/e/f2`. It knows no ids: a row sent twice is stored twice."""

    repeats_safely = False

    def __init__(self, form: PublicForm) -> None:
        self._form = form

    def send(self, row: Submission, correlation_id: str) -> Answer | NotSent:  # noqa: ARG002 - see above
        """Send a row as a browser would."""
        return _answer(lambda: self._form.submit(row.by_name))


class RestTransport:
    """REST, one row a call: real validation errors, and no ids either."""

    repeats_safely = False

    def __init__(self, form: RestForm) -> None:
        self._form = form

    def send(self, row: Submission, correlation_id: str) -> Answer | NotSent:  # noqa: ARG002 - see above
        """Send a row signed in."""
        return _answer(lambda: self._form.submit(row.by_id))


class BatchTransport:
    """REST batches: safe to repeat, as Eloqua keeps each correlation id once.

    Args:
        form: where the rows go.
        rows_per_call: the most rows of a batch; Eloqua names no limit, so fewer are tried where it
            refuses.
        longest_wait_s: how long to wait for what Eloqua makes of a batch.
    """

    def __init__(
        self,
        form: RestForm,
        rows_per_call: int = MAX_BATCH_ROWS,
        longest_wait_s: float = 60.0,
    ) -> None:
        self.rows_per_call = rows_per_call
        self._form = form
        self._longest_wait_s = longest_wait_s

    def send_batch(
        self, batch_id: str, rows: Sequence[tuple[Submission, str]]
    ) -> Sequence[Answer] | NotSent:
        """Send rows together and wait for what Eloqua makes of each."""
        correlated = [CorrelatedRow(id_, row.by_id) for row, id_ in rows]
        try:
            self._form.submit_batch(batch_id, correlated)
        except (BadRow, Refused) as error:
            return _refused_together(error, len(rows))
        except Throttled as error:
            return NotSent(error.code, error.retry_after_s)
        except Unreachable as error:
            return NotSent(error.code)
        except Unsure as error:
            return [Answer(Outcome.UNKNOWN, error.code)] * len(rows)
        try:
            told = receipts(self._form.wait_for_batch(batch_id, self._longest_wait_s))
        except (Refused, Throttled, Unreachable):  # taken, whatever became of it
            told = {}
        unknown = Receipt(Arrived.UNKNOWN, "eloqua.under-way")
        return [_told(told.get(id_, unknown)) for _, id_ in rows]


def _refused_together(error: BadRow | Refused, rows: int) -> Sequence[Answer] | NotSent:
    """What the refusal of a whole batch says of its rows: certainly, none was taken."""
    if isinstance(error, NotSignedIn):
        return NotSent(error.code, ends_run=True)
    if error.code in ("eloqua.not-found", "eloqua.forbidden"):
        return NotSent(NO_BATCHES, ends_run=True)
    if rows > 1 and error.code in ("eloqua.bad-row", "eloqua.bad-parameter", "eloqua.too-large"):
        return NotSent(error.code, fewer=True)
    if not isinstance(error, BadRow):
        return NotSent(error.code, ends_run=True)
    if any(fault.property == "correlationId" for fault in error.faults):
        # Its id is known, but not by which batch: it may have arrived.
        return [Answer(Outcome.UNKNOWN, "eloqua.known-id")]
    return [Answer(Outcome.REFUSED, error.code, _detail(error.faults))]


def _answer(send: Callable[[], Receipt]) -> Answer | NotSent:
    """What a call tells of its row, by its receipt or by its error."""
    try:
        receipt = send()
    except BadRow as error:
        return Answer(Outcome.REFUSED, error.code, _detail(error.faults))
    except Throttled as error:
        return NotSent(error.code, error.retry_after_s)
    except Unreachable as error:
        return NotSent(error.code)
    except Unsure as error:
        return Answer(Outcome.UNKNOWN, error.code)
    except Refused as error:
        return NotSent(error.code, ends_run=True)
    return _told(receipt)


def _told(receipt: Receipt) -> Answer:
    detail = _detail(receipt.faults, *receipt.seen)
    return Answer(_OUTCOMES[receipt.outcome], receipt.code, detail, receipt.submission_id)


def _detail(faults: Sequence[Fault], *more: str) -> str:
    return "; ".join((*(f"{fault.property}: {fault.requirement}" for fault in faults), *more))
