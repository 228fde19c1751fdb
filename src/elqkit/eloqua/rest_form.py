"""Sending rows signed in: Eloqua validates, names what it refuses, and gives each row an id.

One row a call has no key that makes a second call harmless; a batch has. Its correlation ids are
unique over all batches ever made, so that the same batch may be sent again when an answer was lost.
"""

from __future__ import annotations

from enum import Enum
from http import HTTPStatus
import time
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from elqkit.eloqua.answers import is_success
from elqkit.eloqua.client import REST
from elqkit.eloqua.models import Batch, Submission
from elqkit.eloqua.receipts import Outcome, Receipt
from elqkit.errors import BadRow, Refused, Unreachable, Unsure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from elqkit.eloqua.client import Eloqua
    from elqkit.eloqua.wire import Answer

MAX_BATCH_ROWS = 100
"""Eloqua names no limit; this is one that it has been seen to take."""
FIRST_POLL_S, SLOWEST_POLL_S = 0.5, 15.0
MAX_ID_CHARS = 100


class CorrelatedRow(NamedTuple):
    """A row with a name of ours that no other row ever had."""

    correlation_id: str
    values: Sequence[tuple[str, str]]
    """Pairs of a field's id and a value."""

    def __repr__(self) -> str:
        return f"CorrelatedRow({self.correlation_id!r}, {len(self.values)} values)"


class Arrival(Enum):
    """How a batch came to be there."""

    TAKEN = "taken"
    ALREADY_THERE = "already there"
    """An earlier call, whose answer was lost, had brought it."""


class RestForm:
    """One form, reached through the Application API.

    Args:
        eloqua: the client.
        form_id: the form's id.
    """

    def __init__(self, eloqua: Eloqua, form_id: str) -> None:
        self._eloqua = eloqua
        self._path = f"{REST}/data/form/{quote(form_id, safe='')}"

    def submit(self, values: Iterable[tuple[str, str]]) -> Receipt:
        """Send one row, once.

        Args:
            values: pairs of a field's id and a value; only these are stored. Dates are seconds
            since
                1970.

        Raises:
            Throttled: Eloqua asks for a pause; the row was not taken.
            Unreachable: nothing was sent.
            Refused: the form, not the row, is refused.
        """
        try:
            answer = self._eloqua.send(self._path, {"fieldValues": _field_values(values)})
        except BadRow as error:
            return Receipt(Outcome.REFUSED, error.code, error.status, faults=error.faults)
        except Unsure as error:
            return Receipt(Outcome.UNKNOWN, error.code, error.status)
        return _receipt(answer)

    def submit_batch(self, batch_id: str, rows: Sequence[CorrelatedRow]) -> tuple[Arrival, Batch]:
        """Send rows together; safe to call again with the same ids if it raised `Unsure`.

        Args:
            batch_id: the batch's own correlation id, never used before but for these rows.
            rows: up to 100.

        Raises:
            BadRow: Eloqua refuses the batch as a whole, and has no batch of this id.
            Refused: `eloqua.not-found` or `eloqua.forbidden`: this site takes no batches.
            Throttled: Eloqua asks for a pause; nothing was taken.
            Unsure: twice no answer, nor one about the batch's id.
        """
        _check_ids(batch_id, rows)
        body = {"batchCorrelationId": batch_id, "elements": [_element(row) for row in rows]}
        try:
            return Arrival.TAKEN, self._sent(body)
        except BadRow as error:
            # The ids may be known because an earlier call brought this very batch.
            found = self.find_batch(batch_id)
            if found is None:
                raise error from None
            return Arrival.ALREADY_THERE, found
        except Unsure as error:
            found = self._found_after(error, batch_id)
        if found is not None:
            return Arrival.ALREADY_THERE, found
        try:
            return Arrival.TAKEN, self._sent(body)
        except BadRow as error:  # it came in between
            found = self.find_batch(batch_id)
            if found is None:
                raise error from None
            return Arrival.ALREADY_THERE, found

    def find_batch(self, batch_id: str) -> Batch | None:
        """The batch of a correlation id, or None if there is none."""
        try:
            path = f"{self._path}/batchCorrelation/formData/{quote(batch_id, safe='')}"
            body = self._eloqua.get(path)
        except Refused as error:
            if error.status == HTTPStatus.NOT_FOUND:
                return None
            raise
        return Batch.of(body) if body else None

    def wait_for_batch(self, batch_id: str, longest_s: float = 600.0) -> Batch:
        """The batch when Eloqua is done with it, or as it stands when the time is up or cancelled.

        Raises:
            Refused: there is no such batch.
        """
        ends, pause_s = time.monotonic() + longest_s, FIRST_POLL_S
        while True:
            batch = self.find_batch(batch_id)
            if batch is None:
                raise Refused("eloqua.not-found", status=HTTPStatus.NOT_FOUND.value)
            left_s = ends - time.monotonic()
            if batch.is_done or left_s <= 0:
                return batch
            if self._eloqua.cancelled.wait(min(pause_s, left_s)):
                return batch
            pause_s = min(pause_s * 2, SLOWEST_POLL_S)

    def _sent(self, body: dict[str, Any]) -> Batch:
        answer = self._eloqua.send(f"{self._path}/batch", body)
        found = answer.json
        if not isinstance(found, dict) or not found.get("id"):
            raise Unsure("eloqua.not-understood", status=answer.status)
        return Batch.of(found)

    def _found_after(self, error: Unsure, batch_id: str) -> Batch | None:
        """Whether the batch of a lost answer is there.

        Raises:
            Unsure: that cannot be told, either.
        """
        try:
            return self.find_batch(batch_id)
        except (Refused, Unreachable):
            raise error from None


