"""SVG: what a drawing says about itself becomes directories, and its XML can do no harm."""

from __future__ import annotations

import base64
import time

from hypothesis import given
from hypothesis import strategies as st

import mapy
from mapy_builders import code_of, rdf
from mapy_format_builders import svg

NAMESPACES = (
    'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:cc="http://creativecommons.org/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
METADATA = (
    "<metadata id='m1'><rdf:RDF><cc:Work rdf:about=''><dc:title>A work</dc:title></cc:Work>"
    "</rdf:RDF></metadata>"
)
PICTURE = svg(
    f"<title id='t1'>A &amp; B</title>{METADATA}<g id='g1'><title>drawn</title><text>x</text></g>",
    f"{NAMESPACES} width='50px' height='4in' version='1.1' x='3' inkscape:version='0.92'",
)


def values_of(content: bytes) -> dict[str, object]:
    """The machine values of a drawing, without those of the file."""
    return {tag.key: tag.machine for tag in mapy.read(content) if tag.group != "File"}


def test_reads_root_title_and_metadata() -> None:
    """Attributes of the root, the title, and RDF as XMP; what is drawn is not told."""
    assert values_of(PICTURE) == {
        "SVG:Xmlns": "http://www.w3.org/2000/svg",
        "SVG:ImageWidth": "50",
        "SVG:ImageHeight": "4in",
        "SVG:SVGVersion": "1.1",
        "SVG:TagX": "3",
        "SVG-inkscape:Version": "0.92",
        "SVG:TitleId": "t1",
        "SVG:Title": "A & B",
        "SVG:MetadataID": "m1",
        "XMP-cc:WorkTitle": "A work",
    }


def test_reads_a_packet_in_the_metadata() -> None:
    """The packet that Illustrator writes is read as in any other file."""
    packet = rdf("<dc:format>image/svg+xml</dc:format>").decode()

    assert values_of(svg(f"<metadata>{packet}</metadata>"))["XMP-dc:Format"] == "image/svg+xml"


def test_is_known_behind_whatever_may_stand_in_front() -> None:
    """A declaration, comments, a document type with declarations, blanks, a byte order mark."""
    prolog = (
        '\ufeff<?xml version="1.0"?> <!-- <not-yet> -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG '
        '1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [<!ENTITY a "b">]>'
    )

    assert mapy.read(svg(prolog=prolog)).format == "SVG"


def test_other_xml_is_no_drawing() -> None:
    """The first element decides, HTML above all."""
    assert code_of(b"<html><body><svg/></body></html>") == "file.unknown-format"
    assert code_of(b"<?xml version='1.0'?><!-- <svg> -->") == "file.unknown-format"


def test_expands_no_entity() -> None:
    """A reference stays as it is written, so that nothing can grow."""
    bomb = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    prolog = f'<!DOCTYPE svg [<!ENTITY e0 "{"x" * 100}">{bomb}]>'
    started = time.perf_counter()
    values = values_of(svg("<title>&e9;</title>", prolog=prolog))

    assert values["SVG:Title"] == "&e9;"
    assert time.perf_counter() - started < 1


def test_reads_no_external_entity() -> None:
    """A reference to a file stays as it is written."""
    prolog = '<!DOCTYPE svg [<!ENTITY f SYSTEM "file:///etc/passwd">]>'

    assert values_of(svg("<desc>&f;</desc>", prolog=prolog))["SVG:Desc"] == "&f;"


def test_refuses_a_document_type_in_utf_16() -> None:
    """References are not looked for there, so that there must be nothing to refer to."""
    content = svg("<title>&a;</title>", prolog='<!DOCTYPE svg [<!ENTITY a "b">]>').decode()
    code = code_of(content.encode("utf-16"))

    assert code == "file.broken"


def test_stops_at_too_many_attributes() -> None:
    """What stands in front of the limit is read."""
    many = "".join(f"<g a='{n}'/>" for n in range(500))
    metadata = mapy.read(svg(f"<title>x</title>{many}"), limits=mapy.Limits(xml_nodes=50))

    assert metadata["SVG:Title"].machine == "x"
    assert metadata.problems


def test_notes_a_manifest_that_is_no_base_64() -> None:
    """A broken manifest is a problem, and no loss of the rest."""
    manifest = "<metadata><c2pa:manifest>!</c2pa:manifest></metadata>"
    names = 'xmlns:c2pa="http://c2pa.org/manifest"'
    metadata = mapy.read(svg(manifest, names))

    assert [problem.code for problem in metadata.problems] == ["svg.bad-manifest"]


def test_hands_a_manifest_on() -> None:
    """The bytes behind base 64 are a block."""
    content = base64.b64encode(b"\0\0\0\x08jumb").decode()
    manifest = f"<metadata><c2pa:manifest>{content}</c2pa:manifest></metadata>"
    metadata = mapy.read(svg(manifest, 'xmlns:c2pa="http://c2pa.org/manifest"'))

    assert "jumbf" in [block.kind for block in metadata.blocks]


def test_survives_every_truncation() -> None:
    """Cut at each byte, a drawing gives what is left or a named error."""
    codes = {code_of(PICTURE[:length]) for length in range(len(PICTURE))}

    assert codes == {"", "file.empty", "file.unknown-format", "file.broken"}


@given(st.data())
def test_survives_flipped_bytes(data: st.DataObject) -> None:
    """Whatever its bytes become, a drawing gives values or a named error."""
    content = bytearray(PICTURE)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    assert isinstance(code_of(bytes(content)), str)
