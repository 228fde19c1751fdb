"""Tags as rows of HTML: every field is text, whatever is in it."""

from __future__ import annotations

from mapy.web.tag_rows import Row, tag_rows

HOSTILE = '<script>alert("1")</script>&'
ESCAPED = "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;&amp;"


def row(name: str = "Make", readable: str = "Lamp", stored: str = "") -> Row:
    """A row, with some of its fields."""
    return 1, name, readable, stored, "Who made it.", "0x10–0x14"


def html(*rows: Row) -> str:
    """The rows, in a language that shouts."""
    return str(tag_rows(rows, "p0t", str.upper))


def test_a_row_holds_its_fields() -> None:
    """With its address, and the meaning in the language of the page."""
    (line,) = html(row()).splitlines()
    assert line == (
        '<tr role="row" id="p0t1"><th role="rowheader" scope="row">Make</th>'
        '<td role="cell" dir="auto" class="value">Lamp</td>'
        '<td role="cell" class="meaning">WHO MADE IT.</td>'
        '<td role="cell" class="value where">0x10–0x14</td></tr>'
    )


def test_what_comes_from_the_file_is_escaped() -> None:
    """In each place of the row."""
    for field in ("name", "readable", "stored"):
        found = html(row(**{field: HOSTILE}))
        assert (HOSTILE in found, ESCAPED in found) == (False, True), field


def test_a_translation_is_escaped() -> None:
    """A translator is nobody who writes HTML."""
    assert ESCAPED in str(tag_rows([row()], "p0t", lambda _: HOSTILE))


def test_a_meaning_is_said_in_each_language_that_is_asked_for() -> None:
    """Also where it was said in another before."""
    said = [str(tag_rows([row()], "p0t", speech)) for speech in (str.upper, str.lower, str.upper)]
    assert ["WHO MADE IT." in html for html in said] == [True, False, True]
    assert "who made it." in said[1]


def test_both_values_are_there_where_they_differ() -> None:
    """The style shows one of them."""
    expected = '<span class="readable">1/3 s</span><span class="stored">0.333</span>'
    assert expected in html(row(readable="1/3 s", stored="0.333"))


def test_no_name_moves_the_fields() -> None:
    """A file may name its tags with any sign, also with the one that stands between fields."""
    found = html(row(name="a\0b\0c"), row())
    assert found.count("<tr") == 2
    assert "a\ufffdb\ufffdc" in found


def test_no_rows_are_nothing() -> None:
    """As of an empty group."""
    assert html() == ""