def receipts(batch: Batch) -> dict[str, Receipt]:
    """What became of each row of a batch, by its correlation id. Rows under way are unknown."""
    return {
        each.correlation_id: _receipt_of(each) for each in batch.elements if each.correlation_id
    }


def _receipt_of(submission: Submission) -> Receipt:
    number = submission.id or submission.row_id
    if submission.faults:
        return Receipt(
            Outcome.REFUSED, "eloqua.bad-row", submission_id=number, faults=submission.faults
        )
    match submission.status.lower():
        case "success":
            return Receipt(Outcome.ACCEPTED, submission_id=number)
        case "error" if submission.step_errors:  # stored; what follows from it has failed
            return Receipt(Outcome.ACCEPTED, "eloqua.step-failed", submission_id=number)
        case "error":
            return Receipt(Outcome.REFUSED, "eloqua.bad-row", submission_id=number)
        case _:
            return Receipt(Outcome.UNKNOWN, "eloqua.under-way", submission_id=number)


def _receipt(answer: Answer) -> Receipt:
    body = answer.json
    if not is_success(answer) or not isinstance(body, dict):
        return Receipt(Outcome.UNKNOWN, "eloqua.not-understood", answer.status)
    submission = Submission.of(body)
    if not submission.id:
        return Receipt(Outcome.UNKNOWN, "eloqua.not-understood", answer.status)
    receipt = _receipt_of(submission)
    if receipt.outcome is Outcome.UNKNOWN:
        # Taken: 201. Where the site processes later, the id is a job's.
        code = receipt.code if submission.status else ""
        receipt = receipt._replace(outcome=Outcome.ACCEPTED, code=code)
    return receipt._replace(status=answer.status)


def _field_values(values: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"type": "FieldValue", "id": id_, "value": value} for id_, value in values]


def _element(row: CorrelatedRow) -> dict[str, Any]:
    return {"correlationId": row.correlation_id, "fieldValues": _field_values(row.values)}


def _check_ids(batch_id: str, rows: Sequence[CorrelatedRow]) -> None:
    ids = [batch_id, *(row.correlation_id for row in rows)]
    if not 0 < len(rows) <= MAX_BATCH_ROWS:
        raise ValueError("A batch has 1 to 100 rows.")
    if len(set(ids)) != len(ids) or not all(0 < len(each) <= MAX_ID_CHARS for each in ids):
        raise ValueError("Each correlation id is there once, with 1 to 100 characters.")
