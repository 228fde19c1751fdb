"""`copy_of`: a clean copy of bytes, read again and compared with the original."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapy.clean import proof
from mapy.clean.cautions import cautions
from mapy.clean.rewriting import Rewriting
from mapy.clean.writers import writer_of
from mapy.limits import DEFAULT_LIMITS, Limits
from mapy.reader import read

if TYPE_CHECKING:
    from mapy.clean.policy import Policy
    from mapy.clean.proof import Comparison
    from mapy.model import Metadata
    from mapy.text import Text


class Copy(NamedTuple):
    """A copy, and what is known of it."""

    content: bytes
    before: Metadata
    after: Metadata
    comparison: Comparison
    warnings: tuple[Text, ...]


def copy_of(content: bytes, policy: Policy, limits: Limits = DEFAULT_LIMITS) -> Copy:
    """A clean copy of a picture.

    Raises:
        UnreadableFile: nothing could be read.
        CannotClean: the format is not cleaned, or the file is too damaged to be sure.
        VerificationFailed: the copy was made and found wanting.
    """
    before = read(content, limits=limits)
    if policy.changes_nothing:
        return Copy(content, before, before, proof.of_unchanged(before), ())
    writer = writer_of(before.format)
    rewriting = Rewriting(before, policy)
    output = writer.write(content, before, policy)
    after = proof.read_again(output, before, limits)
    comparison = proof.compare((content, before), (output, after), writer, rewriting)
    return Copy(output, before, after, comparison, cautions(before, rewriting))
