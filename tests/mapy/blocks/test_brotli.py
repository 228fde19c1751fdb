"""Brotli: what a stream holds, whatever it is made of; and what streams made to harm may cost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest

from mapy.blocks.brotli import unpack
from mapy.blocks.brotli.words import word
from mapy.buffer import ByteView
from mapy.errors import LimitExceeded
from mapy.limits import DEFAULT_LIMITS, KIB, Budget, Limits
from mapy.reading import Reading
from mapy_brotli_builders import END, WINDOW, Field, brotli, meta_block, stored

TEXT = (
    b"The time of the picture is not the time of the file, and the name of the place is not in the"
    b" picture. "
)
STREAMS = {
    "of known words": (
        (
            "1b6500408c946edeb44e2b33735b206c1e63e30fd157de673d9eb22c340413fff2f788152f1119f6ba8770b3"
            "224ddcb095d00ebe3608"
        ),
        TEXT,
    ),
    "of copies and contexts": (
        (
            "1b31010004e464a93e242d09c5ccc666047472e0f01f0fdc1668200f2c61cf6decc917b16a44af5a33206639"
            "a9a1491db32f2f0b2e1f6294ee5870b539f2eb3c13be41a804"
        ),
        TEXT * 3,
    ),
    "of one byte, again and again": ("1be703f82700a2b1402034", bytes(1000)),
    "not compressed": (
        "8b11803c783a786d706d65746120786d6c6e733a783d2761646f62653a6e733a6d6574612f273e03",
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>",
    ),
}


def unpacked(stream: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[bytes | None, list[str]]:
    """What a stream holds, and the codes of its problems or of the limit that it exceeds."""
    view = ByteView(stream)
    reading = Reading(view, Budget(limits))
    try:
        content = unpack(stream, reading, view)
    except LimitExceeded as exceeded:
        return None, [exceeded.code]
    return content, [problem.code for problem in reading.problems]


def made(*fields: Field) -> bytes:
    """A whole stream."""
    return brotli(*WINDOW, *fields, *END)


@pytest.mark.parametrize("name", STREAMS)
def test_gives_what_was_packed(name: str) -> None:
    """Streams that an encoder wrote."""
    stream, content = STREAMS[name]

    assert unpacked(bytes.fromhex(stream)) == (content, [])


@pytest.mark.parametrize(
    ("head", "window"), [((0, 1), 16), ((0b1111, 4), 24), ((0b0100001, 7), 10)]
)
def test_reads_every_width_of_the_window(head: Field, window: int) -> None:
    """One, four or seven bits tell it; it does not change what is stored."""
    content = window.to_bytes(3, "little")
    stream = brotli(head, (0, 1), (0, 2), (2, 16), (1, 1))

    assert unpacked(stream + content + brotli(*END)) == (content, [])


def test_refuses_a_window_of_another_standard() -> None:
    """Larger windows than RFC 7932 has are announced by bits of their own."""
    assert unpacked(brotli((0b0010001, 7), *END)) == (None, ["brotli.broken"])


def test_repeats_what_it_has() -> None:
    """A command of one literal and a copy of nine, from one byte back."""
    copy_nine = 128 + 8 + 7  # the third cell: one literal, the eighth length
    block = meta_block(10, ord("a"), copy_nine, 15 + 1, (0, 1))

    assert unpacked(made(*block)) == (b"a" * 10, [])


def test_passes_over_what_is_no_content() -> None:
    """Blocks that hold nothing of it may stand anywhere."""
    assert unpacked(stored(b"picture", empty=3)) == (b"picture", [])


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, b"time"),
        (1, b"down"),
        (1 << 10, b"time "),
        (4 << 10, b"Time "),
        (9 << 10, b"Time"),
        (44 << 10, b"TIME"),
        (3 << 10, b"ime"),
        (12 << 10, b"tim"),
        (48 << 10, b""),
        (54 << 10, b""),
    ],
)
def test_knows_words_and_their_changes(number: int, expected: bytes) -> None:
    """As they are, with blanks, in capitals, without their first or last letters."""
    assert word(4, number) == expected


@pytest.mark.parametrize(
    ("index", "plain", "raised"),
    [(1795, "d18dd182d0be", "d1add1a2d09e"), (628, "e4b8ade69687", "e4b8a8e69682")],
)
def test_raises_letters_of_more_bytes(index: int, plain: str, raised: str) -> None:
    """As the standard has it, by one bit or two of the last byte: right for few alphabets."""
    assert word(6, index).hex() == plain
    assert word(6, 44 << 11 | index).hex() == raised


def test_refuses_words_that_there_are_not() -> None:
    """No length that has words, no change of that number: no bytes."""
    far = meta_block(10, 0, 128 + 8 + 7, 16 + 40, *[((1 << 21) - 1, 21)])

    assert unpacked(made(*far)) == (None, ["brotli.broken"])


def test_refuses_a_stream_that_is_longer_than_allowed() -> None:
    """By what its blocks declare, before a byte of them is made."""
    block = meta_block(0x10000, 0, 130, 16)

    limits = DEFAULT_LIMITS._replace(inflated_bytes=60 * KIB)

    assert unpacked(made(*block), limits) == (None, ["limit.inflated-bytes"])


def test_refuses_streams_that_are_longer_together_than_allowed() -> None:
    """Many small ones are as bad as one."""
    stream = bytes.fromhex(STREAMS["of one byte, again and again"][0])
    view = ByteView(stream)
    reading = Reading(view, Budget(DEFAULT_LIMITS._replace(total_inflated_bytes=2500)))

    assert [len(unpack(stream, reading, view) or b"") for _ in range(2)] == [1000, 1000]
    with pytest.raises(LimitExceeded) as refused:
        unpack(stream, reading, view)
    assert refused.value.code == "limit.total-inflated-bytes"


@pytest.mark.parametrize(
    "stream",
    [stored(b"nothing", empty=2000), made(*meta_block(3, 0, 136, 16, (0, 1)) * 2000)],
    ids=["empty blocks", "blocks of codes for three bytes"],
)
def test_refuses_work_that_the_content_is_not_worth(stream: bytes) -> None:
    """Blocks that hold little or nothing cost their heads."""
    limits = DEFAULT_LIMITS._replace(unpacking_steps=50_000)

    assert unpacked(stream, limits) == (None, ["limit.unpacking-steps"])


@pytest.mark.parametrize("name", STREAMS)
def test_survives_every_truncation(name: str) -> None:
    """Cut at each byte, a stream is broken, and nothing is made up."""
    stream = bytes.fromhex(STREAMS[name][0])

    for length in range(len(stream) - 1):
        assert unpacked(stream[:length]) == (None, ["brotli.broken"])


@given(name=st.sampled_from(list(STREAMS)), at=st.integers(0, 8 * 80), other=st.integers(0, 640))
def test_survives_flipped_bits(name: str, at: int, other: int) -> None:
    """Whatever the bits say, there is content or a problem."""
    stream = bytearray.fromhex(STREAMS[name][0])
    for bit in (at, other):
        stream[bit // 8 % len(stream)] ^= 1 << bit % 8
    content, problems = unpacked(bytes(stream))

    assert (content is None) == bool(problems)


@given(stream=st.binary(max_size=200))
def test_survives_anything(stream: bytes) -> None:
    """Bytes that were never a stream."""
    content, problems = unpacked(stream)

    assert (content is None) == bool(problems)
