"""Rules about the device: what it is, and the numbers that tell this one from all others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.explain.copies import blocks_of, count_blocks
from mapy.explain.facts import number_of, said, shown, tag_names
from mapy.explain.finding import Subject, Weight
from mapy.explain.rule import GONE, Rule, Sight
from mapy.text import Number, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapy.explain.facts import Facts, TagNames
    from mapy.model import Tag

_MOST = 4
_BODY = tag_names(
    r"(Exif(EX)?_)?(Body|Camera|Drone|Device)?SerialNumber|SerialNumberHash|InternalBodySerialNumber"
    r"|CameraSerial|IMEI|DeviceID|UnitID"
)
_LENS = tag_names(r"(Exif(EX)?_)?(Lens|Flash|Extender|Accessory|Filter)SerialNumber")
_INTERNAL = tag_names(
    r"InternalSerialNumber|InternalLensSerialNumber|SensorID|(Camera)?BodyID|BackSerial"
    r"|(IR|Visible)?SensorSerialNumber|BatterySerialNumber|FirmwareSerial|MotherboardSerial"
)
_UNIQUE = tag_names(
    r"ImageUniqueID|ImageUIDList|MediaUniqueID|ContentIdentifier|PhotoIdentifier|BurstUUID"
    r"|RawDataUniqueID|OriginalRawFileDigest|MediaGroupUUID|CameraBurstID|BurstID"
    r"|ImageGroupIdentifier"
)
_SERIAL_NOISE = re.compile(r"[^0-9A-Za-z]")
_NO_DIGIT = re.compile(r"\D")
_COUNTING = "1234567890123456789"
_SHORTEST = 3
_REDACTED = 6
"""So many of the same digit, and no other, are what people write over a number."""


def is_serial(text: str) -> bool:
    """Whether a text can be the number of one device: not blank, not `0000001`, not `123456`."""
    if not text.isascii() or not text.isprintable() or text.startswith("(Binary data"):
        return False
    bare = _SERIAL_NOISE.sub("", text).lstrip("0")
    digits = _NO_DIGIT.sub("", bare)
    if len(bare) < _SHORTEST or not digits or bare in _COUNTING:
        return False
    return len(set(digits)) > 1 or len(digits) < min(len(bare), _REDACTED)


def _serial_tags(facts: Facts, names: TagNames) -> list[Tag]:
    return [
        tag
        for tag in facts.matching(names)
        if not isinstance(tag.machine, float) and " NaN" not in said(tag) and is_serial(said(tag))
    ]


def _numbers(
    names: TagNames, weight: Weight, say: Callable[[str, Text], Text]
) -> Callable[[Facts], Iterator[Sight]]:
    """A look for numbers of a kind: the values, each once, and where the copies stand."""

    def look(facts: Facts) -> Iterator[Sight]:
        tags = _serial_tags(facts, names)
        if tags:
            values = list(dict.fromkeys(map(said, tags)))[:_MOST]
            yield Sight(weight, say(shown(", ".join(values)), blocks_of(tags)), tags)

    return look


def _say_body(value: str, blocks: Text) -> Text:
    return Text(
        "The camera's serial number is {value}. It stands in {blocks}.",
        {"value": value, "blocks": blocks},
    )


def _say_lens(value: str, blocks: Text) -> Text:
    return Text(
        "The serial number of a lens or a flash is {value}. It stands in {blocks}.",
        {"value": value, "blocks": blocks},
    )


def _say_internal(value: str, blocks: Text) -> Text:
    return Text(
        "A number inside the camera is {value}. It stands in {blocks}.",
        {"value": value, "blocks": blocks},
    )


def _say_unique(value: str, blocks: Text) -> Text:
    return Text(
        "The picture has a number that no other has: {value}, in {blocks}.",
        {"value": value, "blocks": blocks},
    )


_COUNTERS = tag_names(r"(Camera|Mechanical)?ShutterCount\d?|TotalShutterReleases|ImageCount")
_NUMBERS = tag_names("ImageNumber|FileNumber")
_FEW_RELEASES = 2
_MOST_RELEASES = 10_000_000


def _wear(facts: Facts) -> Iterator[Sight]:
    tags = [
        tag
        for tag in facts.matching(_COUNTERS)
        if (number_of(tag) or 0) > _FEW_RELEASES < _MOST_RELEASES
    ]
    if tags:
        yield Sight(
            Weight.LOOK,
            Text(
                "The camera had taken about {count} pictures.",
                {"count": Number(round(number_of(tags[0]) or 0), "d")},
            ),
            tags,
        )
    numbers = [tag for tag in facts.matching(_NUMBERS) if (number_of(tag) or 0) > _FEW_RELEASES]
    if numbers:
        yield Sight(
            Weight.NOTE,
            Text(
                "The camera gave the picture the number {count}.",
                {"count": shown(str(numbers[0].readable))},
            ),
            numbers,
        )


_FIRMWARE = tag_names(
    r"(Canon)?FirmwareVersion\d?|Firmware|FirmwareRevision|(Body|CPU|DSP)FirmwareVersion"
    r"|FirmwareID|FirmwareVersions|CameraFirmware|HDRPSoftware|AndroidRelease"
)


_PHONE_SOFTWARE = tag_names("Software")
_VERSION = re.compile(r"\d{1,3}(\.\d{1,4}){1,3}")


def _firmware(facts: Facts) -> Iterator[Sight]:
    software = facts.metadata.get("IFD0:Software")
    tags = facts.matching(_FIRMWARE)
    if software is not None and _VERSION.fullmatch(said(software)):  # as phones write it
        tags = facts.in_order([*tags, software])
    if tags:
        value = shown(str(tags[0].readable))
        yield Sight(
            Weight.NOTE,
            Text("The camera's own software is named: {value}.", {"value": value}),
            tags,
        )


MAKES = (
    "IFD0:Make",
    "XMP-tiff:Make",
    "PNG:Make",
    "CanonRaw:Make",
    "CIFF:Make",
    "GoPro:Make",
    "Google:DeviceMake",
)
MODELS = (
    *("IFD0:Model", "XMP-tiff:Model", "PNG:Model", "CanonRaw:Model", "CIFF:Model", "GoPro:Model"),
    *("IFD0:UniqueCameraModel", "GoPro:DeviceName", "PictureInfo:Model", "SigmaRaw:Model"),
    "Google:DeviceModel",
)
_CAMERA_NAMES = tag_names("Make|Model|LensModel|Lens|Device(Make|Model|Codename)")
LENSES = ("ExifIFD:LensModel", "XMP-aux:Lens", "XMP-exifEX:LensModel", "Canon:LensModel")


def camera_of(facts: Facts) -> str:
    """Make and model as people say them; many models begin with their maker's name."""
    make, model = facts.first(*MAKES), facts.first(*MODELS)
    if make and model.casefold().startswith(make.casefold().split(" ")[0]):
        return model
    return f"{make} {model}".strip()


