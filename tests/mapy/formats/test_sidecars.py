"""Files that hold metadata and no picture: XMP sidecars and EXV."""

from __future__ import annotations

import pytest

import mapy
from mapy_builders import camera, code_of, exif, rdf, segment, tiff

PACKET = rdf("<dc:format>image/x-raw</dc:format>")


@pytest.mark.parametrize(
    "content",
    [
        PACKET,
        b"<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>" + PACKET + b"<?xpacket end='w'?>",
        b"\xef\xbb\xbf" + PACKET,
        PACKET.decode().encode("utf-16"),
        b"\n<!-- a comment -->\n" + PACKET,
    ],
)
def test_reads_a_packet_as_a_file(content: bytes) -> None:
    """With or without its wrapper, in either encoding."""
    metadata = mapy.read(content)

    assert metadata.format == "XMP"
    assert metadata["XMP-dc:Format"].machine == "image/x-raw"


def test_reads_a_packet_with_bytes_of_another_encoding() -> None:
    """One byte that is no UTF-8 does not cost the packet."""
    metadata = mapy.read(b'<?xpacket begin="\xff"?>' + PACKET)

    assert metadata["XMP-dc:Format"].machine == "image/x-raw"


def test_survives_an_encoding_that_nobody_knows() -> None:
    """It is a problem of the packet, not of the reader."""
    assert code_of(b"<?xml version='1.0' encoding='UTo-8'?>" + PACKET) == "file.broken"


def test_reads_the_segments_of_an_exv() -> None:
    """Behind the signature of Exiv2 it is a JPEG without a picture."""
    content = b"\xff\x01Exiv2" + exif(tiff(camera())) + b"\xff\xd9"
    metadata = mapy.read(content)

    assert metadata.format == "EXV"
    assert metadata["IFD0:Make"].machine == "Lamp"
    assert metadata["IFD0:Make"].offset == content.index(b"Lamp")


def test_survives_every_truncation_of_an_exv() -> None:
    """Cut at each byte, it gives what is left or a named error."""
    content = b"\xff\x01Exiv2" + exif(tiff(camera())) + segment(0xFE, b"x")

    assert {code_of(content[:size]) for size in range(7, len(content))} == {"", "file.broken"}


def test_one_prefix_of_two_namespaces_gives_two_groups() -> None:
    """The second one, which nobody knows, is called by a name of ours."""
    body = "<a:Test xmlns:a='http://one/'>1</a:Test><a:Test xmlns:a='http://two/'>2</a:Test>"
    metadata = mapy.read(rdf(body))

    assert (metadata["XMP-a:Test"].machine, metadata["XMP-tmp0:Test"].machine) == ("1", "2")


def test_texts_in_an_array_of_unknown_structures_are_no_list() -> None:
    """They are as many tags; texts that are the items of an array are one list."""
    struct = "<rdf:li rdf:parseType='Resource'><a:Bb>{0}</a:Bb></rdf:li>"
    body = (
        "<a:A xmlns:a='http://one/'><rdf:Bag>"
        + struct.format("1")
        + struct.format("2")
        + "</rdf:Bag></a:A><a:C xmlns:a='http://one/'><rdf:Bag><rdf:li>3</rdf:li>"
        "<rdf:li>4</rdf:li></rdf:Bag></a:C>"
    )
    values = [(tag.name, tag.machine) for tag in mapy.read(rdf(body)) if tag.group == "XMP-a"]

    assert values == [("ABb", "1"), ("ABb", "2"), ("TagC", ["3", "4"])]


NODE = """
<rdf:Description rdf:about="" xmlns:a="http://one/">
 <a:Author><rdf:Description rdf:nodeID="n" a:Food="cookies"/></a:Author><a:Editor rdf:nodeID="n"/>
</rdf:Description>
<rdf:Description rdf:nodeID="n" xmlns:a="http://one/" a:Name="Somebody"/>
<rdf:Description rdf:nodeID="m" xmlns:a="http://one/"><a:Alone>yes</a:Alone></rdf:Description>
"""


def packet_of(body: str) -> bytes:
    """A packet of these descriptions."""
    name = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    return f"<rdf:RDF xmlns:rdf='{name}'>{body}</rdf:RDF>".encode()


def test_gives_every_property_what_its_node_has() -> None:
    """A node is described where it stands and meant elsewhere; what nobody means stands alone."""
    values = {tag.name: tag.machine for tag in mapy.read(packet_of(NODE)) if tag.group == "XMP-a"}

    assert values == {
        "AuthorFood": "cookies",
        "AuthorName": "Somebody",
        "EditorFood": "cookies",
        "EditorName": "Somebody",
        "Alone": "yes",
    }


def test_nodes_cannot_grow_without_end() -> None:
    """Many properties that mean a node of many values are counted before they are made."""
    meant = "".join(f"<a:P{number} rdf:nodeID='n'/>" for number in range(2_000))
    had = "".join(f"<a:V{number}>x</a:V{number}>" for number in range(2_000))
    body = (
        f"<rdf:Description xmlns:a='http://one/'>{meant}</rdf:Description>"
        f"<rdf:Description rdf:nodeID='n' xmlns:a='http://one/'>{had}</rdf:Description>"
    )

    assert code_of(packet_of(body)) == "file.broken"


def test_control_characters_do_not_cost_the_packet() -> None:
    """XML does not allow them, and some writers leave them."""
    assert (
        mapy.read(PACKET.replace(b"image", b"im\x1age"))["XMP-dc:Format"].machine == "im ge/x-raw"
    )


def test_names_what_a_region_holds_of_other_namespaces() -> None:
    """As in its own namespace, behind the region's."""
    regions = (
        "<r:Regions xmlns:r='http://www.metadataworkinggroup.com/schemas/regions/' "
        "rdf:parseType='Resource'><r:Extensions rdf:parseType='Resource'>"
        "<dc:format>x</dc:format></r:Extensions></r:Regions>"
    )

    assert mapy.read(rdf(regions))["XMP-mwg-rs:RegionExtensionsFormat"].machine == "x"
