"""What a clean copy would lose and keep, as the page tells it before the copy is saved."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from mapy.clean.pixels import Unproven
from mapy.text import Text
from mapy.web.picture import readable_size
from safelight.api import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapy.clean import Cleaned
    from mapy.clean.certificate import Digest
    from mapy.web.cleaning import Attempt


MOST_NAMES = 2_000
"""Names of tags in each list; the certificate has all."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names of tags of one group."""

    group: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file by its check sum."""

    sha256: str
    size: Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one upload."""

    name: str
    error: Refusal | None = None
    format: str = ""
    removed: int = 0
    kept: int = 0
    stuck: tuple[tuple[str, Text], ...] = ()
    coarsened: tuple[str, ...] = ()
    removed_names: tuple[Names, ...] = ()
    kept_names: tuple[Names, ...] = ()
    warnings: tuple[Text, ...] = ()
    original: File | None = None
    copy: File | None = None
    image_sha256: str = ""
    pixels: Text | None = None
    pixels_sha256: str = ""
    changes_nothing: bool = False


def outcome_of(attempt: Attempt) -> Outcome:
    """What came of an attempt; the copy itself is let go."""
    cleaned = attempt.result
    if isinstance(cleaned, Refusal):
        return Outcome(attempt.name, cleaned)
    pixels = cleaned.pixels
    return Outcome(
        name=attempt.name,
        format=cleaned.format,
        removed=len(cleaned.removed),
        kept=len(cleaned.kept),
        stuck=tuple(cleaned.stuck.items())[:MOST_NAMES],
        coarsened=cleaned.coarsened,
        removed_names=_by_group(cleaned.removed),
        kept_names=_by_group(cleaned.kept),
        warnings=cleaned.warnings,
        original=_file(cleaned.original),
        copy=_file(cleaned.output),
        image_sha256=cleaned.image_sha256 or "",
        pixels=_pixels(cleaned),
        pixels_sha256="" if isinstance(pixels, Unproven) else pixels.sha256,
        changes_nothing=cleaned.policy.changes_nothing,
    )


def _pixels(cleaned: Cleaned) -> Text:
    pixels = cleaned.pixels
    if isinstance(pixels, Unproven):
        return pixels.reason
    return Text(
        "Both were decoded by {decoder}, and every pixel is the same.",
        {"decoder": pixels.decoder},
    )


def _file(digest: Digest) -> File:
    return File(digest.sha256, readable_size(digest.size))


def _by_group(keys: Iterable[str]) -> tuple[Names, ...]:
    """The names of each group, in the order of the file; no more than a page can hold."""
    groups: dict[str, list[str]] = {}
    for key in islice(keys, MOST_NAMES):
        group, _, name = key.partition(":")
        groups.setdefault(group, []).append(name)
    return tuple(Names(group, tuple(names)) for group, names in groups.items())
