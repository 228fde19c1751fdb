"""Where a picture comes from, by its own word."""

from __future__ import annotations

import pytest

from mapy import Weight
from mapy_explain_builders import findings, what

IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype"
A1111 = "a cat\nNegative prompt: dog\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1"


@pytest.mark.parametrize(
    ("tags", "rule", "weight", "sentence"),
    [
        (
            {"XMP-iptcExt:DigitalSourceType": f"{IPTC}/trainedAlgorithmicMedia"},
            "origin.source-type",
            Weight.HIGH,
            (
                "By its own word the picture is made by a generative AI (trainedAlgorithmicMedia,"
                " in XMP)."
            ),
        ),
        (
            {"CBOR:ActionsDigitalSourceType": [f"{IPTC}/compositeWithTrainedAlgorithmicMedia"]},
            "origin.source-type",
            Weight.HIGH,
            (
                "By its own word the picture is a picture with parts made by a generative AI"
                " (compositeWithTrainedAlgorithmicMedia, in Content Credentials (C2PA))."
            ),
        ),
        (
            {"XMP-iptcExt:DigitalSourceType": f"{IPTC}/digitalCapture"},
            "origin.source-type",
            Weight.NOTE,
            "By its own word the picture is taken by a camera (digitalCapture, in XMP).",
        ),
        (
            {"PNG:Parameters": A1111},
            "origin.prompt",
            Weight.HIGH,
            (
                "The words or the recipe that a picture generator was given are in the file: “a cat"
                " Negative prompt: dog Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1”, in PNG"
                " texts."
            ),
        ),
        (
            {"ExifIFD:UserComment": A1111},
            "origin.prompt",
            Weight.HIGH,
            (
                "The words or the recipe that a picture generator was given are in the file: “a cat"
                " Negative prompt: dog Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1”, in"
                " EXIF."
            ),
        ),
        (
            {"PNG:Prompt": '{"3": {"class_type": "KSampler"}}'},
            "origin.prompt",
            Weight.HIGH,
            (
                "The words or the recipe that a picture generator was given are in the file: “{"
                '"3": {"class_type": "KSampler"}}”, in PNG texts.'
            ),
        ),
        (
            {"PNG:Software": "NovelAI"},
            "origin.generator",
            Weight.HIGH,
            "A picture generator is named: NovelAI, in PNG texts.",
        ),
        (
            {"XMP-photoshop:Credit": "Made with Google AI"},
            "origin.generator",
            Weight.HIGH,
            "A picture generator is named: Made with Google AI, in XMP.",
        ),
    ],
)
def test_says_what_the_file_says_of_its_origin(
    tags: dict[str, object], rule: str, weight: Weight, sentence: str
) -> None:
    """Declared, prompted, or by the name of its maker."""
    found = findings(tags)
    assert what(found, rule) == sentence
    assert found[rule].weight is weight


@pytest.mark.parametrize(
    "tags",
    [
        {"XMP-iptcExt:DigitalSourceType": "https://exiftool.org"},
        {"ExifIFD:UserComment": "20 steps to the beach"},
        {"XMP-dc:Creator": ["Gemini Smith"], "IFD0:Software": "Adobe Photoshop"},
        {"IFD0:Artist": "Jean Imaging"},
    ],
)
def test_other_words_are_no_ai(tags: dict[str, object]) -> None:
    """Names of people, steps of stairs."""
    assert [rule for rule in findings(tags) if rule.startswith("origin.")] == []


LABELS = [("JUMBF:JUMDLabel", "c2pa.claim"), ("CBOR:Claim_generator", "tool/1.0")]


def test_content_credentials_are_named_and_not_validated() -> None:
    """The claim generator, and that nobody checked the signature."""
    signed = [*LABELS, ("JUMBF:JUMDLabel", "c2pa.signature")]
    assert what(findings(signed), "origin.credentials") == (
        "The file carries Content Credentials (C2PA) by tool/1.0: a history with a signature, which"
        " was not checked here. Parts: 1."
    )
    assert "without a signature" in what(findings(LABELS), "origin.credentials")


def test_pieces_without_a_claim_are_called_so() -> None:
    """No name is made up."""
    found = findings([("JUMBF:JUMDLabel", "c2pa.assertions")])
    assert what(found, "origin.credentials") == (
        "The file carries pieces of Content Credentials (C2PA) that claim nothing."
    )


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("C=JP, O=Lamp Corporation, OU=Safe, CN=Anna, editor", "Lamp Corporation, Anna, editor"),
        ("CN=Lamp, O=Lamp", "Lamp"),
        ("E=anna@example.org", "E=anna@example.org"),
    ],
)
def test_the_signers_name_is_told(subject: str, name: str) -> None:
    """Organisation and name, as a claim of the certificate, not checked."""
    signed = [*LABELS, ("JUMBF:SignatureSubject", subject), ("JUMBF:JUMDLabel", "c2pa.signature")]
    assert f"in the name of {name}, which was not checked here" in what(
        findings(signed), "origin.credentials"
    )


def test_of_two_signers_the_last_one_counts() -> None:
    """The active manifest is the last one of a file."""
    subjects = [("JUMBF:SignatureSubject", f"CN={name}") for name in ("First", "Second")]
    signed = [*LABELS, *subjects, ("JUMBF:JUMDLabel", "c2pa.signature")]
    assert "in the name of Second," in what(findings(signed), "origin.credentials")


def test_an_address_in_a_certificate_is_one() -> None:
    """The signer's e-mail is as much a person's as one in a caption."""
    found = findings({"JUMBF:SignatureSubject": "CN=Anna, E=anna@example.org"})["contact.email"]
    assert "anna@example.org, in Content Credentials (C2PA)" in str(found.what)
