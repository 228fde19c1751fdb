"""The proof of a copy: it is read again, and its tags and image are held against the original's."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from mapy.clean.minimal_exif import SOURCES
from mapy.clean.policy import Keep
from mapy.clean.selection import Fate
from mapy.errors import CannotClean, MapyError, VerificationFailed
from mapy.reader import read
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from mapy.clean.rewriting import Rewriting
    from mapy.clean.writers import Writer
    from mapy.limits import Limits
    from mapy.model import Metadata, Tag

STILL_THERE = "clean.still-there"
_STRUCTURE = frozenset(
    ("File:FileType", "File:FileTypeExtension", "File:MIMEType", "File:ExifByteOrder")
)
"""What every file tells: its format, and the byte order of an EXIF block that may stay."""
_PROFILE_GROUPS = ("ICC_Profile", "ICC-")
_EXACT = 0.000_1
"""Degrees by which a rewritten position may differ from what it was to be: about 10 m."""


class Comparison(NamedTuple):
    """What was found when a copy was held against the original."""

    removed: tuple[str, ...]
    kept: tuple[str, ...]
    stuck: Mapping[str, Text]
    coarsened: tuple[str, ...]
    """Those of `kept` that now say the place less exactly."""
    image: str | None
    """SHA-256 of the image's data as they are stored: the same in both; None: nothing was done."""


def of_unchanged(metadata: Metadata) -> Comparison:
    """The comparison of a file with itself."""
    return Comparison((), tuple(dict.fromkeys(tag.key for tag in metadata)), {}, (), None)


def read_again(output: bytes, before: Metadata, limits: Limits) -> Metadata:
    """What our reader finds in a copy.

    Raises:
        VerificationFailed: it is damaged where the original was not.
    """
    try:
        after = read(output, limits=limits)
    except MapyError:
        raise VerificationFailed(
            "clean.unreadable", "The copy could not be read again, so it is not handed out."
        ) from None
    _check_problems(before, after)
    return after


def compare(
    original: tuple[bytes, Metadata],
    copy: tuple[bytes, Metadata],
    writer: Writer,
    rewriting: Rewriting,
) -> Comparison:
    """Compare tags and image of a copy with the original's.

    Raises:
        VerificationFailed: it still says what the policy forbids, or its image is another.
    """
    removed, kept, stuck = _partition(original[1], copy[1], writer, rewriting)
    coarsened = tuple(key for key in kept if _fate(key, rewriting) is Fate.COARSEN)
    image = _same_image(original[0], copy[0], writer)
    return Comparison(removed, kept, stuck, coarsened, image)


def _check_problems(before: Metadata, after: Metadata) -> None:
    """Refuse a copy that is damaged where the original was not."""
    known = {problem.code for problem in before.problems}
    if any(problem.code not in known for problem in after.problems):
        raise VerificationFailed(
            "clean.damaged", "The copy is damaged where the original was not; it is not handed out."
        )


def _partition(
    before: Metadata, after: Metadata, writer: Writer, rewriting: Rewriting
) -> tuple[tuple[str, ...], tuple[str, ...], dict[str, Text]]:
    """The keys of the original's tags: gone, kept, and those that could not be taken away."""
    stuck: dict[str, Text] = {}
    staying: set[str] = set()
    for tag in after:
        if _may_stay(tag, writer, rewriting):
            staying.add(tag.key)
            continue
        reason = writer.STUCK.get(tag.key) or writer.STUCK.get(f"{tag.group}:*")
        if reason is None:
            raise VerificationFailed(
                STILL_THERE,
                Text(
                    "The copy still has the tag {tag}, so it is not handed out.",
                    {"tag": tag.key if tag.is_known else tag.group},
                ),
                hint="Please report it, without the picture.",
            )
        stuck[tag.key] = reason
    keys = tuple(dict.fromkeys(tag.key for tag in before))
    kept = tuple(key for key in keys if key in staying and key not in stuck)
    removed = tuple(key for key in keys if key not in staying and key not in stuck)
    return removed, kept, {key: stuck[key] for key in keys if key in stuck}


def _may_stay(tag: Tag, writer: Writer, rewriting: Rewriting) -> bool:
    """Whether the policy allows a tag of the copy."""
    if tag.key in _STRUCTURE or is_among(tag.key, writer.STRUCTURE):
        return True
    if tag.group.startswith(_PROFILE_GROUPS):
        return rewriting.keeps_profile
    fate = _fate(tag.key, rewriting)
    if fate is Fate.COARSEN:
        return _is_coarse(tag, rewriting)
    return fate is Fate.KEEP


def _fate(key: str, rewriting: Rewriting) -> Fate:
    group, _, name = key.partition(":")
    if rewriting.selection is not None:
        return rewriting.selection.fate(group, name)
    if group == "GPS" and rewriting.position is not None:
        return Fate.COARSEN if name in ("GPSLatitude", "GPSLongitude") else Fate.KEEP
    allowed = {SOURCES[fact][0] for fact in rewriting.policy.keep if fact is not Keep.COLOUR}
    return Fate.KEEP if key in allowed else Fate.REMOVE


def _is_coarse(tag: Tag, rewriting: Rewriting) -> bool:
    """Whether a tag of the position says what it may."""
    if tag.name.endswith("Ref") or rewriting.position is None:
        return rewriting.position is not None
    latitude, longitude, _ = rewriting.position
    wanted = latitude if tag.name.endswith("Latitude") else longitude
    said = tag.machine
    return isinstance(said, (int, float)) and abs(abs(said) - abs(wanted)) < _EXACT


def is_among(key: str, keys: Container[str]) -> bool:
    """Whether a key is one of `Group:Name`, or of a group named `Group:*`."""
    return key in keys or f"{key.partition(':')[0]}:*" in keys


def _same_image(content: bytes, output: bytes, writer: Writer) -> str:
    """SHA-256 of the image's data, which must be the same in both."""
    digest = _image_digest(writer.image(content))
    try:
        is_same = digest == _image_digest(writer.image(output))
    except CannotClean:
        is_same = False
    if not is_same:
        raise VerificationFailed(
            "clean.image-changed",
            "The image in the copy is not the same to the byte; it is not handed out.",
        )
    return digest


def _image_digest(pieces: Iterable[bytes]) -> str:
    digest = sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
