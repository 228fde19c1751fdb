"""A draft: one file on its way to one form, from step to step, in the visitor's session.

What is large (the file, the form) lies in the workbench's vault; what is small in the session. Both
are memory, or sealed, and end with the session. A draft's address holds a random name and nothing
else.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
import secrets
import time
from typing import TYPE_CHECKING, cast

from elqkit.table.limits import NAME_CHARS
from elqkit.table.shapes import visible
from elqkit.web.autosubmit import files
from elqkit.web.autosubmit.recent import RECENT
from safelight.api import Refusal

if TYPE_CHECKING:
    from elqkit.table.reading import ReadOptions
    from safelight.api import Json, Shell, Upload

MAX_DRAFTS = 6
"""Of one session; the oldest makes room."""
MAX_EDITS = 500
MAX_FIXES = 50
_PREFIX = "draft:"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person has decided so far."""

    id: str
    name: str = field(repr=False)
    """The file's name, made safe to show."""
    size_bytes: int
    file: str
    """The vault's key of what is kept of it: see `files`."""
    is_workbook: bool = False
    reading: str = ""
    """The number of the job that reads a workbook just now."""
    encoding: str = ""
    delimiter: str = ""
    """As chosen; empty: found."""
    fixes: list[str] = field(default_factory=list, repr=False)
    """As `elqkit.table.fix_words` reads them."""
    edits: list[tuple[int, int, str]] = field(default_factory=list, repr=False)
    """Row from 0, column from 1, value."""
    route: dict[str, Json] = field(default_factory=dict, repr=False)
    """How to reach Eloqua, credentials included: see `routes`."""
    form: str = ""
    """The vault's key of the form."""
    columns: dict[str, str] | None = field(default=None, repr=False)
    """HTML names of fields by the number of the column; None: not decided yet."""
    constants: dict[str, str] = field(default_factory=dict, repr=False)
    """Values that go with every row, by the HTML name of the field."""
    is_rehearsed: bool = False
    begun: float = 0.0
    """When, in seconds since 1970: the oldest makes room."""

    def with_(self, **changes: object) -> Draft:
        """The draft after a decision. Whatever changes, the rehearsal has to be seen again."""
        return replace(self, **{"is_rehearsed": False, **changes})  # type: ignore[arg-type]


class Drafts:
    """The drafts of the current visitor."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def new(
        self,
        upload: Upload,
        kept: bytes,
        options: ReadOptions,
        like: Draft | None = None,
        reading: str = "",
    ) -> Draft:
        """Keep a file and begin a draft: with the route and form of another, if there is one.

        Args:
            upload: the file.
            kept: what is kept of it: see `files`.
            options: how it is to be read.
            like: the other draft.
            reading: the job that reads it just now, if one does.

        Raises:
            Refusal: the vault has no room.
        """
        for old in self.all()[MAX_DRAFTS - 1 :]:
            self.drop(old)
        draft = draft_of(upload, options, secrets.token_hex(8), self._shell.keep(kept))
        draft = replace(draft, begun=time.time(), reading=reading)
        if like is not None:
            draft = replace(draft, route=like.route, form=self._copied(like.form))
        self.save(draft)
        return draft

    def get(self, id_: str) -> Draft:
        """A draft of this session.

        Raises:
            Refusal: there is none of that name.
        """
        draft = self.find(id_)
        if draft is None:
            raise _gone()
        return draft

    def find(self, id_: str) -> Draft | None:
        """A draft of this session, if there is one of that name."""
        found = self._shell.session().get(_PREFIX + id_)
        if not isinstance(found, dict):
            return None
        known = {each.name for each in fields(Draft)}
        values = {name: value for name, value in found.items() if name in known}
        draft = Draft(**values)  # type: ignore[arg-type]  # as `save` wrote it
        return replace(draft, edits=[(row, column, text) for row, column, text in draft.edits])

    def save(self, draft: Draft) -> None:
        """Keep what was decided."""
        self._shell.session()[_PREFIX + draft.id] = cast("dict[str, Json]", asdict(draft))

    def all(self) -> list[Draft]:
        """The drafts of this session, the latest first.

        No list of them is kept: of requests side by side, the last would write it without the
        drafts of the others, whose files would then be in nobody's reach.
        """
        names = [name for name in self._shell.session() if name.startswith(_PREFIX)]
        found = (self.find(name.removeprefix(_PREFIX)) for name in names)
        drafts = [draft for draft in found if draft is not None]
        return sorted(drafts, key=lambda draft: draft.begun, reverse=True)

    def drop(self, draft: Draft) -> None:
        """Forget a draft and its file."""
        RECENT.forget(draft.file)
        self._shell.session().pop(_PREFIX + draft.id, None)
        for key in (draft.file, draft.form):
            if key:
                self._shell.drop(key)

    def kept(self, draft: Draft) -> bytes:
        """What is kept of the file.

        Raises:
            Refusal: they are gone.
        """
        kept = self._shell.kept(draft.file)
        if kept is None:
            raise _gone()
        return kept

    def replace_file(self, draft: Draft, kept: bytes) -> Draft:
        """The draft with another sheet of its workbook: what was decided of the rows begins anew.

        Raises:
            Refusal: the vault has no room.
        """
        RECENT.forget(draft.file)
        self._shell.drop(draft.file)
        changed = draft.with_(
            file=self._shell.keep(kept), reading="", fixes=[], edits=[], columns=None
        )
        self.save(changed)
        return changed

    def _copied(self, key: str) -> str:
        """A copy of what the vault has, so that each draft owns its own."""
        content = self._shell.kept(key) if key else None
        return self._shell.keep(content) if content is not None else ""


def draft_of(upload: Upload, options: ReadOptions, id_: str = "", key: str = "") -> Draft:
    """A draft of a file, before anything else is decided. A workbook has no encoding to choose."""
    is_workbook = files.is_workbook(upload.name)
    encoding, delimiter = (
        ("", "") if is_workbook else (options.encoding or "", options.delimiter or "")
    )
    return Draft(
        id_,
        visible(upload.name, NAME_CHARS),
        len(upload.content),
        key,
        is_workbook,
        encoding=encoding,
        delimiter=delimiter,
    )


def _gone() -> Refusal:
    return Refusal(
        "draft.gone",
        "This file is no longer in the server's memory. Nothing of it was kept or sent since.",
        "Choose the file again: what was sent before is recognised.",
        status=404,
    )
