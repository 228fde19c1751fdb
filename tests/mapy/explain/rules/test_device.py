"""What tells one camera from all others."""

from __future__ import annotations

import pytest

from mapy import Weight
from mapy.explain.rules.device import is_serial
from mapy_explain_builders import findings, what


@pytest.mark.parametrize(
    ("tags", "rule", "weight", "sentence"),
    [
        (
            {
                "ExifIFD:SerialNumber": "062062059949",
                "XMP-aux:SerialNumber": "062062059949",
                "Canon:SerialNumber": 62062059949,
                "CBOR:ExifEX_BodySerialNumber": "062062059949",
            },
            "device.serial",
            Weight.HIGH,
            (
                "The camera's serial number is 062062059949, 62062059949. It stands in EXIF, XMP,"
                " the camera maker's own notes and Content Credentials (C2PA)."
            ),
        ),
        (
            {"ExifIFD:LensSerialNumber": "000023990c"},
            "device.lens-serial",
            Weight.HIGH,
            "The serial number of a lens or a flash is 000023990c. It stands in EXIF.",
        ),
        (
            {"Panasonic:InternalSerialNumber": "F350807010058"},
            "device.internal-number",
            Weight.LOOK,
            (
                "A number inside the camera is F350807010058. It stands in the camera maker's own"
                " notes."
            ),
        ),
        (
            {"ExifIFD:ImageUniqueID": "77c6274bd589ad50"},
            "device.picture-number",
            Weight.LOOK,
            "The picture has a number that no other has: 77c6274bd589ad50, in EXIF.",
        ),
        (
            {"Nikon:ShutterCount": 48857},
            "device.wear",
            Weight.LOOK,
            "The camera had taken about 48857 pictures.",
        ),
        (
            {"ExifIFD:ImageNumber": 1234},
            "device.wear",
            Weight.NOTE,
            "The camera gave the picture the number 1234.",
        ),
        (
            {"IFD0:Make": "NIKON CORPORATION", "IFD0:Model": "NIKON D3"},
            "device.camera",
            Weight.NOTE,
            "It was taken with NIKON D3.",
        ),
        (
            {"IFD0:Make": "LGE", "IFD0:Model": "Nexus 5", "ExifIFD:LensModel": "wide 3 mm"},
            "device.camera",
            Weight.NOTE,
            "It was taken with LGE Nexus 5 and wide 3 mm.",
        ),
        (
            {"ICC_Profile:ProfileDescription": "Anna's display"},
            "device.profile",
            Weight.NOTE,
            "The colour profile is that of a device: “Anna's display”.",
        ),
        (
            {"IFD0:Software": "17.5.1"},
            "device.firmware",
            Weight.NOTE,
            "The camera's own software is named: 17.5.1.",
        ),
        (
            {"Canon:CanonFirmwareVersion": "Firmware 1.0.3"},
            "device.firmware",
            Weight.NOTE,
            "The camera's own software is named: Firmware 1.0.3.",
        ),
        (
            {"Google:DeviceMake": "Lamp", "Google:DeviceModel": "Safe 6"},
            "device.camera",
            Weight.NOTE,
            "It was taken with Lamp Safe 6.",
        ),
        (
            {"Google:HDRPSoftware": "lamp/safe:14/UP1A"},
            "device.firmware",
            Weight.NOTE,
            "The camera's own software is named: lamp/safe:14/UP1A.",
        ),
    ],
)
def test_names_the_device(
    tags: dict[str, object], rule: str, weight: Weight, sentence: str
) -> None:
    """Every copy of a number is named with the block it stands in."""
    found = findings(tags)
    assert sentence == what(found, rule)
    assert found[rule].weight is weight


@pytest.mark.parametrize(
    "text",
    [
        *("", "0", "0000000", "0000001", "11111111", "A11111111", "12345678", "0123456789"),
        *("N/A", "NO= ", "XXXX", "(Binary data 66 bytes)", "Fz\x13\x8e9", "Ï5j6Ý99", "none"),
    ],
)
def test_what_stands_for_no_number_is_none(text: str) -> None:
    """Zeros, numbers that were written over, examples, noise."""
    assert not is_serial(text)


@pytest.mark.parametrize("text", ["30079", "NO= -1000f46", "H500EE06130468", "LD001055", "500292"])
def test_numbers_are_numbers(text: str) -> None:
    """As makers write them."""
    assert is_serial(text)


@pytest.mark.parametrize("name", ["sRGB IEC61966-2.1", "Display P3", "Display", "Adobe RGB (1998)"])
def test_a_standard_profile_is_no_device(name: str) -> None:
    """Millions of pictures share it."""
    assert findings({"ICC_Profile:ProfileDescription": name}) == {}
