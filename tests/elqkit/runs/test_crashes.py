"""A run that is killed again and again: no row twice, no row lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
import random
import subprocess
import sys
import time

import pytest

from elqkit.runs import Outcome, StateFolder
from elqkit_run_builders import plan_of

ROWS, KILLS = 500, 20
SUPPORT = Path(__file__).parents[2] / "support"


def begin(folder: Path, mode: str) -> subprocess.Popen[str]:
    """Start or go on with the run, in a process of its own."""
    command = [sys.executable, str(SUPPORT / "elqkit_run_child.py"), str(folder), mode, str(ROWS)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "begun\n"
    return child


@pytest.mark.parametrize("mode", ["safe", "unsafe"])
def test_killed_twenty_times_each_row_arrives_at_most_once_and_none_is_lost(
    mode: str, tmp_path: Path
) -> None:
    """SIGKILL at random moments, then a run to the end: the far side's own list is the judge."""
    chance = random.Random(mode)  # noqa: S311 - the same moments in each run
    for _ in range(KILLS):
        child = begin(tmp_path, mode)
        time.sleep(chance.random() * 0.03)
        child.kill()
        child.communicate()
    child = begin(tmp_path, mode)
    assert child.communicate()[0] == "done\n"

    plan = plan_of(ROWS)
    with StateFolder(tmp_path / "state").open(plan) as ledger:
        counts = ledger.counts(ROWS)
        unknown = set(ledger.rows(Outcome.UNKNOWN))
        accepted = set(ledger.rows(Outcome.ACCEPTED))
        ids = {row: ledger.correlation_id(row) for row in range(ROWS)}
    lines = (tmp_path / "received").read_text(encoding="ascii").splitlines()
    arrived = Counter(int(line.split()[0]) for line in lines)
    assert set(lines) <= {f"{row} {ids[row]}" for row in range(ROWS)}
    assert max(arrived.values()) == 1
    assert accepted <= set(arrived)
    assert set(arrived) <= accepted | unknown
    assert (counts.is_complete, counts.accepted + counts.unknown) == (True, ROWS)
    if mode == "safe":
        assert unknown == set()
    else:
        assert 0 < len(unknown) <= 8 * KILLS
