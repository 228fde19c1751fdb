"""The process that decodes pictures of strangers, to compare them.

Run as `python -I -m mapy.clean.decoder FORMAT`: on its input the pictures, each behind its length
in 8 bytes; on its output a line of JSON for each that could be decoded, with a check sum of its
pixels. Run with `--grey FORMAT...`, a format a picture, it answers with a tiny grey version of
each, or with null. It has limits on memory and time, and opens no file of its own. Needs Pillow,
and pi-heif for HEIC.
"""

from __future__ import annotations

import contextlib
from hashlib import sha256
from importlib import import_module
import io
import json
import sys
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL.Image import Image

MEMORY_BYTES = 3 << 30
CPU_SECONDS = 60
MOST_PIXELS = 200_000_000
"""Of a picture; of all its frames together four times as many."""
_ALL_FRAMES = 4 * MOST_PIXELS
_MOST_FRAMES = 10_000
GREY = "--grey"
GREY_SIDE = 64
"""Pixels of the longer side of a grey version."""
_BOX = 4
"""Pillow's number for the mean of all pixels that become one."""
_LENGTH = 8
_ORIENTATION = 0x0112
_BACK = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
"""Pillow's numbers of what undoes a turn, by orientation."""
_SUBFILE_TYPE, _OLD_SUBFILE_TYPE, _OLD_REDUCED = 0x00FE, 0x00FF, 2
_FORMATS = {
    "JPEG": ("JPEG",),
    "PNG": ("PNG",),
    "WEBP": ("WEBP",),
    "GIF": ("GIF",),
    "BMP": ("BMP",),
    "TIFF": ("TIFF",),
    "BTF": ("TIFF",),
    "PSD": ("PSD",),
    "AVIF": ("AVIF", "HEIF"),
    **dict.fromkeys(("HEIC", "HEIF", "HEICS", "HEIFS"), ("HEIF",)),
    **dict.fromkeys(("JP2", "JPX", "JPM", "J2C"), ("JPEG2000",)),
}
"""Names of ours, and what Pillow calls them. No others are tried: some of its decoders are old."""
FORMATS = frozenset(_FORMATS)
_FIRST_ONLY = frozenset({"JPEG", "PSD"})
"""Formats of which the first frame is the picture: others may stand behind it, and are dropped."""


def main() -> None:
    """Decode what comes in."""
    _limit()
    pictures = _pictures(sys.stdin.buffer)
    if sys.argv[1] == GREY:
        for format_, content in zip(sys.argv[2:], pictures, strict=False):
            _answer(_grey(content, format_))
        return
    for content in pictures:
        _answer(_digest(content, sys.argv[1]))


def _answer(found: object) -> None:
    json.dump(found, sys.stdout)
    sys.stdout.write("\n")
    sys.stdout.flush()


def _limit() -> None:
    """Bound memory and time, and let no file be written; where the system knows such bounds."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _pictures(stream: BinaryIO) -> Iterator[bytes]:
    while head := stream.read(_LENGTH):
        yield stream.read(int.from_bytes(head, "big"))


def _digest(content: bytes, format_: str) -> dict[str, str | int]:
    """The check sum of all frames, and what decoded them."""
    decoder = _decoder(format_)
    digest = sha256()
    frames = pixels = 0
    is_preview = False
    with _opened(content, format_) as picture:
        count = 1 if format_ in _FIRST_ONLY else getattr(picture, "n_frames", 1)
        for number in range(min(count, _MOST_FRAMES)):
            if count > 1:
                picture.seek(number)
            if number == 0:
                is_preview = _is_reduced(picture)
            elif _is_reduced(picture) and not is_preview:
                continue  # a smaller version of a page, which is dropped
            pixels += picture.width * picture.height
            if pixels > _ALL_FRAMES:
                raise ValueError("too many pixels")
            _add(picture, digest.update)
            frames += 1
    return {"sha256": digest.hexdigest(), "frames": frames, "decoder": decoder}


def _decoder(format_: str) -> str:
    """Make what decodes a format ready; its name and version."""
    import PIL  # noqa: PLC0415 - the core needs no Pillow

    decoder = f"Pillow {PIL.__version__}"
    if "HEIF" in _FORMATS[format_]:
        with contextlib.suppress(ImportError):
            pi_heif = import_module("pi_heif")  # by name: few have it installed
            pi_heif.register_heif_opener()
            decoder += f", pi-heif {pi_heif.__version__}"
    return decoder


def _opened(content: bytes, format_: str) -> Image:
    from PIL import Image as images  # noqa: N813, PLC0415 - a module; the core needs no Pillow

    images.MAX_IMAGE_PIXELS = MOST_PIXELS
    return images.open(io.BytesIO(content), formats=_FORMATS[format_])


def _grey(content: bytes, format_: str) -> tuple[int, int, str] | None:
    """Width, height and pixels in hexadecimal of the first frame, tiny; None: not decodable."""
    try:
        _decoder(format_)
        with _opened(content, format_) as picture:
            picture.draft("L", (4 * GREY_SIDE, 4 * GREY_SIDE))  # of a JPEG no more than is needed
            longest = max(picture.size)
            width, height = (max(1, side * GREY_SIDE // longest) for side in picture.size)
            tiny = picture.convert("L").resize((width, height), _BOX)
            return width, height, tiny.tobytes().hex()
    except Exception:  # noqa: BLE001 - whatever a decoder raises, the next picture has its turn
        return None


def _is_reduced(picture: Image) -> bool:
    """Whether a page of TIFF says that it is a smaller version of another."""
    tags = getattr(picture, "tag_v2", {})
    return (
        bool(tags.get(_SUBFILE_TYPE, 0) & 1)
        if _SUBFILE_TYPE in tags
        else (tags.get(_OLD_SUBFILE_TYPE) == _OLD_REDUCED)
    )


def _add(picture: Image, update: Callable[[bytes], None]) -> None:
    """Add a frame: mode, size, colours and pixels, none of them turned by a tag of orientation."""
    if picture.format == "TIFF":  # Pillow turns pages of TIFF, and knows no way to ask for none
        orientation = getattr(picture, "tag_v2", {}).get(_ORIENTATION)
        picture.load()
        back = _BACK.get(orientation) if isinstance(orientation, int) else None
        if back is not None:
            picture = picture.transpose(back)  # type: ignore[arg-type]  # the number does, too
    else:
        picture.getexif().pop(_ORIENTATION, None)
        picture.load()
    update(f"{picture.mode} {picture.width}x{picture.height} ".encode())
    update(bytes(picture.getpalette() or ()))
    update(repr(picture.info.get("transparency")).encode())
    update(picture.tobytes())


if __name__ == "__main__":
    main()
