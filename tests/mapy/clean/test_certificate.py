"""Certificates: what was done, in a text of which no byte can change unseen."""

from __future__ import annotations

from hashlib import sha256
import json

import pytest

import mapy
from mapy.clean import certificate
from mapy.clean.policy import PRESETS, Policy
from mapy_block_builders import dataset, resource
from mapy_builders import chunk, exif, ifd, jpeg, png, rdf, segment, short, tiff, xmp
from mapy_clean_builders import CAMERA, SECRET

PHOTO = jpeg(exif(CAMERA))


def certified(content: bytes, policy: Policy | None = None) -> tuple[bytes, bytes]:
    """A certificate and the copy."""
    cleaned = mapy.clean(content, policy=policy or Policy(), with_pixels=False)
    return cleaned.certificate(), cleaned.content


def test_tells_check_sums_lists_and_policy() -> None:
    """What a third party needs to check it, and nothing of the picture."""
    text, copy = certified(PHOTO)
    said = json.loads(text)

    assert said["original"] == {"sha256": sha256(PHOTO).hexdigest(), "size": len(PHOTO)}
    assert said["copy"] == {"sha256": sha256(copy).hexdigest(), "size": len(copy)}
    assert said["policy"] == {
        "keep": ["colour", "orientation"],
        "remove": "everything",
        "coarsen": None,
    }
    assert "IFD0:Make" in said["removed"]
    assert "IFD0:Orientation" in said["kept"]
    assert b"Lamp" not in text
    assert said["made_by"].startswith("MAPy ")


def test_names_no_tag_that_the_file_names() -> None:
    """Keywords and properties of one's own may be the secret: only their group is told."""
    word = SECRET.decode().replace("-", "")
    own = f'<own:{word} xmlns:own="http://{word}/">x</own:{word}>'
    for content in (png(chunk(b"tEXt", word.encode() + b"\0x")), jpeg(xmp(rdf(own)))):
        text, _ = certified(content)

        assert word.encode() not in text.lower()
    text, _ = certified(jpeg(exif(tiff(ifd(short(0xFEEE, 7))))))

    assert b"FEEE" not in text
    assert b"IFD0:*" in text


def test_names_the_tags_that_have_names() -> None:
    """With the hyphens of their own, and without the languages that a file gives them."""
    packet = rdf('<dc:title><rdf:Alt><rdf:li xml:lang="de">x</rdf:li></rdf:Alt></dc:title>')
    by_line = b"Photoshop 3.0\0" + resource(0x0404, dataset(2, 80, b"Me"))
    text, _ = certified(jpeg(xmp(packet), segment(0xED, by_line)))

    assert {"XMP-dc:Title", "IPTC:By-line"} <= set(json.loads(text)["removed"])


def test_a_copy_and_its_certificate_agree() -> None:
    """And so do those of a file that was not changed."""
    for policy in (Policy(), PRESETS["evidence"].policy):
        assert certificate.verify(*certified(PHOTO, policy)) == ()


def test_finds_every_changed_byte() -> None:
    """Of the certificate, blanks included, and of the copy."""
    text, copy = certified(PHOTO)
    for at in range(len(text)):
        for byte in (b" ", b"0"):
            changed = text[:at] + byte + text[at + 1 :]
            assert changed == text or certificate.verify(changed, copy)
    for at in range(len(copy)):
        changed = copy[:at] + bytes([copy[at] ^ 1]) + copy[at + 1 :]
        assert certificate.verify(text, changed) == (certificate.OTHER_FILE,)


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b"\xff", b"[" * 5000, b'{"certificate": 1}'])
def test_survives_what_is_no_certificate(text: bytes) -> None:
    """Whatever stands in the file, the answer is that it is not one of ours."""
    assert certificate.verify(text, PHOTO) == (certificate.CHANGED,)


def test_reads_the_copy_again() -> None:
    """A new certificate that claims more than is true is found by reading."""
    said = json.loads(certified(PHOTO, PRESETS["evidence"].policy)[0])
    del said["digest"]
    said["kept"].remove("IFD0:Make")
    said["removed"] = ["IFD0:Make"]
    said["digest"] = sha256(json.dumps(said, indent=2).encode() + b"\n").hexdigest()
    faults = certificate.verify(json.dumps(said, indent=2).encode() + b"\n", PHOTO)

    assert [str(fault) for fault in faults] == [
        "The file has tags that the certificate lists as removed: IFD0:Make."
    ]


def test_a_certificate_of_the_right_sum_and_wrong_shape_is_none() -> None:
    """Lists that are no lists are not read."""
    said = json.loads(certified(PHOTO)[0])
    del said["digest"], said["kept"]
    said["digest"] = sha256(json.dumps(said, indent=2).encode() + b"\n").hexdigest()
    text = json.dumps(said, indent=2).encode() + b"\n"
    _, copy = certified(PHOTO)

    assert certificate.verify(text, copy) == (certificate.CHANGED,)
