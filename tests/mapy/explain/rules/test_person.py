"""What names people."""

from __future__ import annotations

import pytest

from mapy import Weight
from mapy_explain_builders import findings, what


@pytest.mark.parametrize(
    ("tags", "rule", "weight", "sentence"),
    [
        (
            {"Canon:OwnerName": "Anna Weber", "ExifIFD:OwnerName": "Anna Weber"},
            "person.owner",
            Weight.HIGH,
            "The camera's owner is named: “Anna Weber”, in the camera maker's own notes and EXIF.",
        ),
        (
            {"IFD0:Artist": "Anna Weber", "XMP-dc:Creator": ["Anna Weber", "Ben Ali"]},
            "person.creator",
            Weight.LOOK,
            "Who made the picture is named: “Anna Weber, Anna Weber, Ben Ali”, in EXIF and XMP.",
        ),
        (
            {"XMP-mwg-rs:RegionName": ["Anna", "Ben"], "XMP-mwg-rs:RegionType": ["Face", "Face"]},
            "person.faces",
            Weight.HIGH,
            "Faces in the picture are marked and named: “Anna, Ben”, in XMP.",
        ),
        (
            {"XMP-mwg-rs:RegionType": ["Face", "Face"]},
            "person.faces",
            Weight.LOOK,
            "Faces in the picture are marked, without names.",
        ),
        (
            {"XMP-MP:RegionPersonDisplayName": ["Anna"]},
            "person.shown",
            Weight.HIGH,
            "Someone in the picture is named or described: “Anna”, in XMP.",
        ),
        (
            {"Panasonic:BabyAge": "2010:01:02 00:00:00"},
            "person.shown",
            Weight.HIGH,
            (
                "Someone in the picture is named or described: “2010:01:02 00:00:00”, in the camera"
                " maker's own notes."
            ),
        ),
        (
            {"IFD0:Copyright": "(c) 2024 Anna Weber"},
            "person.rights",
            Weight.NOTE,
            "Rights are claimed: “(c) 2024 Anna Weber”, in EXIF.",
        ),
        (
            {"ExifIFD:UserComment": "At Ben's, do not share"},
            "person.comment",
            Weight.LOOK,
            "Someone wrote a text about the picture: “At Ben's, do not share”, in EXIF.",
        ),
        (
            {"XMP-dc:Subject": ["Ben", "protest"]},
            "person.keywords",
            Weight.LOOK,
            "The picture carries keywords: “Ben, protest”, in XMP.",
        ),
        (
            {"IFD0:HostComputer": "Anna's iPhone"},
            "person.device-name",
            Weight.HIGH,
            "A device is called by the name that its owner gave it: “Anna's iPhone”.",
        ),
        (
            {"IFD0:HostComputer": "Annas-MacBook.local"},
            "person.device-name",
            Weight.HIGH,
            "A device is called by the name that its owner gave it: “Annas-MacBook.local”.",
        ),
        (
            {"IFD0:DocumentName": "C:\\Users\\anna\\Desktop\\test.tif"},
            "person.folder",
            Weight.HIGH,
            "A folder on someone's computer is named, with the name of its user: “\\Users\\anna”.",
        ),
        (
            {"XMP-xmpMM:IngredientsFilePath": ["file://Mac%20HD/Users/anna/a.psd"]},
            "person.folder",
            Weight.HIGH,
            "A folder on someone's computer is named, with the name of its user: “/Users/anna”.",
        ),
    ],
)
def test_names_people(tags: dict[str, object], rule: str, weight: Weight, sentence: str) -> None:
    """Each with what the file says and where it stands."""
    found = findings(tags)
    assert sentence == what(found, rule)
    assert found[rule].weight is weight


@pytest.mark.parametrize(
    "tags",
    [
        {"Canon:OwnerName": ""},
        {"Canon:OwnerName": "unknown"},
        {"Canon:OwnerName": "   "},
        {"IFD0:Artist": "Picasa"},
        {"IFD0:Make": "KODAK", "MetaIFD:CameraOwner": "KODAK DC280 ZOOM DIGITAL CAMERA"},
        {"IFD0:ImageDescription": "OLYMPUS DIGITAL CAMERA"},
        {"IFD0:ImageDescription": "SONY DSC"},
        {"IFD0:ImageDescription": "DSC00001"},
        {"ExifIFD:UserComment": "ASCII"},
        {"File:Comment": "CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90"},
        {"Panasonic:BabyAge": "9999:99:99 00:00:00"},
        {"IFD0:HostComputer": "iPhone 12 Pro"},
        {"IFD0:DocumentName": "/home/"},
        {"IFD0:DocumentName": "C:\\Users\\Public\\a.tif"},
        {"XMP-mwg-rs:RegionType": ["Focus"]},
        {"IFD0:OwnerName": (1.5, 2.5)},
    ],
)
def test_what_cameras_write_by_themselves_names_no_one(tags: dict[str, object]) -> None:
    """Blanks, placeholders, the model again, texts of programs."""
    assert [rule for rule in findings(tags) if rule.startswith("person.")] == []


def test_nothing_in_a_value_steers_the_screen() -> None:
    """Control characters and those that turn the direction of writing are made visible."""
    sentence = what(findings({"IFD0:Artist": "Anna\x1b[2J\u202eB"}), "person.creator")
    assert "Anna\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}B" in sentence


def test_a_long_text_is_cut() -> None:
    """A sentence stays one."""
    assert len(what(findings({"XMP-dc:Description": "word " * 10_000}), "person.comment")) < 250
