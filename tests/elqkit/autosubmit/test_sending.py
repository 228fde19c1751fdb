"""One sitting of a run to the mock: what a cancel ends, and what a pause leaves alone."""

from __future__ import annotations

from contextlib import contextmanager
import time
from typing import TYPE_CHECKING

from elqkit.autosubmit import Access, Connection, Sending, Way, prepare_sheet, read_sheet
from elqkit.mock import ACCOUNT, Mock, serving
from elqkit.mock.exchange import as_json
from elqkit.mock.site import SITE_ID
from elqkit.runs import Ledger, Outcome, Speed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elqkit.mock.exchange import Request, Response

ROWS = 6
CONTENT = "\n".join(["emailAddress", *(f"p{row}@example.com" for row in range(ROWS))]).encode()


class SlowToProcess(Mock):
    """Takes batches, and is never done with them."""

    def answer(self, request: Request) -> Response:
        """As the mock does, but for the state of a batch."""
        if "batchcorrelation" in request.path.lower():
            return as_json({"id": "1", "currentBatchStatus": "InProgress", "elements": []})
        return super().answer(request)


@contextmanager
def sending(mock: Mock, way: Way) -> Iterator[tuple[Sending, Ledger]]:
    """A run of a few rows, prepared."""
    with (
        serving(mock) as address,
        Connection(Access.to_mock(address, ACCOUNT, SITE_ID)) as connection,
    ):
        form = connection.form("newsletter")
        plan = prepare_sheet(read_sheet(CONTENT, None), form).plan(connection.site_id)
        with Ledger.in_memory(plan) as ledger:
            speed = Speed(50, 2)
            yield Sending(plan, ledger, connection, form, way, speed=speed), ledger


def test_a_cancel_ends_the_wait_for_a_batch() -> None:
    """Within a second; its rows are unknown, and may be asked for under their ids."""
    with sending(SlowToProcess(), Way.BATCH) as (run, ledger):
        run.start()
        time.sleep(0.5)
        before = time.monotonic()
        run.cancel()
        assert run.wait(10)
        assert time.monotonic() - before < 1.5
        unknown = ledger.rows(Outcome.UNKNOWN)
        assert unknown
        assert all(ledger.may_send(row, is_safe=True) for row in unknown)


def test_a_pause_sends_nothing_until_it_ends() -> None:
    """And then the rest."""
    mock = Mock(["slow=0.1"])
    with sending(mock, Way.SINGLE) as (run, _):
        run.start()
        time.sleep(0.15)
        run.pause()
        time.sleep(0.3)
        stored = len(mock.site.rows)
        time.sleep(0.3)
        assert (len(mock.site.rows), run.progress().state) == (stored, "paused")
        run.go_on()
        assert run.wait(10)
        assert (run.progress().counts.accepted, len(mock.site.rows)) == (ROWS, ROWS)


def test_eloquas_own_words_are_kept_for_the_result_alone() -> None:
    """With the row that they are about, and not in the ledger."""
    mock = Mock()
    with sending(mock, Way.SINGLE) as (run, ledger):
        mock.site.forms["1"]["elements"].append(
            {
                "type": "FormField",
                "id": "999",
                "htmlName": "new",
                "validations": [
                    {"condition": {"type": "IsRequiredCondition"}, "message": "required"}
                ],
            }
        )
        run.start()
        assert run.wait(10)
        assert ledger.rows(Outcome.REFUSED) == list(range(ROWS))
        assert {run.detail(row) for row in range(ROWS)} == {"999: NotNullRequirement"}
        assert {ledger.code(row) for row in range(ROWS)} == {"eloqua.bad-row"}