def _camera(facts: Facts) -> Iterator[Sight]:
    camera, lens = shown(facts.camera), shown(facts.first(*LENSES))
    if not camera:
        return
    tags = facts.matching(_CAMERA_NAMES)
    what = (
        Text("It was taken with {camera} and {lens}.", {"camera": camera, "lens": lens})
        if lens and is_lens(lens)
        else Text("It was taken with {camera}.", {"camera": camera})
    )
    weight = Weight.NOTE
    if count_blocks(tags):
        yield Sight(weight, what, tags)


def is_lens(text: str) -> bool:
    """Whether a text names a lens, and is no placeholder such as `----` or `0 mm`."""
    return any(map(str.isalpha, text)) and not text.startswith(("Unknown", "0 mm", "0.0 mm"))


_WORKING_SPACES = re.compile(
    r".*(RGB|P3|ProPhoto|ROMM|FOGRA|SWOP|GRACoL|Gr[ae]y|Dot Gain|Gamma|Rec\.? ?\d|BT\.? ?\d"
    r"|ITU|IEC|ISO|Linear|XYZ|Lab|CMYK|JapanColor|Generic|built-in|c2ci).*|Display",
    re.IGNORECASE,
)
"""Profiles of standards and of programs, which many pictures share."""
_PROFILE_NAMES = tag_names("ProfileDescription(ML)?")
_DESCRIPTIONS = ("ICC_Profile:ProfileDescription", "ICC_Profile:ProfileDescriptionML")


