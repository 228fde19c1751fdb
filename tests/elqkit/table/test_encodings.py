"""Bytes to text: what the file says, what it proves, and what is only assumed."""

from __future__ import annotations

import codecs

from hypothesis import given
from hypothesis import strategies as st
import pytest

from elqkit import ReadOptions, UnreadableTable, read_table
from elqkit.table.encodings import NAMES, How
from elqkit_builders import checked, codes, places, the_problem

TEXT = "name\nMüller\n"
CITY = "\u041c\u043e\u0441\u043a\u0432\u0430"


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_follows_the_byte_order_mark(mark: bytes, name: str) -> None:
    """The mark decides, and is no part of the first column's name."""
    table = read_table(mark + TEXT.encode(name))
    assert (table.encoding.name, table.encoding.how, table.encoding.has_mark, table.header) == (
        name,
        How.MARK,
        True,
        ("name",),
    )


def test_takes_valid_utf_8_for_utf_8() -> None:
    """Text that is valid UTF-8 is that, with certainty."""
    table = read_table(TEXT.encode())
    assert (table.encoding.name, table.encoding.is_certain, table[0].values) == (
        "utf-8",
        True,
        ("Müller",),
    )


def test_says_that_cp1252_is_assumed() -> None:
    """What is not UTF-8 is read as cp1252 and never silently: byte and line are named."""
    report = checked("name\nok\nMüller\n".encode("cp1252"))
    place = the_problem(report, "encoding.unsure").places[0]
    assert report.table is not None
    assert (place.line, place.found) == (3, "byte 0xFC at offset 9")
    assert (report.table.encoding.name, report.table.encoding.is_certain) == ("cp1252", False)
    assert report.table[1].values == ("Müller",)


def test_an_assumption_does_not_block() -> None:
    """The person decides; the file can be used."""
    assert checked(TEXT.encode("cp1252")).is_usable


def test_bytes_without_meaning_block() -> None:
    """0x81 is no letter of cp1252 either: it is shown as it is and has to be mended."""
    report = checked(b"name\nM\x81ller\n")
    assert report.table is not None
    assert (report.is_usable, places(report, "encoding.undecodable")) == (False, [(2, None)])
    assert report.table[0].values == ("M\\x81ller",)


def test_a_chosen_encoding_is_used() -> None:
    """What a person chooses is not second-guessed."""
    table = read_table(f"name\n{CITY}\n".encode("cp1251"), ReadOptions(encoding="cp1251"))
    assert (table[0].values, table.encoding.how, table.problems) == ((CITY,), How.CHOSEN, ())


def test_a_wrong_choice_is_named_with_its_line() -> None:
    """A chosen encoding that the bytes contradict blocks the file."""
    report = checked(b"name\nok\nM\xfcller\n", ReadOptions(encoding="utf-8"))
    assert places(report, "encoding.undecodable") == [(3, None)]


def test_a_choice_against_the_mark_is_told() -> None:
    """The mark would otherwise become three odd letters of the first name, unexplained."""
    report = checked(codecs.BOM_UTF8 + b"name\nx\n", ReadOptions(encoding="cp1252"))
    assert "encoding.bom-differs" in codes(report)


def test_knows_utf_16_without_its_mark() -> None:
    """Every second byte is zero; still only assumed, and said."""
    table = read_table("name\nMuller\n".encode("utf-16-be"))
    assert (table.encoding.name, table.encoding.how) == ("utf-16-be", How.ASSUMED)


def test_a_cut_utf_16_file_names_its_last_line() -> None:
    """Half a letter at the end is a fault of the last line, counted in letters, not in bytes."""
    content = codecs.BOM_UTF16_LE + "name\nĊĊ\nx".encode("utf-16-le") + b"\x41"
    assert places(checked(content), "encoding.undecodable") == [(3, None)]


@pytest.mark.parametrize("name", ["utf-32-le", "utf-32-be"])
def test_refuses_utf_32(name: str) -> None:
    """UTF-32 is named, not read as UTF-16 full of NUL."""
    mark = codecs.BOM_UTF32_LE if name == "utf-32-le" else codecs.BOM_UTF32_BE
    with pytest.raises(UnreadableTable, match=r"encoding\.utf-32"):
        read_table(mark + TEXT.encode(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_encoding_that_can_be_chosen_exists(name: str) -> None:
    """ASCII text reads the same in all of them but UTF-16."""
    content = "name\nx\n".encode(name)
    assert read_table(content, ReadOptions(encoding=name)).header == ("name",)


@given(st.binary(max_size=60))
def test_any_bytes_give_a_report(content: bytes) -> None:
    """No bytes raise anything but the refusal that says why."""
    report = checked(content)
    assert report.table is not None or codes(report)
