"""The copy of HEIF, HEIC and AVIF: as long as the original, with zeros where metadata were.

Offsets reach from the lists of items and samples into the media, so nothing moves (ISO/IEC 23008-12
and 14496-12). What stays: the pictures that are shown, those that they are made of, and what tells
of transparency. Everything else goes, thumbnails, depths and mattes too: they may show what was cut
away or painted over. Which side is up is a property of the picture, and stays; EXIF's word for it
has no effect in HEIF, and goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapy.boxes import Box, walk
from mapy.buffer import ByteView
from mapy.clean.edit import jpeg_streams
from mapy.clean.edit.spans import blank, merged, overlap
from mapy.clean.policy import Keep
from mapy.clean.profile import trimmed
from mapy.clean.rewriting import Rewriting
from mapy.clean.writers import heif_items
from mapy.clean.writers.heif_items import Meta, free, unusual
from mapy.clean.writers.heif_movie import Movie, handler_texts
from mapy.clean.writers.heif_tags import PROFILES, PROPERTIES, STRUCTURE, STUCK
from mapy.errors import LimitExceeded, OutOfBounds, Span
from mapy.limits import DEFAULT_LIMITS, Budget
from mapy.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapy.clean.policy import Policy
    from mapy.model import Metadata

__all__ = ["STRUCTURE", "STUCK", "image", "write"]

_XMP_TYPES = frozenset({b"application/rdf+xml", b"application/xmp+xml"})
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_FRAGMENTS = frozenset({b"moof", b"mfra", b"sidx"})
_EXIF_HEAD = 4
"""Bytes that tell where behind them the TIFF structure of an Exif item begins."""
_EXIF_SIGNATURE = b"Exif\0\0"
_PROFILE_TYPE = 4
"""Bytes of `colr` in front of the profile."""
_TIFF = (b"II*\0", b"MM\0*")


def write(content: bytes, metadata: Metadata, policy: Policy) -> bytes:
    """The clean copy; every picture stands where it stood.

    Raises:
        CannotClean: the lists of items are broken, or stored in a way that is not followed.
    """
    rewriting = Rewriting(metadata, policy._replace(keep=policy.keep - {Keep.ORIENTATION}))
    if rewriting.keeps_opaque:
        return content
    try:
        return _Copy(_File(content), rewriting).content()
    except (OutOfBounds, LimitExceeded):
        raise unusual() from None


def image(content: bytes) -> Iterator[bytes]:
    """The bytes of the pictures that stay, where they stand; without what JPEG carries beside."""
    try:
        file = _File(content)
        stretches = file.stretches(file.pictures)
        private = file.private()
    except (OutOfBounds, LimitExceeded):
        raise unusual() from None
    plain = bytearray(content)
    blank(plain, private)
    return (bytes(plain[at : at + length]) for at, length in merged(stretches))


class _File:
    """What a file is made of."""

    def __init__(self, content: bytes) -> None:
        self.raw = content
        self.view = ByteView(content)
        self.reading = Reading(self.view, Budget(DEFAULT_LIMITS))
        self.boxes = list(walk(self.view, self.reading))
        self.meta: Meta | None = None
        self.movie: Movie | None = None
        self.kept: list[Box] = []
        for box in self.boxes:
            if box.kind in _FRAGMENTS:
                raise unusual()
            if box.kind == b"meta" and self.meta is None:
                self.meta = Meta(self.view, self.reading, box)
            elif box.kind == b"moov" and self.movie is None:
                self.movie = Movie(self.view, self.reading, box)
            elif box.kind not in (b"ftyp", b"mdat"):
                continue
            self.kept.append(box)
        is_still = self.meta is not None and bool(self.meta.descriptions)
        self.pictures = self.meta.pictures() if self.meta is not None and is_still else set()
        if not self.pictures and self.movie is None:
            raise unusual()

    def stretches(self, numbers: Iterable[int]) -> list[Span]:
        """Where these items are, and the samples of the movie."""
        found: list[Span] = []
        for number in numbers:
            found += self.meta.extents(number) if self.meta is not None else []
        return found + (self.movie.samples if self.movie is not None else [])

    def private(self) -> list[Span]:
        """What pictures in JPEG carry beside themselves."""
        meta = self.meta
        if meta is None:
            return []
        streams = [
            span
            for number in self.pictures
            if meta.descriptions[number].kind == b"jpeg"
            for span in meta.extents(number)[:1]
        ]
        return jpeg_streams.private_of(self.raw, streams)


class _Metadata(NamedTuple):
    """An item of metadata that stays, edited or new."""

    number: int
    content: bytes


class _Copy:
    """One file while its copy is made."""

    def __init__(self, file: _File, rewriting: Rewriting) -> None:
        self._file = file
        self._view = file.view
        self._rewriting = rewriting
        self._out = bytearray(file.raw)

    def content(self) -> bytes:
        """The bytes of the copy."""
        file, out = self._file, self._out
        meta, movie = file.meta, file.movie
        metadata = list(self._metadata(meta)) if meta is not None else []
        media = file.stretches([*file.pictures, *(item.number for item in metadata)])
        private = file.private()
        structure: list[tuple[int, bytes]] = []
        if meta is not None:
            kept = file.pictures | {item.number for item in metadata}
            structure += self._meta(meta, kept, {item.number for item in metadata})
        zeroed = [Span(box.at, box.size) for box in file.boxes if box.kind == b"mdat"]
        if meta is not None and meta.idat is not None:
            zeroed.append(Span(meta.idat.at, meta.idat.size))
        if movie is not None:
            structure += [(box.start, free(box.end - box.start)) for box in movie.freed]
            structure += movie.written
            structure += [self._profile_in(box) for box in movie.profiles]
            structure += [(at, bytes(size)) for at, size in movie.zeroed]
        for box in file.boxes:
            if box not in file.kept:
                structure.append((box.start, self._beside(box)))
        if overlap(media, [Span(at, len(piece)) for at, piece in structure]):
            raise unusual()
        for item in metadata:
            self._put_item(meta, item)
        blank(out, zeroed, media)
        blank(out, private)
        for at, piece in structure:
            out[at : at + len(piece)] = piece
        last = self._last_box()
        del out[last.end :]
        return bytes(out)

    def _last_box(self) -> Box:
        """The last box that stays; what follows it is left out."""
        file = self._file
        if self._rewriting.selection is None:
            return file.kept[-1]
        return max((*file.kept, *filter(_is_xmp, file.boxes)), key=lambda box: box.end)

    def _meta(self, meta: Meta, kept: set[int], named: set[int]) -> list[tuple[int, bytes]]:
        """What is written over the boxes of `meta`."""
        reading = self._file.reading
        found = self._properties(meta, kept)
        for box in meta.boxes:
            if box.kind == b"iinf":
                piece = heif_items.descriptions(meta, box, kept, named)
            elif box.kind == b"iloc":
                piece = heif_items.locations(meta, box, kept)
            elif box.kind == b"iref":
                piece = heif_items.references(meta, reading, box, kept)
            elif box.kind == b"grpl":
                piece = heif_items.groups(meta, reading, box, kept)
            elif box.kind == b"hdlr":
                found += [(at, bytes(size)) for at, size in handler_texts(box)]
                continue
            elif box.kind in (b"pitm", b"iprp", b"idat"):
                continue
            else:
                piece = self._beside(box)
            found.append((box.start, piece))
        return found

    def _properties(self, meta: Meta, kept: set[int]) -> list[tuple[int, bytes]]:
        """What is written over properties, and over the lists of who has them."""
        lost = self._lost_properties(meta, kept)
        found = [(box.start, free(box.end - box.start)) for box in lost.values()]
        found += [
            self._profile_in(box)
            for number, box in enumerate(meta.properties, 1)
            if number not in lost and self._holds_profile(box)
        ]
        found += [
            (box.start, heif_items.associations(meta, box, kept, set(lost)))
            for box in meta.associations
        ]
        return found

    def _lost_properties(self, meta: Meta, kept: set[int]) -> dict[int, Box]:
        """The properties that go, by their numbers."""
        found: dict[int, Box] = {}
        for number, box in enumerate(meta.properties, 1):
            is_owned = bool(kept & meta.items.properties.get(number, set()))
            is_allowed = box.kind in PROPERTIES
            if self._holds_profile(box):
                is_allowed = self._profile(box) is not None
            if not (is_owned and is_allowed):
                found[number] = box
        return found

    def _profile(self, box: Box) -> bytes | None:
        """The colour profile in a `colr` that stays."""
        raw = self._file.raw[box.at + _PROFILE_TYPE : box.end]
        return trimmed(raw) if self._rewriting.keeps_profile else None

    def _profile_in(self, box: Box) -> tuple[int, bytes]:
        """What is written over a box of a colour profile, and where."""
        profile = self._profile(box)
        if profile is None:
            return box.start, free(box.end - box.start)
        at = box.at + _PROFILE_TYPE
        return at, profile.ljust(box.end - at, b"\0")  # zeros follow its own end

    def _holds_profile(self, box: Box) -> bool:
        return box.kind == b"colr" and self._view.take(box.at, 4) in PROFILES

    def _beside(self, box: Box) -> bytes:
        """What stands in the place of a box that carries no picture."""
        if _is_xmp(box):
            edited = self._rewriting.xmp(self._file.raw[box.at : box.end])
            if edited is not None:
                return self._file.raw[box.start : box.at] + edited
        return free(box.end - box.start)

    def _metadata(self, meta: Meta) -> Iterator[_Metadata]:
        """The items of EXIF and XMP that stay."""
        new = self._rewriting.new_exif()
        for number, item in meta.items.items.items():
            extents = meta.extents(number) if item.kind in (b"Exif", b"mime") else []
            raw = b"".join([self._view.take(*span) for span in extents])
            if item.kind == b"Exif" and raw:
                edited = self._exif(raw, new)
                new = None
            elif item.content_type in _XMP_TYPES and raw and not item.encoding:
                edited = self._rewriting.xmp(raw)
            else:
                continue
            if edited is not None and number not in self._file.pictures:
                yield _Metadata(number, edited)

    def _exif(self, raw: bytes, new: bytes | None) -> bytes | None:
        """The content of an Exif item, of the same length."""
        if self._rewriting.selection is None:
            if new is None or len(new) + _EXIF_HEAD > len(raw):
                return None
            return (bytes(_EXIF_HEAD) + new).ljust(len(raw), b"\0")
        told = int.from_bytes(raw[:_EXIF_HEAD], "big") + _EXIF_HEAD
        for at in (told, _EXIF_HEAD, 0, _EXIF_HEAD + len(_EXIF_SIGNATURE)):
            if raw[at : at + 4] in _TIFF:
                signature = raw[_EXIF_HEAD:at]
                if signature not in (b"", _EXIF_SIGNATURE):
                    signature = bytes(len(signature))  # what stands in front is of no EXIF
                return (
                    raw[: min(at, _EXIF_HEAD)] + signature + (self._rewriting.exif(raw[at:]) or b"")
                )
        return None

    def _put_item(self, meta: Meta | None, item: _Metadata) -> None:
        at = 0
        for offset, length in meta.extents(item.number) if meta is not None else ():
            self._out[offset : offset + length] = item.content[at : at + length]
            at += length


def _is_xmp(box: Box) -> bool:
    return box.kind == _XMP
