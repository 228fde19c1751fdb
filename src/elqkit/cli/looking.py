"""Looking at what Eloqua has stored after a run, and taking rows of a run back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from elqkit.autosubmit.access import Connection
from elqkit.autosubmit.reconciling import Reconciled, known_ids, reconcile, undo
from elqkit.cli import FINDING, OK
from elqkit.cli.reading import say
from elqkit.errors import EloquaError
from elqkit.output.codes import said
from elqkit.output.words import counted
from elqkit.runs.outcomes import Outcome

if TYPE_CHECKING:
    from elqkit.autosubmit.preparing import Prepared
    from elqkit.autosubmit.submissions import Submission
    from elqkit.runs.folder import StateFolder
    from elqkit.runs.ledger import Ledger
    from elqkit.runs.plan import Plan


class Look:
    """Remembers what was stored before a run, and looks at it after."""

    def __init__(self, connection: Connection, prepared: Prepared, ledger: Ledger) -> None:
        self._connection, self._prepared, self._ledger = connection, prepared, ledger
        self._before: frozenset[str] = frozenset()
        self.found: Reconciled | None = None
        """What was seen; None before, and where it could not be looked at."""
        self._is_possible = connection.eloqua is not None
        if connection.eloqua is not None and not ledger.counts().settled:
            try:
                since = ledger.began
                self._before = known_ids(connection.eloqua, prepared.form.id, since)
            except EloquaError as error:
                self._is_possible = False
                _cannot(error)

    def after(self, tell: Any) -> None:  # noqa: ANN401 - click.echo
        """Correct the ledger by what is there, and say it; what cannot be looked up is said."""
        sent = len(self._ledger.rows(Outcome.ACCEPTED)) + len(self._ledger.rows(Outcome.UNKNOWN))
        if not self._is_possible or not sent:
            return
        # Another connection: the run's own may have been cancelled.
        with Connection(self._connection.access) as connection:
            if connection.eloqua is None:
                return
            try:
                found = reconcile(
                    connection.eloqua,
                    self._prepared.form.id,
                    self._ledger,
                    self._prepared.ready,
                    since=self._ledger.began,
                    before=self._before,
                )
            except EloquaError as error:
                _cannot(error)
                return
        self.found = found
        tell(f"Looked at what Eloqua has stored: {counted(found.seen, 'accepted row')} seen there.")
        if found.found:
            tell(f"  {counted(len(found.found), 'unknown row')} found there: accepted.")
        if found.spam:
            tell(f"! {counted(len(found.spam), 'row')} taken for spam: refused.")
        if found.missing:
            tell(f"! {counted(len(found.missing), 'accepted row')} not seen there yet.")
        if found.missing and not found.has_spam_list:
            tell("  Eloqua does not show what it takes for spam.")


def _cannot(error: EloquaError) -> None:
    say(f"What Eloqua has stored cannot be looked at: {said(error.code).message} [{error.code}]")


def take_back(
    prepared: Prepared, connection: Connection, folder: StateFolder, plan: Plan[Submission]
) -> int:
    """Take the accepted rows of a run back, when their number was typed; the exit code.

    Raises:
        ClickException: there is no run, nobody is signed in, or another number was typed.
    """
    if connection.eloqua is None or not folder.holds(plan):
        raise click.ClickException("There is no run of this file to take back, or no sign-in.")
    with folder.open(plan) as ledger:
        rows = [row for row in ledger.rows(Outcome.ACCEPTED) if ledger.far_id(row)]
        if not rows:
            click.echo("Nothing can be taken back: Eloqua named no row of this run.")
            return FINDING
        click.echo(
            f"{counted(len(rows), 'stored row')} of the form {prepared.form.name} of"
            f" {connection.site_name} would be deleted. What the form's steps did with them stays."
        )
        typed = click.prompt(f"Type {len(rows)} to delete them", err=True, default="")
        if typed.strip() != str(len(rows)):
            raise click.ClickException("Nothing was deleted.")
        undo(connection.eloqua, prepared.form.id, ledger, rows)
    click.echo(f"{counted(len(rows), 'row')} deleted.")
    return OK
