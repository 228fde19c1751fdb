"""The registry of rules, and what it promises for all of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
import re
import subprocess
import sys
import time

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

import mapy
from mapy import Subject, Weight
from mapy.clean.selection import SUBJECTS
from mapy.explain.facts import Facts
from mapy.explain.reference import page
from mapy.explain.rule import EXPORT_FIRST, NOTHING_BUT
from mapy.explain.rules import RULES, findings_of
from mapy.explain.summary import summary_of
from mapy_builders import camera, code_of, exif, jpeg, png, tiff
from mapy_explain_builders import findings, metadata_of

ROOT = Path(__file__).parents[3]
NAMES = st.sampled_from(
    [
        *("GPS:GPSLatitude", "GPS:GPSLongitude", "GPS:GPSLatitudeRef", "GPS:GPSStatus"),
        *("GPS:GPSImgDirection", "GPS:GPSAltitude", "GPS:GPSSpeed", "GPS:GPSSpeedRef"),
        *("GPS:GPSDateStamp", "GPS:GPSTimeStamp", "ExifIFD:DateTimeOriginal", "IFD0:ModifyDate"),
        *("ExifIFD:OffsetTimeOriginal", "ExifIFD:FNumber", "ExifIFD:ExposureTime", "ExifIFD:ISO"),
        *("ExifIFD:Flash", "ExifIFD:SerialNumber", "File:ImageWidth", "File:ImageHeight"),
        *("ExifIFD:ExifImageWidth", "ExifIFD:ExifImageHeight", "IFD1:ThumbnailImage"),
        *("XMP-xmpMM:HistoryAction", "XMP-xmpMM:HistoryWhen", "XMP-mwg-rs:RegionName"),
        *("CBOR:ActionsAction", "CBOR:Relationship", "JUMBF:JUMDLabel", "Nikon:ShutterCount"),
        *("Photoshop:LayerCount", "XMP-iptcExt:DigitalSourceType", "IFD0:HostComputer"),
    ]
)
VALUES = st.one_of(
    st.text(max_size=40),
    st.integers(),
    st.floats(),
    st.lists(st.text(max_size=10), max_size=4),
    st.sampled_from(["2020:01:01 10:00:00", "0000:00:00 00:00:00", "undef", "inf", "+14:00", "N"]),
    st.binary(max_size=100),
)


def test_every_rule_has_a_name_of_its_own_and_a_sentence() -> None:
    """`place.position`: stable, for scripts and policies."""
    names = [rule.name for rule in RULES]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert [name for name in names if not re.fullmatch(r"[a-z]+\.[a-z-]+", name)] == []
    assert [rule.name for rule in RULES if not rule.summary.endswith(".")] == []


def test_every_subject_has_rules() -> None:
    """From the place to the file's name."""
    assert {rule.subject for rule in RULES} == set(Subject)


@given(
    tags=st.dictionaries(NAMES, VALUES, max_size=12),
    name=st.text(max_size=40),
    content=st.one_of(st.none(), st.binary(max_size=200)),
)
@settings(max_examples=100, deadline=None)
def test_no_value_breaks_a_rule(tags: dict[str, object], name: str, content: bytes | None) -> None:
    """Whatever stands in a file; and findings weigh what their rules say they may."""
    metadata = metadata_of(tags)
    weights = {rule.name: rule.weights for rule in RULES}
    facts = Facts(metadata, name=name, content=content)
    found = findings_of(facts)
    for each in found:
        assert each.weight in weights[each.rule]
        assert str(each.what)
        assert "{" not in each.what.template.format_map(each.what.values).partition("“")[0]
    assert [str(entry.what) for entry in facts.timeline if not str(entry.what)] == []
    assert str(summary_of(Facts(metadata), found).headline)


@given(tags=st.dictionaries(NAMES, VALUES, max_size=12))
@settings(max_examples=50, deadline=None)
def test_a_rule_that_says_which_names_it_looks_at_finds_nothing_without_them(
    tags: dict[str, object],
) -> None:
    """So it need not be asked: most names are in few files."""
    facts = Facts(metadata_of(tags))
    for rule in RULES:
        assert rule._replace(names=()).findings(facts) == rule.findings(facts)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("GPS:GPSLatitude", 1.5),
        ("IFD1:ThumbnailImage", b"\xff\xd8\xff" * 30),
        ("IFD0:Software", "a"),
        ("XMP-iptcCore:CreatorWorkTelephone", "1"),
        ("JUMBF:JUMDLabel", "c2pa.signature"),
        ("IFD0:Artist", "a@" * 60),
        ("IFD0:Copyright", "x's Mac's PC" * 10),
    ],
)
def test_a_file_of_one_tag_again_and_again_costs_no_more_than_its_length(
    key: str, value: object
) -> None:
    """No rule compares every copy with every other."""
    metadata = metadata_of([(key, value)] * 20_000)
    start = time.process_time()
    mapy.explain(metadata, content=b"\xff\xd8\xff" * 1000)
    assert time.process_time() - start < 4


