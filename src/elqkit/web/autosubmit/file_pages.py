"""The first step: the file, how it is read, and what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.autosubmit.preparing import ROW_FAULTS
from elqkit.errors import TakesLonger, UnreadableTable
from elqkit.output import words as table_words
from elqkit.table.dialects import DELIMITERS, WORDS
from elqkit.table.encodings import NAMES
from elqkit.table.reading import ReadOptions
from elqkit.table.signatures import WORKBOOK
from elqkit.web.actions import reading_of
from elqkit.web.autosubmit.files import content_of, kept_of, with_text
from elqkit.web.autosubmit.fix_pages import REMEDIES, fix_words
from elqkit.web.autosubmit.prepared import table_of
from elqkit.web.autosubmit.words import refusal_of
from elqkit.web.autosubmit.workroom import go, one_of, typed
from elqkit.web.sample import PEOPLE, PEOPLE_NAME
from elqkit.web.workbook_jobs import order
from elqkit.workbooks import bounds
from safelight.api import Refusal, Request, Upload, receives

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elqkit.table.report import Report
    from elqkit.web.autosubmit.drafts import Draft
    from elqkit.web.autosubmit.workroom import Workroom
    from safelight.api import Action


def add(pages: Blueprint, room: Workroom, check: Action) -> None:
    """Serve the pages of the first step."""
    _add_start(pages, room, check)
    _add_file(pages, room)


def _add_start(pages: Blueprint, room: Workroom, check: Action) -> None:
    def start_page(refusal: Refusal | None = None) -> ResponseReturnValue:
        drafts = room.drafts.all()
        return room.page("start.html", "file", refusal=refusal, action=check, drafts=drafts)

    @pages.get("/autosubmit/")
    def autosubmit() -> ResponseReturnValue:
        """Choose a file, or go on with one."""
        return start_page()

    @pages.post("/autosubmit/")
    @receives(check)
    def take_file() -> ResponseReturnValue:
        """Keep the file for the session and show what is in it."""
        try:
            draft = _taken(room, room.shell.receive(check))
        except Refusal as refusal:
            return start_page(refusal)
        return go("file", draft)

    @pages.post("/autosubmit/sample/")
    def take_sample() -> ResponseReturnValue:
        """Begin with a file of ours."""
        options = ReadOptions(limits=room.limits)
        return go("file", room.drafts.new(Upload(PEOPLE_NAME, PEOPLE), PEOPLE, options))

    @pages.post("/autosubmit/<draft_id>/again/")
    @receives(check)
    def take_corrected(draft_id: str) -> ResponseReturnValue:
        """Begin with a corrected file, to the same form."""
        like = room.draft(draft_id)
        try:
            return go("file", _taken(room, room.shell.receive(check), like))
        except Refusal as refusal:
            return start_page(refusal)

    @pages.post("/autosubmit/<draft_id>/drop/")
    def drop_draft(draft_id: str) -> ResponseReturnValue:
        """Forget a file before its time."""
        room.drafts.drop(room.draft(draft_id))
        return go("autosubmit")


def _taken(room: Workroom, sent: Request, like: Draft | None = None) -> Draft:
    """The draft of a file that came; a file without a table is refused at once.

    Raises:
        Refusal: it holds nothing to send.
    """
    upload = sent.files[0]
    if upload.refusal is not None:
        raise upload.refusal
    options = reading_of(sent, room.limits)
    reading = ""
    try:
        kept = kept_of(upload.content, upload.name, options)
    except UnreadableTable as error:
        raise refusal_of(error) from None
    except TakesLonger:
        reading = room.start(order(upload.content, upload.name, options.sheet))
        kept = with_text(upload.content, b"")
    return room.drafts.new(upload, kept, options, like, reading)


def _add_file(pages: Blueprint, room: Workroom) -> None:
    def file_page(draft: Draft, refusal: Refusal | None = None) -> ResponseReturnValue:
        sheet = room.sheet(draft)
        table = table_of(sheet)
        report = room.report(draft)
        return room.page(
            "file.html",
            "file",
            draft,
            refusal,
            report=report,
            table=table,
            blocking=[problem.cause.message for problem in sheet.blocking],
            words=table_words,
            encodings=NAMES,
            delimiters=WORDS,
            fixes=[(table.header[fix.column - 1], fix_words(fix)) for fix in sheet.fixes],
            remedies=_remedies(report),
            row_faults=ROW_FAULTS,
        )

    @pages.get("/autosubmit/<draft_id>/file/")
    def file(draft_id: str) -> ResponseReturnValue:
        """What is in the file."""
        return file_page(room.draft(draft_id))

    @pages.post("/autosubmit/<draft_id>/reading/")
    def read_again(draft_id: str) -> ResponseReturnValue:
        """Read it in another encoding, or with another delimiter."""
        draft = room.draft(draft_id)
        changed = draft.with_(
            encoding=one_of("encoding", NAMES),
            delimiter=one_of("delimiter", DELIMITERS),
            fixes=[],
            edits=[],
            columns=None,
        )
        room.drafts.save(changed)
        return go("file", changed)

    @pages.post("/autosubmit/<draft_id>/sheet/")
    def read_sheet(draft_id: str) -> ResponseReturnValue:
        """Read another sheet of the workbook."""
        draft = room.draft(draft_id)
        content = content_of(room.drafts.kept(draft)) if draft.is_workbook else b""
        sheet = typed("sheet")
        options = ReadOptions(limits=room.limits, sheet=sheet, patience_s=bounds.SHORT_WAIT_S)
        try:
            kept = kept_of(content, WORKBOOK, options)
        except UnreadableTable as error:
            return file_page(draft, refusal_of(error))
        except TakesLonger:
            changed = draft.with_(reading=room.start(order(content, draft.name, sheet)))
            room.drafts.save(changed)
            return go("reading", changed)
        return go("file", room.drafts.replace_file(draft, kept))


def _remedies(report: Report) -> dict[str, list[tuple[int, str]]]:
    """The fixes that each problem suggests: columns of the file, and ways."""
    return {
        problem.code: [
            (column, REMEDIES[problem.code])
            for column in sorted({place.column for place in problem.places if place.column})
        ]
        for problem in report.problems
        if problem.code in REMEDIES
    }
