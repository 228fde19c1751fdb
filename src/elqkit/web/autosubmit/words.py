"""The sentences of AutoSubmit: what a code means and what to do, how long a run takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from elqkit.table.causes import CAUSES
from safelight.api import Refusal

if TYPE_CHECKING:
    from elqkit.errors import ElqError


class Said(NamedTuple):
    """One code in words."""

    message: str
    hint: str = ""


_OTHER = Said("Something did not work.", "Try again; if it stays, quote the code.")

_CODES = {
    # The sign-in and the call
    "eloqua.not-signed-in": Said(
        "Eloqua does not take this sign-in. Nothing was sent.",
        "Check company, user and password. Trying wrong ones again may lock the user.",
    ),
    "eloqua.no-credentials": Said(
        "No account is set up on this server.", "Ask its administrator, or sign in yourself."
    ),
    "eloqua.credentials-not-readable": Said(
        "The account that is set up on this server can't be read.", "Ask its administrator."
    ),
    "eloqua.host-not-allowed": Said(
        "The address is none of Eloqua's. Nothing was sent.",
        "An administrator can name it in ELQKIT_HOSTS.",
    ),
    "eloqua.not-tls": Said(
        "A host named on this server has no TLS. Nothing was sent.", "Ask its administrator."
    ),
    "eloqua.not-reached": Said(
        "Eloqua could not be reached. Nothing was sent.",
        "Check the connection of this server and try again.",
    ),
    "eloqua.throttled": Said(
        "Eloqua asks for a pause. Nothing was lost.", "Wait a minute and go on, or send slower."
    ),
    "eloqua.server-error": Said("Eloqua had a fault of its own.", "Try again later."),
    "eloqua.no-answer-in-time": Said(
        "Eloqua did not answer in time.", "Try again, or send slower."
    ),
    "eloqua.connection-lost": Said("The connection ended before the answer.", "Try again."),
    "eloqua.not-understood": Said(
        "The answer was none that Eloqua is known to give.", "Look in Eloqua whether it is there."
    ),
    "eloqua.forbidden": Said(
        "The user may not do this in Eloqua.", "Ask for the right to see and submit forms."
    ),
    "eloqua.not-found": Said("Eloqua has no such form.", "Choose the form again."),
    "eloqua.gone": Said("The form is no longer there.", "Choose another form."),
    "eloqua.refused": Said("Eloqua refused the call.", "Check the form in Eloqua."),
    "eloqua.no-token": Said(
        "The form is protected against spam, and Eloqua gave no token for it.",
        "Sign in and send as a batch instead.",
    ),
    "eloqua.cancelled": Said("It was ended before anything was sent."),
    # Single rows
    "eloqua.bad-row": Said(
        "Eloqua refuses values of the row.", "Correct the row and send it again."
    ),
    "eloqua.error-page": Said(
        "Eloqua answered with a page that shows an error.",
        "Correct the row and send it again.",
    ),
    "eloqua.failure-page": Said(
        "Eloqua led to the form's page for failures.", "Correct the row and send it again."
    ),
    "eloqua.step-failed": Said(
        "The row is stored, but a processing step of the form failed.",
        "Look at the step in Eloqua.",
    ),
    "eloqua.under-way": Said(
        "Eloqua took the row and has not said yet what became of it.", "Look in Eloqua later."
    ),
    "interrupted": Said(
        "The run was cut off while the row was under way.",
        "Look in Eloqua whether it is there before you send it again.",
    ),
    "timed-out": Said("No answer came in time.", "Look in Eloqua whether the row is there."),
    "transport.failed": Said("Sending failed in a way that nobody foresaw."),
    # The run
    "ledger.in-use": Said(
        "This file is being sent to this form already.", "Wait until that run has ended."
    ),
    "ledger.failed": Said(
        "The ledger of the run could not be written, so nothing more was sent.",
        "Make room where the ledgers lie, then go on.",
    ),
    "ledger.damaged": Said(
        "The ledger of this file is damaged, so nothing was sent.",
        "Ask the administrator to look at the state folder.",
    ),
    "plan.changed": Said(
        "This file was begun with other columns, fixes or edits, so nothing was sent.",
        "Set them as they were, or send the whole file once more.",
    ),
    "unknown.too-many": Said(
        "The run stopped by itself: row after row got no answer that tells what became of it.",
        "Look in Eloqua what arrived before you go on.",
    ),
    "run.failed": Said("The run stopped by a fault of ours. What went is known.", "Go on with it."),
}


def said(code: str) -> Said:
    """A code in words; those of the checks come from their own table."""
    cause = CAUSES.get(code)
    if cause is not None:
        return Said(cause.message, cause.hint)
    return _CODES.get(code, _OTHER)


def refusal_of(error: ElqError, status: int = 422) -> Refusal:
    """An error of the library as the workbench shows it."""
    words = said(error.code)
    return Refusal(error.code, words.message, words.hint, status)


_MINUTE_S, _HOUR_S, _DAY_S = 60, 3_600, 86_400

_TIMES: tuple[tuple[float, str, int, int], ...] = (
    (8, "a few seconds", 1, 1),
    (55, "about {} seconds", 10, 10),
    (90, "about a minute", 1, 1),
    (57 * _MINUTE_S, "about {} minutes", _MINUTE_S, 1),
    (1.5 * _HOUR_S, "about an hour", 1, 1),
    (2 * _DAY_S, "about {} hours", _HOUR_S, 1),
    (7 * _DAY_S, "about {} days", _DAY_S, 1),
)
"""Up to how many seconds, in which words, and what the number counts: units, in steps."""


def about(seconds: float) -> tuple[str, int]:
    """A time as people say it: a sentence, and the number for its `{}`.

    Rounded more the longer it is: nobody waits for the second of an hour.
    """
    for upto, sentence, unit, step in _TIMES:
        if seconds < upto:
            return sentence, round(seconds / unit) * step
    return "more than a week", 0
