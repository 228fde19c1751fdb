"""`mapy.read`: what it takes, what it gives, what it refuses."""

from __future__ import annotations

import io
import os
from pathlib import Path
import struct

import pytest

import mapy
from mapy.explain.moment import MOMENTS
from mapy.tags.definition import Definition, Value
from mapy_builders import (
    ascii_entry,
    camera,
    exif,
    frame,
    ifd,
    jpeg,
    pointer,
    rational,
    rdf,
    tiff,
    xmp,
)

PHOTO = jpeg(exif(tiff(camera())))


def test_reads_a_path_bytes_and_a_file_object_alike(tmp_path: Path) -> None:
    """The three ways to name a file give the same tags."""
    path = tmp_path / "photo.dat"
    path.write_bytes(PHOTO)
    with path.open("rb") as file:
        found = [
            [(tag.key, tag.machine, tag.span) for tag in mapy.read(source)]
            for source in (path, str(path), PHOTO, bytearray(PHOTO), memoryview(PHOTO), file)
        ]

    assert all(each == found[0] for each in found)
    assert found[0]


def test_leaves_a_file_object_where_it_stood() -> None:
    """Reading does not close a file object nor move it."""
    stream = io.BytesIO(PHOTO)
    stream.seek(5)
    mapy.read(stream)

    assert stream.tell() == 5


def test_knows_the_format_by_its_content(tmp_path: Path) -> None:
    """The name of a file tells nothing."""
    path = tmp_path / "photo.png"
    path.write_bytes(PHOTO)
    metadata = mapy.read(path)

    assert (metadata.format, metadata.media_type) == ("JPEG", "image/jpeg")
    assert len(PHOTO) == metadata.size


@pytest.mark.parametrize(
    ("content", "error", "code"),
    [
        (b"", mapy.UnreadableFile, "file.empty"),
        (b"<html>", mapy.UnknownFormat, "file.unknown-format"),
        (b"\xff\xd8\xff", mapy.UnreadableFile, "file.broken"),
        (b"\x89PNG\r\n\x1a\n", mapy.UnreadableFile, "file.broken"),
        (jpeg(frame(65_500, 65_500)), mapy.LimitExceeded, "image.too-many-pixels"),
    ],
)
def test_refuses_by_name(content: bytes, error: type[mapy.MapyError], code: str) -> None:
    """Each file that gives nothing has its own error and code."""
    with pytest.raises(error) as caught:
        mapy.read(content)

    assert code == caught.value.code


