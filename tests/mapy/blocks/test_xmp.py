"""XMP: RDF flattened to tags, read by a parser that refuses what harms."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st
import pytest

import mapy
from mapy_builders import chunk as png_chunk
from mapy_builders import jpeg, png, rdf, xmp


def read(packet: bytes) -> mapy.Metadata:
    """The metadata of a picture with this packet; a PNG, whose texts may be long."""
    text = b"XML:com.adobe.xmp\0\0\0\0\0" + packet
    return mapy.read(png(png_chunk(b"iTXt", text)))


def codes(metadata: mapy.Metadata) -> list[str]:
    """The codes of the problems."""
    return [problem.code for problem in metadata.problems]


@pytest.mark.parametrize(
    ("body", "key", "machine"),
    [
        ("<dc:format>image/jpeg</dc:format>", "XMP-dc:Format", "image/jpeg"),
        (
            "<dc:subject><rdf:Bag><rdf:li>a</rdf:li><rdf:li>b</rdf:li></rdf:Bag></dc:subject>",
            "XMP-dc:Subject",
            ["a", "b"],
        ),
        (
            "<dc:creator><rdf:Seq><rdf:li>Ann</rdf:li></rdf:Seq></dc:creator>",
            "XMP-dc:Creator",
            "Ann",
        ),
        (
            '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Lamp</rdf:li></rdf:Alt></dc:title>',
            "XMP-dc:Title",
            "Lamp",
        ),
        (
            '<dc:title><rdf:Alt><rdf:li xml:lang="fr">Lampe</rdf:li></rdf:Alt></dc:title>',
            "XMP-dc:Title-fr",
            "Lampe",
        ),
        (
            "<xmp:CreateDate>2024-05-01T10:11:12+02:00</xmp:CreateDate>",
            "XMP-xmp:CreateDate",
            "2024:05:01 10:11:12+02:00",
        ),
        ("<exif:ExposureTime>1/500</exif:ExposureTime>", "XMP-exif:ExposureTime", 0.002),
        ("<exif:GPSLatitude>33,51.59S</exif:GPSLatitude>", "XMP-exif:GPSLatitude", -33.85983333),
        (
            '<exif:Flash rdf:parseType="Resource"><exif:Fired>True</exif:Fired></exif:Flash>',
            "XMP-exif:FlashFired",
            "True",
        ),
        ('<exif:Flash exif:Fired="True"/>', "XMP-exif:FlashFired", "True"),
        ('<dc:source rdf:resource="urn:x"/>', "XMP-dc:Source", "urn:x"),
        ("<dc:source>a &lt;b&gt; &#228;</dc:source>", "XMP-dc:Source", "a <b> ä"),
        ("<own:thing>1</own:thing>", "XMP-own:Thing", "1"),
    ],
)
def test_flattens_each_form_of_a_property(body: str, key: str, machine: object) -> None:
    """Simple values, arrays, alternatives, structures and references each give their tag."""
    value = read(rdf(body))[key].machine

    assert (pytest.approx(machine) if isinstance(machine, float) else machine) == value


def test_lists_the_fields_of_structures_in_an_array() -> None:
    """Each field is a list over the items."""
    item = "<rdf:li><rdf:Description><stEvt:action>{}</stEvt:action></rdf:Description></rdf:li>"
    items = item.format("created") + item.format("saved")
    metadata = read(rdf(f"<xmpMM:History><rdf:Seq>{items}</rdf:Seq></xmpMM:History>"))

    assert metadata["XMP-xmpMM:HistoryAction"].machine == ["created", "saved"]


def test_knows_a_namespace_by_its_address() -> None:
    """Whatever prefix a packet uses, the group has the one that is known."""
    packet = rdf("<a:format>x</a:format>", 'xmlns:a="http://purl.org/dc/elements/1.1/"')

    assert read(packet)["XMP-dc:Format"].machine == "x"


def test_reads_properties_that_are_attributes() -> None:
    """A property may be an attribute of the description."""
    assert read(rdf("", 'dc:format="x"'))["XMP-dc:Format"].machine == "x"


def test_says_which_program_wrote_the_packet() -> None:
    """The toolkit is an attribute of the outermost element."""
    assert read(rdf("<dc:format>x</dc:format>"))["XMP-x:XMPToolkit"].machine == "Test"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_reads_utf_16(encoding: str) -> None:
    """A packet may be UTF-16 with a byte order mark."""
    packet = ("\ufeff" + rdf("<dc:source>ä</dc:source>").decode()).encode(encoding)

    assert mapy.read(jpeg(xmp(packet)))["XMP-dc:Source"].machine == "ä"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("declared", ["", '<?xml version="1.0" encoding="UTF-16"?>'])
def test_reads_a_packet_of_wide_characters_without_a_mark(encoding: str, declared: str) -> None:
    """The first bytes tell the width and the order, whatever the declaration says."""
    packet = declared + rdf("<dc:format>Größe</dc:format>").decode()
    found = mapy.read(jpeg(xmp(packet.encode(encoding))))
    assert (codes(found), found["XMP-dc:Format"].machine) == ([], "Größe")


@pytest.mark.parametrize(("stored", "said"), [("4294967295/1", "infinity"), ("213/100", 2.13)])
def test_a_measured_number_is_a_word_only_where_it_is_a_code(stored: str, said: object) -> None:
    """A distance is said as it is, but for the one that stands for infinity."""
    body = f"<aux:ApproximateFocusDistance>{stored}</aux:ApproximateFocusDistance>"
    assert read(rdf(body))["XMP-aux:ApproximateFocusDistance"].readable == said


def test_keeps_what_stands_in_front_of_a_fault() -> None:
    """XML that is not well-formed gives its first part and a problem."""
    metadata = read(rdf("<dc:format>x</dc:format><dc:source>"))

    assert metadata["XMP-dc:Format"].machine == "x"
    assert codes(metadata) == ["xmp.not-well-formed"]


LAUGHS = """<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
OUTSIDE = """<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>"""
PARAMETER = """<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd" [<!ENTITY % p SYSTEM "x"> %p;]>"""


