"""Which tags a selective cleaning takes."""

from __future__ import annotations

import pytest

from mapy.clean.policy import Coarsen, Keep, Policy
from mapy.clean.selection import Fate, selection_of
from mapy.explain.finding import Subject
from mapy.model import Position

ABOUT = {
    Subject.PLACE: (
        *("GPS:GPSLatitude", "XMP-exif:GPSLongitude", "XMP-photoshop:City", "IPTC:City"),
        *("IPTC:Sub-location", "IPTC:Country-PrimaryLocationName", "XMP-iptcCore:Location"),
        *("XMP-iptcExt:LocationShownCity", "PNG:Location", "XMP-iptcCore:CountryCode"),
        *("GPS:GPSDateStamp", "ExifIFD:AmbientTemperature", "XMP-iptcExt:Event"),
        *("IFD0:ModelTiePoint", "IFD0:ModelTransform", "IFD0:PixelScale", "GeoTiff:GTModelType"),
    ),
    Subject.PERSON: (
        *("IFD0:Artist", "IFD0:Copyright", "XMP-dc:Creator", "XMP-dc:Rights", "IPTC:By-line"),
        *("ExifIFD:OwnerName", "XMP-iptcExt:PersonInImage", "XMP-mwg-rs:RegionName"),
        *("XMP-iptcCore:CreatorWorkEmail", "IPTC:CopyrightNotice", "ExifIFD:UserComment"),
        *("IPTC:Caption-Abstract", "XMP-dc:Description", "IFD0:ImageDescription", "IPTC:Keywords"),
    ),
    Subject.DEVICE: (
        *("IFD0:Make", "IFD0:Model", "ExifIFD:SerialNumber", "ExifIFD:LensSerialNumber"),
        *("ExifIFD:LensModel", "XMP-aux:SerialNumber", "ExifIFD:ImageUniqueID"),
        *("Google:DeviceModel", "Google:AndroidRelease", "Google:Application"),
    ),
    Subject.TIME: (
        *("ExifIFD:DateTimeOriginal", "IFD0:ModifyDate", "ExifIFD:OffsetTimeOriginal"),
        *("ExifIFD:SubSecTimeOriginal", "IPTC:DateCreated", "XMP-xmp:CreateDate"),
        *("XMP-photoshop:DateCreated", "GPS:GPSTimeStamp"),
    ),
    Subject.HISTORY: (
        *("IFD0:Software", "XMP-xmp:CreatorTool", "XMP-xmpMM:HistoryAction"),
        *("XMP-xmpMM:DocumentID", "XMP-crs:Exposure2012", "XMP-xmp:Creatortool"),
        *(
            "XMP-GPano:CaptureSoftware",
            "XMP-GPano:StitchingSoftware",
            "IFD0:PreviewApplicationName",
        ),
    ),
    Subject.PICTURE: (
        *("IFD1:Compression", "XMP-xmp:ThumbnailsImage", "Photoshop:PhotoshopThumbnail"),
        *("Google:MotionPhotoVideo", "MPImage2:MPImage2"),
    ),
    Subject.ORIGIN: ("XMP-iptcExt:DigitalSourceType", "PNG:Parameters", "JUMBF:Item0"),
    Subject.NAME: (
        *("IFD0:DocumentName", "XMP-xmpMM:PreservedFileName", "IPTC:ObjectName"),
        *("Photoshop:SlicesGroupName", "XMP-plus:FileNameAsDelivered"),
    ),
}
KEPT = (
    *("ExifIFD:ExposureTime", "ExifIFD:FNumber", "IFD0:Orientation", "IFD0:XResolution"),
    *("ExifIFD:ColorSpace", "ExifIFD:ISO", "ExifIFD:Flash", "ExifIFD:WhiteBalance"),
)


def fate(policy: Policy, key: str, position: Position | None = None) -> Fate:
    """What becomes of a tag."""
    group, _, name = key.partition(":")
    return selection_of(policy, position).fate(group, name)


@pytest.mark.parametrize("subject", list(Subject))
def test_takes_the_tags_of_a_subject(subject: Subject) -> None:
    """Each copy of a fact, whatever block it stands in."""
    policy = Policy(remove=frozenset({subject}))

    assert [key for key in ABOUT[subject] if fate(policy, key) is not Fate.REMOVE] == []


@pytest.mark.parametrize("subject", list(Subject))
def test_leaves_the_cameras_settings(subject: Subject) -> None:
    """What made the picture look as it does is about none of the subjects."""
    policy = Policy(remove=frozenset({subject}))

    assert [key for key in KEPT if fate(policy, key) is not Fate.KEEP] == []


def test_the_place_is_told_from_the_rest() -> None:
    """Names that only look like a place's stay."""
    policy = Policy(remove=frozenset({Subject.PLACE}))
    alike = ("ExifIFD:SubjectLocation", "XMP-crs:ColorTemperature", "IFD0:StripOffsets")

    assert [key for key in alike if fate(policy, key) is not Fate.KEEP] == []


@pytest.mark.parametrize(
    "key",
    [
        *("ExifIFD:MakerNoteUnknown", "IFD0:Tag0xC7A1", "IFD0:Padding", "Google:TimeLogText"),
        *("JUMBF:SignatureSubject", "CBOR:Claim_generator", "XMP-GCamera:HDRPMakerNote"),
    ],
)
def test_takes_what_nobody_can_vouch_for(key: str) -> None:
    """Notes of makers and tags without a name go as soon as anything goes."""
    assert fate(Policy(remove=frozenset({Subject.NAME})), key) is Fate.REMOVE
    assert fate(Policy(remove=frozenset()), key) is Fate.KEEP


def test_a_place_leaves_captions() -> None:
    """A caption may name a place, which only a person can tell; it is no copy of the position."""
    policy = Policy(remove=frozenset({Subject.PLACE}))

    assert fate(policy, "IFD0:ImageDescription") is Fate.KEEP


def test_keeps_the_copyright_if_asked() -> None:
    """Although the person goes."""
    policy = Policy(frozenset({Keep.COPYRIGHT}), frozenset({Subject.PERSON}))

    assert fate(policy, "IFD0:Copyright") is Fate.KEEP
    assert fate(policy, "IFD0:Artist") is Fate.REMOVE


@pytest.mark.parametrize(
    ("coarsen", "kept"),
    [
        (Coarsen.KM, ["IPTC:City", "IPTC:Province-State", "XMP-photoshop:Country"]),
        (Coarsen.CITY, ["IPTC:City", "IPTC:Province-State", "XMP-photoshop:Country"]),
        (Coarsen.COUNTRY, ["XMP-photoshop:Country"]),
    ],
)
def test_keeps_names_that_are_as_coarse(coarsen: Coarsen, kept: list[str]) -> None:
    """A coarse position leaves the names of as large a place, and none of a smaller one."""
    keys = ("IPTC:City", "IPTC:Sub-location", "IPTC:Province-State", "XMP-photoshop:Country")
    policy = Policy(remove=frozenset(), coarsen=coarsen)
    here = Position(1.0, 2.0)

    assert kept == [key for key in keys if fate(policy, key, here) is Fate.KEEP]
    assert fate(policy, "GPS:GPSLatitude", here) is Fate.COARSEN
    assert fate(policy, "GPS:GPSAltitude", here) is Fate.REMOVE


def test_takes_a_position_that_has_no_coarser_one() -> None:
    """At sea there is no town to tell instead."""
    policy = Policy(remove=frozenset(), coarsen=Coarsen.CITY)

    assert fate(policy, "GPS:GPSLatitude", None) is Fate.REMOVE
