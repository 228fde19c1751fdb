"""CBOR: every kind of value becomes a tag, within bounds."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st
import pytest

from mapy import blocks
from mapy.buffer import ByteView
from mapy.limits import Budget, Limits
from mapy.reading import Reading
from mapy_box_builders import cbor, tagged


def read(content: bytes, **limits: int) -> tuple[dict[str, object], list[str]]:
    """The values by name, and the codes of the problems."""
    view = ByteView(content)
    reading = Reading(view, Budget(Limits(**limits)))
    blocks.parse("cbor", view, reading, "a label")
    tags = [tag for directory in reading.directories for tag in directory]
    return {tag.name: tag.machine for tag in tags}, [each.code for each in reading.problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (cbor(0), 0),
        (cbor(23), 23),
        (cbor(24), 24),
        (cbor(65536), 65536),
        (cbor(2**63), 2**63),
        (cbor(-5), -5),
        (cbor(1.5), 1.5),
        (b"\xf9\x3e\x00", 1.5),
        (b"\xfa\x3f\xc0\0\0", 1.5),
        (cbor("text"), "text"),
        (cbor(b"bytes"), "(Binary data 5 bytes, use -b option to extract)"),
        (cbor(None), "null"),
        (cbor(True), True),
        (b"\xf7", "undef"),
        (b"\x7f\x61a\x62bc\xff", "abc"),
        (b"\x5f\x41a\x42bc\xff", "(Binary data 3 bytes, use -b option to extract)"),
        (b"\x9f\x01\x02\xff", [1, 2]),
        (bytes(tagged(0, "2023-01-02T03:04:05Z")), "2023:01:02 03:04:05Z"),
        (bytes(tagged(0, "soon")), "soon"),
        (bytes(tagged(1, 1600000000)), "2020:09:13 12:26:40+00:00"),
        (bytes(tagged(1, 1600000000.5)), "2020:09:13 12:26:40.500000+00:00"),
        (bytes(tagged(1, 1e300)), 1e300),
        (bytes(tagged(2, b"\1\0\0")), 65536),
        (bytes(tagged(3, b"\1\0\0")), -65537),
        (bytes(tagged(4, [-2, 27315])), 273.15),
        (bytes(tagged(4, [10**9, 1])), [10**9, 1]),
        (bytes(tagged(4, [False, 1])), [False, 1]),
        (bytes(tagged(4, [16, False])), [16, False]),
        (bytes(tagged(32, "http://example.com")), "http://example.com"),
    ],
)
def test_reads_a_value(written: bytes, value: object) -> None:
    """Each kind as RFC 8949 writes it."""
    found, problems = read(b"\xa1" + cbor("key") + written)

    assert found == {"Key": value}
    assert problems == []


def test_names_values_by_the_keys_that_lead_to_them() -> None:
    """Maps inside maps and lists make one name; what lists hold comes together."""
    found, _ = read(
        cbor(
            {
                "actions": [{"action": "c2pa.opened"}, {"action": "c2pa.edited", "when": 1}],
                "dc:creator": "Andy",
                "@context": {"exif:EX": "address"},
                "c2pa_manifest": {"hash": b""},
                "thumbnail": {"url": "here"},
                "claim_generator_info": [{"name": "lamp"}],
                "1st": 1,
                "a": 2,
            }
        )
    )

    assert found == {
        "ActionsAction": ["c2pa.opened", "c2pa.edited"],
        "ActionsWhen": 1,
        "Dc_creator": "Andy",
        "ContextExif_EX": "address",
        "C2PA_ManifestHash": "(Binary data 0 bytes, use -b option to extract)",
        "ThumbnailURL": "here",
        "Claim_Generator_InfoName": "lamp",
        "Tag1st": 1,
        "TagA": 2,
    }


def test_numbers_what_a_list_at_the_top_holds() -> None:
    """COSE signatures are lists: protected, unprotected, payload, signature."""
    signature = tagged(18, [b"\xa0", {"x5chain": [b"1", b"2"], 33: "other"}, None, b"sig"])
    found, _ = read(bytes(signature))

    assert list(found) == ["Item0", "Item1X5Chain", "Item1_33", "Item2", "Item3"]
    assert found["Item2"] == "null"


def test_keeps_the_bytes_of_binary_values() -> None:
    """What is shown is their length; who explains a certificate needs them."""
    view = ByteView(cbor({"pad": b"abc"}))
    reading = Reading(view, Budget(Limits()))
    blocks.parse("cbor", view, reading, "")

    assert reading.directories[0].tags[0].raw == b"abc"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\x9b" + b"\xff" * 8, id="a list of 2**64 values"),
        pytest.param(b"\xbb" + b"\xff" * 8, id="a map of 2**64 pairs"),
        pytest.param(b"\x5b" + b"\xff" * 8, id="bytes of 2**64"),
        pytest.param(b"\x1f", id="a number without a length"),
        pytest.param(b"\x1c", id="a length of no known kind"),
        pytest.param(b"\xf8\x64", id="a simple value of no known kind"),
        pytest.param(b"\x7f\x01\xff", id="a text made of a number"),
        pytest.param(b"\x9f\x01", id="a list that does not end"),
    ],
)
def test_notes_what_is_malformed(content: bytes) -> None:
    """At once, whatever a length promises."""
    found, problems = read(content)

    assert found == {}
    assert len(problems) == 1


def test_cuts_names_that_grow_without_end() -> None:
    """Long keys inside long keys would multiply."""
    value: object = 1
    for _ in range(20):
        value = {"k" * 1000: value}
    found, problems = read(cbor(value))

    assert [len(name) for name in found] == [256]
    assert problems == []


def test_obeys_the_limits() -> None:
    """Depth and number of values are bounded."""
    deep = b"\x81" * 20_000 + b"\1"
    many = cbor({"list": [0] * 1000})

    assert read(deep) == ({}, ["limit.box-depth"])
    assert read(many, nodes=500) == ({}, ["limit.nodes"])


@given(st.binary(max_size=64))
def test_survives_any_bytes(content: bytes) -> None:
    """Whatever they are, the parser ends."""
    read(content)


def test_survives_a_big_exponent() -> None:
    """A number that no float can hold stays as it is written."""
    bits = struct.pack(">Q", 2**63)
    found, problems = read(b"\xa1" + cbor("n") + bytes(tagged(5, [300, int.from_bytes(bits)])))

    assert problems == []
    assert list(found) == ["TagN"]
