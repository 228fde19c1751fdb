"""Records: a table of places and types, read from whatever of the block is there."""

import struct

import pytest

from mapy.buffer import ByteView
from mapy.errors import OutOfBounds
from mapy.model import Rational, Tag
from mapy.records import TYPES, Field, Record, record, sequence
from mapy.tags.definition import Definition


def named(name: str) -> Definition:
    """A definition that has nothing but a name."""
    return Definition(name, name)


def raws(tags: list[Tag]) -> dict[str, object]:
    """The raw values by name."""
    return {tag.name: tag.raw for tag in tags}


def test_reads_fields_at_their_places() -> None:
    """A field's tag tells its value and where in the file that stands."""
    layout = record("G", ">", (1, "H", named("A")), (4, "B", named("B")))
    block = ByteView(b"\xff\x01\x02\xff\x09", 100)
    assert layout.tags(block) == [
        Tag("G", named("A"), TYPES["int16u"].tiff_type, 1, 0x0102, 101, 2, ">"),
        Tag("G", named("B"), TYPES["int8u"].tiff_type, 1, 9, 104, 1, ">"),
    ]


def test_keeps_the_order_of_the_table() -> None:
    """The tags stand as the table has them, wherever their values stand."""
    layout = record("G", "<", (2, "B", named("Later")), (0, "B", named("Earlier")))
    assert raws(layout.tags(ByteView(b"\x01\x02\x03"))) == {"Later": 3, "Earlier": 1}
    assert [tag.name for tag in layout.tags(ByteView(b"\x01\x02\x03"))] == ["Later", "Earlier"]


def test_reads_one_layout_in_either_byte_order() -> None:
    """A record without an order of its own follows its block's."""
    layout = Record("G", [Field(0, "int16u", named("A")), Field(2, "int16uRev", named("B"))])
    block = ByteView(b"\0\x01\0\x01")
    assert raws(layout.tags(block, ">")) == {"A": 1, "B": 256}
    assert raws(layout.tags(block, "<")) == {"A": 256, "B": 1}


@pytest.mark.parametrize(
    ("kind", "count", "code", "numbers", "value"),
    [
        ("int16s", 1, "h", (-2,), -2),
        ("int8u", 3, "3B", (1, 2, 3), (1, 2, 3)),
        ("rational32u", 1, "2H", (1, 2), Rational(1, 2)),
        ("rational64s", 2, "4i", (-1, 2, 3, 0), (Rational(-1, 2), Rational(3, 0))),
        ("fixed32s", 1, "i", (0x18000,), 1.5),
        ("fixed32u", 2, "2I", (0x10000, 0x8000), (1.0, 0.5)),
        ("double", 1, "d", (0.25,), 0.25),
        ("undef", 3, "3s", (b"abc",), b"abc"),
    ],
)
def test_makes_the_values_of_each_type(
    kind: str, count: int, code: str, numbers: tuple[object, ...], value: object
) -> None:
    """One value stands for itself, several are a tuple; fractions and fixed points are made."""
    layout = Record("G", [Field(0, kind, named("A"), count)])
    [tag] = layout.tags(ByteView(struct.pack("<" + code, *numbers)), "<")
    assert (tag.raw, tag.count, tag.length) == (value, count, struct.calcsize("<" + code))


def test_parts_the_bits_that_fields_share() -> None:
    """Fields with masks read the same number, each its bits."""
    layout = Record(
        "G",
        [
            Field(0, "int8u", named("High"), mask=0xF0),
            Field(0, "int8u", named("Low"), mask=0x03),
            Field(0, "int8u", named("All")),
        ],
    )
    assert raws(layout.tags(ByteView(b"\xa6"), ">")) == {"High": 10, "Low": 2, "All": 0xA6}


def test_reads_fields_that_lie_over_each_other() -> None:
    """What one field reads as a number, another may read as bytes."""
    layout = Record(
        "G", [Field(0, "undef", named("Bytes"), 4), Field(2, "int16u", named("Number"))]
    )
    assert raws(layout.tags(ByteView(b"\1\2\3\4"), ">")) == {"Bytes": b"\1\2\3\4", "Number": 0x0304}


def test_leaves_out_what_a_short_block_lacks() -> None:
    """A number that is not wholly there is left out; what stands in front of it is told."""
    layout = record("G", ">", (0, "H", named("A")), (2, "H", named("B")), (4, "B", named("C")))
    assert raws(layout.tags(ByteView(b"\0\1\0"))) == {"A": 1}
    assert layout.tags(ByteView(b"")) == []


def test_reads_a_text_as_far_as_it_goes() -> None:
    """A text that the block's end cuts is told as far as it is there, letters of a code are not."""
    fields = [Field(0, "letters", named("Code"), 4), Field(1, "string", named("Text"), 9)]
    [tag] = Record("G", fields).tags(ByteView(b"abc"), "<")
    assert (tag.name, tag.raw, tag.offset, tag.length) == ("Text", b"bc", 1, 2)


def test_a_sequence_is_a_record_of_fields_behind_each_other() -> None:
    """Fields that follow each other need no places."""
    layout = sequence("G", ">", ("B", named("A")), ("2H", named("B")), ("B", named("C")))
    assert layout.size == 6
    assert raws(layout.tags(ByteView(b"\1\0\2\0\3\4"))) == {"A": 1, "B": (2, 3), "C": 4}


def test_goes_by_the_group_that_is_asked_for() -> None:
    """The second profile of a file has groups of its own."""
    [tag] = record("G", ">", (0, "B", named("A"))).tags(ByteView(b"\1"), group="G2")
    assert tag.key == "G2:A"


def test_keeps_what_was_compiled_apart_from_a_changed_record() -> None:
    """A record with other fields is another record."""
    layout = record("G", ">", (0, "B", named("A")), (1, "B", named("B")))
    block = ByteView(b"\1\2")
    assert raws(layout.tags(block)) == {"A": 1, "B": 2}
    assert raws(layout.of(layout.fields[1:]).tags(block)) == {"B": 2}
    assert raws(layout.tags(block)) == {"A": 1, "B": 2}


def test_a_whole_record_is_all_or_nothing() -> None:
    """A record that means nothing in part is refused where it is cut short."""
    layout = sequence("G", ">", ("B", named("A")), ("H", named("B")))
    assert raws(layout.whole(ByteView(b"\1\0\2\3"))) == {"A": 1, "B": 2}
    with pytest.raises(OutOfBounds):
        layout.whole(ByteView(b"\1\0"))
