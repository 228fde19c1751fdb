"""After a run: what Eloqua really stored, beside what its answers said.

A public form answers a row that it takes for spam like any other. Who is signed in can look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.autosubmit.reconciling import known_ids, reconcile
from elqkit.errors import EloquaError

if TYPE_CHECKING:
    from elqkit.autosubmit.access import Connection
    from elqkit.autosubmit.submissions import Submissions
    from elqkit.eloqua.models import Form
    from elqkit.runs.ledger import Ledger
    from safelight.api import Json


class Look:
    """Looks at a form before a run and after it, if that is wanted and somebody is signed in."""

    def __init__(self, connection: Connection, form: Form, ledger: Ledger, *, wanted: bool) -> None:
        self._eloqua = connection.eloqua if wanted and form.id else None
        self._form_id = form.id
        self._ledger = ledger
        self._before: frozenset[str] = frozenset()
        self._code = ""
        # Of a file that goes on, rows of its own are there before.
        if self._eloqua is not None and not ledger.counts().settled:
            try:
                self._before = known_ids(self._eloqua, form.id, ledger.began)
            except EloquaError as error:
                self._code = error.code

    def at_the_end(self, submissions: Submissions) -> dict[str, Json]:
        """What was seen, for the result; the ledger is corrected by it. Empty if nobody looked."""
        if self._eloqua is None:
            return {}
        try:
            if self._code:
                return {"looked": {"code": self._code}}
            found = reconcile(
                self._eloqua,
                self._form_id,
                self._ledger,
                submissions,
                since=self._ledger.began,
                before=self._before,
            )
        except EloquaError as error:
            return {"looked": {"code": error.code}}
        return {
            "looked": {
                "code": "",
                "seen": found.seen,
                "missing": len(found.missing),
                "found": len(found.found),
                "spam": len(found.spam),
                "has_spam_list": found.has_spam_list,
            }
        }
