"""Tags as rows of HTML: every field is text, whatever is in it."""

from __future__ import annotations

from mapy.web.tag_rows import Row, tag_rows

HOSTILE = '<script>alert("1")</script>&'
ESCAPED = "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;&amp;"


def row(**fields: str) -> Row:
    """A row, with some of its fields."""
    plain = Row("p0t1", "Make", "Lamp", "", "Who made it.", "0x10–0x14")
    return plain._replace(**fields)


def html(*rows: Row) -> str:
    """The rows, in a language that shouts."""
    return str(tag_rows(rows, str.upper))


def test_a_row_holds_its_fields() -> None:
    """With its address, and the meaning in the language of the page."""
    (line,) = html(row()).splitlines()
    assert line == (
        '<tr role="row" id="p0t1"><th role="rowheader" scope="row">Make</th>'
        '<td role="cell" dir="auto" class="value">Lamp</td>'
        '<td role="cell" class="meaning">WHO MADE IT.</td>'
        '<td role="cell" class="value where">0x10–0x14</td></tr>'
    )


def test_every_field_is_escaped() -> None:
    """In each place of the row."""
    for field in ("name", "readable", "stored", "where"):
        found = html(row(**{field: HOSTILE}))
        assert (HOSTILE in found, ESCAPED in found) == (False, True), field


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
