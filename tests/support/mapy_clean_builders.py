"""What tests of cleaning share: a short way to a copy, and to what a copy says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mapy
from mapy.clean.copying import Copy, copy_of
from mapy.clean.policy import DEFAULT_KEEP, Coarsen, Keep, Policy
from mapy.explain.finding import Subject
from mapy_builders import camera, exif, tiff

if TYPE_CHECKING:
    from collections.abc import Iterable

BARE = Policy(keep=frozenset())
"""Keeps nothing at all."""
CREDITED = Policy(keep=DEFAULT_KEEP | {Keep.COPYRIGHT, Keep.CREATOR})
NO_PLACE = Policy(remove=frozenset({Subject.PLACE}))
COARSE = Policy(coarsen=Coarsen.KM)
COARSE_PLACE = Policy(remove=frozenset({Subject.PLACE}), coarsen=Coarsen.KM)
CAMERA = tiff(camera())
"""An EXIF block with a camera, a time, a place, a thumbnail; turned by 90 degrees."""
SECRET = b"canary-7341"


def copied(content: bytes, policy: Policy | None = None) -> Copy:
    """A copy, by the default policy unless another is given."""
    return copy_of(content, Policy() if policy is None else policy)


def said(content: bytes, *but: str) -> list[str]:
    """The keys of what a file says, but of groups that tell of its structure, in order."""
    passed = {"File", *but}
    return list(dict.fromkeys(tag.key for tag in mapy.read(content) if tag.group not in passed))


def code_of_clean(content: bytes, policy: Policy | None = None) -> str:
    """The code of the error that cleaning gives, or an empty text."""
    try:
        copied(content, policy)
    except mapy.MapyError as error:
        return error.code
    return ""


def cuts(content: bytes) -> Iterable[bytes]:
    """A file cut at every byte."""
    return (content[:size] for size in range(len(content)))


def camera_segment() -> bytes:
    """The APP1 of `CAMERA`."""
    return exif(CAMERA)
