"""Foreign text made fit to be shown."""

from __future__ import annotations

import unicodedata

from markupsafe import Markup

MAX_SHOWN = 120
"""Characters of a foreign name on a page; its middle is left out beyond them."""
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def visible(text: str, limit: int = MAX_SHOWN) -> str:
    """`text` with control, bidi and other invisible characters written out, cut to a limit.

    A right-to-left override in a file name makes `gpj.exe` read as `exe.jpg`.
    """
    shown = "".join(_shown(character) for character in text[: 4 * limit])
    if len(shown) <= limit and len(text) <= 4 * limit:
        return shown
    half = (limit - 1) // 2
    return f"{shown[:half]}\N{HORIZONTAL ELLIPSIS}{shown[-half:]}"


def isolated(text: str) -> Markup:
    """`text` as HTML that keeps its own direction and leaves that of the sentence around it."""
    return Markup("<bdi>{}</bdi>").format(text)


def _shown(character: str) -> str:
    if unicodedata.category(character) in _INVISIBLE:
        return f"<U+{ord(character):04X}>"
    return character
