"""Canon's cameras, where a layout depends on the model. Names as in the tag `Model`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapy.makernotes.note import Note

APS_C_OF_2005 = re.compile(r"\b(?:20D|350D|REBEL XT|Kiss Digital N)\b")
"""The EOS 20D and 350D."""
APS_C_OF_2006 = re.compile(r"\b(?:30D|400D|REBEL XTi|Kiss Digital X|K236)\b")
"""The EOS 30D and 400D."""
INTRODUCED_WITH_SIZE = re.compile(
    r"\b(?:1DS?|5D|D30|D60|10D|20D|30D|K236)$"
    r"|\b(?:(?:300D|350D|400D) DIGITAL|REBEL(?: XTi?)?|Kiss Digital(?: [NX])?)$"
)
"""EOS cameras that write the size of their sensor."""


def is_eos(note: Note) -> bool:
    """Whether the camera is of the EOS family."""
    return "EOS" in note.model
