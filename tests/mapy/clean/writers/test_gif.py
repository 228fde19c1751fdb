"""The copy of a GIF: screen, controls, pictures and the loop."""

from __future__ import annotations

from mapy_block_builders import profile
from mapy_clean_builders import BARE, NO_PLACE, SECRET, code_of_clean, copied, cuts
from mapy_format_builders import gif, gif_comment, gif_extension, gif_frame, sub_blocks

LOOP = gif_extension(0xFF, b"NETSCAPE2.0", b"\1\0\0")
PROFILE = profile((b"desc", b"desc" + bytes(20)))


def test_keeps_nothing_but_the_image() -> None:
    """Comments, texts, XMP and unknown extensions go, and so does what follows the trailer."""
    content = gif(
        gif_comment(SECRET),
        gif_extension(0xFF, b"XMP DataXMP", SECRET),
        gif_extension(0x01, bytes(12), SECRET),
        gif_extension(0x77, b"who", SECRET),
        gif_frame(),
    )

    assert gif(gif_frame()) == copied(content + SECRET).content


def test_keeps_an_animation() -> None:
    """Controls and the loop make an animation; nothing but the count stays of the loop."""
    frames = gif_frame(10, 1) + gif_frame(20)
    loop = gif_extension(0xFF, b"NETSCAPE2.0", b"\1\0\0" + SECRET)

    assert gif(LOOP, frames) == copied(gif(loop, frames)).content


def test_keeps_a_colour_profile_as_long_as_it_says() -> None:
    """Unless the policy keeps no colours."""
    content = gif(gif_extension(0xFF, b"ICCRGBG1012", PROFILE + SECRET), gif_frame())

    assert gif(gif_extension(0xFF, b"ICCRGBG1012", PROFILE), gif_frame()) == copied(content).content
    assert gif(gif_frame()) == copied(content, BARE).content


def test_selective_removal_keeps_comments() -> None:
    """A comment is no place; an extension that cannot be edited goes."""
    content = gif(gif_comment(b"hello"), gif_extension(0xFF, b"XMP DataXMP", SECRET), gif_frame())

    assert gif(gif_comment(b"hello"), gif_frame()) == copied(content, NO_PLACE).content


def test_ends_a_picture_that_is_cut_short() -> None:
    """Data that stop in a sub-block get its end, the chain's and the file's."""
    whole = gif(b"," + bytes(4) + b"\1\0\1\0\0\2" + sub_blocks(b"abcd"))
    copy = copied(whole[:-4])

    assert whole[:-4] + bytes(3) + b";" == copy.content


def test_refuses_a_file_without_an_image() -> None:
    """A screen alone is no picture."""
    assert code_of_clean(gif(gif_comment(b"x"))) == "gif.no-image"


def test_survives_every_cut() -> None:
    """A file cut anywhere is cleaned or refused by name."""
    codes = {code_of_clean(content) for content in cuts(gif(LOOP, gif_frame(10, 1)))}

    assert {"", "gif.no-image", "file.empty", "file.unknown-format", "file.broken"} >= codes
