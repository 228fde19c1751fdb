"""A run in a process of its own, to be killed: `elqkit_run_child FOLDER safe|unsafe ROWS`.

The far side is a file: a row has arrived when its line is in it. With `safe` it keeps one line for
one correlation id, as Eloqua does for batches.
"""

from __future__ import annotations

import os
from pathlib import Path
import random
import sys
from threading import Lock
import time

from elqkit.runs import Answer, Outcome, Run, Speed, StateFolder
from elqkit_run_builders import plan_of


class FileFarSide:
    """Writes a line for each row, then answers a little later."""

    def __init__(self, path: Path, *, repeats_safely: bool) -> None:
        self.repeats_safely = repeats_safely
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        self._known = set(path.read_text(encoding="ascii").splitlines())
        self._lock = Lock()

    def send(self, row: str, correlation_id: str) -> Answer:
        """Take a row once."""
        line = f"{row.removeprefix('row ')} {correlation_id}"
        with self._lock:
            if not (self.repeats_safely and line in self._known):
                self._known.add(line)
                os.write(self._file, f"{line}\n".encode())
        time.sleep(random.random() * 0.004)  # noqa: S311 - the moment of the kill is to vary
        return Answer(Outcome.ACCEPTED)


def main() -> None:
    """Go on with the run until it is done or killed."""
    folder, is_safe, rows = Path(sys.argv[1]), sys.argv[2] == "safe", int(sys.argv[3])
    plan = plan_of(rows)
    far_side = FileFarSide(folder / "received", repeats_safely=is_safe)
    with StateFolder(folder / "state").open(plan) as ledger:
        run = Run(plan, ledger, far_side, Speed(rows_per_s=1_000, parallel=8))
        run.start()
        sys.stdout.write("begun\n")
        sys.stdout.flush()
        run.wait()
        sys.stdout.write(f"{run.progress().state}\n")


if __name__ == "__main__":
    main()
