"""What someone should know before using a copy."""

from __future__ import annotations

from mapy.clean import cautions
from mapy.clean.policy import Coarsen, Policy
from mapy_block_builders import icc_segments, profile
from mapy_builders import jpeg, segment
from mapy_clean_builders import BARE, NO_PLACE, camera_segment, copied

PHOTO = jpeg(camera_segment())


def described(name: str) -> bytes:
    """A JPEG with a colour profile of this name."""
    text = name.encode()
    body = b"desc" + bytes(4) + (len(text) + 1).to_bytes(4, "big") + text + bytes(80)
    return jpeg(*icc_segments(profile((b"desc", body))))


def test_there_is_nothing_to_know_of_most() -> None:
    """A photo with a place and a camera is cleaned without a word."""
    assert copied(PHOTO).warnings == ()
    assert copied(PHOTO, NO_PLACE).warnings == ()


def test_content_credentials_are_lost() -> None:
    """Whatever is changed, a signature of C2PA does not survive it."""
    box = b"\0\0\0\x10jumb\0\0\0\x08jumd"
    signed = jpeg(segment(0xEB, b"JP\0\1\0\0\0\1" + box))

    assert copied(signed).warnings == (cautions.SIGNED,)
    assert copied(signed, NO_PLACE).warnings == (cautions.SIGNED,)


def test_more_pictures_are_lost() -> None:
    """A file of several pictures keeps the first."""
    assert copied(jpeg(segment(0xE2, b"MPF\0II*\0\x08\0\0\0\0\0"))).warnings == (
        cautions.MORE_PICTURES,
    )


def test_a_picture_may_lie_on_its_side() -> None:
    """If it says that it is turned, and must not."""
    assert copied(PHOTO, BARE).warnings == (cautions.LIES_ON_ITS_SIDE,)


def test_a_position_may_have_no_coarser_one() -> None:
    """The sea near Sydney has a town near by; the middle of the ocean has none."""
    policy = Policy(coarsen=Coarsen.CITY)

    assert copied(PHOTO, policy).warnings == ()
    assert copied(PHOTO.replace(b"S\0", b"N\0"), policy).warnings == (cautions.NO_PLACE,)


def test_a_profile_of_ones_own_is_named() -> None:
    """One that comes with every system is not."""
    assert copied(described("sRGB IEC61966-2.1")).warnings == ()
    assert copied(described("Anna's screen")).warnings == (cautions.OWN_PROFILE,)
    assert copied(described("Anna's screen"), BARE).warnings == ()
