"""A packet of XMP without what a selection takes: the rest stays byte for byte."""

from __future__ import annotations

import pytest

from mapy.blocks.xmp import parse
from mapy.buffer import ByteView
from mapy.clean.edit import xmp
from mapy.clean.policy import Coarsen, Policy
from mapy.clean.selection import Selection, selection_of
from mapy.explain.finding import Subject
from mapy.limits import DEFAULT_LIMITS, Budget
from mapy.model import Position
from mapy.reading import Reading
from mapy_builders import rdf
from mapy_clean_builders import SECRET

NO_PLACE = selection_of(Policy(remove=frozenset({Subject.PLACE})), None)
NO_HISTORY = selection_of(Policy(remove=frozenset({Subject.HISTORY})), None)
KM = selection_of(Policy(remove=frozenset(), coarsen=Coarsen.KM), Position(-33.86, 151.21))
NOTHING = selection_of(Policy(remove=frozenset()), None)
PHOTOSHOP = 'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'


def edited(packet: bytes, selection: Selection) -> bytes:
    """The edited packet, which must be as long as it was."""
    result = xmp(packet, selection)
    assert len(packet) == len(result)
    return result


def said(packet: bytes) -> dict[str, object]:
    """What a packet says, by key."""
    view = ByteView(packet)
    reading = Reading(view, Budget(DEFAULT_LIMITS))
    parse(view, reading)
    assert reading.problems == []
    return {tag.key: tag.machine for directory in reading.directories for tag in directory}


def test_takes_an_attribute() -> None:
    """Blanks stand where it stood; its neighbours are as they were."""
    packet = rdf("", f'{PHOTOSHOP} dc:format="f" photoshop:City="Canary" dc:source="s"')

    after = packet.replace(b' photoshop:City="Canary"', b" " * 24)
    assert edited(packet, NO_PLACE) == after


def test_takes_an_element() -> None:
    """With all that it holds."""
    taken = f"<photoshop:City {PHOTOSHOP}>Canary &amp; more</photoshop:City>"
    packet = rdf(f"<dc:format>f</dc:format>{taken}<dc:source>s</dc:source>")

    assert edited(packet, NO_PLACE) == packet.replace(taken.encode(), b" " * len(taken))


@pytest.mark.parametrize(
    "taken",
    [
        "<xmpMM:History><rdf:Seq><rdf:li stEvt:action='a'/></rdf:Seq></xmpMM:History>",
        '<xmpMM:DerivedFrom rdf:parseType="Resource"><stEvt:a>b</stEvt:a></xmpMM:DerivedFrom>',
        '<xmpMM:DocumentID rdf:resource="xmp.did:1"/>',
        '<xmp:CreatorTool xml:lang="de">Tool</xmp:CreatorTool>',
        "<xmpMM:DocumentID><rdf:value>v</rdf:value></xmpMM:DocumentID>",
    ],
)
def test_takes_structures_lists_and_references(taken: str) -> None:
    """However a property is written."""
    packet = rdf(f"<dc:format>f</dc:format>\n{taken}\n<dc:source>s</dc:source>")

    after = packet.replace(taken.encode(), b" " * len(taken)).replace(b' x:xmptk="Test"', b" " * 15)
    assert edited(packet, NO_HISTORY) == after


def test_takes_a_field_of_a_structure() -> None:
    """The structure stays, if only a field of it is about the place."""
    packet = rdf(
        '<xmpMM:Pantry rdf:parseType="Resource">'
        "<exif:GPSLatitude>1,2N</exif:GPSLatitude><dc:format>f</dc:format></xmpMM:Pantry>"
    )

    assert set(said(edited(packet, NO_PLACE))) == {"XMP-x:XMPToolkit", "XMP-xmpMM:PantryFormat"}


def test_takes_comments() -> None:
    """They are no properties, and can say anything."""
    packet = rdf(f"<!-- {SECRET.decode()} --><dc:format>f</dc:format>")

    assert SECRET not in edited(packet, NO_PLACE)


def test_takes_pictures_in_texts() -> None:
    """A thumbnail in base64 may show what was cut away."""
    packet = rdf(
        "<xmp:Thumbnails><rdf:Alt><rdf:li rdf:parseType='Resource'>"
        '<g:image xmlns:g="http://ns.adobe.com/xap/1.0/g/img/">AAAA</g:image>'
        "</rdf:li></rdf:Alt></xmp:Thumbnails>"
    )

    assert b"AAAA" not in edited(packet, NO_PLACE)


@pytest.mark.parametrize(
    ("written", "read"),
    [("33,51.590000S", -33.86), ("0,0.1234567N", -33.86), ("-33.8599999", -33.86)],
)
def test_coarsens_a_position(written: str, read: float) -> None:
    """In the form that it was written in, as an element and as an attribute."""
    for packet in (
        rdf(f"<exif:GPSLatitude>{written}</exif:GPSLatitude>"),
        rdf("", f'exif:GPSLatitude="{written}"'),
    ):
        after = edited(packet, KM)
        assert written.encode() not in after
        assert said(after)["XMP-exif:GPSLatitude"] == read


def test_takes_a_position_that_has_no_room() -> None:
    """A coarser position that is longer than what was written cannot stand there."""
    assert "XMP-exif:GPSLatitude" not in said(
        edited(rdf("<exif:GPSLatitude>1,2N</exif:GPSLatitude>"), KM)
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_edits_utf_16(encoding: str, mark: str) -> None:
    """Letters of two, three and four bytes in UTF-8 keep their room in UTF-16."""
    text = rdf("<dc:format>é€😀</dc:format>", f'{PHOTOSHOP} photoshop:City="ü€😀x"').decode()
    packet = (mark + text).encode(encoding)

    after = edited(packet, NO_PLACE).decode(encoding).removeprefix(mark)
    assert said(after.encode()) == {"XMP-x:XMPToolkit": "Test", "XMP-dc:Format": "é€😀"}


def test_keeps_what_stands_around_the_packet() -> None:
    """Blanks and NULs, by which writers fill the room."""
    packet = b"\n " + rdf("<dc:format>f</dc:format>") + b"  \n" + bytes(7)

    assert edited(packet, NO_PLACE) == packet


@pytest.mark.parametrize(
    "packet",
    [
        rdf("<dc:format>f</dc:source>") + SECRET,
        b'<!DOCTYPE x [<!ENTITY a "b">]>' + rdf(SECRET.decode()),
        rdf(f'<dc:format rdf:nodeID="{SECRET.decode()}"/>'),
        rdf("<dc:format>\xff</dc:format>").replace(b"\xc3\xbf", b"\xff" + SECRET),
        b"<a>" * 100 + SECRET,
    ],
)
def test_blanks_what_it_cannot_take_apart(packet: bytes) -> None:
    """Not well-formed, with a document type, with links, in no encoding, too deep."""
    after = edited(packet, NO_PLACE)

    assert SECRET not in after
    assert said(after) == {}


def test_blanks_what_is_too_short() -> None:
    """Where not even an empty packet has room."""
    assert edited(b"<a>", NO_PLACE) == b"   "


def test_changes_nothing_where_nothing_goes() -> None:
    """The same bytes."""
    packet = rdf("<exif:GPSLatitude>1,2N</exif:GPSLatitude>")

    assert xmp(packet, NOTHING) == packet


def test_survives_every_cut() -> None:
    """A packet that ends too soon goes as a whole."""
    packet = rdf("<dc:format>f</dc:format>", 'exif:GPSLatitude="1,2N"')

    for size in range(len(packet)):
        assert b"1,2N" not in edited(packet[:size], NO_PLACE)
