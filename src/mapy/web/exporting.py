"""What uploads tell, to take away: places and times for maps and tables, or a printable report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.batch import Facts, Unread, facts_of
from mapy.output.exports import EXPORTS
from mapy.output.labels import ENGLISH, Language
from mapy.output.report import Picture, pieces
from mapy.web.uploads import distinct, found_in, read_upload
from safelight.api import Download, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapy import Metadata
    from mapy.explain.finding import Finding
    from safelight.api import Request, Speech, Upload

DEFAULT_FORMAT = "csv"
REPORT = "report"


def export_images(request: Request, speech: Speech | None = None) -> Download:
    """The uploads' facts in one of `EXPORTS`, or the report of all that they give away.

    What is for people in it is English without `speech`.

    Raises:
        Refusal: no file could be read.
    """
    language = Language(speech.code, speech.direction, speech) if speech else ENGLISH
    chosen = request.options.get("format") or DEFAULT_FORMAT
    if chosen == REPORT:
        pictures = pieces(_pictures(_named(request.files)), language=language)
        return Download("report.html", "text/html; charset=utf-8", _encoded(pictures))
    export = EXPORTS[str(chosen)]
    facts = [
        _facts(name, upload, with_findings=export.needs_findings)
        for name, upload in _named(request.files)
    ]
    written = _encoded(export.writer()(facts, language))
    return Download(f"pictures.{chosen}", f"{export.media_type}; charset=utf-8", written)


def _named(uploads: Sequence[Upload]) -> list[tuple[str, Upload]]:
    """The uploads under names of their own.

    Raises:
        Refusal: of the first, if none of them is a picture.
    """
    refusals = []
    for upload in uploads:
        try:
            read_upload(upload)
            break
        except Refusal as refusal:
            refusals.append(refusal)
    if len(refusals) == len(uploads) and refusals:
        raise refusals[0]
    return list(zip(distinct([each.name for each in uploads]), uploads, strict=True))


def _facts(name: str, upload: Upload, *, with_findings: bool) -> Facts:
    try:
        metadata = read_upload(upload)
    except Refusal as refusal:
        return Facts(name, error=unread(refusal))
    return facts_of(name, metadata, found_in(upload, metadata) if with_findings else ())


def _pictures(uploads: Iterable[tuple[str, Upload]]) -> Iterator[Picture]:
    for name, upload in uploads:
        metadata: Metadata | Unread
        findings: tuple[Finding, ...] = ()
        try:
            metadata = read_upload(upload)
            findings = found_in(upload, metadata)
        except Refusal as refusal:
            metadata = unread(refusal)
        yield Picture(name, metadata, findings)


def unread(refusal: Refusal) -> Unread:
    """A refusal as the library's lists of many files have it."""
    return Unread(refusal.code, refusal.message, refusal.hint)


def _encoded(written: Iterable[str]) -> Iterator[bytes]:
    """The pieces as bytes, joined until there is enough of them to be worth sending."""
    waiting: list[str] = []
    size = 0
    for piece in written:
        waiting.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield "".join(waiting).encode("utf-8", "replace")
            waiting, size = [], 0
    yield "".join(waiting).encode("utf-8", "replace")


_PIECE = 64 * 1024
