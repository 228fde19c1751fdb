"""The run: what is sent, when, and what is known afterwards."""

from __future__ import annotations

from threading import Event
import time
from typing import TYPE_CHECKING

from elqkit.runs import (
    Answer,
    Ledger,
    NotSent,
    Outcome,
    Plan,
    Progress,
    Run,
    Speed,
    State,
    StateFolder,
)
from elqkit.runs.engine import MAX_UNKNOWN
from elqkit_run_builders import ACCEPTED, REFUSED, UNKNOWN, BatchFarSide, FarSide, plan_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

FAST = Speed(rows_per_s=1_000, parallel=4)


def done(plan: Plan[str], far_side: FarSide, ledger: Ledger, speed: Speed = FAST) -> Run[str]:
    """Send a plan until the run is over."""
    run = Run(plan, ledger, far_side, speed)
    run.start()
    assert run.wait(20)
    return run


def batched(plan: Plan[str], far_side: BatchFarSide, ledger: Ledger, speed: Speed) -> Progress:
    """Send a plan in batches until the run is over."""
    run = Run(plan, ledger, far_side, speed)
    run.start()
    assert run.wait(20)
    return run.progress()


def test_each_row_is_sent_once_and_the_counts_balance() -> None:
    """Accepted, refused, skipped and unknown are all that a row can become."""
    plan = plan_of(20, {3: "email.missing"})
    far_side = FarSide({"row 1": [REFUSED], "row 2": [UNKNOWN]})
    ledger = Ledger.in_memory(plan)
    progress = done(plan, far_side, ledger).progress()
    assert sorted(far_side.rows) == sorted({f"row {row}" for row in range(20)} - {"row 3"})
    counts = progress.counts
    assert (counts.accepted, counts.refused, counts.skipped, counts.unknown) == (17, 1, 1, 1)
    assert (progress.state, progress.is_complete, progress.eta_s) == ("done", True, 0.0)
    assert [ledger.code(row) for row in (1, 2, 3)] == ["http.400", "timed-out", "email.missing"]


def test_an_unknown_row_is_not_sent_again_by_itself() -> None:
    """It may have arrived. A second run with the same ledger leaves it alone, too."""
    plan, far_side = plan_of(3), FarSide({"row 1": [UNKNOWN]})
    ledger = Ledger.in_memory(plan)
    done(plan, far_side, ledger)
    done(plan, far_side, ledger)
    assert sorted(far_side.rows) == ["row 0", "row 1", "row 2"]


def test_an_unknown_row_is_sent_again_on_the_users_word() -> None:
    """And then it is as any other."""
    plan, far_side = plan_of(3), FarSide({"row 1": [UNKNOWN]})
    ledger = Ledger.in_memory(plan)
    done(plan, far_side, ledger)
    ledger.allow_again(ledger.rows(Outcome.UNKNOWN))
    assert done(plan, far_side, ledger).progress().counts.accepted == 3
    assert far_side.rows.count("row 1") == 2


def test_an_unknown_row_is_sent_again_where_its_id_makes_that_safe() -> None:
    """With the same id, by which the far side knows it."""
    plan = plan_of(3)
    far_side = FarSide({"row 1": [UNKNOWN, UNKNOWN]}, repeats_safely=True)
    assert done(plan, far_side, Ledger.in_memory(plan)).progress().counts.accepted == 3
    ids = {correlation_id for row, correlation_id in far_side.received if row == "row 1"}
    assert (far_side.rows.count("row 1"), len(ids)) == (3, 1)


def test_an_id_does_not_make_up_for_a_sending_without_one() -> None:
    """A row that went out by a transport without ids is not safe with any other."""
    plan, plain = plan_of(2), FarSide({"row 1": [UNKNOWN]})
    ledger = Ledger.in_memory(plan)
    done(plan, plain, ledger)
    safe = FarSide(repeats_safely=True)
    done(plan, safe, ledger)
    assert safe.rows == []


