"""XML that is no XMP: elements and attributes become tags, within bounds."""

from __future__ import annotations

import pytest

from mapy import blocks
from mapy.buffer import ByteView
from mapy.limits import Budget, Limits
from mapy.reading import Reading


def read(content: bytes, **limits: int) -> tuple[dict[str, object], list[str]]:
    """The values by group and name, and the codes of the problems."""
    view = ByteView(content)
    reading = Reading(view, Budget(Limits(**limits)))
    blocks.parse("xml", view, reading, "xml ")
    tags = [tag for directory in reading.directories for tag in directory]
    return {tag.key: tag.machine for tag in tags}, [each.code for each in reading.problems]


def test_names_tags_by_the_elements_that_lead_to_them() -> None:
    """Names of capitals become words; attributes stand behind their element."""
    found, problems = read(
        b'<NOTE xmlns="address" xmlns:q="other"><TO_WHOM lang="en">you</TO_WHOM>'
        b'<q:when at="2020-01-02T03:04:05Z"/>tail</NOTE>'
    )

    assert found == {
        "XML:NoteXmlns": "address",
        "XML:NoteToWhomLang": "en",
        "XML:NoteToWhom": "you",
        "XML-q:NoteWhenAt": "2020:01:02 03:04:05Z",
        "XML-q:NoteWhen": "",
    }
    assert problems == []


def test_the_first_of_several_counts() -> None:
    """Of elements of one name the first tells most; the others are kept."""
    assert read(b"<a><b>one</b><b>two</b></a>")[0] == {"XML:AB": "one"}


def test_refuses_a_document_type() -> None:
    """With it every entity, and with them the bombs that are made of them."""
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'

    assert read(bomb) == ({}, ["xml.doctype"])
    assert read(b'<!DOCTYPE a SYSTEM "elsewhere"><a>b</a>') == ({}, ["xml.doctype"])


@pytest.mark.parametrize("content", [b"", b"<a>", b"<a></b>", b"\xff\xff", b"<a>\0</a>"])
def test_notes_what_is_not_well_formed(content: bytes) -> None:
    """What stands in front of the fault is read."""
    assert read(content)[1] == ["xml.not-well-formed"]


def test_obeys_the_limits() -> None:
    """Depth, elements and attributes are bounded."""
    assert read(b"<a>" * 100)[1] == ["limit.xml-depth"]
    assert read(b"<a><b/><b/><b/></a>", xml_nodes=3)[1] == ["limit.xml-nodes"]
    assert read(b'<a b="1" c="2" d="3"/>', xml_nodes=2)[1] == ["limit.xml-nodes"]


@pytest.mark.parametrize("name", ["WTF-8", "utf-7", "\x80"])
def test_survives_an_encoding_that_expat_does_not_know(name: str) -> None:
    """It is a problem of the text, not of the reader."""
    text = f"<?xml version='1.0' encoding='{name}'?><a>b</a>".encode("latin-1")

    assert read(text) == ({}, ["xml.not-well-formed"])
