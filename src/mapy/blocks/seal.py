"""SEAL: one XML element whose attributes say who vouches for a file, and how to check that.

The Secure Evidence Attribution Label (github.com/hackerfactor/SEAL). Nothing is checked here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

GROUP = "SEAL"
_ELEMENT = re.compile(rb"<seal\s([^<>]{0,60000})>")
_ATTRIBUTE = re.compile(rb"""([A-Za-z]{1,20})=(?:"([^"]*)"|'([^']*)')""")
_NAMES = {
    "seal": "SEALVersion",
    "ka": "KeyAlgorithm",
    "kv": "KeyVersion",
    "da": "DigestAlgorithm",
    "b": "ByteRange",
    "d": "Domain",
    "uid": "UniqueIdentifier",
    "id": "Identifier",
    "sf": "SignatureFormat",
    "sl": "SignatureLength",
    "s": "Signature",
    "info": "SEALComment",
    "copyright": "Copyright",
}


def parse(view: ByteView, reading: Reading) -> None:
    """Parse a text that holds the element: one directory."""
    element = _ELEMENT.search(view.take(0, len(view)))
    if element is None:
        return
    tags: list[Tag] = []
    for match in _ATTRIBUTE.finditer(element[1]):
        key = match[1].decode("ascii")
        raw = match[2] if match[2] is not None else match[3]
        if key in _NAMES:
            at = view.start + element.start(1) + match.start()
            value = raw.decode("utf-8", "replace")
            tags.append(
                Tag(GROUP, Definition(key, _NAMES[key]), PLAIN, 1, value, at, len(match[0]))
            )
    reading.add(GROUP, tags, view.span(0, len(view)))
