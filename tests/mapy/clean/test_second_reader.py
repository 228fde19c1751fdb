"""A reader that is not ours, exiftool, finds nothing in a copy that its policy does not keep."""

from __future__ import annotations

from importlib import resources
import json
import subprocess
from typing import Any

import pytest

from mapy_block_builders import dataset, resource
from mapy_builders import chunk, exif, jpeg, png, rdf, segment, xmp
from mapy_clean_builders import BARE, CAMERA, copied

STRUCTURE = {"SourceFile", "ExifTool", "System", "File", "Composite", "JFIF", "PNG", "RIFF"}
"""Groups that tell how a file is made, and what exiftool reckons from that."""
CANARY = b"canary-7341"
PACKET = rdf("<dc:creator><rdf:Seq><rdf:li>canary-7341</rdf:li></rdf:Seq></dc:creator>")
FILES = {
    "sample": resources.files("mapy.web").joinpath("sample", "photo.jpg").read_bytes(),
    "jpeg": jpeg(
        exif(CAMERA),
        xmp(PACKET),
        segment(0xED, b"Photoshop 3.0\0" + resource(0x0404, dataset(2, 80, CANARY))),
        segment(0xFE, CANARY),
    )
    + CANARY,
    "png": png(
        chunk(b"eXIf", CAMERA),
        chunk(b"tEXt", b"Comment\0" + CANARY),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PACKET),
        chunk(b"tIME", b"\x07\xe8\x06\x01\x0a\x0b\x0c"),
    ),
}


def told(content: bytes) -> dict[str, Any]:
    """What exiftool finds, by group and name."""
    asked = ["exiftool", "-json", "-G1", "-a", "-s", "-ee", "-u", "-"]
    said = subprocess.run(asked, input=content, capture_output=True, check=False).stdout
    found: dict[str, Any] = json.loads(said)[0]
    return found


def groups(content: bytes) -> set[str]:
    """The groups that it finds, but those of structure."""
    return {name.partition(":")[0] for name in told(content)} - STRUCTURE


@pytest.mark.parametrize("name", FILES)
def test_it_finds_nothing_in_a_copy(name: str) -> None:
    """Though it found much in the file: no EXIF, XMP, IPTC, comment, thumbnail or trailer."""
    before, copy = FILES[name], copied(FILES[name], BARE)
    assert len(groups(before)) >= 3
    assert groups(copy.content) == set()
    assert CANARY not in copy.content
    assert "canary" not in str(told(copy.content))
