"""A tag's values, whatever a file left in it: the same in plain Python and compiled."""

from unittest.mock import Mock

import pytest

from mapy.tag import Tag
from mapy.tags.definition import Definition, Names
from mapy.tiff_types import PLAIN
from mapy.wording import BITS, EACH, HEXADECIMAL, UNKNOWN, in_each_place


def tag(raw: object, definition: Definition) -> Tag:
    """A tag of a block that has no types."""
    return Tag("Group", definition, PLAIN, 1, raw, 0, 0)


@pytest.mark.parametrize("raw", [None, (1.0, 2.0), b"\xff"])
def test_a_value_of_no_foreseen_type_is_given_as_it_is(raw: object) -> None:
    """Compiled code raises no `TypeError` at what plain Python hands on."""
    found = tag(raw, Definition("id", "Name"))
    assert found.machine == raw
    assert found.readable == raw


def test_a_conversion_may_make_what_it_likes() -> None:
    """What it made is handed on, too; so is what a wording made."""
    convert = Mock(return_value=(1.0, 2.0))
    say = Mock(return_value=None)
    found = tag("raw", Definition("id", "Name", convert=convert, say=say))
    assert found.machine == (1.0, 2.0)
    assert found.readable is None


def test_a_value_of_no_foreseen_type_has_no_name() -> None:
    """Where the table names codes, it is said to be unknown."""
    found = tag(None, Definition("id", "Name", one_of={0: "Off"}))
    assert found.readable == "Unknown (None)"


def test_a_changed_tag_is_a_new_one() -> None:
    """The first one stays as it was; equal tags are equal, field by field."""
    found = tag(1, Definition("id", "Name"))
    assert found._replace(group="Other").group == "Other"
    assert found._replace() == found
    assert found != found._replace(raw=2)


BY_BITS: Names = {1: "Fill", 4: "Slow", UNKNOWN: BITS}
BY_DIGITS: Names = {0: "Off", UNKNOWN: HEXADECIMAL}
IN_TURN: Names = {0: "Off", "1:0": "Normal", "1:2": "Fine", EACH: "0 1"}
PAIRED: Names = {"5 0": "Portrait", "1:1": "1/3 EV steps", EACH: "0 1"}


@pytest.mark.parametrize(
    ("names", "value", "said"),
    [
        (BY_BITS, 0, "(none)"),
        (BY_BITS, 5, "Fill, Slow"),
        (BY_BITS, 0x42, "[1], [6]"),
        (BY_DIGITS, 0, "Off"),
        (BY_DIGITS, 0x1F, "Unknown (0x1f)"),
        (BY_DIGITS, -2, "Unknown (0xfffffffffffffffe)"),
        ({0: "Off"}, "0 0", "Unknown (0 0)"),
        (IN_TURN, "0 2 7", "Off; Fine; 7"),
        (IN_TURN, "3 3", "Unknown (3); Unknown (3)"),
        (PAIRED, "5 0 1", "Portrait; 1/3 EV steps"),
        (PAIRED, "9 9 1", "Unknown (9 9); 1/3 EV steps"),
        (in_each_place({1: "Signed"}, 2), "1 1", "Signed; Signed"),
    ],
)
def test_says_a_code_as_its_table_wants_it(names: Names, value: object, said: str) -> None:
    """By its bits, in hexadecimal, together, or each place of a list by words of its own."""
    assert tag(value, Definition("id", "Name", one_of=names)).readable == said
