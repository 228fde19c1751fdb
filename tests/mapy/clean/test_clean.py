"""`mapy.clean`: one call from a file to a copy with proof."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import mapy
from mapy.clean.policy import PRESETS
from mapy.clean.writers import REFUSED, WRITERS, writer_of
from mapy_builders import exif, jpeg, png, rdf, webp
from mapy_clean_builders import CAMERA, code_of_clean
from mapy_format_builders import crw, gif, gif_frame

if TYPE_CHECKING:
    from pathlib import Path

PHOTO = jpeg(exif(CAMERA))


def test_cleans_a_path_and_leaves_the_file_alone(tmp_path: Path) -> None:
    """The source is the same to the byte afterwards."""
    path = tmp_path / "IMG_20240501_101112.jpg"
    path.write_bytes(PHOTO)
    cleaned = mapy.clean(path, with_pixels=False)

    assert cleaned.content.endswith(jpeg()[2:])
    assert path.read_bytes() == PHOTO


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview, io.BytesIO])
def test_takes_what_read_takes(kind: type) -> None:
    """Bytes of any kind, and a file object."""
    assert mapy.clean(kind(PHOTO), with_pixels=False).removed


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PHOTO, "picture.jpg", "image/jpeg"),
        (png(), "picture.png", "image/png"),
        (gif(gif_frame()), "picture.gif", "image/gif"),
    ],
)
def test_the_name_gives_nothing_away(content: bytes, name: str, media_type: str) -> None:
    """A word and the extension of the format."""
    cleaned = mapy.clean(content, with_pixels=False)

    assert (name, media_type) == (cleaned.name, cleaned.media_type)


def test_the_lists_partition_the_tags() -> None:
    """Removed, kept and stuck are all of the original's tags, each once."""
    cleaned = mapy.clean(PHOTO, with_pixels=False)
    keys = list(dict.fromkeys(tag.key for tag in mapy.read(PHOTO)))

    assert sorted([*cleaned.removed, *cleaned.kept, *cleaned.stuck]) == sorted(keys)


def test_cleaning_twice_changes_nothing_more() -> None:
    """A clean copy is its own clean copy."""
    once = mapy.clean(PHOTO, with_pixels=False).content

    assert once == mapy.clean(once, with_pixels=False).content


def test_evidence_is_the_file_itself() -> None:
    """Nothing is changed, and all is kept; even of a format that is not cleaned."""
    cleaned = mapy.clean(crw((0x080A, b"x")), policy=PRESETS["evidence"].policy)

    assert cleaned.original == cleaned.output
    assert (cleaned.removed, cleaned.stuck) == ((), {})
    assert cleaned.kept


@pytest.mark.parametrize("content", [rdf(""), crw((0x080A, b"x"))])
def test_refuses_formats_that_are_not_cleaned(content: bytes) -> None:
    """Sidecars are all metadata; raw files are not taken apart."""
    with pytest.raises(mapy.CannotClean) as caught:
        mapy.clean(content.strip())

    assert caught.value.code == "clean.refused-format"
    assert caught.value.hint


def test_refuses_what_is_too_large() -> None:
    """The whole file is held in memory, so its size is bounded."""
    with pytest.raises(mapy.LimitExceeded):
        mapy.clean(PHOTO, limits=mapy.Limits(read_bytes=100))


@pytest.mark.parametrize("content", [b"", b"who?", b"\xff\xd8\xff"])
def test_refuses_what_cannot_be_read(content: bytes) -> None:
    """By the same names as reading."""
    assert code_of_clean(content) in {"file.empty", "file.unknown-format", "file.broken"}


def test_a_copy_that_cannot_be_read_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a writer makes is read again first."""
    monkeypatch.setattr("mapy.clean.writers.jpeg.write", lambda *_: b"\xff\xd8\xff")

    assert code_of_clean(PHOTO) == "clean.unreadable"


@pytest.mark.parametrize("format_", sorted({*WRITERS} - {"J2C"}))
def test_every_row_names_a_writer(format_: str) -> None:
    """Each module of the registry offers what a writer must."""
    writer = writer_of(format_)

    assert callable(writer.write)
    assert callable(writer.image)
    assert "IFD0:Make" not in writer.STRUCTURE
    assert format_ not in REFUSED


def test_is_a_function_whatever_was_loaded() -> None:
    """Loading a module of the package leaves it callable, and `import mapy` loads none."""
    program = (
        "import sys, mapy; assert 'mapy.clean' not in sys.modules;"
        "import mapy.clean.policy; assert callable(mapy.clean);"
        "from mapy import clean, Policy, Cleaned; assert callable(clean)"
    )

    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_simple_webp_is_cleaned() -> None:
    """As a smoke test of a format whose header changes."""
    assert mapy.clean(webp(b"VP8 \x0a\0\0\0" + bytes(10)), with_pixels=False).kept
