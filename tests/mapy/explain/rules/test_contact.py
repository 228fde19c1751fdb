"""What leads straight to a person."""

from __future__ import annotations

import time

import pytest

from mapy_explain_builders import findings, what


@pytest.mark.parametrize(
    ("tags", "rule", "sentence"),
    [
        (
            {"XMP-dc:Description": "Write to anna.weber@example.org!"},
            "contact.email",
            "The file holds an e-mail address: anna.weber@example.org, in XMP.",
        ),
        (
            {"XMP-iptcCore:CreatorWorkEmail": "a@example.org", "IFD0:Artist": "b@example.org"},
            "contact.email",
            "The file holds an e-mail address: a@example.org, b@example.org, in XMP and EXIF.",
        ),
        (
            {"IFD0:Copyright": "call +49 (170) 123 45 67"},
            "contact.telephone",
            "The file holds a telephone number: +49 (170) 123 45 67, in EXIF.",
        ),
        (
            {"XMP-iptcCore:CreatorWorkTelephone": "0170 1234567"},
            "contact.telephone",
            "The file holds a telephone number: 0170 1234567, in XMP.",
        ),
        (
            {"XMP-iptcCore:CreatorAddress": "1 High Street", "XMP-iptcCore:CreatorCity": "Bath"},
            "contact.address",
            "The file holds a postal address: 1 High Street, Bath, in XMP.",
        ),
        (
            {"XMP-plus:ImageCreatorID": "http://plus-id.org/anna"},
            "contact.account",
            "The file names an account or an entry in a register: http://plus-id.org/anna, in XMP.",
        ),
        (
            {"XMP-xmpRights:WebStatement": "https://anna.example"},
            "contact.web",
            "The file names a page of its maker: https://anna.example, in XMP.",
        ),
    ],
)
def test_finds_ways_to_reach_a_person(tags: dict[str, object], rule: str, sentence: str) -> None:
    """In fields for them, and in any text."""
    assert sentence == what(findings(tags), rule)


@pytest.mark.parametrize(
    "text",
    [
        "photo@2x.png",
        "me @ home",
        "@anna",
        "+47.3541841",
        "+1.5, +2.5",
        "2024:05:01 10:11:12+02:00",
        "1/500 +0.3 EV",
        "12345678901234",
        "xmp.did:813ee422-9736-4cdc-9be6-4e35ed8e41cb",
    ],
)
def test_other_texts_are_no_contacts(text: str) -> None:
    """Names of files, positions, dates, exposures, numbers."""
    assert [rule for rule in findings({"XMP-x:Y": text}) if rule.startswith("contact.")] == []


def test_texts_made_to_exhaust_a_search_do_not() -> None:
    """Time grows with the length of a text, not with its square."""
    start = time.process_time()
    for hostile in ("a" * 1_000_000 + "@", "+1 " * 300_000, "a@" * 500_000, "/home/" * 200_000):
        findings({"XMP-x:Y": hostile})
    assert time.process_time() - start < 2
