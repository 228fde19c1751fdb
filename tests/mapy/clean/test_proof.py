"""A copy is handed out only if it is what it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import mapy
from mapy.clean.policy import Policy
from mapy.clean.proof import compare, read_again
from mapy.clean.rewriting import Rewriting
from mapy.limits import DEFAULT_LIMITS
from mapy.text import Text
from mapy_block_builders import icc_segments, profile
from mapy_builders import ascii_entry, exif, ifd, jpeg, pointer, rational, short, tiff
from mapy_clean_builders import BARE, COARSE, COARSE_PLACE, NO_PLACE, camera_segment, copied

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from mapy.clean.proof import Comparison
    from mapy.model import Metadata

WHY = Text("It cannot go.")


class Writer:
    """A writer that is told what to say."""

    def __init__(self, stuck: Mapping[str, Text] | None = None) -> None:
        self.STRUCTURE: Container[str] = frozenset({"File:*"})
        self.STUCK: Mapping[str, Text] = stuck or {}

    def write(self, content: bytes, metadata: Metadata, policy: Policy) -> bytes:
        """Is not asked here."""
        del metadata, policy
        return content

    def image(self, content: bytes) -> Iterable[bytes]:
        """What follows the last segment of an application."""
        return (content[content.index(b"\xff\xc0") :],)


def comparison(
    before: bytes, after: bytes, policy: Policy, writer: Writer | None = None
) -> Comparison:
    """A copy held against an original."""
    metadata = mapy.read(before)
    return compare(
        (before, metadata),
        (after, mapy.read(after)),
        writer or Writer(),
        Rewriting(metadata, policy),
    )


def code(before: bytes, after: bytes, policy: Policy) -> str:
    """The code of the error that a comparison gives, or an empty text."""
    try:
        comparison(before, after, policy)
    except mapy.VerificationFailed as error:
        return error.code
    return ""


PHOTO = jpeg(camera_segment())
TURNED = jpeg(exif(tiff(ifd(short(0x0112, 6)))))


def test_three_lists_partition_the_tags() -> None:
    """Each tag of the original is in exactly one of them, in its order."""
    found = comparison(PHOTO, TURNED, Policy(), Writer({"ExifIFD:*": WHY}))
    keys = list(dict.fromkeys(tag.key for tag in mapy.read(PHOTO)))

    assert sorted(keys) == sorted([*found.removed, *found.kept, *found.stuck])
    assert "IFD0:Orientation" in found.kept
    assert "IFD0:Make" in found.removed
    assert found.stuck == {}


def test_what_cannot_go_is_named_with_the_reason() -> None:
    """A tag that is still there is stuck if the writer says why."""
    found = comparison(TURNED, TURNED, BARE, Writer({"IFD0:*": WHY}))

    assert found.stuck == {"IFD0:Orientation": WHY}
    assert "IFD0:Orientation" not in found.kept


@pytest.mark.parametrize("policy", [Policy(), BARE, COARSE, NO_PLACE, COARSE_PLACE])
def test_refuses_a_copy_that_still_says_what_it_must_not(policy: Policy) -> None:
    """The original is no copy of itself."""
    assert code(PHOTO, PHOTO, policy) == "clean.still-there"


def test_refuses_a_position_that_is_too_exact() -> None:
    """Where a coarse one may stay."""
    gps = ifd(
        ascii_entry(0x0001, "N"),
        rational(0x0002, (43, 1), (28, 1), (5, 1)),
        ascii_entry(0x0003, "E"),
        rational(0x0004, (11, 1), (52, 1), (48, 1)),
    )
    content = jpeg(exif(tiff(ifd(pointer(0x8825, gps)))))

    assert code(content, content, COARSE_PLACE) == "clean.still-there"
    assert code(content, copied(content, COARSE_PLACE).content, COARSE_PLACE) == ""


def test_refuses_an_orientation_that_must_not_stay() -> None:
    """Only what the policy keeps may stay."""
    assert code(PHOTO, TURNED, Policy()) == ""
    assert code(PHOTO, TURNED, BARE) == "clean.still-there"


def test_refuses_a_profile_that_must_not_stay() -> None:
    """The colour profile is one of the things that a policy keeps."""
    content = jpeg(*icc_segments(profile((b"desc", b"desc" + bytes(20)))))

    assert code(content, content, Policy()) == ""
    assert code(content, content, BARE) == "clean.still-there"


def test_refuses_another_image() -> None:
    """One byte of the image's data is enough."""
    assert code(jpeg(), jpeg()[:-3] + b"?\xff\xd9", Policy()) == "clean.image-changed"


def test_refuses_a_copy_that_cannot_be_read() -> None:
    """Or that is damaged where the original was not."""
    with pytest.raises(mapy.VerificationFailed, match="could not be read again"):
        read_again(b"\xff\xd8\xff", mapy.read(PHOTO), DEFAULT_LIMITS)
    with pytest.raises(mapy.VerificationFailed, match="damaged"):
        read_again(jpeg(exif(b"II*\0\xff\xff\xff\xff")), mapy.read(PHOTO), DEFAULT_LIMITS)


def test_a_message_names_no_tag_that_the_file_names() -> None:
    """A name that is not in our tables may itself be the secret."""
    known = jpeg(exif(tiff(ifd(short(0x0128, 2)))))
    unknown = jpeg(exif(tiff(ifd(short(0xFEEE, 2)))))

    with pytest.raises(mapy.VerificationFailed, match="the tag IFD0:ResolutionUnit,"):
        comparison(known, known, Policy())
    with pytest.raises(mapy.VerificationFailed, match="the tag IFD0,"):
        comparison(unknown, unknown, Policy())
