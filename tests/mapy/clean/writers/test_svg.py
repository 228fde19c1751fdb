"""The copy of an SVG: the drawing as it is written, without what is not drawn."""

from __future__ import annotations

import base64

import pytest

from mapy_builders import exif, jpeg
from mapy_clean_builders import CAMERA, NO_PLACE, SECRET, code_of_clean, copied, cuts
from mapy_format_builders import svg

CIRCLE = '<circle r="1"  fill = "red"/>'
WORD = SECRET.decode()


@pytest.mark.parametrize(
    "hidden",
    [
        f"<metadata>{WORD}</metadata>",
        f"<metadata><a><b/>{WORD}</a></metadata>",
        f"<!-- {WORD} -->",
        f"<?who {WORD}?>",
        f"<title>{WORD}</title>",
        f"<desc>{WORD}</desc>",
        f'<s:view xmlns:s="http://sodipodi" s:path="{WORD}"/>',
        f'<s:a xmlns:s="http://sodipodi"><g/>{WORD}</s:a>',
        f"<undeclared:x>{WORD}</undeclared:x>",
    ],
)
def test_cuts_out_what_is_not_drawn(hidden: str) -> None:
    """Metadata, comments, instructions, titles, and elements of editors; the rest to the byte."""
    assert svg(f"<g>{CIRCLE}\n</g>") == copied(svg(f"<g>{CIRCLE}{hidden}\n</g>")).content


@pytest.mark.parametrize(
    "attribute",
    [
        f' s:docname="{WORD}"',
        f"\n s:docname = '{WORD}'",
        f' data-name="{WORD}"',
        f' u:x="{WORD}"',
    ],
)
def test_cuts_out_attributes_of_editors(attribute: str) -> None:
    """Those of foreign namespaces and those that programs keep for themselves."""
    foreign = ' xmlns:s="http://sodipodi"'
    content = svg(f"<g{attribute}>{CIRCLE}</g>", foreign)

    assert svg(f"<g>{CIRCLE}</g>") == copied(content).content.replace(b'svg">', b'svg" >')


def test_drops_what_the_root_need_not_say() -> None:
    """Attributes of the root stay if they say how the drawing is drawn."""
    content = svg(CIRCLE, f'viewBox="0 0 1 1" inkscape="{WORD}" width="4"')

    assert svg(CIRCLE, 'viewBox="0 0 1 1" width="4"') == copied(content).content


def test_drops_the_document_type_and_puts_its_entities_in() -> None:
    """Short texts of its own are put where they are referred to."""
    prolog = f'<!DOCTYPE svg [<!ENTITY colour "red"><!ENTITY who "{WORD}">]>'
    content = svg('<circle fill="&colour;"/>&amp;', prolog=prolog)

    assert svg('<circle fill="red"/>&amp;') == copied(content).content


def test_cleans_the_pictures_in_a_drawing() -> None:
    """A photo in an attribute is cleaned like a file, however its text is broken into lines."""
    photo, clean = jpeg(exif(CAMERA)), copied(jpeg(exif(CAMERA))).content
    drawn = '<image xlink:href="data:image/jpeg;base64,{}"/>'
    lines = base64.encodebytes(photo).decode()
    escaped = lines.replace("\n", "%0A").replace("=", "%3d")
    expected = svg(drawn.format(base64.b64encode(clean).decode()))

    assert expected == copied(svg(drawn.format(lines))).content
    assert expected == copied(svg(drawn.format(escaped))).content


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<script/>", "svg.program"),
        ('<g onclick="x()"/>', "svg.program"),
        ('<a href="javascript:x()"/>', "svg.program"),
        ('<image href="data:image/png;base64,AAAA"/>', "file.unknown-format"),
        ('<image href="data:image/png;base64,A"/>', "svg.bad-picture"),
        ("<g>", "svg.not-well-formed"),
    ],
)
def test_refuses_what_it_cannot_be_sure_of(body: str, code: str) -> None:
    """Programs, pictures that cannot be read, and XML that is none."""
    assert code == code_of_clean(svg(body))


@pytest.mark.parametrize(
    ("prolog", "code"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "&b;"><!ENTITY b "x">]>', "svg.unsure"),
        ('<!DOCTYPE svg [<!ENTITY a "&#60;g/>">]>', "svg.unsure"),
        ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "svg.unsure"),
        ('<?xml-stylesheet href="a.css"?>', "svg.style-elsewhere"),
    ],
)
def test_refuses_what_comes_from_elsewhere(prolog: str, code: str) -> None:
    """Entities of entities, of elements and of files, and styles that lie elsewhere."""
    assert code == code_of_clean(svg("&a;" if "ENTITY" in prolog else "", prolog=prolog))


def test_bounds_entities() -> None:
    """A reference too often is refused, however short its text."""
    prolog = '<!DOCTYPE svg [<!ENTITY a "x">]>'

    assert code_of_clean(svg("&a;" * 2000, prolog=prolog)) == "svg.unsure"


def test_refuses_utf_16() -> None:
    """Its places cannot be counted as they are."""
    content = svg(CIRCLE, prolog='<?xml version="1.0" encoding="UTF-16"?>').decode()

    assert code_of_clean(content.encode("utf-16")) == "svg.encoding"


def test_selective_removal_keeps_titles() -> None:
    """A title is no place; the metadata, which cannot be edited here, go."""
    content = svg(f"<title>T</title><metadata>{WORD}</metadata>{CIRCLE}")

    assert svg(f"<title>T</title>{CIRCLE}") == copied(content, NO_PLACE).content


def test_survives_every_cut() -> None:
    """A drawing cut anywhere is refused by name."""
    codes = {code_of_clean(content) for content in cuts(svg(f"<g>{CIRCLE}</g>"))}
    refusals = {"svg.not-well-formed", "file.empty", "file.unknown-format", "file.broken"}

    assert refusals | {"clean.damaged"} >= codes
