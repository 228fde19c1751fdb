"""The JSON of answers."""

from __future__ import annotations

import json

from safelight_builders import app

VALUE = {"z": "<script>alert(1)</script> & é", "a": ["<b>", 1.5, None]}


def test_no_value_is_markup() -> None:
    """Shown as a page by mistake, it is still text."""
    text = app().json.dumps(VALUE)

    assert not set("<>&") & set(text)


def test_the_value_is_the_same() -> None:
    """In its order, letters as they are."""
    text = app().json.dumps(VALUE)

    assert json.loads(text) == VALUE
    assert list(json.loads(text)) == ["z", "a"]
    assert "é" in text