def test_refuses_what_is_no_file(tmp_path: Path) -> None:
    """A missing file, a folder, and a named pipe that nobody writes to are refused at once."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    codes = []
    for path in (tmp_path / "missing", tmp_path, pipe, "a\0b"):
        with pytest.raises(mapy.UnreadableFile) as caught:
            mapy.read(path)
        codes.append(caught.value.code)

    assert codes == ["file.not-opened", "file.not-a-file", "file.not-a-file", "file.not-opened"]


def test_refuses_a_stream_that_cannot_seek() -> None:
    """A reader needs random access."""
    reading, writing = os.pipe()
    with (
        os.fdopen(reading, "rb") as stream,
        os.fdopen(writing, "wb"),
        pytest.raises(mapy.UnreadableFile) as caught,
    ):
        mapy.read(stream)

    assert caught.value.code == "file.not-seekable"


def test_closes_the_file_after_an_error(tmp_path: Path) -> None:
    """No descriptor is left open, whatever happens."""
    path = tmp_path / "empty.jpg"
    path.touch()
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        with pytest.raises(mapy.UnreadableFile):
            mapy.read(path)

    assert before == len(list(Path("/proc/self/fd").iterdir()))


def test_bounds_what_is_read_from_a_file(tmp_path: Path) -> None:
    """A file that sends its reader to and fro ends at the limit."""
    path = tmp_path / "photo.tif"
    path.write_bytes(tiff(ifd(ascii_entry(0x010F, "x" * 150_000), ascii_entry(0x0110, "y"))))
    metadata = mapy.read(path, limits=mapy.Limits(read_bytes=1000))

    assert {problem.code for problem in metadata.problems} == {"limit.read-bytes"}


def test_metadata_is_a_map_of_group_and_name() -> None:
    """A tag is found by its key; a missing one is None, or a KeyError."""
    metadata = mapy.read(PHOTO)

    assert "IFD0:Make" in metadata
    assert metadata["IFD0:Make"] is metadata.get("IFD0:Make")
    assert metadata.get("IFD0:Nothing") is None
    with pytest.raises(KeyError):
        metadata["IFD0:Nothing"]
    assert len(list(metadata)) == len(metadata)


def test_a_tag_tells_all_about_itself() -> None:
    """Group, number, name, type, count, place and the three forms of its value."""
    tag = mapy.read(PHOTO)["IFD0:XResolution"]

    assert (
        tag.group,
        tag.id,
        tag.name,
        tag.type_name,
        tag.count,
    ) == ("IFD0", 0x011A, "XResolution", "RATIONAL", 1)
    assert (mapy.Rational(72, 1), 72, 72) == (tag.raw, tag.machine, tag.readable)
    assert tag.span.length == 8


def test_the_position_is_signed_by_its_references() -> None:
    """South and west are negative; altitude is in metres."""
    position = mapy.read(PHOTO).position

    assert position is not None
    assert position.latitude == pytest.approx(-33.8598333)
    assert position.longitude == pytest.approx(151.21)
    assert position.altitude == 58.5


def test_the_position_comes_from_xmp_where_there_is_no_gps() -> None:
    """XMP carries its references in the text."""
    packet = rdf(
        "<exif:GPSLatitude>48,51.5N</exif:GPSLatitude>"
        "<exif:GPSLongitude>2,17.5W</exif:GPSLongitude>"
        "<exif:GPSAltitude>35/1</exif:GPSAltitude>"
        "<exif:GPSAltitudeRef>1</exif:GPSAltitudeRef>"
    )
    position = mapy.read(jpeg(xmp(packet))).position

    assert position is not None
    assert position.latitude == pytest.approx(48.858333)
    assert position.longitude == pytest.approx(-2.2916667)
    assert position.altitude == -35


@pytest.mark.parametrize(
    "latitude", [((0, 0), (0, 0), (0, 0)), ((95, 1), (0, 1), (0, 1)), ((1, 0), (0, 1), (0, 1))]
)
def test_no_position_that_is_not_on_the_earth(latitude: tuple[tuple[int, int], ...]) -> None:
    """A camera without a fix writes 0/0; 95 degrees north do not exist."""
    gps = ifd(rational(0x0002, *latitude), rational(0x0004, (2, 1), (0, 1), (0, 1)))

    assert mapy.read(jpeg(exif(tiff(ifd(pointer(0x8825, gps)))))).position is None


def test_the_public_names_are_those_of_all() -> None:
    """`__all__` is the contents page: complete, and nothing else is public."""
    missing = [name for name in mapy.__all__ if not hasattr(mapy, name)]  # some come when asked for
    public = {name for name in vars(mapy) if not name.startswith("_")}
    modules = {name for name in public if type(getattr(mapy, name)).__name__ == "module"}

    assert missing == []
    assert public - modules - {"annotations", "TYPE_CHECKING"} <= set(mapy.__all__)


def test_only_what_is_wanted_is_read() -> None:
    """Directories of EXIF by their names, other blocks by their kinds."""
    place = ifd(rational(0x0002, (1, 1), (0, 1), (0, 1)), rational(0x0004, (2, 1), (0, 1), (0, 1)))
    date = ifd(ascii_entry(0x9003, "2026:05:16 20:31:44"))
    structure = tiff(ifd(pointer(0x8769, date), pointer(0x8825, place)))
    content = jpeg(exif(structure), xmp(rdf("<dc:format>image/jpeg</dc:format>")))

    def groups(only: set[str] | None) -> set[str]:
        return {tag.group for tag in mapy.read(content, only=only)} - {"File", "XMP-x"}

    assert groups(None) == {"ExifIFD", "GPS", "XMP-dc"}
    assert groups({"GPS"}) == {"GPS"}
    assert groups({"xmp"}) == {"XMP-dc"}
    assert groups({"exif"}) == {"ExifIFD", "GPS"}


def test_single_tags_can_be_wanted() -> None:
    """By group and name; what leads to their directory is not shown."""
    content = jpeg(exif(tiff(camera())))
    whole = mapy.read(content)

    found = mapy.read(content, only={"ExifIFD:ExposureTime", "IFD0:Make"})
    assert [tag.key for tag in found if tag.group != "File"] == [
        "IFD0:Make",
        "ExifIFD:ExposureTime",
    ]
    assert found["IFD0:Make"] == whole["IFD0:Make"]


@pytest.mark.parametrize("key", sorted({key for keys in MOMENTS for key in keys if "IFD" in key}))
def test_place_and_time_holds_all_that_a_moment_needs(key: str) -> None:
    """The quick reading gives the date that the whole one gives."""
    assert key in mapy.PLACE_AND_TIME


def test_a_quick_reading_gives_the_same_place_and_time() -> None:
    """Nothing that counts is passed over."""
    content = jpeg(exif(tiff(camera())))
    whole, quick = mapy.read(content), mapy.read(content, only=mapy.PLACE_AND_TIME)

    assert whole.position is not None
    assert (quick.position, quick.taken_at) == (whole.position, whole.taken_at)
    assert {tag.group for tag in quick} == {"File", "ExifIFD", "GPS"}


def test_an_address_is_read_with_fsspec_or_refused_with_the_reason() -> None:
    """Nothing is fetched by a library that is not there."""
    with pytest.raises(mapy.UnreadableFile) as caught:
        mapy.read("memory://photo.jpg")
    assert caught.value.code in ("file.needs-fsspec", "file.not-opened")


@pytest.mark.parametrize("error", [struct.error, OverflowError, IndexError, TypeError, ValueError])
def test_a_value_that_its_conversion_cannot_take_is_shown_as_it_is(error: type[Exception]) -> None:
    """A camera never wrote it; whoever did, the other values count."""

    def fail(_: object) -> Value:
        raise error

    definition = Definition(1, "Odd", convert=fail, say=fail)
    tag = mapy.Tag("IFD0", definition, 3, 1, 7, 0, 2, "<")
    assert (tag.machine, tag.readable) == (7, 7)
