"""What the page says of one picture, as HTML: made where the picture is read.

A process beside the server hands it over as it is. To hand over what it is made from, and to fill
it in there, would take the server as long as everything else that it does for a request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
    headline: str = ""
    first: str = ""
    """HTML: what matters first."""
    rest: bytes = b""
    """HTML: all else, as it is sent."""
    cautions: tuple[str, ...] = ()
    """What to know before it is cleaned."""
    not_cleaned: str = ""
    """Why no clean copy can be made of it."""


def report_of(upload: Upload, options: Mapping[str, OptionValue], speech: Speech) -> Report:
    """All of one upload, or why it could not be read."""
    picture = picture_of(0, upload, options, speech)
    if picture.head is None:
        return Report(picture.name, picture.error)
    return Report(
        name=picture.name,
        headline=picture.head.headline.translated(speech),
        first=page_part(_PACKAGE, "mapy/picture_first.html", speech, picture=picture),
        rest=page_part(_PACKAGE, "mapy/picture_rest.html", speech, picture=picture).encode(),
        cautions=picture.cautions,
        not_cleaned=picture.not_cleaned,
    )
