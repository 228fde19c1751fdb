"""What the ledger allows to happen to a row, and what it tells after a crash."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from elqkit.runs import (
    LedgerDamaged,
    LedgerFailed,
    LedgerInUse,
    LedgerMisused,
    Outcome,
    Plan,
    PlanChanged,
    StateFolder,
)
from elqkit.runs.ledger import Ledger
from elqkit_run_builders import plan_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> StateFolder:
    """A state folder of its own."""
    return StateFolder(tmp_path / "state")


def ledger_file(folder: StateFolder) -> Path:
    """The one ledger in a folder."""
    (path,) = folder.path.glob("*.ledger")
    return path


def send(ledger: Ledger, row: int, outcome: Outcome, *, is_safe: bool = False) -> None:
    """A row's usual life."""
    ledger.sending(row, is_safe=is_safe)
    ledger.settle(row, outcome)


def test_an_accepted_row_is_never_sent_again() -> None:
    """Whoever asks."""
    ledger = Ledger.in_memory(plan_of(2))
    send(ledger, 0, Outcome.ACCEPTED)
    assert not ledger.may_send(0, is_safe=True)
    with pytest.raises(LedgerMisused):
        ledger.sending(0, is_safe=True)
    with pytest.raises(LedgerMisused):
        ledger.allow_again([0])
    with pytest.raises(LedgerMisused):
        ledger.settle(0, Outcome.REFUSED)


def test_an_outcome_needs_a_sending() -> None:
    """No row is accepted that was never sent."""
    ledger = Ledger.in_memory(plan_of(1))
    with pytest.raises(LedgerMisused):
        ledger.settle(0, Outcome.ACCEPTED)


def test_an_unknown_row_may_be_found_accepted() -> None:
    """When somebody looked at what the far side has."""
    ledger = Ledger.in_memory(plan_of(1))
    send(ledger, 0, Outcome.UNKNOWN)
    ledger.settle(0, Outcome.ACCEPTED, "found")
    assert (ledger.outcome(0), ledger.code(0)) == (Outcome.ACCEPTED, "found")


def test_a_row_turned_away_after_doubt_stays_in_doubt() -> None:
    """The second sending did not arrive; the first still may have."""
    ledger = Ledger.in_memory(plan_of(1))
    send(ledger, 0, Outcome.UNKNOWN, is_safe=True)
    ledger.sending(0, is_safe=True)
    ledger.not_sent(0)
    assert ledger.outcome(0) is Outcome.UNKNOWN


def test_counts_balance_against_the_reader() -> None:
    """A row that the reader saw and the ledger did not keeps a run from being complete."""
    ledger = Ledger.in_memory(plan_of(2))
    send(ledger, 0, Outcome.ACCEPTED)
    ledger.skip(1, "row.empty")
    assert ledger.counts().is_complete
    assert not ledger.counts(read=3).is_complete


def test_the_same_file_finds_its_ledger(folder: StateFolder) -> None:
    """Outcomes, codes and ids are as they were."""
    with folder.open(plan_of(4)) as ledger:
        send(ledger, 0, Outcome.ACCEPTED)
        ledger.sending(1, is_safe=False)
        ledger.settle(1, Outcome.REFUSED, "http.400")
        ledger.skip(2, "row.empty")
        ids = [ledger.correlation_id(row) for row in range(4)]
    assert folder.holds(plan_of(4))
    with folder.open(plan_of(4)) as again:
        assert [again.outcome(row).name for row in range(4)] == [
            "ACCEPTED",
            "REFUSED",
            "SKIPPED",
            "PENDING",
        ]
        assert again.code(1) == "http.400"
        assert [again.correlation_id(row) for row in range(4)] == ids


def test_a_row_in_flight_at_a_crash_is_unknown(folder: StateFolder) -> None:
    """It may have arrived; with an id it may go again, without one it may not."""
    with folder.open(plan_of(2)) as ledger:
        ledger.sending(0, is_safe=False)
        ledger.sending(1, is_safe=True)
    with folder.open(plan_of(2)) as again:
        assert [again.outcome(row) for row in (0, 1)] == [Outcome.UNKNOWN] * 2
        assert again.code(0) == "interrupted"
        assert [again.may_send(row, is_safe=True) for row in (0, 1)] == [False, True]
        assert not again.may_send(1, is_safe=False)


def test_every_cut_of_the_file_is_recognised(folder: StateFolder) -> None:
    """A crash may end it at any byte: what is left tells of no row too much."""
    with folder.open(plan_of(3)) as ledger:
        send(ledger, 0, Outcome.ACCEPTED)
        send(ledger, 1, Outcome.REFUSED)
    path = ledger_file(folder)
    whole = path.read_bytes()
    header = whole.index(b"\n") + 1
    for cut in range(header, len(whole)):
        path.write_bytes(whole[:cut])
        done = whole[:cut].count(b"\n") - 1
        with folder.open(plan_of(3)) as again:
            outcomes = [again.outcome(row) for row in range(3)]
        told = [
            (Outcome.PENDING, Outcome.PENDING),
            (Outcome.UNKNOWN, Outcome.PENDING),
            (Outcome.ACCEPTED, Outcome.PENDING),
            (Outcome.ACCEPTED, Outcome.UNKNOWN),
        ][done]
        assert outcomes == [*told, Outcome.PENDING]
        assert path.read_bytes() == whole[: whole[:cut].rindex(b"\n") + 1]


