"""Options of an action: strict, so that a misspelt one is not silently without effect."""

from __future__ import annotations

import pytest

from safelight.api import Kind, Option, OptionValue, Refusal
from safelight.security.options import take_options

OPTIONS = (
    Option("exact", "", Kind.FLAG),
    Option("unit", "", Kind.CHOICE, choices=("bytes", "kilobytes")),
    Option("label", "", max_length=5),
    Option("parts", "", Kind.LIST, choices=("heads", "tails"), max_length=20),
)
NOTHING: dict[str, OptionValue] = {"exact": False, "unit": None, "label": None, "parts": None}


@pytest.mark.parametrize(
    ("form", "values"),
    [
        ({}, {}),
        ({"csrf_token": ["x"]}, {}),
        ({"exact": ["on"]}, {"exact": True}),
        ({"exact": ["TRUE"]}, {"exact": True}),
        ({"exact": ["0"]}, {"exact": False}),
        ({"exact": [""], "unit": [""], "label": [""]}, {}),
        ({"unit": ["bytes"], "label": ["a b"]}, {"unit": "bytes", "label": "a b"}),
        ({"label": ["12345"]}, {"label": "12345"}),
        ({"parts": ["heads, tails"]}, {"parts": "heads,tails"}),
        ({"parts": ["tails", "heads", "tails"]}, {"parts": "tails,heads"}),
        ({"parts": [""]}, {}),
    ],
)
def test_options_are_read(form: dict[str, list[str]], values: dict[str, OptionValue]) -> None:
    """An empty field is one that was not filled in."""
    assert take_options(OPTIONS, form) == {**NOTHING, **values}


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"exakt": ["on"]}, "option.unknown"),
        ({"label": ["a", "b"]}, "option.repeated"),
        ({"exact": ["on", "off"]}, "option.repeated"),
        ({"exact": ["perhaps"]}, "option.value"),
        ({"unit": ["Bytes"]}, "option.value"),
        ({"label": ["123456"]}, "option.too-long"),
        ({"parts": ["heads,edges"]}, "option.value"),
        ({"parts": ["tail"] * 6}, "option.value"),
    ],
)
def test_anything_else_is_refused(form: dict[str, list[str]], code: str) -> None:
    """By a code, and without quoting what came."""
    with pytest.raises(Refusal) as refusal:
        take_options(OPTIONS, form)
    assert (refusal.value.code, refusal.value.status) == (code, 400)
    sent = [text for texts in form.values() for text in texts if len(text) > 4]
    assert not [text for text in sent if text in refusal.value.message + refusal.value.hint]
