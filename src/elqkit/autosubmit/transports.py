"""The ways to a form, as the run engine sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.eloqua.receipts import Outcome as Arrived
from elqkit.errors import BadRow, Refused, Throttled, Unreachable, Unsure
from elqkit.runs.outcomes import Outcome
from elqkit.runs.transport import Answer, NotSent

if TYPE_CHECKING:
    from collections.abc import Callable

    from elqkit.autosubmit.submissions import Submission
    from elqkit.eloqua.public_form import PublicForm
    from elqkit.eloqua.receipts import Receipt
    from elqkit.eloqua.rest_form import RestForm

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
    """REST batches of one row: slower, and safe to repeat, as Eloqua keeps an id once."""

    repeats_safely = True

    def __init__(self, form: RestForm, longest_wait_s: float = 60.0) -> None:
        self._form = form
        self._longest_wait_s = longest_wait_s

    def send(self, row: Submission, correlation_id: str) -> Answer | NotSent:
        """Send a row under its id and wait for what Eloqua makes of it."""
        return _answer(lambda: self._receipt(row, correlation_id))

    def _receipt(self, row: Submission, correlation_id: str) -> Receipt:
        from elqkit.eloqua.receipts import Receipt  # noqa: PLC0415 - with the client
        from elqkit.eloqua.rest_form import CorrelatedRow, receipts  # noqa: PLC0415 - the same

        batch_id = f"b-{correlation_id}"
        try:
            self._form.submit_batch(batch_id, [CorrelatedRow(correlation_id, row.by_id)])
        except BadRow as error:
            return Receipt(Arrived.REFUSED, error.code, error.status, faults=error.faults)
        try:
            batch = self._form.wait_for_batch(batch_id, self._longest_wait_s)
        except (Refused, Throttled, Unreachable):
            return Receipt(Arrived.UNKNOWN, "eloqua.under-way")
        return receipts(batch).get(correlation_id, Receipt(Arrived.UNKNOWN, "eloqua.under-way"))


def _answer(send: Callable[[], Receipt]) -> Answer | NotSent:
    """What a call tells of its row, by its receipt or by its error."""
    try:
        receipt = send()
    except BadRow as error:
        return Answer(Outcome.REFUSED, error.code)
    except Throttled as error:
        return NotSent(error.code, error.retry_after_s)
    except Unreachable as error:
        return NotSent(error.code)
    except Unsure as error:
        return Answer(Outcome.UNKNOWN, error.code)
    except Refused as error:
        return NotSent(error.code, ends_run=True)
    faults = [f"{fault.property}: {fault.requirement}" for fault in receipt.faults]
    detail = "; ".join((*faults, *receipt.seen))
    return Answer(_OUTCOMES[receipt.outcome], receipt.code, detail)
