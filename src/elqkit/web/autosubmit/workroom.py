"""What every page of AutoSubmit works with: the visitor's drafts, and how one is read."""

from __future__ import annotations

from dataclasses import dataclass
import json
import re
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for

from elqkit.errors import UnreadableTable
from elqkit.table.limits import PREVIEW_CHARS, PREVIEW_COLUMNS, Limits
from elqkit.table.report import check_table
from elqkit.text import Text
from elqkit.web.autosubmit import snapshots
from elqkit.web.autosubmit.drafts import Drafts
from elqkit.web.autosubmit.prepared import prepare, sheet_of, table_of
from elqkit.web.autosubmit.recent import RECENT
from elqkit.web.autosubmit.routes import Route, connected
from elqkit.web.autosubmit.steps import steps_of
from elqkit.web.autosubmit.words import refusal_of
from safelight.api import NewJob, Refusal, Shell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response

    from elqkit.autosubmit.access import Connection
    from elqkit.autosubmit.preparing import Prepared, Sheet
    from elqkit.eloqua.models import Form
    from elqkit.table.report import Report
    from elqkit.web.autosubmit.drafts import Draft
    from elqkit.web.autosubmit.recent import Read

ID = re.compile(r"[0-9a-f]{16}")
SEE_OTHER = 303


class StepMissing(Exception):  # noqa: N818 - a state, read as a claim
    """An earlier step has to be done first."""

    def __init__(self, draft: Draft, step: str) -> None:
        super().__init__(step)
        self.draft = draft
        self.step = step


@dataclass(frozen=True, slots=True)
class Workroom:
    """The workbench as AutoSubmit's pages see it."""

    shell: Shell
    limits: Limits

    @property
    def drafts(self) -> Drafts:
        """The visitor's drafts."""
        return Drafts(self.shell)

    def draft(self, id_: str) -> Draft:
        """A draft by the name in the address.

        Raises:
            Refusal: there is none.
        """
        return self.drafts.get(id_)

    def sheet(self, draft: Draft) -> Sheet:
        """The rows of a draft.

        Raises:
            StepMissing: its workbook is being read.
            Refusal: the file is gone, or holds no table.
        """
        return self._read(draft).sheet

    def report(self, draft: Draft) -> Report:
        """What is in the file of a draft, and what is wrong with it. As `sheet`."""
        read = self._read(draft)
        if read.report is None:
            table = table_of(read.sheet)
            read.report = check_table(table, draft.name, draft.size_bytes, self.limits)
        return read.report

    def prepared(self, draft: Draft) -> Prepared:
        """The rows of a draft as submissions of its form, checked. As `sheet`.

        Raises:
            BadChoice: a column or a field that there is not.
        """
        form, read = self.form(draft), self._read(draft)
        choices = json.dumps([draft.form, draft.columns, draft.constants])
        known = read.prepared
        if known is None or known[0] != choices:
            known = read.prepared = (choices, prepare(draft, read.sheet, form))
        return known[1]

    def _read(self, draft: Draft) -> Read:
        if draft.reading:
            raise StepMissing(draft, "reading")
        reading = json.dumps([draft.encoding, draft.delimiter, draft.fixes, draft.edits])
        try:
            return RECENT.get(
                draft.file,
                reading,
                lambda: sheet_of(draft, self.drafts.kept(draft), self.limits),
            )
        except UnreadableTable as error:
            raise refusal_of(error) from None

    def route(self, draft: Draft) -> Route:
        """How a draft reaches Eloqua.

        Raises:
            StepMissing: that is not decided yet.
        """
        route = Route.of(draft.route)
        if route is None:
            raise StepMissing(draft, "connect")
        return route

    def connected(self, route: Route) -> Connection:
        """A connection along a route; nothing is called yet.

        Raises:
            EloquaError: an address may not be called, or the account cannot be read.
        """
        return connected(route, self.shell.settings, self.shell.slot)

    def start(self, new: NewJob) -> str:
        """Start a job; returns its number.

        Raises:
            Refusal: the visitor has too many, or there is no room for it.
        """
        return self.shell.start(new.name, new.details, new.files)

    def form(self, draft: Draft) -> Form:
        """The form of a draft.

        Raises:
            StepMissing: none is chosen yet.
        """
        content = self.shell.kept(draft.form) if draft.form else None
        if content is None:
            raise StepMissing(draft, "connect" if not draft.route else "choose_form")
        return snapshots.loads(content)

    def page(
        self,
        template: str,
        here: str,
        draft: Draft | None = None,
        refusal: Refusal | None = None,
        **values: object,
    ) -> ResponseReturnValue:
        """A page of one step; `here` is empty on one that belongs to none."""
        text = render_template(
            f"elqkit/autosubmit/{template}",
            draft=draft,
            steps=steps_of(draft, here) if here else (),
            here=here,
            refusal=refusal,
            preview_columns=PREVIEW_COLUMNS,
            preview_chars=PREVIEW_CHARS,
            **values,
        )
        return text, refusal.status if refusal else 200


def go(endpoint: str, draft: Draft | None = None, **values: object) -> Response:
    """Lead on to a page after a form was sent."""
    ids = {"draft_id": draft.id} if draft is not None else {}
    return redirect(url_for(f"elqkit.{endpoint}", **ids, **values), SEE_OTHER)  # type: ignore[arg-type]


def typed(name: str, most: int = 200) -> str:
    """What a field of the form holds, without spaces around it.

    Raises:
        Refusal: it is longer than any answer to that.
    """
    value = request.form.get(name, "").strip()
    if len(value) > most:
        raise Refusal(
            "form.too-long",
            "A field is too long.",
            Text(
                "Write at most {count} character.", "Write at most {count} characters.", count=most
            ),
        )
    return value


def one_of(name: str, choices: Mapping[str, object], default: str = "") -> str:
    """What was chosen of a list.

    Raises:
        Refusal: it is not in the list.
    """
    value = request.form.get(name, default)
    if value and value not in choices:
        raise Refusal("form.choice", "This is none of the choices.", "Choose from the list.")
    return value
