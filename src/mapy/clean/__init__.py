"""Cleaning: a copy of a picture without what it gives away, the image untouched, with proof of it.

    >>> import mapy
    >>> cleaned = mapy.clean("photo.jpg")              # doctest: +SKIP
    >>> cleaned.name, cleaned.kept                     # doctest: +SKIP
    ('picture.jpg', ('IFD0:Orientation', ...))

By allow list: a writer copies the pieces that carry the image, and drops what it does not know. The
copy is then read again, and handed out only if it says nothing that the policy forbids and its
image is the same to the byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from mapy.callable_package import make_callable
from mapy.clean import certificate, pixels
from mapy.clean.certificate import Digest
from mapy.clean.copying import copy_of
from mapy.clean.policy import Policy
from mapy.limits import DEFAULT_LIMITS, Budget, Limits
from mapy.source import open_source

if TYPE_CHECKING:
    from collections.abc import Mapping
    import os

    from mapy.clean.copying import Copy
    from mapy.clean.pixels import Pixels, Unproven
    from mapy.text import Text

__all__ = ["Cleaned", "Policy", "clean"]

DEFAULT_POLICY = Policy()


class Cleaned:
    """A clean copy, and what is known of it."""

    __slots__ = ("_copy", "original", "output", "pixels", "policy")

    def __init__(
        self, original: bytes, copy: Copy, policy: Policy, proven: Pixels | Unproven
    ) -> None:
        self._copy = copy
        self.original = Digest.of(original)
        self.output = Digest.of(copy.content)
        self.policy = policy
        self.pixels = proven
        """The decoded pixels, the same in both; or why they were not compared."""

    @property
    def content(self) -> bytes:
        """The copy."""
        return self._copy.content

    @property
    def format(self) -> str:
        """The container: `JPEG`."""
        return self._copy.before.format

    @property
    def media_type(self) -> str:
        """Of the copy, as of the original: `image/jpeg`."""
        return self._copy.before.media_type

    @property
    def name(self) -> str:
        """A name to offer for the download: it tells nothing of the picture."""
        extension = str(self._copy.before["File:FileTypeExtension"].machine)
        return f"picture.{extension.lower()}"

    @property
    def warnings(self) -> tuple[Text, ...]:
        """What the person should know before using the copy."""
        return self._copy.warnings

    @property
    def removed(self) -> tuple[str, ...]:
        """Keys of the tags that are gone: `Group:Name`, in the order of the original."""
        return self._copy.comparison.removed

    @property
    def kept(self) -> tuple[str, ...]:
        """Keys of the tags that stayed because the policy keeps them, or the image needs them."""
        return self._copy.comparison.kept

    @property
    def coarsened(self) -> tuple[str, ...]:
        """Those of `kept` that now say the place less exactly."""
        return self._copy.comparison.coarsened

    @property
    def stuck(self) -> Mapping[str, Text]:
        """Keys of the tags that should have gone and could not, each with the reason."""
        return self._copy.comparison.stuck

    @property
    def image_sha256(self) -> str | None:
        """Of the image's data as they are stored: the same in both; None: nothing was changed."""
        return self._copy.comparison.image

    def certificate(self) -> bytes:
        """A JSON text that `mapy verify` checks the copy against, on any machine."""
        return certificate.make(self, self._copy.before)


def clean(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO,
    *,
    policy: Policy = DEFAULT_POLICY,
    with_pixels: bool = True,
    limits: Limits = DEFAULT_LIMITS,
) -> Cleaned:
    """Make a clean copy of a picture. The source is never changed.

    Args:
        source: what `mapy.read` takes.
        policy: what goes and what stays.
        with_pixels: whether to decode both pictures and compare their pixels, in a process of its
            own, where Pillow is installed.
        limits: what may be spent on the file, which is held in memory as a whole.

    Raises:
        UnreadableFile: nothing could be read; see `mapy.read`.
        CannotClean: the format is not cleaned, or the file is too damaged to be sure.
        VerificationFailed: the copy was made and found wanting, so it is not handed out.
    """
    content = _whole(source, limits)
    copy = copy_of(content, policy, limits)
    proven = pixels.same(content, copy) if with_pixels else pixels.Unproven(pixels.NOT_ASKED)
    return Cleaned(content, copy, policy, proven)


def _whole(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO, limits: Limits
) -> bytes:
    """All of a source.

    Raises:
        UnreadableFile: it cannot be opened, or is larger than the limits allow.
    """
    opened = open_source(source)
    try:
        Budget(limits).spend("read_bytes", opened.size)
        return opened.read_at(0, opened.size)
    finally:
        opened.close()


make_callable(__name__)