def test_what_a_transport_raises_is_an_unknown_outcome() -> None:
    """The row may have arrived before the failure; the failure's words are kept nowhere."""

    def fail(row: str) -> None:
        if row == "row 1":
            raise RuntimeError(row)

    plan = plan_of(3)
    ledger = Ledger.in_memory(plan)
    done(plan, FarSide(on_send=fail), ledger)
    assert (ledger.outcome(1), ledger.code(1)) == (Outcome.UNKNOWN, "transport.failed")


def test_a_row_turned_away_is_sent_later_and_all_wait_as_asked() -> None:
    """Throttled: certainly not taken, so it is no unknown, and nothing goes for that long."""
    plan = plan_of(6)
    far_side = FarSide({"row 2": [NotSent("http.429", 0.6)]})
    ledger = Ledger.in_memory(plan)
    progress = done(plan, far_side, ledger, Speed(rows_per_s=100, parallel=1)).progress()
    assert far_side.rows == [f"row {row}" for row in (0, 1, 2, 2, 3, 4, 5)]
    assert far_side.times[3] - far_side.times[2] >= 0.6
    assert progress.counts.accepted == 6


def test_a_far_side_that_turns_all_away_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for ever: it stops, says why, and every row is left to be sent."""
    monkeypatch.setattr("elqkit.runs.engine.MAX_TURNED_AWAY", 2)
    plan = plan_of(3)
    away: list[Answer | NotSent] = [NotSent("unreachable", 0.5)] * 9
    far_side = FarSide({f"row {row}": list(away) for row in range(3)})
    progress = done(plan, far_side, Ledger.in_memory(plan)).progress()
    assert (progress.state, progress.reason) == ("stopped", "unreachable")
    assert (progress.counts.left, progress.is_complete) == (3, False)


def test_a_form_that_is_gone_ends_the_run_at_once() -> None:
    """No row after it is tried; all may be sent when it is back."""
    plan, far_side = plan_of(50), FarSide({"row 3": [NotSent("http.404", ends_run=True)]})
    speed = Speed(rows_per_s=1_000, parallel=1)
    progress = done(plan, far_side, Ledger.in_memory(plan), speed).progress()
    assert (progress.state, progress.reason, len(far_side.rows)) == ("stopped", "http.404", 4)
    assert (progress.counts.accepted, progress.counts.left) == (3, 47)


def test_a_far_side_that_never_tells_ends_the_run() -> None:
    """A long file is not sent into the dark."""
    plan = plan_of(200)
    far_side = FarSide({f"row {row}": [UNKNOWN] for row in range(200)})
    progress = done(plan, far_side, Ledger.in_memory(plan)).progress()
    assert (progress.state, progress.reason) == ("stopped", "unknown.too-many")
    assert MAX_UNKNOWN <= progress.counts.unknown <= MAX_UNKNOWN + 2 * FAST.parallel


def test_a_cancel_ends_within_a_second_and_leaves_the_rest() -> None:
    """Even at a row a minute; what was not sent is left, not unknown."""
    plan, far_side = plan_of(50), FarSide()
    ledger = Ledger.in_memory(plan)
    run = Run(plan, ledger, far_side, Speed(rows_per_s=1 / 60, parallel=8))
    run.start()
    time.sleep(0.1)
    before = time.monotonic()
    run.cancel()
    assert run.wait(5)
    assert time.monotonic() - before < 1.0
    progress = run.progress()
    assert (progress.state, progress.counts.left) == ("cancelled", 49)
    assert progress.counts.unknown == 0


def test_a_cancel_waits_for_the_call_in_flight() -> None:
    """Its answer is known when the run is over."""
    begun = Event()
    plan, far_side = plan_of(5), FarSide(takes_s=0.3, on_send=lambda _: begun.set())
    ledger = Ledger.in_memory(plan)
    run = Run(plan, ledger, far_side, Speed(rows_per_s=100, parallel=1))
    run.start()
    assert begun.wait(5)
    run.cancel()
    assert run.wait(5)
    assert [ledger.outcome(row) for row in (0, 1)] == [Outcome.ACCEPTED, Outcome.PENDING]


def test_a_pause_sends_nothing_until_it_ends() -> None:
    """And has no estimate of an end."""
    plan, far_side = plan_of(30), FarSide(takes_s=0.01)
    run = Run(plan, Ledger.in_memory(plan), far_side, Speed(rows_per_s=50, parallel=2))
    run.start()
    time.sleep(0.1)
    run.pause()
    time.sleep(0.1)
    sent = len(far_side.rows)
    time.sleep(0.2)
    progress = run.progress()
    assert (len(far_side.rows), progress.state, progress.eta_s) == (sent, "paused", None)
    assert 0 < sent < 30
    run.go_on()
    assert run.wait(10)
    assert run.progress().counts.accepted == 30


def test_never_more_rows_than_the_limit_in_any_second() -> None:
    """Counted where they arrive, with calls that take unlike times."""
    plan, far_side = plan_of(120), FarSide(takes_s=0.05)
    done(plan, far_side, Ledger.in_memory(plan), Speed(rows_per_s=50, parallel=16))
    times = sorted(far_side.times)
    in_a_second = [sum(at <= time < at + 1.0 for time in times) for at in times]
    assert max(in_a_second) <= 50


def test_sends_in_parallel() -> None:
    """As many calls at once as asked for: the time is that of the far side, divided."""
    plan, far_side = plan_of(64), FarSide(takes_s=0.05)
    before = time.monotonic()
    done(plan, far_side, Ledger.in_memory(plan), Speed(rows_per_s=1_000, parallel=16))
    assert time.monotonic() - before < 64 * 0.05 / 6


def test_tells_who_asks_of_each_answer() -> None:
    """With the far side's own words, which the ledger does not keep."""
    refused = Answer(Outcome.REFUSED, "http.400", "no such address: ana@example.com")
    plan = plan_of(2)
    heard: dict[int, Answer] = {}
    ledger = Ledger.in_memory(plan)
    run = Run(plan, ledger, FarSide({"row 1": [refused]}), FAST, heard.__setitem__)
    run.start()
    assert run.wait(10)
    assert heard == {0: ACCEPTED, 1: refused}
    assert "ana" not in repr(refused)


