"""What the page says of one picture, as HTML: made where the picture is read.

A process beside the server hands it over as it is. To hand over what it is made from, and to fill
it in there, would take the server as long as everything else that it does for a request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import escape

from mapy.web.picture import picture_of
from safelight.api import page_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.api import OptionValue, Refusal, Speech, Upload

_PACKAGE = __package__ or ""


class Report(NamedTuple):
    """The parts of the page that are of the picture."""

    name: str
    error: Refusal | None = None
    """Why it was not read; then there is nothing else."""
    parts: Mapping[str, bytes] = {}
    """HTML, as it is sent: `title`, `first` (what matters first), `cautions`, and the `rest`."""
    can_clean: bool = False
    """Whether a clean copy can be made of it."""


def report_of(upload: Upload, options: Mapping[str, OptionValue], speech: Speech) -> Report:
    """All of one upload, or why it could not be read."""
    picture = picture_of(0, upload, options, speech)
    if picture.head is None:
        return Report(picture.name, picture.error)

    def part(template: str, **values: object) -> bytes:
        return page_part(_PACKAGE, f"mapy/{template}", speech, **values)

    parts = {
        "title": escape(picture.head.headline.translated(speech)).encode(),
        "first": part("picture_first.html", picture=picture),
        "cautions": part("picture_cautions.html", cautions=picture.cautions),
        "rest": part("picture_rest.html", picture=picture),
    }
    return Report(picture.name, parts=parts, can_clean=not picture.not_cleaned)
