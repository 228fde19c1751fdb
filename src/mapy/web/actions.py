"""What MAPy does, declared once for the page, the API and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from mapy import MapyError, UnknownFormat, read
from mapy.errors import LimitExceeded
from mapy.output.json import as_error, as_object
from safelight.api import (
    Action,
    Answer,
    FileField,
    Kind,
    Option,
    Refusal,
    Request,
    Setting,
    SettingValue,
    command_options,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapy import Metadata
    from mapy.tags.definition import Value
    from safelight.api import Json, Upload

READ_OPTIONS = (
    Option("numeric", "Show machine values: numbers and codes, not words.", Kind.FLAG, "-n"),
    Option("group", "Show the tags of this group only, for example GPS."),
    Option("tag", "Show the tags of this name only, for example DateTimeOriginal."),
)
read_options = command_options(*READ_OPTIONS)
"""Gives the options of reading to a click command."""

ACCEPTED = (
    "image/*",
    # What browsers do not know to be pictures: camera raw files, sidecars, and a few formats.
    *(".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".iiq", ".kdc"),
    *(".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl"),
    *(".sr2", ".srf", ".srw", ".x3f", ".exv", ".heic", ".heif", ".hif", ".j2k", ".jp2", ".jpx"),
    *(".jps", ".jxl", ".psb", ".psd", ".xmp"),
)

MEGABYTE = 1_000_000
SETTINGS = (
    Setting(
        "max_image_bytes",
        "MAPY_MAX_IMAGE_BYTES",
        50 * MEGABYTE,
        "The most bytes of one picture.",
        int,
    ),
    Setting("max_images", "MAPY_MAX_IMAGES", 200, "The most pictures of one request.", int),
    Setting(
        "max_total_bytes",
        "MAPY_MAX_TOTAL_BYTES",
        256 * MEGABYTE,
        "The most bytes of all pictures of one request together.",
        int,
    ),
)

PROGRAM = "svg.program"
"""The problem of a drawing that holds a program."""
_UNREADABLE, _UNSUPPORTED, _TOO_LARGE = 422, 415, 413


def actions(settings: Mapping[str, SettingValue]) -> tuple[Action, ...]:
    """The actions of MAPy, within the limits of its settings."""
    images = FileField(
        name="images",
        label="Pictures",
        help="Pictures, raw files and XMP sidecars. They are read in memory and kept nowhere.",
        max_bytes=_number(settings, "max_image_bytes"),
        max_files=_number(settings, "max_images"),
        max_total_bytes=_number(settings, "max_total_bytes"),
        accept=ACCEPTED,
    )
    return (
        Action(
            name="read",
            title="Read pictures",
            summary="Reads every tag of the pictures. The answer is that of `mapy show --json`.",
            run=read_images,
            files=images,
            options=READ_OPTIONS,
        ),
    )


def _number(settings: Mapping[str, SettingValue], name: str) -> int:
    value = settings[name]
    if not isinstance(value, int):
        raise TypeError(name)
    return value


def read_images(request: Request) -> Answer:
    """Read each file; one that cannot be read gives its error and leaves the others alone."""
    found = [_read_one(upload, request) for upload in request.files]
    return Answer([each for each, _ in found], status_of([refusal for _, refusal in found]))


def status_of(refusals: Sequence[Refusal | None]) -> int:
    """The HTTP status of a request: 200 if any file was read, else that of the first refusal."""
    statuses = [refusal.status for refusal in refusals if refusal is not None]
    return statuses[0] if statuses and len(statuses) == len(refusals) else 200


def _read_one(upload: Upload, request: Request) -> tuple[Json, Refusal | None]:
    """The object of one file, and the refusal if it could not be read."""
    try:
        metadata = read_upload(upload)
    except Refusal as refusal:
        return _json(as_error(upload.name, refusal.message, refusal.hint)), refusal
    found = as_object(
        upload.name,
        metadata,
        is_numeric=bool(request.options.get("numeric")),
        group=_text(request.options.get("group")),
        tag=_text(request.options.get("tag")),
    )
    return _json(found), None


def read_upload(upload: Upload) -> Metadata:
    """Read one file.

    Raises:
        Refusal: the workbench or the library did not take it, or it holds a program, which has no
            business among pictures.
    """
    if upload.refusal is not None:
        raise upload.refusal
    try:
        metadata = read(upload.content)
    except MapyError as error:
        raise Refusal(error.code, error.message, error.hint, _status_of(error)) from None
    if any(problem.code == PROGRAM for problem in metadata.problems):
        raise Refusal(
            PROGRAM,
            "This drawing holds a program, which runs where a browser opens it. It was refused.",
            "Read it on the command line: mapy show FILE.",
            _UNSUPPORTED,
        )
    return metadata


def _json(found: Mapping[str, Value]) -> Json:
    """The same object, typed as the workbench types JSON."""
    return cast("Json", dict(found))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _status_of(error: MapyError) -> int:
    """The HTTP status that says why a file could not be read."""
    if isinstance(error, UnknownFormat):
        return _UNSUPPORTED
    if isinstance(error, LimitExceeded):
        return _TOO_LARGE
    return _UNREADABLE
