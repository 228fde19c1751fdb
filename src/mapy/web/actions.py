"""What MAPy does, declared once for the page, the API and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from mapy.clean.policy import EVERYTHING, NONE, PRESETS, Coarsen, Keep
from mapy.explain.finding import Subject
from mapy.explain.json_object import of_finding
from mapy.output.exports import EXPORTS
from mapy.output.json import as_error, as_object
from mapy.web.answers import read_schema
from mapy.web.cleaning import clean_images
from mapy.web.exporting import export_images
from mapy.web.uploads import COMPARE, found_in, read_upload, status_of
from safelight.api import (
    Action,
    Answer,
    FileField,
    Kind,
    Option,
    Refusal,
    Request,
    SettingValue,
    command_options,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.api import Json, Upload

READ_OPTIONS = (
    Option("numeric", "Show machine values: numbers and codes, not words.", Kind.FLAG, "-n"),
    Option("group", "Show the tags of this group only, for example GPS."),
    Option("tag", "Show the tags of this name only, for example DateTimeOriginal."),
)
read_options = command_options(*READ_OPTIONS)
"""Gives the options of reading to a click command."""

COMPARE_PICTURES = Option(
    COMPARE,
    "Compare the small pictures inside with the picture itself. It takes a moment more.",
    Kind.FLAG,
    suggested=True,
)

CLEAN_OPTIONS = (
    Option(
        "preset",
        "What the picture is for. Without it: everything goes but what is kept.",
        Kind.CHOICE,
        choices=tuple(PRESETS),
    ),
    Option(
        "keep",
        "What may stay. Orientation and colour, unless given.",
        Kind.LIST,
        choices=(*(each.value for each in Keep), NONE),
    ),
    Option(
        "remove",
        "What goes: everything, unless given, or only what is about some subjects.",
        Kind.LIST,
        choices=(EVERYTHING.value, *(each.value for each in Subject), NONE),
    ),
    Option(
        "coarsen",
        "Tell the place less exactly, instead of not at all.",
        Kind.CHOICE,
        choices=(*(each.value for each in Coarsen), NONE),
    ),
    Option("certificate", "Add a certificate that others can check.", Kind.FLAG),
)
FORMAT = Option(
    "format", "The format; CSV, unless given.", Kind.CHOICE, choices=(*EXPORTS, "report")
)

ACCEPTED = (
    "image/*",
    # What browsers do not know to be pictures: camera raw files, sidecars, and a few formats.
    *(".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".iiq", ".kdc"),
    *(".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl"),
    *(".sr2", ".srf", ".srw", ".x3f", ".exv", ".heic", ".heif", ".hif", ".j2k", ".jp2", ".jpx"),
    *(".jps", ".jxl", ".psb", ".psd", ".xmp"),
)


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
        example="photo.jpg",
    )
    return (
        Action(
            name="read",
            title="Read pictures",
            summary=(
                "Reads every tag of the pictures. The answer is that of `mapy show --json`, with"
                " the findings of `mapy explain --json` under `Findings`."
            ),
            run=read_images,
            files=images,
            options=(*READ_OPTIONS, COMPARE_PICTURES),
            schema=read_schema,
        ),
        Action(
            name="clean",
            title="Clean pictures",
            summary=(
                "Makes clean copies. Of one picture the answer is its copy; of several, or with a"
                " certificate, an archive with a report on each."
            ),
            run=clean_images,
            files=images,
            options=CLEAN_OPTIONS,
            media_types=("image/*", "application/zip", "application/json"),
            rate="60/minute",  # each picture is decoded twice, in a process of its own
        ),
        Action(
            name="export",
            title="Take away what was found",
            summary="Writes where and when the pictures were taken, or all that they give away.",
            run=export_images,
            files=images,
            media_types=tuple(dict.fromkeys(each.media_type for each in EXPORTS.values())),
            options=(FORMAT,),
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
    found_here = found_in(upload, metadata, compare=bool(request.options.get(COMPARE)))
    findings = [of_finding(each) for each in found_here]
    return _json({**found, "Findings": findings}), None


def _json(found: Mapping[str, object]) -> Json:
    """The same object, typed as the workbench types JSON."""
    return cast("Json", dict(found))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
