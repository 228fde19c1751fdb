"""Forms and files in memory: never on a disk, never more than declared.

Werkzeug writes uploads above 500 kB to a temporary file. This request class keeps every part in
memory, and counts: bytes of each file, files, fields. A file that is too large loses its bytes as
they come in and keeps its place, so that the others can still be worked on.
"""

from __future__ import annotations

from io import BytesIO
from typing import IO, TYPE_CHECKING, cast

from flask import Request, current_app
from werkzeug.formparser import FormDataParser

from safelight.api import FileField, Refusal, Upload
from safelight.observe.uploads import received
from safelight.security.body_limits import (
    MAX_FORM_FIELDS,
    MAX_TEXT_BYTES,
    body_limit,
    received_action,
)
from safelight.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.datastructures import FileStorage

    from safelight.api import Action
    from safelight.sentences import Said

MAX_NAME_LENGTH = 255
MEGABYTE = 1_000_000
BINARY_MEGABYTE = 1024 * 1024


class BoundedFile(BytesIO):
    """The bytes of one file, up to a limit. Beyond it all are dropped and only counted."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit
        self.is_too_large = False

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # the parser's are bytes
        """Keep `data`, or drop everything once the limit is passed."""
        size = len(data)
        if not self.is_too_large and self.tell() + size > self._limit:
            self.is_too_large = True
            self.seek(0)
            self.truncate()
        return size if self.is_too_large else super().write(data)


class _StrictFormParser(FormDataParser):
    """Werkzeug's parser, which would take a broken form for an empty one."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **{**options, "silent": False})  # type: ignore[arg-type]

    def parse(self, *args: object, **options: object) -> tuple[IO[bytes], object, object]:  # type: ignore[override]
        """As the base class's, with a Refusal for what is no form."""
        try:
            return super().parse(*args, **options)  # type: ignore[arg-type]
        except ValueError as error:
            raise Refusal(
                "form.malformed",
                "The form is broken or incomplete, so nothing was read.",
                "Send it again. A program must send multipart/form-data with its boundary.",
            ) from error


class MemoryRequest(Request):
    """A request whose files stay in memory, within the limits of the action that it is for."""

    form_data_parser_class = _StrictFormParser
    max_form_memory_size = MAX_TEXT_BYTES

    @property
    def action(self) -> Action | None:
        """The action whose files and options this request's route declared."""
        return received_action(current_app, self.endpoint)

    @property  # type: ignore[misc]  # the base class lets a view raise it
    def max_content_length(self) -> int:  # type: ignore[override]
        """Bytes of the body, by route."""
        return body_limit(self.action, self.content_type or "")

    @property  # type: ignore[misc]
    def max_form_parts(self) -> int:  # type: ignore[override]
        """Parts of the form, by route."""
        files = self.action.files if self.action else None
        return MAX_FORM_FIELDS + (files.max_files if files else 0)

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        del total_content_length, content_type, filename, content_length
        files = self.action.files if self.action else None
        return BoundedFile(files.max_bytes if files else 0)


def take_files(field: FileField, sent: Iterable[tuple[str, FileStorage]]) -> tuple[Upload, ...]:
    """The files of a form, with their refusals.

    Raises:
        Refusal: none came, too many, in another field, or none of them can be taken.
    """
    chosen = [(name, file) for name, file in sent if file.filename or _size(file)]
    if not chosen:
        raise Refusal("upload.none", "No file came with the form.", _which(field), status=422)
    if any(name != field.name for name, _ in chosen):
        raise Refusal("upload.field", "A file came in a field that takes none.", _which(field))
    if len(chosen) > field.max_files:
        most = sentence("one file", "{count} files", count=field.max_files)
        raise Refusal(
            "upload.too-many",
            sentence(
                "These are {sent} files, and at most {most} can be sent at a time.",
                sent=len(chosen),
                most=most,
            ),
            "Send them in parts.",
            status=413,
        )
    uploads = tuple(_upload(field, file, at) for at, (_, file) in enumerate(chosen, start=1))
    received(uploads)
    refusals = [upload.refusal for upload in uploads if upload.refusal]
    if len(refusals) == len(uploads):
        raise refusals[0]
    return uploads


def megabytes(size_bytes: int) -> Said:
    """A limit in words: `50 MB`, `0.5 MB`. One of 1024 * 1024 bytes if that divides it."""
    is_binary = size_bytes % BINARY_MEGABYTE == 0
    count = size_bytes / (BINARY_MEGABYTE if is_binary else MEGABYTE)
    return sentence("{count} MB", count=f"{count:.3g}")


def _upload(field: FileField, file: FileStorage, at: int) -> Upload:
    name = _base_name(file.filename or "")
    kept = cast("BoundedFile", file.stream)
    if kept.is_too_large:
        return Upload(name, b"", _too_large(field, at))
    return Upload(name, kept.getvalue())


def _too_large(field: FileField, at: int) -> Refusal:
    most = megabytes(field.max_bytes)
    message = sentence("The file is larger than {most}, so it was not read.", most=most)
    if field.max_files > 1:
        message = sentence(
            "File {number} is larger than {most}, so it was not read.", number=at, most=most
        )
    return Refusal(
        "upload.too-large",
        message,
        "Send a smaller file.",
        status=413,
    )


def body_too_large(limit: int) -> Refusal:
    """The refusal of a whole request, for its size."""
    return Refusal(
        "upload.too-large",
        sentence(
            "This is more than the {most} that can be sent at a time. Nothing was read.",
            most=megabytes(limit),
        ),
        "Send less at a time.",
        status=413,
    )


def form_too_large() -> Refusal:
    """The refusal of a form with too many or too large parts."""
    return Refusal(
        "form.too-large",
        "The form has too many fields, or a field is too long. Nothing was read.",
        "Send less at a time.",
        status=413,
    )


def _which(field: FileField) -> str:
    return sentence("Choose a file. A program sends it in the field {name}.", name=field.name)


def _size(file: FileStorage) -> int:
    kept = cast("BoundedFile", file.stream)
    return 1 if kept.is_too_large else kept.getbuffer().nbytes


def _base_name(name: str) -> str:
    """What stands after the last slash of either kind: some programs send whole paths.

    Of a name that is too long its end is kept, where the extension stands.
    """
    return name.replace("\\", "/").rpartition("/")[2][-MAX_NAME_LENGTH:]
