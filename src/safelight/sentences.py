"""Marks sentences that are written far from the page that says them.

`tools/translations.py` finds them by this call, and the page passes them through a catalogue.
"""

from __future__ import annotations


def sentence(text: str) -> str:
    """The text itself."""
    return text
