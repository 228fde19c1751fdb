"""Long values of XMP: what is set aside is read as it stands."""

from __future__ import annotations

import pytest

from mapy.blocks.set_aside import TOKEN, set_aside

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