def test_the_weightiest_come_first() -> None:
    """High, worth a look, note."""
    order = list(Weight)
    found = mapy.explain(mapy.read(jpeg(exif(tiff(camera())))), name="IMG_1234.jpg")
    places = [order.index(each.weight) for each in found]
    assert places == sorted(places)
    assert len(set(places)) == 3


def test_a_picture_without_metadata_gives_nothing_away() -> None:
    """No finding at all, not even a note."""
    for content in (png(), jpeg()):
        assert code_of(content) == ""
        assert mapy.explain(mapy.read(content), name="picture.png", content=content) == ()


@pytest.mark.parametrize(
    ("media_type", "removal"),
    [
        ("image/x-nikon-nef", EXPORT_FIRST),
        ("image/x-j2c", None),
        ("application/rdf+xml", NOTHING_BUT),
    ],
)
def test_what_cannot_be_cleaned_gets_another_advice(media_type: str, removal: object) -> None:
    """No tick box is offered that would be refused."""
    found = findings({"ExifIFD:SerialNumber": "062062059949"}, media_type=media_type)
    advice = found["device.serial"].removal
    assert advice == removal if removal else "clean copy removes it" in str(advice)


def test_every_removal_names_a_group_that_can_be_removed() -> None:
    """`mapy clean --remove place` and so on: the names are those of the subjects."""
    words = {
        word
        for rule in RULES
        for word in re.findall(r"--remove (\w+)", str(rule.removal_for("image/jpeg")))
    }
    assert words <= {subject.value for subject in Subject}


@pytest.mark.parametrize(
    ("rule", "tags"),
    [
        ("place.position", {"XMP-exif:GPSLatitude": 43.4, "XMP-exif:GPSLongitude": 11.8}),
        ("place.position", {"GPS:GPSLatitude": 43.4, "GPS:GPSLongitude": 11.8}),
        ("place.aimed-at", {"GPS:GPSDestLatitude": 43.4, "GPS:GPSDestLongitude": 11.8}),
        ("place.names", {"IPTC:City": "Bath", "XMP-iptcExt:LocationShownSublocation": "Spa"}),
        ("place.altitude", {"XMP-exif:GPSAltitude": 99}),
        ("person.owner", {"ExifIFD:OwnerName": "Anna", "XMP-aux:OwnerName": "Anna"}),
        ("person.creator", {"IFD0:Artist": "Anna", "XMP-dc:Creator": ["Anna"]}),
        ("person.faces", {"XMP-mwg-rs:RegionName": "Anna", "XMP-mwg-rs:RegionType": "Face"}),
        ("contact.address", {"XMP-iptcCore:CreatorAddress": "1 High Street"}),
        ("device.serial", {"ExifIFD:SerialNumber": "30079", "XMP-aux:SerialNumber": "30079"}),
        ("device.lens-serial", {"ExifIFD:LensSerialNumber": "20048824"}),
        ("device.picture-number", {"ExifIFD:ImageUniqueID": "77c6274bd589ad50"}),
        ("device.camera", {"IFD0:Make": "Lamp", "IFD0:Model": "Safe", "XMP-tiff:Model": "Safe"}),
        ("time.taken", {"ExifIFD:DateTimeOriginal": "2020:01:01 10:00:00"}),
        ("history.software", {"IFD0:Software": "GIMP", "XMP-xmp:CreatorTool": "GIMP"}),
        ("history.documents", {"XMP-xmpMM:DocumentID": "xmp.did:1"}),
        ("history.steps", {"XMP-xmpMM:HistoryAction": ["saved"]}),
    ],
)
def test_removing_a_group_takes_what_the_advice_says(rule: str, tags: dict[str, object]) -> None:
    """`--remove` of the subject that a finding names takes all of its evidence."""
    found = findings(tags)[rule]
    assert "--remove" in str(found.removal) or "--keep" in str(found.removal)
    assert {tag.key for tag in found.evidence} == set(tags)
    group = SUBJECTS[found.subject]
    assert [tag.key for tag in found.evidence if not group.has(tag.group, tag.name)] == []


def test_the_reference_page_is_that_of_the_rules() -> None:
    """Made anew with `python -m mapy.explain.reference > docs/reference/findings.md`."""
    assert (ROOT / "docs" / "reference" / "findings.md").read_text(encoding="utf-8") == page()


def test_the_function_stays_where_a_module_of_the_package_is_loaded() -> None:
    """`mapy.explain` is the package and the function alike, whichever is asked for first."""
    code = (
        "import mapy, mapy.explain.words\n"
        "nothing = mapy.Metadata(format='', media_type='', size=0)\n"
        "print(callable(mapy.explain), mapy.explain(nothing))\n"
        "from mapy import explain, Finding, Weight, Subject; print(callable(explain))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["True ()", "True"]
