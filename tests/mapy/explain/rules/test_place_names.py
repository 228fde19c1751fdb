"""What names of places give away."""

from __future__ import annotations

import pytest

from mapy import Weight
from mapy_explain_builders import findings, what


@pytest.mark.parametrize(
    ("tags", "sentence"),
    [
        (
            {"IPTC:City": "Arezzo", "IPTC:Country-PrimaryLocationName": "Italy"},
            "The file names a place: Arezzo, Italy. It stands in IPTC.",
        ),
        (
            {"XMP-photoshop:City": "Arezzo", "IPTC:City": "Arezzo"},
            "The file names a place: Arezzo. It stands in XMP and IPTC.",
        ),
        (
            {"XMP-iptcExt:LocationShownSublocation": ["Lincoln Memorial"]},
            "The file names a place: Lincoln Memorial. It stands in XMP.",
        ),
        (
            {"Panasonic:Landmark": "Tower Bridge"},
            "The file names a place: Tower Bridge. It stands in the camera maker's own notes.",
        ),
        (
            {"JSON:Location": "Salem, Oregon"},
            "The file names a place: Salem, Oregon. It stands in Content Credentials (C2PA).",
        ),
    ],
)
def test_names_places_and_where_they_stand(tags: dict[str, object], sentence: str) -> None:
    """The same name is said once, its copies by the blocks they stand in."""
    found = findings(tags)
    assert sentence == what(found, "place.names")
    assert found["place.names"].weight is Weight.HIGH


def test_a_country_alone_weighs_less() -> None:
    """It leads to no spot."""
    assert findings({"XMP-photoshop:Country": "Italy"})["place.names"].weight is Weight.LOOK


@pytest.mark.parametrize(
    "tags",
    [
        {"ExifIFD:SubjectLocation": "1 2"},
        {"RMETA:Location": 4},
        {"Sony:Location": "LowerLeft"},
        {"Sony:FocusLocation": "5472 3648"},
        {"XMP-iptcCore:Location": " "},
        {"IPTC:City": "unknown"},
        {"FlashPix:ExtensionClassID": "10000230-6FC0-11D0"},
    ],
)
def test_other_locations_are_no_places(tags: dict[str, object]) -> None:
    """On a sensor, on a page, in a class; or nothing at all."""
    assert [rule for rule in findings(tags) if rule.startswith("place.")] == []


@pytest.mark.parametrize(
    ("tags", "rule", "sentence"),
    [
        (
            {"Casio:HometownCity": "London"},
            "place.home-city",
            "The camera's clock was set to the time of London.",
        ),
        (
            {"XMP-app:BSSID": "00:11:22:33:44:55"},
            "place.radio",
            "The file names radio networks around the camera: 00:11:22:33:44:55.",
        ),
        (
            {"IFD0:ModelTiePoint": "0 0 0 334159.28 4429865.18 0"},
            "place.map",
            "The picture is tied to a map: its corners have positions (GeoTIFF).",
        ),
    ],
)
def test_other_ties_to_a_place(tags: dict[str, object], rule: str, sentence: str) -> None:
    """The city of the clock, networks, maps."""
    assert sentence == what(findings(tags), rule)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("geo:lat=43.4674", "geo:lat=43.4674"),
        ("see geo:43.4674,11.8851;u=10", "geo:43.4674,11.8851"),
        ("Latitude: 43.467, Longitude: 11.885", "Latitude: 43.467, Longitude: 11.885"),
        ("longitude: 79.444542 latitude: 29.39805", "longitude: 79.444542 latitude: 29.39805"),
        ('{"lat": 43.4674, "lon": 11.8851}', 'lat": 43.4674, "lon": 11.8851'),
    ],
)
def test_finds_a_position_in_a_text(text: str, shown: str) -> None:
    """Keywords of photo sites, geo addresses, captions."""
    expected = f"A text in the file tells a position: “{shown}”, in XMP."
    assert what(findings({"XMP-dc:Description": text}), "place.in-text") == expected


@pytest.mark.parametrize(
    "text", ["flat: 1.2345", "at latitude 5", "geo:lat=1", "lat: 43", "platitude: 12.3456"]
)
def test_other_texts_tell_no_position(text: str) -> None:
    """Too coarse, or another word."""
    assert "place.in-text" not in findings({"XMP-dc:Description": text})