def test_a_cancelled_run_can_be_gone_on_with() -> None:
    """Another run with the same ledger sends what is left, and no other row."""
    plan, far_side = plan_of(40), FarSide(takes_s=0.02)
    ledger = Ledger.in_memory(plan)
    run = Run(plan, ledger, far_side, FAST)
    run.start()
    time.sleep(0.05)
    run.cancel()
    assert run.wait(10)
    assert run.progress().counts.left > 0
    assert done(plan, far_side, ledger).progress().counts.accepted == 40
    assert sorted(far_side.rows) == sorted(plan.rows)


def test_a_ledger_that_fails_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be noted is not sent."""
    plan, far_side = plan_of(5), FarSide()
    ledger = Ledger.in_memory(plan)

    def fail(line: bytes) -> None:
        from elqkit.runs import LedgerFailed  # noqa: PLC0415 - for this test only

        raise LedgerFailed if line else ValueError

    monkeypatch.setattr(ledger, "_journal", type("Full", (), {"append": staticmethod(fail)}))
    progress = done(plan, far_side, ledger).progress()
    assert (progress.state, progress.reason) == (State.STOPPED.value, "ledger.failed")
    assert (far_side.rows, progress.is_complete) == ([], False)


def test_no_row_is_in_doubt_while_all_wait() -> None:
    """What waits for the far side is not noted as sent: a crash then leaves nothing unknown."""
    plan = plan_of(40)
    far_side = FarSide({"row 0": [NotSent("http.429", 1.0)]}, takes_s=0.1)
    ledger = Ledger.in_memory(plan)
    run = Run(plan, ledger, far_side, Speed(rows_per_s=5, parallel=3))
    run.start()
    time.sleep(0.7)
    assert (far_side.rows, ledger.rows(Outcome.IN_FLIGHT)) == (["row 0"], [])
    assert run.progress().held_s > 0.0
    run.cancel()
    assert run.wait(5)


def test_single_unknown_outcomes_do_not_end_a_run() -> None:
    """Only many in a row do: each answer that tells begins the count anew."""
    plan = plan_of(80)
    far_side = FarSide({f"row {row}": [UNKNOWN] for row in range(0, 80, 2)})
    progress = done(plan, far_side, Ledger.in_memory(plan)).progress()
    assert (progress.state, progress.counts.unknown) == ("done", 40)


def test_a_wait_is_short_again_after_a_row_got_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the far side names no time, waits double only while nothing gets through."""
    monkeypatch.setattr("elqkit.runs.pace.FIRST_HOLD_S", 0.5)
    plan = plan_of(4)
    far_side = FarSide({"row 1": [NotSent("http.429")], "row 3": [NotSent("http.429")]})
    done(plan, far_side, Ledger.in_memory(plan), Speed(rows_per_s=1_000, parallel=1))
    assert far_side.rows[-2:] == ["row 3", "row 3"]
    assert 0.5 <= far_side.times[-1] - far_side.times[-2] < 0.95


