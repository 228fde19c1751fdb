"""Making any text harmless where it is written: in XML, in HTML, in a table for a spreadsheet."""

from __future__ import annotations

import re

_NOT_IN_XML = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What XML 1.0 forbids (section 2.2) or advises against, and HTML with it."""
_SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of writing: a name would look like another one."""

FORMULA = (
    "=+-@\t\r\n"
    "\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
    "\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)
"""How a cell begins that a spreadsheet program may run; the wide signs count as the narrow ones."""
_BLANKS = " \N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\N{ZERO WIDTH NO-BREAK SPACE}"


def visible(text: str) -> str:
    """A text without what no document may hold; each such sign becomes U+FFFD."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def upright(text: str) -> str:
    """A visible text that does not turn what is written around it."""
    return _TURNING.sub("\N{REPLACEMENT CHARACTER}", visible(text))


def markup(text: object) -> str:
    """A text for XML or HTML, as content or as an attribute's value in double quotes."""
    return escaped(upright(str(text)))


def escaped(text: str) -> str:
    """The same for a text of ours, which may turn the direction of writing where it has to."""
    return text.translate(_SIGNS)


def cell(text: str) -> str:
    """A text that a spreadsheet program takes for a text, whatever it begins with.

    One that begins like a formula, or with the quote mark itself, gets a quote mark in front. So
    the way back is sure: take one quote mark away where a cell begins with one.
    """
    text = visible(text)
    begins = text.lstrip(_BLANKS)[:1]
    return f"'{text}" if text[:1] == "'" or (begins and begins in FORMULA) else text