@pytest.mark.parametrize("declaration", [LAUGHS, OUTSIDE, PARAMETER])
def test_refuses_a_document_type(declaration: str) -> None:
    """With the document type every entity is refused, whatever it would stand for."""
    metadata = read(declaration.encode() + rdf("<dc:format>&a;</dc:format>"))

    assert codes(metadata) == ["xmp.doctype"]
    assert "XMP-dc:Format" not in metadata


def test_bounds_the_depth() -> None:
    """200,000 elements inside each other end at the limit."""
    metadata = read(rdf("<dc:x>" * 200_000))

    assert codes(metadata) == ["limit.xml-depth"]


def test_bounds_the_number_of_elements() -> None:
    """Half a million elements end at the limit."""
    metadata = read(rdf("<dc:x/>" * 500_000))

    assert codes(metadata) == ["limit.xml-nodes"]


def test_bounds_the_number_of_attributes_before_they_are_made() -> None:
    """A million attributes of one element cost no more than their text."""
    packet = rdf("", " ".join(f'a{number:x}=""' for number in range(500_000)))
    tracemalloc.start()
    metadata = read(packet)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert codes(metadata) == ["limit.xml-nodes"]
    assert peak < 12 * len(packet)


def test_refuses_names_that_no_schema_has() -> None:
    """Long names would be multiplied by every property below them."""
    metadata = read(rdf(f"<dc:{'x' * 5000}>1</dc:{'x' * 5000}>"))

    assert codes(metadata) == ["xmp.refused"]


def test_shows_a_file_inside_the_packet_by_its_length() -> None:
    """Pictures in base64 are not text to be read."""
    address = 'xmlns:GImage="http://ns.google.com/photos/1.0/image/"'
    metadata = read(rdf("", f'{address} GImage:Data="AAAA"'))

    expected = "(Binary data 3 bytes, use -b option to extract)"
    assert expected == metadata["XMP-GImage:ImageData"].machine


