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

import sys
from types import ModuleType
from typing import TYPE_CHECKING, BinaryIO

from mapy.clean import certificate, proof
from mapy.clean.policy import Policy
from mapy.clean.rewriting import Rewriting
from mapy.clean.writers import writer_of
from mapy.limits import DEFAULT_LIMITS, Budget, Limits
from mapy.reader import read
from mapy.source import open_source

if TYPE_CHECKING:
    from collections.abc import Mapping
    import os

    from mapy.clean.proof import Proof
    from mapy.text import Text

__all__ = ["Cleaned", "Policy", "clean"]

DEFAULT_POLICY = Policy()


class Cleaned:
    """A clean copy, and what is known of it."""

    __slots__ = ("content", "format", "media_type", "name", "policy", "proof", "warnings")

    def __init__(
        self,
        content: bytes,
        *,
        format: str,  # noqa: A002 - the field's word
        media_type: str,
        name: str,
        policy: Policy,
        proof: Proof,
        warnings: tuple[Text, ...],
    ) -> None:
        self.content = content
        self.format = format
        self.media_type = media_type
        self.name = name
        """A name to offer for the download: it tells nothing of the picture."""
        self.policy = policy
        self.proof = proof
        self.warnings = warnings
        """What the person should know before using the copy."""

    @property
    def removed(self) -> tuple[str, ...]:
        """Keys of the tags that are gone: `Group:Name`, in the order of the original."""
        return self.proof.removed

    @property
    def kept(self) -> tuple[str, ...]:
        """Keys of the tags that stayed because the policy keeps them, or the image needs them."""
        return self.proof.kept

    @property
    def stuck(self) -> Mapping[str, Text]:
        """Keys of the tags that should have gone and could not, each with the reason."""
        return self.proof.stuck

    def certificate(self) -> bytes:
        """A JSON text that `mapy verify` checks the copy against, on any machine."""
        return certificate.make(self)


def clean(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO,
    *,
    policy: Policy = DEFAULT_POLICY,
    limits: Limits = DEFAULT_LIMITS,
) -> Cleaned:
    """Make a clean copy of a picture. The source is never changed.

    Args:
        source: what `mapy.read` takes.
        policy: what goes and what stays.
        limits: what may be spent on the file, which is held in memory as a whole.

    Raises:
        UnreadableFile: nothing could be read; see `mapy.read`.
        CannotClean: the format is not cleaned, or the file is too damaged to be sure.
        VerificationFailed: the copy was made and found wanting, so it is not handed out.
    """
    content = _whole(source, limits)
    before = read(content, limits=limits)
    if policy.changes_nothing:
        proven = proof.of_unchanged(content, before)
        output = content
        warnings: tuple[Text, ...] = ()
    else:
        writer = writer_of(before.format)
        rewriting = Rewriting(before, policy)
        output = writer.write(content, before, policy)
        proven = proof.prove((content, before), output, writer, rewriting, limits)
        warnings = proof.warnings(before, rewriting)
    return Cleaned(
        output,
        format=before.format,
        media_type=before.media_type,
        name=f"picture.{str(before['File:FileTypeExtension'].machine).lower()}",
        policy=policy,
        proof=proven,
        warnings=warnings,
    )


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


class _CallableModule(ModuleType):
    """Makes `mapy.clean` the package and the function alike.

    Loading any module of the package binds its name in `mapy`, and must not take the function away.
    """

    def __call__(self, *arguments: object, **options: object) -> Cleaned:
        return clean(*arguments, **options)  # type: ignore[arg-type]  # checked by the function


sys.modules[__name__].__class__ = _CallableModule
