"""What the engine is told of each receipt and each error."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from elqkit.autosubmit import PublicTransport, RestTransport, Submission
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
