"""What the engine is told of each receipt and each error."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from elqkit.autosubmit import BatchTransport, PublicTransport, RestTransport, Submission
from elqkit.eloqua.models import Batch
from elqkit.eloqua.receipts import Outcome as Arrived
from elqkit.eloqua.receipts import Receipt
from elqkit.errors import (
    BadRow,
    Fault,
    NotSignedIn,
    Refused,
    Throttled,
    Unreachable,
    Unsure,
)
from elqkit.runs import Answer, NotSent, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from elqkit.eloqua.public_form import PublicForm
    from elqkit.eloqua.rest_form import RestForm

ROW = Submission(2, (("email", "ana@example.com"),), (("101", "ana@example.com"),))


class FormThatSays:
    """Gives one receipt or raises one error; remembers what it was sent."""

    def __init__(self, says: Receipt | Exception) -> None:
        self.says = says
        self.sent: list[tuple[str, str]] = []

    def submit(self, values: Iterable[tuple[str, str]]) -> Receipt:
        """As the client's forms do."""
        self.sent.extend(values)
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


@pytest.mark.parametrize(
    ("says", "answer"),
    [
        (Receipt(Arrived.ACCEPTED), Answer(Outcome.ACCEPTED)),
        (Receipt(Arrived.REDIRECTED), Answer(Outcome.ACCEPTED)),
        (Receipt(Arrived.UNKNOWN, "eloqua.x"), Answer(Outcome.UNKNOWN, "eloqua.x")),
        (
            Receipt(Arrived.REFUSED, "eloqua.bad-row", faults=(Fault("101", "NotNull"),)),
            Answer(Outcome.REFUSED, "eloqua.bad-row", "101: NotNull"),
        ),
        (BadRow(), Answer(Outcome.REFUSED, "eloqua.bad-row")),
        (Throttled(retry_after_s=7.0), NotSent("eloqua.throttled", 7.0)),
        (Unreachable("eloqua.unreachable"), NotSent("eloqua.unreachable")),
        (Unsure("eloqua.timed-out"), Answer(Outcome.UNKNOWN, "eloqua.timed-out")),
        (Refused("eloqua.not-found"), NotSent("eloqua.not-found", ends_run=True)),
        (NotSignedIn("eloqua.login"), NotSent("eloqua.login", ends_run=True)),
    ],
)
def test_an_outcome_is_told_as_it_is(says: Receipt | Exception, answer: Answer | NotSent) -> None:
    """Not sent, refused and unknown are never taken for one another."""
    told = PublicTransport(cast("PublicForm", FormThatSays(says))).send(ROW, "id")
    assert told == answer


def test_each_way_names_the_fields_as_it_must() -> None:
    """By HTML name in public, by id signed in."""
    public, rest = (FormThatSays(Receipt(Arrived.ACCEPTED)) for _ in range(2))
    PublicTransport(cast("PublicForm", public)).send(ROW, "id")
    RestTransport(cast("RestForm", rest)).send(ROW, "id")
    assert (public.sent, rest.sent) == (list(ROW.by_name), list(ROW.by_id))


class BatchForm:
    """A form that takes batches, or raises when they are sent or looked at."""

    def __init__(self, sending: Exception | None = None, looking: Exception | None = None) -> None:
        self._sending, self._looking = sending, looking

    def submit_batch(self, *_: object) -> None:
        """As the client's form does."""
        if self._sending is not None:
            raise self._sending

    def wait_for_batch(self, *_: object) -> Batch:
        """The same."""
        if self._looking is not None:
            raise self._looking
        return Batch("1", "b", "Success")


ROWS = [(ROW, "id-1"), (ROW, "id-2")]


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (Throttled(retry_after_s=7.0), NotSent("eloqua.throttled", 7.0)),
        (Unreachable("eloqua.not-reached"), NotSent("eloqua.not-reached")),
        (Unsure("eloqua.x"), [Answer(Outcome.UNKNOWN, "eloqua.x")] * 2),
        (BadRow(), NotSent("eloqua.bad-row", fewer=True)),
        (Refused("eloqua.bad-parameter"), NotSent("eloqua.bad-parameter", fewer=True)),
        (Refused("eloqua.not-found"), NotSent("eloqua.no-batches", ends_run=True)),
        (Refused("eloqua.gone"), NotSent("eloqua.gone", ends_run=True)),
        (NotSignedIn("eloqua.login"), NotSent("eloqua.login", ends_run=True)),
    ],
)
def test_a_batch_that_was_not_taken_is_told_as_it_is(error: Exception, answer: object) -> None:
    """Refused as a whole it is tried in parts; only a lost answer leaves its rows unknown."""
    assert batches(sending=error).send_batch("b", ROWS) == answer


@pytest.mark.parametrize(
    "error", [Throttled(), Unreachable("eloqua.x"), Refused("eloqua.not-found"), None]
)
def test_a_batch_that_was_taken_is_never_not_sent(error: Exception | None) -> None:
    """Whatever becomes of looking at it: its rows are unknown."""
    unknown = Answer(Outcome.UNKNOWN, "eloqua.under-way")
    assert batches(looking=error).send_batch("b", ROWS) == [unknown] * 2


def test_a_row_that_a_batch_of_one_is_refused_for_is_refused() -> None:
    """But where its id is known already, it may have arrived."""
    known = BadRow(faults=(Fault("correlationId", "UniquenessRequirement"),))
    for error, outcome in ((BadRow(), Outcome.REFUSED), (known, Outcome.UNKNOWN)):
        answers = batches(sending=error).send_batch("b", ROWS[:1])
        assert not isinstance(answers, NotSent)
        assert [answer.outcome for answer in answers] == [outcome]


def batches(sending: Exception | None = None, looking: Exception | None = None) -> BatchTransport:
    """The transport over a form that raises."""
    return BatchTransport(cast("RestForm", BatchForm(sending, looking)))