def _screen(facts: Facts) -> Iterator[Sight]:
    for key in _DESCRIPTIONS:
        tag = facts.metadata.get(key)
        value = said(tag) if tag is not None else ""
        if tag is not None and value and not _WORKING_SPACES.fullmatch(value):
            yield Sight(
                Weight.NOTE,
                Text("The colour profile is that of a device: “{name}”.", {"name": shown(value)}),
                [tag],
            )
            return


RULES = (
    Rule(
        "device.serial",
        Subject.DEVICE,
        (Weight.HIGH,),
        "The serial number of the camera, in EXIF, XMP, makers' notes or Content Credentials.",
        Text(
            "Every picture of this camera carries it. One of them under your name is enough to"
            " link them all; makers, shops and insurers know who bought it."
        ),
        _numbers(_BODY, Weight.HIGH, _say_body),
        names=(_BODY,),
    ),
    Rule(
        "device.lens-serial",
        Subject.DEVICE,
        (Weight.HIGH,),
        "The serial number of a lens, a flash or another accessory.",
        Text(
            "Every picture with it carries it, on whatever camera, and one with a name is enough."
        ),
        _numbers(_LENS, Weight.HIGH, _say_lens),
        names=(_LENS,),
    ),
    Rule(
        "device.internal-number",
        Subject.DEVICE,
        (Weight.LOOK,),
        "Numbers of parts inside the camera.",
        Text("It tells this camera from others, though it is not printed on it."),
        _numbers(_INTERNAL, Weight.LOOK, _say_internal),
        names=(_INTERNAL,),
    ),
    Rule(
        "device.picture-number",
        Subject.DEVICE,
        (Weight.LOOK,),
        "A number of the picture itself, which its copies share.",
        Text("It links this copy to the original and to every other copy."),
        _numbers(_UNIQUE, Weight.LOOK, _say_unique),
        names=(_UNIQUE,),
    ),
    Rule(
        "device.wear",
        Subject.DEVICE,
        (Weight.LOOK, Weight.NOTE),
        "How many pictures the camera had taken; the number it gave this one weighs less.",
        Text("With the model it narrows down which camera it was, and orders its pictures."),
        _wear,
        GONE,
        names=(_COUNTERS, _NUMBERS),
    ),
    Rule(
        "device.camera",
        Subject.DEVICE,
        (Weight.NOTE,),
        "Make, model and lens.",
        Text("Few people own a rare camera; with other facts it narrows down who it was."),
        _camera,
        names=(_CAMERA_NAMES,),
    ),
    Rule(
        "device.firmware",
        Subject.DEVICE,
        (Weight.NOTE,),
        "The version of the camera's own software.",
        Text("It dates the camera's last update."),
        _firmware,
        GONE,
        names=(_FIRMWARE, _PHONE_SOFTWARE),
    ),
    Rule(
        "device.profile",
        Subject.DEVICE,
        (Weight.NOTE,),
        "A colour profile of a screen, a scanner or a printer, and not of a standard.",
        Text("It names the device on which the picture was worked on; some people name it."),
        _screen,
        Text(
            "A clean copy keeps the colours by default. To remove the profile, untick “colour”"
            " (--keep orientation)."
        ),
        names=(_PROFILE_NAMES,),
    ),
)
