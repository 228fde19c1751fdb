"""Every code of an error or an outcome in words: what happened, and what to do. Data only.

The codes of a file's own problems are in `elqkit.table.causes`.
"""

from __future__ import annotations

from typing import NamedTuple

from elqkit.table.causes import CAUSES
from elqkit.text import Text


class Said(NamedTuple):
    """One code in words."""

    message: str
    hint: str = ""


OTHER = Said("Something did not work.", "Try again; if it stays, report the code.")
_LOOK = Text("Look in Eloqua whether the row is there before you send it again.")
_CORRECT = Text("Correct the row and send it again.")

CODES = {
    # The sign-in and the site
    "eloqua.not-signed-in": Said(
        "Eloqua does not take this sign-in.",
        "Check company, user and password. Wrong ones tried again may lock the user.",
    ),
    "eloqua.no-credentials": Said(
        "There are no credentials, or not all of them.",
        "Set ELQKIT_COMPANY, ELQKIT_USER and ELQKIT_PASSWORD, or those of OAuth 2.",
    ),
    "eloqua.credentials-not-readable": Said(
        "The file of the credentials cannot be read.", "Check its path and its permissions."
    ),
    "eloqua.not-granted": Said(
        "Eloqua does not take this code.", "A code lives for a minute: sign in once more."
    ),
    "eloqua.not-agreed": Said(
        "Eloqua says that you did not agree, so nobody is signed in.", "Sign in once more."
    ),
    "eloqua.other-sign-in": Said(
        "This is not the answer to the sign-in that was begun, so nobody is signed in.",
        "Sign in once more.",
    ),
    "eloqua.sign-in-ended": Said(
        "The sign-in at Eloqua has ended: its refresh token is not taken any more.",
        "Sign in once more. What was sent stays known.",
    ),
    "eloqua.sign-in-lost": Said(
        "The answer that renews the sign-in was lost, and the new refresh token with it.",
        "Sign in once more. What was sent stays known.",
    ),
    "eloqua.host-not-allowed": Said(
        "The address is neither Eloqua's nor one that was named. Nothing was sent.",
        "Name it in ELQKIT_HOSTS if it is right.",
    ),
    "eloqua.not-tls": Said(
        "A named address has no TLS. Nothing was sent.", "Name it with https://."
    ),
    "settings.not-readable": Said(
        "The file of settings cannot be read.", "Check its path and its permissions."
    ),
    "reading.takes-long": Said(
        "The workbook is too large to be read while somebody waits. Nothing was sent.",
        "Have it checked: the job of that keeps the sheet as sheet.csv. Send that.",
    ),
    # The form
    "form.not-found": Said("There is no form of that name.", "Check the name, or give its id."),
    "form.ambiguous": Said("Several forms have that name.", "Give the id of the one you mean."),
    "map.not-understood": Said(
        "This is not a saved mapping.", "Save one with --save-map, or map the columns by --map."
    ),
    # A call
    "eloqua.not-reached": Said("Eloqua could not be reached.", "Check the connection; try again."),
    "eloqua.not-sendable": Said("The call is not one that can be sent.", "Check the addresses."),
    "eloqua.throttled": Said("Eloqua asks for a pause.", "Go on later, or send slower."),
    "eloqua.server-error": Said("Eloqua had a fault of its own.", "Try again later."),
    "eloqua.no-answer-in-time": Said("Eloqua did not answer in time.", _LOOK),
    "eloqua.connection-lost": Said("The connection ended before the answer.", _LOOK),
    "eloqua.answer-too-large": Said("The answer had no end.", _LOOK),
    "eloqua.not-understood": Said("The answer is none that Eloqua is known to give.", _LOOK),
    "eloqua.no-end": Said("A list of Eloqua's does not end.", "Try again later."),
    "eloqua.cancelled": Said("It was ended before it was sent.", "Go on when you like."),
    "eloqua.forbidden": Said(
        "The user may not do this in Eloqua.", "Ask for the right to see and submit forms."
    ),
    "eloqua.sign-in-required": Said(
        "The call was led to the sign-in.", "Check the user's rights to the API."
    ),
    "eloqua.not-found": Said("There is no such form.", "Check the form in Eloqua."),
    "eloqua.gone": Said("The form is no longer there.", "Check the form in Eloqua."),
    "eloqua.conflict": Said(
        "It conflicts with what is there, or a sandbox is full.", "Look at the form in Eloqua."
    ),
    "eloqua.in-use": Said("Other assets depend on it.", "Look at its dependencies in Eloqua."),
    "eloqua.too-large": Said("It is more than Eloqua takes at once.", "Send fewer rows at once."),
    "eloqua.bad-parameter": Said("An id or a search is not understood.", "Check the form's id."),
    "eloqua.refused": Said("Eloqua refuses it.", "Look at the form in Eloqua."),
    "eloqua.no-token": Said(
        "The form is protected against spam, and there is no token for it.", "Send signed in."
    ),
    "eloqua.no-batches": Said(
        "The site takes no batches from this user.", "Send one by one: --way single."
    ),
    # A row
    "eloqua.bad-row": Said("Eloqua refuses values of the row.", _CORRECT),
    "eloqua.error-page": Said("Eloqua answered with a page that shows an error.", _CORRECT),
    "eloqua.failure-page": Said("Eloqua led to the form's page for failures.", _CORRECT),
    "eloqua.step-failed": Said(
        "The row is stored, but a processing step of the form failed.", "Look at it in Eloqua."
    ),
    "eloqua.under-way": Said("Eloqua has the row and has not said yet what became of it.", _LOOK),
    "eloqua.known-id": Said("Eloqua knows the row's id already.", _LOOK),
    "eloqua.spam": Said(
        "Eloqua took the row for spam and did not process it.", "Send it signed in."
    ),
    "eloqua.found": Said("No answer came, but the row was found in Eloqua."),
    "eloqua.undone": Said("The stored row was taken back."),
    "interrupted": Said("The run was cut off while the row was under way.", _LOOK),
    "transport.failed": Said("Sending failed in a way that nobody foresaw.", _LOOK),
    # A run
    "ledger.in-use": Said(
        "Another process is sending this file to this form.", "Wait until it is done."
    ),
    "ledger.failed": Said(
        "The ledger cannot be written, so nothing more was sent.",
        "Make room or mend the state folder, then go on with --resume.",
    ),
    "ledger.damaged": Said(
        "The ledger of this file is damaged, so nothing was sent. Nothing is guessed.",
        "Look in Eloqua what arrived, and begin anew with another state folder.",
    ),
    "plan.changed": Said(
        "This file was begun with other columns, fixes or settings, so nothing was sent.",
        "Set them as they were, or send the whole file anew with --again.",
    ),
    "unknown.too-many": Said(
        "The run stopped by itself: call after call, no answer told what became of its rows.",
        "Look in Eloqua what arrived before you go on.",
    ),
    "run.failed": Said("The run stopped by a fault of ours.", "Go on with --resume."),
}


def said(code: str) -> Said:
    """A code in words."""
    cause = CAUSES.get(code)
    return Said(cause.message, cause.hint) if cause else CODES.get(code, OTHER)
