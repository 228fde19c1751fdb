"""JSON as the workbench sends it: markup in it stays text, even shown as a page by mistake."""

from __future__ import annotations

from flask.json.provider import DefaultJSONProvider

_MARKUP = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
"""These stand in texts only, where JSON lets them be written as numbers (RFC 8259, section 7)."""


class PlainJson(DefaultJSONProvider):
    """Keeps the order of what it is given, and letters as they are."""

    sort_keys = False
    ensure_ascii = False

    def dumps(self, obj: object, **options: object) -> str:
        """The JSON text of a value, without a character that could be markup."""
        return super().dumps(obj, **options).translate(_MARKUP)
