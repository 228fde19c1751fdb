"""The process that decodes pictures of strangers, to compare them.

Run as `python -I -m mapy.decoding.decoder` it takes one request: on its input a line of JSON with
the task and the format of each picture, then the pictures, each behind its
length in 8 bytes; on its output a line of JSON for each. Run with `--fork`, its input is a socket
on which it is handed connections, and it forks for each one, which is then a request.

It has limits on memory and time, and opens nothing: no file and no connection. Needs Pillow, and
pi-heif for HEIC.
"""

from __future__ import annotations

import contextlib
from hashlib import sha256
from importlib import import_module
import io
import json
import os
from pathlib import Path
import signal
import socket
import sys
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL.Image import Image

MOST_PIXELS = 200_000_000
"""Of a picture; of all its frames together four times as many."""
_ALL_FRAMES = 4 * MOST_PIXELS
_MOST_FRAMES = 10_000
Task: TypeAlias = Literal["digest", "grey"]
"""A check sum of the pixels; or a tiny grey version of each, or null."""
_GREY_PIXELS = 40_000_000
"""Of a picture that can only be decoded whole; a JPEG is decoded small."""
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
_LOADED_LATE = ("copy",)
"""What Pillow loads in the middle of decoding: `copy` at the second frame of a GIF."""


class Bounds(NamedTuple):
    """What a request may take."""

    seconds: int
    """After which the process ends, whatever it is doing."""
    memory: int
    """Bytes of addresses, of which the program itself takes some 300 million."""


BOUNDS: dict[Task, Bounds] = {"digest": Bounds(90, 3 << 30), "grey": Bounds(5, 1 << 30)}
"""A proof may take its time; a page waits for the look."""


def main() -> None:
    """Decode what comes in."""
    with contextlib.suppress(OSError):  # where memory runs out, this process goes, and no server
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    _load()
    if sys.argv[1:] == ["--fork"]:
        _fork_for_each(socket.socket(fileno=sys.stdin.fileno()))
    else:
        _decode(sys.stdin.buffer, sys.stdout.buffer)


def _load() -> None:
    """Load every decoder: later on, no file can be opened."""
    from PIL import Image as images  # noqa: N813, PLC0415 - a module; the core needs no Pillow

    images.init()
    images.MAX_IMAGE_PIXELS = MOST_PIXELS
    for module in _LOADED_LATE:
        import_module(module)
    with contextlib.suppress(ImportError):
        import_module("pi_heif").register_heif_opener()  # by name: few have it installed


def _fork_for_each(control: socket.socket) -> None:
    """Fork for each connection, until the other end is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system forgets those that have ended
    while True:
        _, handed, *_ = socket.recv_fds(control, 1, 1)
        if not handed:
            return
        if os.fork() == 0:
            control.close()
            with (
                socket.socket(fileno=handed[0]) as connection,
                connection.makefile("rb") as request,
                connection.makefile("wb") as answers,
            ):
                _decode(request, answers)
            os._exit(0)
        os.close(handed[0])


def _decode(request: BinaryIO, answers: BinaryIO) -> None:
    """Answer one request, up to the first picture of which there is no answer."""
    wanted = json.loads(request.readline())
    _limit(BOUNDS[wanted["task"]])
    answer = _TASKS[wanted["task"]]
    for format_, content in zip(wanted["formats"], _pictures(request), strict=False):
        answers.write(json.dumps(answer(content, format_)).encode() + b"\n")
        answers.flush()


def _limit(bounds: Bounds) -> None:
    """Bound memory and time, and let nothing be opened; where the system knows such bounds."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - Windows has none

        signal.alarm(bounds.seconds)  # in the middle of a decoder, too
        resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # neither a file nor a connection


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
    """Name and version of what decodes a format."""
    import PIL  # noqa: PLC0415 - the core needs no Pillow

    decoder = f"Pillow {PIL.__version__}"
    if "HEIF" in _FORMATS[format_] and "pi_heif" in sys.modules:
        decoder += f", pi-heif {sys.modules['pi_heif'].__version__}"
    return decoder


def _opened(content: bytes, format_: str) -> Image:
    from PIL import Image as images  # noqa: N813, PLC0415 - a module; the core needs no Pillow

    return images.open(io.BytesIO(content), formats=_FORMATS[format_])


def _grey(content: bytes, format_: str) -> tuple[int, int, str] | None:
    """Width, height and pixels in hexadecimal of the first frame, tiny; None: not decodable."""
    try:
        with _opened(content, format_) as picture:
            if picture.width * picture.height > _GREY_PIXELS and format_ != "JPEG":
                return None
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


_TASKS: dict[Task, Callable[[bytes, str], object]] = {"digest": _digest, "grey": _grey}


if __name__ == "__main__":
    main()
