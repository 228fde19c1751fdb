"""What someone should know before a picture is cleaned, or before the copy is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.clean.policy import Keep
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.clean.rewriting import Rewriting
    from mapy.model import Metadata

SIGNED = Text(
    "The picture carries content credentials (C2PA). They are not in the copy: nobody can check"
    " the signature any more."
)
MORE_PICTURES = Text(
    "The file holds more than the picture that is shown, such as a brighter version, a depth map"
    " or a film. Only the picture is in the copy."
)
NO_PLACE = Text("No town or country is known near the position, so the copy tells none.")
NOWHERE_TO_TELL = Text("This format has no place for a position, so the copy tells none.")
LIES_ON_ITS_SIDE = Text("The copy does not say which side is up, so it may lie on its side.")
OWN_PROFILE = Text(
    "The colour profile that stays is none of the common ones. Its name may tell of your screen,"
    " camera or printer."
)

_COMMON_PROFILES = (
    *("srgb", "display p3", "adobe rgb", "prophoto", "romm", "apple rgb", "generic", "colormatch"),
    *("gimp built-in", "dot gain", "gray gamma", "grayscale", "u.s. web coated", "coated fogra"),
    *("rec", "itu", "bt.", "p3", "ecirgb", "c2", "urgb", "e-srgb", "wide gamut", "hdr", "iso"),
    *("uncoated", "japan color", "swop", "linear", "built-in", "rgb"),
)
"""How the descriptions of profiles begin that come with systems and programs."""
_MORE = frozenset({"mpf", "samsung-trailer", "vivo"})
"""Blocks that tell of more pictures or films in the file."""
_MORE_GROUPS = ("XMP-GContainer", "XMP-Container", "XMP-GCamera", "XMP-hdrgm")
_NO_EXIF = frozenset({"GIF", "BMP", "SVG", "JXL Codestream"})
_UPRIGHT = 1


def cautions(before: Metadata, rewriting: Rewriting) -> tuple[Text, ...]:
    """What to know of a picture that is to be cleaned as `rewriting` does it."""
    return tuple(_cautions(before, rewriting))


def _cautions(before: Metadata, rewriting: Rewriting) -> Iterator[Text]:
    kinds = {block.kind for block in before.blocks}
    if "jumbf" in kinds:
        yield SIGNED
    if kinds & _MORE or any(each.name.startswith(_MORE_GROUPS) for each in before.directories):
        yield MORE_PICTURES
    if rewriting.policy.coarsen is not None and before.position is not None:
        if rewriting.position is None:
            yield NO_PLACE
        elif before.format in _NO_EXIF:
            yield NOWHERE_TO_TELL
    orientation = before.get("IFD0:Orientation")
    is_turned = orientation is not None and orientation.machine != _UPRIGHT
    if is_turned and rewriting.selection is None and not _keeps_orientation(rewriting):
        yield LIES_ON_ITS_SIDE
    if rewriting.keeps_profile and not _is_common(before):
        yield OWN_PROFILE


def _keeps_orientation(rewriting: Rewriting) -> bool:
    return Keep.ORIENTATION in rewriting.policy.keep


def _is_common(metadata: Metadata) -> bool:
    """Whether the colour profile, if there is one, is one that many pictures have."""
    description = metadata.get("ICC_Profile:ProfileDescription")
    if description is None:
        return True
    return str(description.machine).strip().lower().startswith(_COMMON_PROFILES)
