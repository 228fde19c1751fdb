"""The report as JSON: complete, and with values in the first rows only."""

from __future__ import annotations

import json
from typing import Any

from elqkit import check_file
from elqkit.output.json import as_object, dumps
from elqkit_builders import checked

FAULTY = "e-mail;name\nana@example.com;Ana\nbo@example.com\n"


def shown(content: str | bytes) -> dict[str, Any]:
    """The object that a program reads."""
    found: dict[str, Any] = json.loads(dumps(checked(content)))
    return found


def test_tells_what_the_file_is() -> None:
    """Size, rows, encoding and delimiter, each with how sure it is."""
    found = shown(FAULTY)
    assert (found["file"], found["size_bytes"], found["rows"]) == ("people.csv", 47, 2)
    assert (found["encoding"]["name"], found["encoding"]["certain"]) == ("utf-8", True)
    assert (found["dialect"]["delimiter"], found["dialect"]["line_endings"]) == (
        "semicolon",
        {"LF": 3},
    )


def test_tells_each_problem_with_its_places() -> None:
    """Code, severity, sentence, remedy, count, and where."""
    (problem,) = shown(FAULTY)["problems"]
    assert (problem["code"], problem["severity"], problem["count"]) == ("row.short", "error", 1)
    assert problem["places"] == [
        {"line": 3, "column": 2, "name": "name", "expected": "2 values", "found": "1 value"}
    ]


def test_tells_each_column() -> None:
    """Its profile, with shapes for samples."""
    assert shown(FAULTY)["columns"][0] == {
        "position": 1,
        "name": "e-mail",
        "filled": 1,
        "empty": 0,
        "distinct": 1,
        "distinct_is_exact": True,
        "longest": 15,
        "kinds": {"e-mail": 1},
        "samples": ["aaa@aaaaaaa.aaa"],
    }


def test_values_are_in_the_first_rows_only() -> None:
    """All else of the report can be shared."""
    found = shown("a,b\nCanary1,2\n Canary2,=Canary3\n\x00Canary4\nCanary5,Canary6,7\n")
    assert [row["line"] for row in found.pop("first_rows")] == [2, 3, 4, 5]
    assert "Canary" not in json.dumps(found)


def test_long_values_and_names_are_cut() -> None:
    """A megabyte in a cell is not sent back."""
    found = shown(f"a,{'n' * 300}\n{'x' * 300},y\n")
    assert found["first_rows"][0]["values"][0] == "x" * 200 + "\N{HORIZONTAL ELLIPSIS}"
    assert found["columns"][1]["name"] == "n" * 200 + "\N{HORIZONTAL ELLIPSIS}"


def test_wide_rows_are_cut() -> None:
    """Only the first hundred values of a row are shown."""
    assert len(shown("a\n" + "," * 500)["first_rows"][0]["values"]) == 100


def test_a_file_without_a_table_has_the_same_shape() -> None:
    """A program need not ask which kind of answer it got."""
    refused = as_object(check_file(b"\x7fELF", "a.csv"))
    assert refused.keys() == as_object(checked(FAULTY)).keys()
    assert (refused["rows"], refused["columns"], refused["usable"]) == (None, [], False)
