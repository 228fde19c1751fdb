"""Sentences that are English strings for programs, and more for people."""

from __future__ import annotations

import ast
from copy import deepcopy
from pathlib import Path
import pickle

import pytest

from elqkit.text import Text, joined, plain

GERMAN = {
    "line {line}": "Zeile {line}",
    "{place}: {count} rows": "{place}: {count} Zeilen",
    "{first}, {next}": "{first} und {next}",
}


class Speech:
    """German, in which a person's own words stand in angle brackets."""

    def __call__(self, one: str, many: str = "", count: int = 1, /) -> str:
        """From the small catalogue above."""
        template = many if many and count != 1 else one
        return GERMAN.get(template, template)

    def number(self, value: float, /) -> str:
        """With points."""
        return f"{value:,}".replace(",", ".")

    def name(self, value: str, /) -> str:
        """Between brackets."""
        return f"<{value}>"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        (Text("A row."), "A row."),
        (Text("line {line}", line=12_000), "line 12,000"),
        (Text("{count} row", "{count} rows", count=1), "1 row"),
        (Text("{count} row", "{count} rows", count=0), "0 rows"),
        (Text("{"), "{"),
        (joined(["a", Text("b"), "c"]), "a, b, c"),
        (joined([]), ""),
    ],
)
def test_is_the_english_string(text: Text, english: str) -> None:
    """Programs read it as such, and tests compare it."""
    assert text == english


def test_is_said_with_its_values_in_another_language() -> None:
    """Numbers in the way of that language, texts translated, names set apart."""
    place = joined([Text("line {line}", line=1234), plain("Ana")])
    text = Text("{place}: {count} row", "{place}: {count} rows", place=place, count=2000)
    assert text.translated(Speech()) == "Zeile 1.234 und <Ana>: 2.000 Zeilen"


def test_braces_of_a_value_stay() -> None:
    """What somebody wrote is no template."""
    assert Text("line {line}", line="{line}").translated(Speech()) == "Zeile <{line}>"


def test_a_copy_is_the_same_sentence() -> None:
    """It is copied with reports and outcomes."""
    text = Text("{count} row", "{count} rows", count=3)
    copies = (deepcopy(text), pickle.loads(pickle.dumps(text)))  # noqa: S301 - our own bytes
    assert [(each, each.values, each.many) for each in copies] == [
        ("3 rows", {"count": 3}, "{count} rows")
    ] * 2


SOURCE = Path(__file__).parents[2] / "src/elqkit"
FOR_PROGRAMS = SOURCE / "web/autosubmit/api_actions.py"
"""Its refusals nobody reads but a program, in English."""
MODULES = sorted(set(SOURCE.rglob("*.py")) - {FOR_PROGRAMS})
SPEAK = {"Cause", "FileField", "Option", "Place", "Refusal", "Said", "Text", "UnreadableTable"}
HELPERS = {"_missing", "_not_understood", "_refused"}
"""What is said to people is given to one of these calls."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_sentence_is_put_together_of_pieces(path: Path) -> None:
    """An f-string cannot be translated: values go into a `Text` by their names."""
    said = [
        argument
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in SPEAK | HELPERS
        for argument in [*call.args, *(word.value for word in call.keywords)]
    ]
    pieces = [
        ast.unparse(each)
        for each in said
        if isinstance(each, ast.JoinedStr | ast.BinOp)
        and any(
            isinstance(part, ast.Constant) and " " in str(part.value) for part in ast.walk(each)
        )
    ]
    assert pieces == []
