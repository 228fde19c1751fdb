"""The real client against the real mock, over a loopback socket."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from elqkit.eloqua import (
    Basic,
    CorrelatedRow,
    Eloqua,
    Hosts,
    OAuth,
    Pace,
    PublicForm,
    Timeouts,
    Wire,
)
from elqkit.mock import ACCOUNT, APP, Mock, serving
from elqkit.mock.rules import fields_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EMAIL = "101"
"""The id of the first form's e-mail field."""
NO_WAIT = 1e6
"""A rate that no test waits for."""


class Pair(NamedTuple):
    """A mock, where it answers, and a client of it."""

    mock: Mock
    address: str
    eloqua: Eloqua

    def public(self, form_id: str = "1", **more: object) -> PublicForm:
        """A form of the mock, reached as a browser does."""
        form = self.mock.site.forms[form_id]
        rules = [rule for field in fields_of(form["elements"]) for rule in field["validations"]]
        return PublicForm(
            f"{self.address}/e/f2",
            "1234567",
            form["htmlName"],
            wire=self.eloqua.wire,
            hosts=self.eloqua.hosts,
            pace=self.eloqua.pace,
            messages=[rule["message"] for rule in rules],
            **more,  # type: ignore[arg-type]  # the tests' own business
        )

    @property
    def stored(self) -> list[str]:
        """The e-mail addresses of the rows of the first form."""
        return [row.values.get(EMAIL, "") for row in self.mock.site.rows.values()]


def quick_pace() -> Pace:
    """A pace whose pauses take no time: its clock jumps over them."""
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    return Pace(NO_WAIT, clock=lambda: now[0], sleep=sleep)


@contextmanager
def pair(
    *faults: str,
    credentials: Basic | OAuth | None = None,
    clock: Callable[[], float] | None = None,
    read_s: float = 5.0,
    may_move: bool = True,
    **options: object,
) -> Iterator[Pair]:
    """A mock with faults, and a signed-in client of it."""
    mock = Mock(faults) if clock is None else Mock(faults, clock=clock)
    with serving(mock) as address:
        other = [address.replace("127.0.0.1", "localhost")] if may_move else []
        hosts = Hosts([address, *other])
        eloqua = Eloqua(
            credentials or Basic(*ACCOUNT),
            hosts=hosts,
            login=address,
            pace=quick_pace(),
            wire=Wire(Timeouts(read_s=read_s, form_s=read_s)),
            **options,  # type: ignore[arg-type]  # the tests' own business
        )
        with eloqua:
            yield Pair(mock, address, eloqua)


def oauth(**more: object) -> OAuth:
    """The mock's app, signed in by its first refresh token."""
    return OAuth(*APP, **more)  # type: ignore[arg-type]  # the tests' own business


def correlated(name: str, email: str) -> CorrelatedRow:
    """A row of a batch."""
    return CorrelatedRow(name, [(EMAIL, email)])
