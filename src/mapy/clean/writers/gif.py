"""The copy of a GIF (89a): screen, colour maps, controls and pictures; of the rest only the loop.

Comments and the extensions of applications go, but for the one that tells how often an animation
is shown, and a colour profile. So do texts that are drawn over the picture, which no program shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapy.clean.fates import Fates
from mapy.clean.profile import trimmed
from mapy.clean.rewriting import Rewriting
from mapy.errors import CannotClean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mapy.clean.policy import Policy
    from mapy.model import Metadata
    from mapy.text import Text

_HEADER, _FLAGS_AT = 13, 10
_IMAGE_HEAD = 10
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_CONTROL, _COMMENT, _APPLICATION = 0xF9, 0xFE, 0xFF
_HAS_COLOUR_MAP = 0x80
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_LOOP_SIZE, _LOOP_ID = 3, 1
_PROFILE = b"ICCRGBG1012"
_NAME_SIZE = 11
_LONGEST = 255
"""Bytes of a sub-block."""

STRUCTURE = frozenset(
    (
        *("GIF:GIFVersion", "GIF:ImageWidth", "GIF:ImageHeight", "GIF:HasColorMap"),
        *("GIF:ColorResolutionDepth", "GIF:BitsPerPixel", "GIF:BackgroundColor"),
        *("GIF:PixelAspectRatio", "GIF:AnimationIterations", "GIF:FrameCount", "GIF:Duration"),
        *("GIF:TransparentColor",),
    )
)
STUCK: Mapping[str, Text] = {}


class Block(NamedTuple):
    """One block as it stands in the file."""

    label: int
    """The extension's label, or the separator of an image."""
    packed: bytes
    at: int
    """Where its data begin."""
    data: bytes
    """What the sub-blocks of an extension hold, one behind the other."""


def write(content: bytes, metadata: Metadata, policy: Policy) -> bytes:
    """The clean copy of a GIF."""
    rewriting = Rewriting(metadata, policy)
    fates = Fates(metadata, rewriting.selection)
    pieces = [_screen(content)]
    has_image = False
    for block in _blocks(content):
        if block.label in (_IMAGE, _CONTROL):
            has_image = has_image or block.label == _IMAGE
            pieces.append(block.packed)
        elif block.label == _COMMENT:
            pieces += [block.packed] * fates.keeps(block.at, "File")
        elif block.label == _APPLICATION:
            pieces.append(_application(block.data, rewriting))
    if not has_image:
        raise CannotClean("gif.no-image", "The file has no image data.")
    return b"".join((*pieces, bytes((_TRAILER,))))


def image(content: bytes) -> Iterable[bytes]:
    """The screen, the controls and the pictures."""
    yield _screen(content)
    yield from (block.packed for block in _blocks(content) if block.label in (_IMAGE, _CONTROL))


def _screen(content: bytes) -> bytes:
    return content[: _HEADER + _colour_map(content[_FLAGS_AT : _FLAGS_AT + 1])]


def _colour_map(flags: bytes) -> int:
    """Bytes of the colour map that flags tell of."""
    if not flags or not flags[0] & _HAS_COLOUR_MAP:
        return 0
    return 3 << (flags[0] & 7) + 1


def _blocks(content: bytes) -> Iterator[Block]:
    """The blocks up to the trailer. One that is cut short is ended where the file ends."""
    at = len(_screen(content))
    while at + 1 < len(content):
        kind = content[at]
        if kind == _IMAGE:
            flags_at = at + _IMAGE_HEAD - 1
            data_at = flags_at + 1 + _colour_map(content[flags_at : flags_at + 1]) + 1
            end = _end(content, data_at)
            yield Block(_IMAGE, _ended(content, at, end), data_at, b"")
        elif kind == _EXTENSION:
            data_at = at + 2
            end = _end(content, data_at)
            label = content[at + 1]
            # Pictures may have very many sub-blocks; of extensions they are joined.
            yield Block(label, _ended(content, at, end), data_at, _joined(content, data_at))
        else:
            return
        at = end


def _end(content: bytes, at: int) -> int:
    """Where the chain of sub-blocks ends that begins at `at`; beyond the file if it is cut."""
    size = len(content)
    while at < size and (length := content[at]):
        at += length + 1
    return at + 1


def _ended(content: bytes, at: int, end: int) -> bytes:
    """A block; a chain that is cut short gets an end."""
    if end <= len(content):
        return content[at:end]
    missing = end - 1 - len(content)  # bytes of the last sub-block that are not there
    return content[at:] + b"\0" * (missing + 1)


def _joined(content: bytes, at: int) -> bytes:
    pieces = []
    while at < len(content) and (length := content[at]):
        pieces.append(content[at + 1 : at + 1 + length])
        at += length + 1
    return b"".join(pieces)


def _application(data: bytes, rewriting: Rewriting) -> bytes:
    """The extension of an application, made anew if it belongs to the image; else nothing."""
    name, rest = data[:_NAME_SIZE], data[_NAME_SIZE:]
    if name in _LOOPS and len(rest) >= _LOOP_SIZE and rest[0] == _LOOP_ID:
        return _extension(name, rest[:_LOOP_SIZE])
    if name == _PROFILE and rewriting.keeps_profile:
        profile = trimmed(rest)
        return b"" if profile is None else _extension(name, profile)
    return b""


def _extension(name: bytes, data: bytes) -> bytes:
    portions = (data[at : at + _LONGEST] for at in range(0, len(data), _LONGEST))
    chain = b"".join(bytes((len(portion),)) + portion for portion in portions)
    return bytes((_EXTENSION, _APPLICATION, _NAME_SIZE)) + name + chain + b"\0"
