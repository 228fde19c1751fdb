"""Long values of XMP: what is set aside is read as it stands."""

from __future__ import annotations

from unittest.mock import patch
from xml.parsers.expat import ParserCreate
from xml.sax.saxutils import quoteattr

from hypothesis import given
from hypothesis import strategies as st
import pytest

from mapy.blocks.set_aside import TOKEN, brought_back, set_aside

LONG = "L" * 20_000


def written(value: str, beside: str = "") -> bytes:
    """A packet with a value, and something beside it."""
    return f'<x a="1" b="{value}" c="{beside}"/>'.encode()


def test_a_long_value_is_replaced_by_a_token() -> None:
    """What the parser goes through is short."""
    packet, aside = set_aside(written(LONG))

    ((token, value),) = aside.items()
    assert value == LONG
    assert packet == written(token)


@pytest.mark.parametrize(
    "packet",
    [
        written("short"),
        written(LONG + "&amp;"),
        written(LONG + "\n"),
        written(LONG + "é"),
        written(LONG, beside=f"{TOKEN}3-"),
        written(LONG).decode().encode("utf-16"),
        written("short").replace(b" c=", b" " * 20_000 + b"c="),
    ],
    ids=["short", "reference", "line", "letter", "token", "utf-16", "between"],
)
def test_what_xml_would_change_stays_where_it_is(packet: bytes) -> None:
    """References and blanks are the parser's, and a packet may say what a token says."""
    assert set_aside(packet) == (packet, {})


VALUES = st.text("ab= '\"&<>\n/", max_size=24)


@given(st.lists(st.tuples(VALUES, st.integers(1, 24))))
def test_a_packet_says_the_same(attributes: list[tuple[str, int]]) -> None:
    """Whatever its values are, and however far apart they stand."""
    pairs = (f"{' ' * gap}a{at}={quoteattr(value)}" for at, (value, gap) in enumerate(attributes))
    packet = f"<x{''.join(pairs)}/>".encode()
    with patch("mapy.blocks.set_aside._LONG", 8):
        short, aside = set_aside(packet)
    assert [brought_back(value, aside) for value in values(short)] == values(packet)


def values(packet: bytes) -> list[str]:
    """What XML says that the values are."""
    found: list[str] = []
    parser = ParserCreate()
    parser.StartElementHandler = lambda _, attributes: found.extend(attributes.values())
    parser.Parse(packet, True)
    return found
