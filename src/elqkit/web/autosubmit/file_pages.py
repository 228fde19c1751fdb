"""The first step: the file, how it is read, and what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.errors import UnreadableTable
from elqkit.output import words as table_words
from elqkit.table.dialects import DELIMITERS, WORDS
from elqkit.table.encodings import NAMES
from elqkit.table.reading import ReadOptions
from elqkit.table.report import check_table
from elqkit.web.autosubmit.files import kept_of
from elqkit.web.autosubmit.fix_pages import REMEDIES, fix_words
from elqkit.web.autosubmit.prepared import ROW_FAULTS, blocking, table_of
from elqkit.web.autosubmit.words import refusal_of
from elqkit.web.autosubmit.workroom import go, one_of
from elqkit.web.sample import PEOPLE, PEOPLE_NAME
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
        return go("file", room.drafts.new(Upload(PEOPLE_NAME, PEOPLE), PEOPLE, options, None))

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
    chosen = {name: str(value) for name, value in sent.options.items() if value}
    options = ReadOptions(chosen.get("encoding"), chosen.get("delimiter"), room.limits)
    try:
        kept = kept_of(upload.content, upload.name, options)
    except UnreadableTable as error:
        raise refusal_of(error) from None
    return room.drafts.new(upload, kept, options, like)


def _add_file(pages: Blueprint, room: Workroom) -> None:
    @pages.get("/autosubmit/<draft_id>/file/")
    def file(draft_id: str) -> ResponseReturnValue:
        """What is in the file."""
        draft = room.draft(draft_id)
        sheet = room.sheet(draft)
        table = table_of(sheet)
        report = check_table(table, draft.name, draft.size_bytes, room.limits)
        return room.page(
            "file.html",
            "file",
            draft,
            report=report,
            table=table,
            blocking=blocking(sheet),
            words=table_words,
            encodings=NAMES,
            delimiters=WORDS,
            fixes=[(table.header[fix.column - 1], fix_words(fix)) for fix in sheet.fixes],
            remedies=_remedies(report),
            row_faults=ROW_FAULTS,
        )

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
