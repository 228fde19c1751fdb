"""The sentences of AutoSubmit's pages: what a code means here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.output import codes
from elqkit.output.codes import Said
from safelight.api import Refusal

if TYPE_CHECKING:
    from elqkit.errors import ElqError

_HERE = {
    "eloqua.no-credentials": Said(
        "No account is set up on this server.", "Ask its administrator, or sign in yourself."
    ),
    "eloqua.credentials-not-readable": Said(
        "The account that is set up on this server can't be read.", "Ask its administrator."
    ),
    "eloqua.not-granted": Said("Eloqua does not take this sign-in.", "Sign in once more."),
    "eloqua.sign-in-ended": Said(
        "The sign-in at Eloqua has ended.",
        "Sign in again under Columns, then go on: what was sent is known.",
    ),
    "eloqua.sign-in-lost": Said(
        "The answer that renews the sign-in at Eloqua was lost, and the sign-in with it.",
        "Sign in again under Columns, then go on: what was sent is known.",
    ),
    "eloqua.host-not-allowed": Said(
        "The address is none of Eloqua's. Nothing was sent.",
        "An administrator can name it in ELQKIT_HOSTS.",
    ),
    "map.not-understood": Said(
        "This is no column map, so the columns stay as they are.",
        "Choose a file that this page gave you.",
    ),
    "eloqua.no-batches": Said(
        "The site takes no batches from this user.", "Send signed in, one row a call."
    ),
    "ledger.failed": Said(
        "The ledger can't be written, so nothing more was sent.",
        "Ask the administrator to make room, then go on with the same file.",
    ),
    "ledger.damaged": Said(
        "The ledger of this file is damaged, so nothing was sent. Nothing is guessed.",
        "Look in Eloqua what arrived, and ask the administrator.",
    ),
    "ledger.in-use": Said(
        "This file is being sent to this form already.", "Wait until that run has ended."
    ),
    "plan.changed": Said(
        "This file was begun with other columns, fixes or edits, so nothing was sent.",
        "Set them as they were, or send the whole file once more.",
    ),
    "run.failed": Said("The run stopped by a fault of ours. What went is known.", "Go on with it."),
}
"""Where the library's words speak of the command line."""


def said(code: str) -> Said:
    """A code in words."""
    return _HERE.get(code) or codes.said(code)


def refusal_of(error: ElqError, status: int = 422) -> Refusal:
    """An error of the library as the workbench shows it."""
    words = said(error.code)
    return Refusal(error.code, words.message, words.hint, status)
