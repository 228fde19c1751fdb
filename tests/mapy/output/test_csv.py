"""Tables that no spreadsheet program runs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import mapy
from mapy.batch import Unread
from mapy.output.csv import of_files, of_tags, table
from mapy_builders import ascii_entry, camera, exif, ifd, jpeg, tiff

if TYPE_CHECKING:
    from collections.abc import Iterable

PHOTO = mapy.read(jpeg(exif(tiff(camera()))))
BROKEN = Unread("file.broken", "It is broken.")


def parsed(lines: Iterable[str]) -> list[list[str]]:
    """The rows as a reader of RFC 4180 sees them."""
    return list(csv.reader(io.StringIO("".join(lines), newline="")))


def test_lines_end_as_rfc_4180_has_them() -> None:
    """CR LF behind each; a comma, a quote mark or a line's end inside a cell is quoted."""
    written = "".join(table(["a"], [['x,"y"\nz']]))

    assert written == 'a\r\n"x,""y""\nz"\r\n'


def test_numbers_stay_numbers_and_formulas_become_texts() -> None:
    """A minus in front of digits is a number; in front of all else a formula."""
    rows = parsed(table(["a", "b", "c"], [[-33.86, "-1+cmd|' /C calc'!A0", "-12"]]))

    assert rows[1] == ["-33.86", "'-1+cmd|' /C calc'!A0", "-12"]


def test_a_list_is_one_cell_and_a_claim_a_word() -> None:
    """Guarded as a whole."""
    assert parsed(table(["a", "b"], [[["=1", "b"], True]]))[1] == ["'=1; b", "true"]


def test_a_tag_that_holds_a_formula_is_a_text() -> None:
    """Values come from strangers."""
    photo = mapy.read(tiff(ifd(ascii_entry(0x010E, "=HYPERLINK(1)"))))

    assert parsed(of_files([("a.tif", photo)], ["ImageDescription"]))[1] == [
        *("a.tif", "'=HYPERLINK(1)", ""),
    ]


def test_a_row_a_file_with_the_columns_that_were_chosen() -> None:
    """By group and name, or by name alone, in any case; a file that was not read has its reason."""
    rows = parsed(
        of_files([("a.jpg", PHOTO), ("b.jpg", BROKEN)], ["IFD0:Make", "exposuretime", "Artist"])
    )

    assert rows == [
        ["SourceFile", "IFD0:Make", "exposuretime", "Artist", "Error"],
        ["a.jpg", "Lamp", "1/500", "", ""],
        ["b.jpg", "", "", "", "It is broken."],
    ]


def test_machine_values_on_demand() -> None:
    """As `mapy show -n` gives them."""
    assert parsed(of_files([("a.jpg", PHOTO)], ["ExposureTime"], is_numeric=True))[1][1] == "0.002"


def test_a_row_a_tag() -> None:
    """File, group, name, value, and where it stands."""
    rows = parsed(of_tags([("a.jpg", PHOTO), ("b.jpg", BROKEN)]))
    model = next(row for row in rows if row[2] == "Model")

    assert model[:4] == ["a.jpg", "IFD0", "Model", "Safe 1"]
    assert jpeg(exif(tiff(camera())))[int(model[4]) :].startswith(b"Safe 1")
    assert rows[-1] == ["b.jpg", "", "Error", "It is broken.", "", ""]
