"""The run engine: a plan is sent row by row, and a ledger knows what became of each.

    with Ledger.in_memory(plan) as ledger:
        run = Run(plan, ledger, transport, Speed(rows_per_s=10, parallel=4))
        run.start()
        run.wait()
        print(run.progress().counts)

One engine for every tool that sends. It knows rows by their number only; what a row holds is known
to the plan and the transport. With `StateFolder` in place of memory, a run survives a crash; so it
does with `Ledger.begin(plan, key, journal)` on any append-only log that is a `Journal`.
"""

from elqkit.runs.engine import Run, State
from elqkit.runs.errors import LedgerDamaged, LedgerFailed, LedgerInUse, LedgerMisused, PlanChanged
from elqkit.runs.folder import StateFolder
from elqkit.runs.journal import Journal, NoJournal
from elqkit.runs.ledger import Ledger
from elqkit.runs.outcomes import Counts, Outcome
from elqkit.runs.pace import Speed
from elqkit.runs.plan import Plan
from elqkit.runs.progress import Progress
from elqkit.runs.transport import Answer, BatchingTransport, NotSent, Transport

__all__ = [
    "Answer",
    "BatchingTransport",
    "Counts",
    "Journal",
    "Ledger",
    "LedgerDamaged",
    "LedgerFailed",
    "LedgerInUse",
    "LedgerMisused",
    "NoJournal",
    "NotSent",
    "Outcome",
    "Plan",
    "PlanChanged",
    "Progress",
    "Run",
    "Speed",
    "State",
    "StateFolder",
    "Transport",
]
