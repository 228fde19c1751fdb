"""Marks: values that are the same in pictures of one camera, one person, one document."""

from __future__ import annotations

from enum import Enum
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.model import Metadata, Tag


class MarkKind(Enum):
    """What a mark is of."""

    BODY = "body"
    """A camera's serial number."""
    LENS = "lens"
    """A lens's serial number."""
    PERSON = "person"
    """A name: owner, artist, creator."""
    DOCUMENT = "document"
    """An id that an editing program carries from copy to copy."""
    IMAGE = "image"
    """An id that a camera gives to one picture."""


class Mark(NamedTuple):
    """A value to compare. Marks of one key link files."""

    kind: MarkKind
    value: str
    """As it is compared: without what differs between the places it is written to."""
    maker: str = ""
    """Whose numbers they are; two makers may give the same serial number."""
    text: str = ""
    """The value as the file has it."""

    @property
    def key(self) -> tuple[MarkKind, str, str]:
        """What is the same in files that the mark links."""
        return self[:3]


_NAMES = {
    MarkKind.BODY: (
        *("SerialNumber", "BodySerialNumber", "CameraSerialNumber", "InternalSerialNumber"),
        *("ExifEX_BodySerialNumber", "DeviceSerialNumber"),
    ),
    MarkKind.LENS: ("LensSerialNumber", "ExifEX_LensSerialNumber"),
    MarkKind.PERSON: (
        *("OwnerName", "CameraOwner", "CameraOwnerName", "Artist", "By-line", "Creator"),
        *("CopyrightOwnerName", "ImageCreatorName"),
    ),
    MarkKind.DOCUMENT: (
        *("DocumentID", "InstanceID", "OriginalDocumentID", "DerivedFromDocumentID"),
        *("DerivedFromInstanceID", "DerivedFromOriginalDocumentID", "IngredientsDocumentID"),
    ),
    MarkKind.IMAGE: (
        *("ImageUniqueID", "ContentIdentifier", "MediaGroupUUID", "MediaUniqueID", "BurstUUID"),
        *("RawDataUniqueID", "ImageSupplierImageID"),
    ),
}
KIND_OF = {name: kind for kind, names in _NAMES.items() for name in names}
"""Which tags are marks, by their names in any group."""

_NUMBERED = frozenset({MarkKind.BODY, MarkKind.LENS})
_NOT_THE_PICTURES = ("XMP-pdf", "XMP-art")
"""Groups in which a creator is somebody else: a program, an artist of another century."""
_NOBODY = frozenset(
    (
        *("unknown", "none", "n/a", "na", "owner", "artist", "author", "photographer"),
        *("creator", "default", "user", "admin", "camera", "anonymous", "byline", "picasa"),
    )
)
"""What programs write where nobody gave a name."""
_PREFIX = re.compile(r"(?:xmp[.:](?:did|iid)[.:]|adobe:docid:[a-z]+:|uuid:|urn:|no[.=]\s*)+")
_NUMBERS = re.compile(r"(?:[-+.\de]+|nan|[-+]?inf)(?: (?:[-+.\de]+|nan|[-+]?inf))+")
"""Numbers in a row: a broken file's, or of a tag that only shares the name."""
_SHORTEST = 4
"""Characters of a number that tells one thing from all others."""
_LONGEST = 120
MOST_MARKS = 60
"""Marks kept of one file."""


def marks_of(metadata: Metadata) -> tuple[Mark, ...]:
    """The marks of a file, each once, in the order of the file; at most `MOST_MARKS`."""
    maker = _maker(metadata)
    model = metadata.get("IFD0:Model")
    camera = "" if model is None else _compared(next(_texts(model), ""))
    found: dict[tuple[MarkKind, str, str], Mark] = {}
    for tag in metadata:
        kind = KIND_OF.get(tag.name)
        if kind is None or tag.group.startswith(_NOT_THE_PICTURES):
            continue
        for text in _texts(tag):
            value = _compared(text)
            if _tells_one(value) and value != camera:  # some cameras call themselves the owner
                mark = Mark(kind, value, maker if kind in _NUMBERED else "", text)
                found.setdefault(mark.key, mark)
    return tuple(found.values())[:MOST_MARKS]


def _maker(metadata: Metadata) -> str:
    """The first word of the make: NIKON and NIKON CORPORATION count their cameras together."""
    tag = metadata.get("IFD0:Make") or metadata.get("XMP-tiff:Make")
    words = str(tag.machine)[:_LONGEST].casefold().split() if tag is not None else []
    return words[0] if words else ""


def _texts(tag: Tag) -> Iterator[str]:
    """The texts of a tag, without needless blanks."""
    value = tag.machine
    for each in value if isinstance(value, list) else [value]:
        yield " ".join(str(each)[:_LONGEST].split())


def _compared(text: str) -> str:
    """A text without case, prefixes and leading zeros."""
    return _PREFIX.sub("", text.casefold(), count=1).lstrip("0")


def _tells_one(value: str) -> bool:
    """Whether a value can tell one thing from others; not `0000000`, `11111111` or `unknown`."""
    signs = {character for character in value if character.isalnum()}
    return (
        len(value) >= _SHORTEST
        and len(signs) > 1
        and value not in _NOBODY
        and not _NUMBERS.fullmatch(value)
    )