def test_zeros_that_the_disk_left_are_a_cut(folder: StateFolder) -> None:
    """After a loss of power a file may be longer than what was written."""
    folder.open(plan_of(1)).close()
    with ledger_file(folder).open("ab") as stream:
        stream.write(bytes(5_000))
    with folder.open(plan_of(1)) as again:
        assert again.outcome(0) is Outcome.PENDING


def test_a_changed_line_is_damage(folder: StateFolder) -> None:
    """One wrong bit anywhere in a whole line: nothing is guessed, nothing is sent."""
    with folder.open(plan_of(2)) as ledger:
        send(ledger, 0, Outcome.ACCEPTED)
    path = ledger_file(folder)
    whole = path.read_bytes()
    for at in range(0, len(whole) - 1, 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(LedgerDamaged):
            folder.open(plan_of(2))


def test_a_whole_line_that_cannot_be_true_is_damage(folder: StateFolder) -> None:
    """A row accepted that was never sent, or one that the file does not have."""
    for line in (b"a 0", b"s 7", b"z 0", b"x 0", b"s 0 \\", b"i 0 #x", b"s 0;"):
        folder.open(plan_of(1)).close()
        ledger = folder.open(plan_of(1))
        ledger._journal.append(line)  # noqa: SLF001 - what no caller can do
        ledger.close()
        with pytest.raises(LedgerDamaged):
            folder.open(plan_of(1))
        ledger_file(folder).unlink()


def test_two_processes_do_not_send_one_file(folder: StateFolder) -> None:
    """The second is told; a file to another form has a ledger of its own."""
    with folder.open(plan_of(1)):
        with pytest.raises(LedgerInUse):
            folder.open(plan_of(1))
        with pytest.raises(LedgerInUse):
            folder.forget(plan_of(1))
        folder.open(plan_of(1, to="form 2")).close()
    folder.open(plan_of(1)).close()


def test_another_mapping_of_a_begun_file_is_refused(folder: StateFolder) -> None:
    """Its rows would be other rows, and those already sent would go again."""
    folder.open(plan_of(1)).close()
    begun = plan_of(1)
    other = Plan(begun.rows, begun.source, begun.destination, ("cp1252",))
    with pytest.raises(PlanChanged):
        folder.open(other)


def test_a_forgotten_file_begins_anew_with_new_ids(folder: StateFolder) -> None:
    """Sending it once more on purpose is another run: the far side must not think it the same."""
    with folder.open(plan_of(1)) as ledger:
        first = ledger.correlation_id(0)
    folder.forget(plan_of(1))
    assert not folder.holds(plan_of(1))
    with folder.open(plan_of(1)) as again:
        assert again.correlation_id(0) != first


def test_the_folder_holds_nothing_of_a_row(folder: StateFolder) -> None:
    """Numbers, letters of events and codes of a fixed form; names are keyed hashes."""
    source = b"email\nana@example.com\n"
    plan = Plan(["ana@example.com"], source, "form")
    with folder.open(plan) as ledger:
        ledger.sending(0, is_safe=False)
        ledger.settle(0, Outcome.REFUSED, "bad address: ana@example.com")
        assert ledger.code(0) == "other"
    content = ledger_file(folder).read_text(encoding="ascii")
    body = [line.split(" ", 1)[1] for line in content.splitlines()]
    assert re.fullmatch(r"elqkit-ledger-1 [0-9a-f]{32} [0-9a-f]{64} 1 [0-9]{10}", body[0])
    assert body[1:] == ["s 0", "r 0 other"]
    assert re.fullmatch(r"[0-9a-f]{40}\.ledger", ledger_file(folder).name)
    other = StateFolder(folder.path.parent / "other")
    other.open(plan).close()
    assert ledger_file(other).name != ledger_file(folder).name


def test_only_the_owner_reads_the_folder(folder: StateFolder) -> None:
    """The folder, its key and its ledgers."""
    folder.open(plan_of(1)).close()
    modes = {path.stat().st_mode & 0o777 for path in folder.path.iterdir()}
    assert (folder.path.stat().st_mode & 0o777, modes) == (0o700, {0o600})


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """As an error of its own, before anything is sent."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LedgerFailed):
        StateFolder(tmp_path / "file" / "state")


def test_a_disk_that_fails_stops_every_later_line(
    folder: StateFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line after a half-written one would make the file unreadable."""
    with folder.open(plan_of(2)) as ledger:
        with monkeypatch.context() as full:

            def no_room(*_: object) -> int:
                raise OSError

            full.setattr("elqkit.runs.journal.os.write", no_room)
            with pytest.raises(LedgerFailed):
                ledger.sending(0, is_safe=False)
        with pytest.raises(LedgerFailed):
            ledger.sending(1, is_safe=False)
