"""What Eloqua really has: rows found, missing, taken for spam, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from elqkit.autosubmit import Access, Connection, Way, prepare_sheet, read_sheet
from elqkit.autosubmit.reconciling import Reconciled, known_ids, reconcile, undo
from elqkit.autosubmit.sending import Sending
from elqkit.errors import Refused
from elqkit.mock import ACCOUNT, Mock, serving
from elqkit.mock.site import SITE_ID
from elqkit.runs import Ledger, Outcome, Speed

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 8


class Stand:
    """A run of a few rows to a mock, over a real connection."""

    def __init__(self, mock: Mock, address: str) -> None:
        self.mock = mock
        self.connection = Connection(Access.to_mock(address, ACCOUNT, SITE_ID))

    def prepare(self, form: str = "newsletter", *, twins: bool = False) -> None:
        """Make a ledger of the file's rows."""
        names = [0] * ROWS if twins else range(ROWS)
        lines = ["emailAddress", *(f"p{row}@example.com" for row in names)]
        self.form = self.connection.form(form)
        prepared = prepare_sheet(read_sheet("\n".join(lines).encode(), None), self.form)
        self.plan, self.submissions = prepared.plan(SITE_ID), prepared.ready
        self.ledger = Ledger.in_memory(self.plan)

    def run(self, way: Way, *, twins: bool = False) -> None:
        """Send the file to its end."""
        self.prepare(twins=twins)
        speed = Speed(500, 2)
        sending = Sending(self.plan, self.ledger, self.connection, self.form, way, speed=speed)
        sending.start()
        while not sending.wait(5):
            pass

    def lose(self, *rows: int) -> None:
        """Rows that went out, and no answer came."""
        for row in rows:
            self.ledger.sending(row, is_safe=False)
            self.ledger.settle(row, Outcome.UNKNOWN)

    def store(self, *rows: int) -> None:
        """Rows that the mock has, whoever sent them."""
        for row in rows:
            form = self.mock.site.forms["1"]
            self.mock.site.store(form, dict(self.submissions[row].by_id))

    def look(self, before: frozenset[str] = frozenset()) -> Reconciled:
        """Compare with what the mock has."""
        eloqua = self.connection.eloqua
        assert eloqua is not None
        since = int(self.mock.site.clock())
        return reconcile(
            eloqua, self.form.id, self.ledger, self.submissions, since=since, before=before
        )


@pytest.fixture
def stand(request: pytest.FixtureRequest) -> Iterator[Stand]:
    """A mock with the faults of the test."""
    mock = Mock(getattr(request, "param", ()))
    with serving(mock) as address:
        made = Stand(mock, address)
        with made.connection:
            yield made


@pytest.mark.parametrize("way", list(Way))
def test_rows_that_are_stored_are_seen(stand: Stand, way: Way) -> None:
    """By id, by number, or by their values."""
    stand.run(way)
    assert stand.look() == Reconciled(ROWS, (), (), ())


@pytest.mark.parametrize("stand", [["drop-after-commit@2", "slow=0"]], indirect=True)
@pytest.mark.parametrize("twins", [False, True])
def test_unknown_rows_that_are_stored_are_accepted(stand: Stand, twins: bool) -> None:
    """Each stored row speaks for one row only, even where all are the same."""
    stand.run(Way.PUBLIC, twins=twins)
    assert len(stand.ledger.rows(Outcome.UNKNOWN)) == ROWS // 2
    found = stand.look()
    assert (found.seen, len(found.found), found.missing) == (ROWS // 2, ROWS // 2, ())
    assert {stand.ledger.code(row) for row in found.found} == {"eloqua.found"}


@pytest.mark.parametrize("stand", [["drop@2:2"]], indirect=True)
def test_unknown_rows_that_are_not_stored_stay_unknown(stand: Stand) -> None:
    """Nothing is claimed that was not seen."""
    stand.run(Way.PUBLIC)
    unknown = stand.ledger.rows(Outcome.UNKNOWN)
    found = stand.look()
    assert (found.seen, found.found) == (ROWS - len(unknown), ())
    assert stand.ledger.rows(Outcome.UNKNOWN) == unknown != []


def test_rows_that_were_there_before_speak_for_none(stand: Stand) -> None:
    """The same people, sent last week, do not make this run's lost row a stored one."""
    stand.prepare()
    stand.store(*range(ROWS))
    eloqua = stand.connection.eloqua
    assert eloqua is not None
    before = known_ids(eloqua, "1", int(stand.mock.site.clock()))
    stand.lose(0, 1)
    stand.store(1)
    assert (len(before), stand.look(before).found) == (ROWS, (1,))


def test_a_stored_row_speaks_for_one_row_only(stand: Stand) -> None:
    """Where two are the same and one arrived, one stays unknown."""
    stand.prepare(twins=True)
    stand.lose(0, 1)
    stand.store(0)
    assert (stand.look().found, stand.ledger.rows(Outcome.UNKNOWN)) == ((0,), [1])


def test_a_row_that_is_gone_is_missing(stand: Stand) -> None:
    """It is said, and not said to be refused: Eloqua may show it later."""
    stand.run(Way.SINGLE)
    stand.mock.site.rows.popitem()
    found = stand.look()
    assert (found.seen, len(found.missing), found.spam) == (ROWS - 1, 1, ())
    assert stand.ledger.outcome(found.missing[0]) is Outcome.ACCEPTED


@pytest.mark.parametrize("stand", [[], ["no-spam-list"]], indirect=True)
def test_rows_taken_for_spam_are_refused(stand: Stand) -> None:
    """They were answered like successes; where the list is not to be seen, that is said."""
    form = stand.mock.site.forms["1"]
    stand.run(Way.PUBLIC)
    for row in list(stand.mock.site.rows.values())[:3]:
        del stand.mock.site.rows[row.id]
        stand.mock.site.block(form, row.values, "Honeypot")
    found = stand.look()
    if "no-spam-list" in stand.mock.faults:
        assert (found.spam, found.has_spam_list, len(found.missing)) == ((), False, 3)
    else:
        assert (len(found.spam), found.missing) == (3, ())
        assert {stand.ledger.code(row) for row in found.spam} == {"eloqua.spam"}


def test_stored_rows_are_taken_back_by_their_numbers(stand: Stand) -> None:
    """And the ledger says so; what has no number is told."""
    stand.run(Way.BATCH)
    eloqua = stand.connection.eloqua
    assert eloqua is not None
    rows = stand.ledger.rows(Outcome.ACCEPTED)
    assert undo(eloqua, "1", stand.ledger, rows[:3]) == ()
    assert len(stand.mock.site.rows) == ROWS - 3
    assert {stand.ledger.code(row) for row in rows[:3]} == {"eloqua.undone"}
    stand.run(Way.PUBLIC)
    assert undo(eloqua, "1", stand.ledger, stand.ledger.rows(Outcome.ACCEPTED)) == tuple(
        range(ROWS)
    )


def test_who_may_not_see_rows_is_told(stand: Stand) -> None:
    """By an error: nothing is guessed from an empty list."""
    stand.run(Way.SINGLE)
    del stand.mock.site.forms["1"]
    with pytest.raises(Refused):
        stand.look()
