"""What positions give away, and every copy of them."""

from __future__ import annotations

import pytest

import mapy
from mapy import Weight
from mapy_builders import camera, exif, jpeg, rdf, tiff, xmp
from mapy_explain_builders import findings, what

AREZZO = {
    "GPS:GPSLatitudeRef": "N",
    "GPS:GPSLatitude": 43.467448,
    "GPS:GPSLongitudeRef": "E",
    "GPS:GPSLongitude": 11.885127,
}


def test_names_the_position_and_the_nearest_town() -> None:
    """A position is said in degrees and in words, and weighs most."""
    found = findings(AREZZO)["place.position"]

    expected = (
        "The file says where the picture was taken: 43.46745, 11.88513, near the centre of"
        " Arezzo, Italy. It stands in EXIF."
    )
    assert (str(found.what), found.weight) == (expected, Weight.HIGH)


def test_its_evidence_are_the_tags_that_say_so_in_the_order_of_the_file() -> None:
    """Latitude and longitude with the hemispheres beside them."""
    assert list(AREZZO) == [tag.key for tag in findings(AREZZO)["place.position"].evidence]


@pytest.mark.parametrize(
    ("copy", "block"),
    [
        ({"XMP-exif:GPSLatitude": 43.467448, "XMP-exif:GPSLongitude": 11.885127}, "XMP"),
        (
            {"XMP-drone-dji:GPSLatitude": "+43.4674", "XMP-drone-dji:GPSLongtitude": "+11.8851"},
            "XMP",
        ),
        (
            {"CBOR:Exif_GPSLatitude": "43,28.0469N", "CBOR:Exif_GPSLongitude": "11,53.1076E"},
            "Content Credentials (C2PA)",
        ),
        (
            {"JSON:EXIF_GPSLatitude": "43.467448", "JSON:EXIF_GPSLongitude": "11.885127"},
            "Content Credentials (C2PA)",
        ),
        ({"Keys:GPSCoordinates": "43.467448 11.885127 296"}, "the film's header"),
    ],
)
def test_finds_every_copy(copy: dict[str, object], block: str) -> None:
    """To remove one is not enough, so all are counted and named."""
    assert f"Copies of it: 2, in EXIF and {block}." in what(
        findings(AREZZO, copy), "place.position"
    )


@pytest.mark.parametrize(
    "tags",
    [
        {"GPS:GPSLatitude": 0.0, "GPS:GPSLongitude": 0.0},
        {"GPS:GPSLatitude": "undef", "GPS:GPSLongitude": "undef"},
        {"GPS:GPSLatitude": 91.0, "GPS:GPSLongitude": 11.0},
        {"GPS:GPSLatitude": 43.4},
        {"GPS:GPSVersionID": "2 3 0 0", "GPS:GPSDateStamp": "2024:05:01"},
    ],
)
def test_what_is_no_position_is_no_finding(tags: dict[str, object]) -> None:
    """A receiver without a fix writes zeros, or nothing that lies on the Earth."""
    assert [rule for rule in findings(tags) if rule.startswith("place.")] == []


def test_a_position_without_a_fix_weighs_less() -> None:
    """GPSStatus V: the position may be an older one, but it is one."""
    found = findings({**AREZZO, "GPS:GPSStatus": "V"})["place.position"]

    assert "no fix" in str(found.what)
    assert found.weight is Weight.LOOK


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        ({"XMP-exif:GPSLatitude": 44.6, "XMP-exif:GPSLatitudeRef": "S"}, {}, "-44.60000, 63.50000"),
        ({}, {"XMP-exif:GPSLongitudeRef": "W"}, "44.60000, -63.50000"),
    ],
)
def test_a_hemisphere_beside_the_number_counts_in_xmp_too(
    latitude: dict[str, object], longitude: dict[str, object], expected: str
) -> None:
    """Apple writes numbers without a sign, and the hemisphere as EXIF does."""
    tags = {"XMP-exif:GPSLatitude": 44.6, "XMP-exif:GPSLongitude": 63.5, **latitude, **longitude}

    assert expected in what(findings(tags), "place.position")


def test_a_hemisphere_never_turns_a_signed_number_around() -> None:
    """-63.5 and W are the same place, not its mirror image."""
    tags = {
        "XMP-exif:GPSLatitude": 44.6,
        "XMP-exif:GPSLongitude": -63.5,
        "XMP-exif:GPSLongitudeRef": "W",
    }
    assert "44.60000, -63.50000" in what(findings(tags), "place.position")


def test_says_how_exact_it_is() -> None:
    """The receiver's own estimate."""
    tags = {**AREZZO, "GPS:GPSHPositioningError": 14.2}
    assert "right to within 14 m" in what(findings(tags), "place.position")