def test_rows_go_together_where_the_far_side_takes_batches() -> None:
    """No call holds more rows than it takes, nor than the speed allows in a second."""
    plan, far_side = plan_of(25), BatchFarSide(rows_per_call=10)
    ledger = Ledger.in_memory(plan)
    progress = batched(plan, far_side, ledger, Speed(rows_per_s=200, parallel=2))
    assert [sorted(map(len, far_side.calls.values())), progress.counts.accepted] == [
        [5, 10, 10],
        25,
    ]
    slow = BatchFarSide(rows_per_call=10)
    batched(plan_of(8), slow, Ledger.in_memory(plan_of(8)), Speed(rows_per_s=4, parallel=2))
    assert sorted(map(len, slow.calls.values())) == [4, 4]


def test_a_batch_of_which_nothing_is_known_goes_again_as_it_was() -> None:
    """Under its own id, with its own rows; none is there twice."""
    plan, far_side = plan_of(30), BatchFarSide(rows_per_call=10, lost={0, 2})
    ledger = Ledger.in_memory(plan)
    progress = batched(plan, far_side, ledger, Speed(rows_per_s=1_000, parallel=1))
    assert (progress.state, progress.counts.accepted, far_side.made) == ("done", 30, 5)
    assert sorted(row for rows in far_side.calls.values() for row in rows) == sorted(plan.rows)
    assert ledger.far_id(29) == "of-row-29"


def test_a_batch_that_is_refused_as_a_whole_is_tried_in_parts() -> None:
    """Until the far side takes it; nothing of it counts as refused."""
    plan, far_side = plan_of(40), BatchFarSide(rows_per_call=20, most=4)
    progress = batched(plan, far_side, Ledger.in_memory(plan), FAST)
    assert (progress.counts.accepted, max(map(len, far_side.calls.values()))) == (40, 2)


def test_a_resumed_run_asks_for_its_old_batches_first(tmp_path: Path) -> None:
    """Those in flight at a crash are known by their ids: nothing goes twice."""
    plan, far_side = plan_of(20), BatchFarSide(rows_per_call=10)
    folder = StateFolder(tmp_path)
    with folder.open(plan) as ledger:
        batch = ledger.new_batch()
        ids = ledger.sending_batch(range(10), batch)
        far_side.send_batch(
            ledger.batch_id(batch), list(zip(plan.rows[:10], ids, strict=True))
        )  # the answer is lost with the process
    with folder.open(plan) as ledger:
        assert batched(plan, far_side, ledger, FAST).counts.accepted == 20
    assert sorted(row for rows in far_side.calls.values() for row in rows) == sorted(plan.rows)