@given(st.binary(max_size=300))
def test_survives_any_bytes(noise: bytes) -> None:
    """Whatever a packet holds, the answer is a normal one."""
    packet = rdf("<dc:format>x</dc:format>")
    for content in (noise, packet[:200] + noise, packet[:-30] + noise + packet[-30:]):
        metadata = mapy.read(jpeg(xmp(content)))
        assert all(tag.readable is not None for tag in metadata)


@given(st.text(alphabet="<>/\"'=&;# :!?[]-ab\u00e4", max_size=120))
def test_survives_any_markup(body: str) -> None:
    """Whatever markup stands in a description, the answer is a normal one."""
    metadata = read(rdf(body))

    assert all(tag.readable is not None for tag in metadata)


LONG = "QUJD" * 20_000
TOKENS = [f"set-aside-{number}-" for number in range(60)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<GDepth:Confidence>1</GDepth:Confidence>", [LONG]),
        (f"<GDepth:Near>{' '.join(TOKENS)}</GDepth:Near>", [LONG]),
        (f'<GDepth:Near>say "{LONG}" aloud</GDepth:Near>', [LONG, f'say "{LONG}" aloud']),
        (f"<GDepth:Near>{LONG}</GDepth:Near>", [LONG, LONG]),
    ],
)
def test_a_value_as_long_as_a_file_is_read_whole(body: str, expected: list[str]) -> None:
    """It takes a way around the XML parser; what it says stays, wherever such a text stands."""
    packet = rdf(
        body, f'xmlns:GDepth="http://ns.google.com/photos/1.0/depthmap/" GDepth:Data="{LONG}"'
    )
    found = [tag.raw for tag in read(packet) if len(str(tag.raw)) > 1000]

    assert found == expected


@pytest.mark.parametrize(
    ("body", "key", "machine"),
    [
        ('<dc:title><rdf:Alt><rdf:li xml:lang="X-Default">T</rdf:li></rdf:Alt></dc:title>',
         "XMP-dc:Title", "T"),
        ('<dc:title><rdf:Alt><rdf:li xml:lang="fr-ca">T</rdf:li></rdf:Alt></dc:title>',
         "XMP-dc:Title-fr-CA", "T"),
        ('<dc:title><rdf:Alt><rdf:li xml:lang="zh-Hant-TW">T</rdf:li></rdf:Alt></dc:title>',
         "XMP-dc:Title-zh-hant-tw", "T"),
        ('<dc:title><rdf:Alt><rdf:li xml:lang="de_DE">T</rdf:li></rdf:Alt></dc:title>',
         "XMP-dc:Title-de-de", "T"),
        ("<dc:subject><rdf:Bag/></dc:subject>", "XMP-dc:Subject", ""),
        ("<dc:x.y-z>1</dc:x.y-z>", "XMP-dc:Xy-z", "1"),
        ("<dc:q>1</dc:q>", "XMP-dc:TagQ", "1"),
        ("<exif:ApertureValue>2.8</exif:ApertureValue>", "XMP-exif:ApertureValue", 2**1.4),
        ("<exif:GPSLatitude>52,30.5S</exif:GPSLatitude>", "XMP-exif:GPSLatitude", -52.508333333),
        ("<exif:GPSLongitude>13.4 W</exif:GPSLongitude>", "XMP-exif:GPSLongitude", -13.4),
        ("<exif:GPSLatitude>none</exif:GPSLatitude>", "XMP-exif:GPSLatitude", ""),
    ],
)  # fmt: skip
def test_names_and_converts_what_programs_write(body: str, key: str, machine: object) -> None:
    """Languages in any writing, lists without items, odd names, numbers that are no rationals."""
    found = read(rdf(body))[key].machine
    assert found == (pytest.approx(machine) if isinstance(machine, float) else machine)