def test_copies_that_lie_apart_are_worth_a_look() -> None:
    """Someone changed one and forgot the other."""
    moved = {"XMP-exif:GPSLatitude": 43.5674, "XMP-exif:GPSLongitude": 11.885127}
    sentence = what(findings(AREZZO, moved), "place.disagreement")

    assert "differ by 11.1 km" in sentence
    assert (
        what(findings(AREZZO, {**moved, "XMP-exif:GPSLatitude": 43.4675}), "place.disagreement")
        == ""
    )


@pytest.mark.parametrize(
    ("tags", "rule", "sentence"),
    [
        (
            {"GPS:GPSDestLatitude": 43.4674, "GPS:GPSDestLongitude": 11.8851},
            "place.aimed-at",
            (
                "The file says which place the picture shows: 43.46740, 11.88510,"
                " near the centre of Arezzo, Italy."
            ),
        ),
        (
            {"XMP-skydio:HomeLatitude": 43.4674, "XMP-skydio:HomeLongitude": 11.8851},
            "place.pilot",
            (
                "The drone noted where it took off or where its pilot stood: 43.46740, 11.88510,"
                " near the centre of Arezzo, Italy."
            ),
        ),
        (
            {**AREZZO, "GPS:GPSImgDirection": 297.9, "GPS:GPSImgDirectionRef": "T"},
            "place.direction",
            "The camera looked towards 298° (0 is north, 90 is east).",
        ),
        (
            {**AREZZO, "GPS:GPSImgDirection": 56, "GPS:GPSImgDirectionRef": "M"},
            "place.direction",
            "The camera looked towards 56° by its compass.",
        ),
        (
            {"XMP-GPano:PoseHeadingDegrees": "75.0"},
            "place.direction",
            "The camera looked towards 75° (0 is north, 90 is east).",
        ),
        (
            {"GPS:GPSAltitude": 99.6, "GPS:GPSAltitudeRef": 0},
            "place.altitude",
            "The picture was taken 100 m above sea level.",
        ),
        (
            {"GPS:GPSAltitude": 8, "GPS:GPSAltitudeRef": 1},
            "place.altitude",
            "The picture was taken 8 m below sea level.",
        ),
        (
            {"GPS:GPSSpeed": 50, "GPS:GPSSpeedRef": "M"},
            "place.speed",
            (
                "The camera moved at 80 km/h: it was in a vehicle or an aircraft, or the receiver"
                " was still settling."
            ),
        ),
    ],
)
def test_says_what_stands_around_a_position(
    tags: dict[str, object], rule: str, sentence: str
) -> None:
    """What it is aimed at, where the pilot stands, direction, height, speed."""
    assert sentence == what(findings(tags), rule)


@pytest.mark.parametrize(
    "tags",
    [
        {"GPS:GPSImgDirection": 400.0},
        {"XMP-GPano:PoseHeadingDegrees": "0.0"},
        {"GPS:GPSAltitude": 0, "GPS:GPSAltitudeRef": 0},
        {"GPS:GPSSpeed": 0.02, "GPS:GPSSpeedRef": "K"},
        {"GPS:GPSSpeed": 50, "GPS:GPSSpeedRef": ""},
    ],
)
def test_zeros_that_programs_fill_in_are_no_findings(tags: dict[str, object]) -> None:
    """No height, no direction and no speed is what many write that know none."""
    assert [rule for rule in findings(tags) if rule.startswith("place.")] == []


def test_a_position_inside_a_picture_inside_is_found() -> None:
    """The previews of the file are read as files of their own."""
    inner = jpeg(exif(tiff(camera())))
    tags = {"MPImage2:MPImage2": inner}
    found = findings(tags, content=bytes(100) + inner)

    assert "A further picture in the file (further picture) says where it was taken: -33.8598" in (
        what(found, "place.position-in-preview")
    )
    assert "place.position-in-preview" not in findings(tags)


def test_a_real_file_gives_the_same() -> None:
    """From bytes: GPS of EXIF and its copy in XMP are one finding, the only high one."""
    packet = rdf(
        "<exif:GPSLatitude>33,51.59S</exif:GPSLatitude>"
        "<exif:GPSLongitude>151,12.6E</exif:GPSLongitude>"
    )
    found = mapy.explain(mapy.read(jpeg(exif(tiff(camera())), xmp(packet))), name="photo.jpg")

    high = [str(each.what) for each in found if each.weight is Weight.HIGH]
    assert len(high) == 1
    assert (
        "Sydney Central Business District, Australia. Copies of it: 2, in EXIF and XMP." in high[0]
    )


@pytest.mark.parametrize("text", ["", "43.4", "0 0", "here there", "143.4 11.8", "43.4 nowhere 1"])
def test_coordinates_that_are_none_are_no_place(text: str) -> None:
    """A text of one half, of nothing, or beyond the Earth."""
    assert "place.position" not in findings({"Keys:GPSCoordinates": text})
