"""Rules about people: who owns the camera, who made the picture, who is in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.explain.copies import blocks_of
from mapy.explain.facts import said, shown, tag_names
from mapy.explain.finding import Subject, Weight
from mapy.explain.rule import GONE, TEXTS_STAY, Rule, Sight
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mapy.explain.facts import Facts, TagNames
    from mapy.model import Tag

_MOST_NAMES = 8


def _values(tags: Sequence[Tag]) -> str:
    """What tags say, each once."""
    return shown(", ".join(list(dict.fromkeys(map(said, tags)))[:_MOST_NAMES]))


def _telling(facts: Facts, names: TagNames) -> list[Tag]:
    """Tags of these names that say more than the camera's make, model or software."""
    make = facts.first("IFD0:Make").casefold().split(" ")[0]
    return [
        tag
        for tag, words in facts.saying(names)
        if isinstance(tag.raw, (str, bytes, list))
        and (text := words.casefold()) not in facts.own_names
        and not (make and text.startswith(make) and "camera" in text)
        and not tag.group.startswith("ICC")
        and not (tag.definition.name == "Title" and tag.group == "CBOR")  # a name of a file
        and not _BY_PROGRAMS.fullmatch(text)
    ]


_BY_PROGRAMS = re.compile(
    r"picasa|created with gimp|(exif_)?jpeg.?pic?ture|exif_jpeg(_\d+)?|sony dsc|dsc|dcim.*"
    r"|[\w ]{0,20}digital (still )?camera[\w ]{0,20}|camera phone|samsung( camera)?"
    r"|creator: gd-jpeg.*"
    r"|lead technologies.*|hdr\+?|cof|sdr|jpeg|edited with.*|file (written|source).*"
    r"|av[_:].*|screenshot|charset=.*|optimized by.*|compressed by.*|modified with.*"
    r"|epson dsc picture|high definition ccd image|[a-z_]{1,4}\d{3,8}\w?(\.\w{3,4})?"
    r"|filter: ?\d+; .*|<\?xml.*|unknown title"
    r"|resized|fbmd.*|intel\(r\).*|appleMark|\w{0,3}|https?://ns\..*|test( comment)?|imagej=.*",
    re.IGNORECASE,
)
"""Texts that cameras and programs write by themselves."""


def _text_rule(
    names: TagNames, weight: Weight, say: Callable[[str, Text], Text]
) -> Callable[[Facts], Iterator[Sight]]:
    """A look for names: what they say, and where the copies stand."""

    def look(facts: Facts) -> Iterator[Sight]:
        tags = _telling(facts, names)
        if tags:
            yield Sight(weight, say(_values(tags), blocks_of(tags)), tags)

    return look


_OWNER_NAMES = tag_names(r"(Camera)?OwnerName|CameraOwner|Nickname|(HD)?UserName|InstanceUserName")
_owner = _text_rule(
    _OWNER_NAMES,
    Weight.HIGH,
    lambda value, blocks: Text(
        "The camera's owner is named: “{value}”, in {blocks}.", {"value": value, "blocks": blocks}
    ),
)
_CREATOR_NAMES = tag_names(
    r"Artist|(Dc_)?[Cc]reator|By-line|XPAuthor|Author(Name|s)?|Photographer|ImageCreatorName"
    r"|CreatorName|WorkCreator(AgentTitle)?|CaptionWriter|Writer-Editor|AttributionName"
)
_creator = _text_rule(
    _CREATOR_NAMES,
    Weight.LOOK,
    lambda value, blocks: Text(
        "Who made the picture is named: “{value}”, in {blocks}.",
        {"value": value, "blocks": blocks},
    ),
)
_RIGHTS_NAMES = tag_names(
    r"Copyright|CopyrightNotice|(Dc_)?[Rr]ights|CopyrightOwnerName|CopyrightHolder.*Name|Credit"
    r"|(Licensor|Licensee|EndUser|ImageSupplier)Name|UsageTerms|WorkRightsAgentTitle"
)
_rights = _text_rule(
    _RIGHTS_NAMES,
    Weight.NOTE,
    lambda value, blocks: Text(
        "Rights are claimed: “{value}”, in {blocks}.", {"value": value, "blocks": blocks}
    ),
)
_COMMENT_NAMES = tag_names(
    r"UserComment|Comment|XPComment|ImageDescription|Description|Caption-Abstract"
    r"|CanonFileDescription|Headline|XPTitle|Title|ObjectName|XPSubject|AltTextAccessibility"
    r"|ExtDescrAccessibility|ContentDescriptionCaption|WorkDescription"
)
_comment = _text_rule(
    _COMMENT_NAMES,
    Weight.LOOK,
    lambda value, blocks: Text(
        "Someone wrote a text about the picture: “{value}”, in {blocks}.",
        {"value": value, "blocks": blocks},
    ),
)
_KEYWORD_NAMES = tag_names(
    r"Keywords|Subject|XPKeywords|HierarchicalSubject|WeightedFlatSubject|LastKeyword(XMP|IPTC)"
    r"|TagsList|CatalogSets|Categories|SupplementalCategories|WorkSubject"
)
_keywords = _text_rule(
    _KEYWORD_NAMES,
    Weight.LOOK,
    lambda value, blocks: Text(
        "The picture carries keywords: “{value}”, in {blocks}.",
        {"value": value, "blocks": blocks},
    ),
)
_PEOPLE_NAMES = tag_names(
    r"PersonInImage(Name)?|RegionPersonDisplayName|OrganisationInImageName|BabyName"
    r"|RecognizedFace\d?Name|Face\d?Name|FaceRecInfoName|Personality|People|BabyAge"
    r"|ModelReleaseID"
)
_shown_people = _text_rule(
    _PEOPLE_NAMES,
    Weight.HIGH,
    lambda value, blocks: Text(
        "Someone in the picture is named or described: “{value}”, in {blocks}.",
        {"value": value, "blocks": blocks},
    ),
)
_NO_AGE = re.compile(r"9999:99:99.*")


def _people_shown(facts: Facts) -> Iterator[Sight]:
    for sight in _shown_people(facts):
        if not all(_NO_AGE.fullmatch(said(tag)) for tag in sight.evidence):
            yield sight


_REGION_NAMES, _REGION_TYPES = tag_names("RegionName"), tag_names("RegionType")


def _faces(facts: Facts) -> Iterator[Sight]:
    names, types = facts.matching(_REGION_NAMES), facts.matching(_REGION_TYPES)
    is_face = any("face" in said(tag).casefold() for tag in types)
    if names and is_face:
        yield Sight(
            Weight.HIGH,
            Text(
                "Faces in the picture are marked and named: “{value}”, in {blocks}.",
                {"value": _values(names), "blocks": blocks_of(names)},
            ),
            [*names, *types],
        )
    elif is_face:
        yield Sight(Weight.LOOK, Text("Faces in the picture are marked, without names."), types)


_DEVICE = re.compile(
    r"['\u2019`\u00b4]s (iPhone|iPad|iPod|MacBook|iMac|Mac|Galaxy|Pixel|Xperia|Phone|Laptop|PC"
    r"|Computer|Camera|Tablet)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(r"[^\W\d_][\w .-]{1,30}\Z")
_LONGEST_NAME = 32
_SEARCHED = 1000
"""Characters of a text in which a device may be named."""
_COMPUTERS = re.compile(r"[\w-]{1,60}\.(local|lan|home|fritz\.box|internal|corp)", re.IGNORECASE)
_FREE_TEXTS = frozenset({"Description", "Caption-Abstract", "ImageDescription", "UserComment"})


def _device_name(facts: Facts) -> Iterator[Sight]:
    for tag, text in facts.texts:
        name = ""
        if "s " in text and tag.definition.name not in _FREE_TEXTS:
            name = _named_device(text[:_SEARCHED])
        if tag.definition.name == "HostComputer" and _COMPUTERS.fullmatch(text.strip("\0 ")):
            name = text
        if name:
            yield Sight(
                Weight.HIGH,
                Text(
                    "A device is called by the name that its owner gave it: “{value}”.",
                    {"value": shown(name)},
                ),
                [tag],
            )
            return


def _named_device(text: str) -> str:
    """The device with its owner's name in front: "Anna's iPhone"; empty without one."""
    device = _DEVICE.search(text)
    if device is None:
        return ""
    owner = _OWNER.search(text[max(0, device.start() - _LONGEST_NAME) : device.start()])
    return owner[0] + device[0] if owner else ""


_USER_FOLDER = re.compile(
    r"(?:[/\\](?:home|Users|Documents and Settings)|%2F(?:home|Users))(?:[/\\]|%2F)"
    r"([^/\\\"'<>|:*?\n%]{1,64})(?=[/\\]|%2F)",
    re.IGNORECASE,
)
_NO_PERSON = frozenset({"public", "shared", "default", "all users", "user", "runner", "travis"})


def _folder(facts: Facts) -> Iterator[Sight]:
    for tag, text in facts.texts:
        if "/" not in text and "\\" not in text and "%2F" not in text:
            continue
        for found in _USER_FOLDER.finditer(text):
            if found[1].casefold() not in _NO_PERSON:
                yield Sight(
                    Weight.HIGH,
                    Text(
                        "A folder on someone's computer is named, with the name of its user:"
                        " “{value}”.",
                        {"value": shown(found[0].replace("%2F", "/"))},
                    ),
                    [tag],
                )
                return


_BY_NAME = Text("It leads to a person. A name is easy to search for.")

RULES = (
    Rule(
        "person.owner",
        Subject.PERSON,
        (Weight.HIGH,),
        "The owner that a camera was given a name of.",
        Text("Cameras write it into every picture, also where the owner has forgotten it."),
        _owner,
        names=(_OWNER_NAMES,),
    ),
    Rule(
        "person.faces",
        Subject.PERSON,
        (Weight.HIGH, Weight.LOOK),
        "Faces that a program marked in the picture, with or without names.",
        Text("It says who is in the picture, and where."),
        _faces,
        names=(_REGION_TYPES,),
    ),
    Rule(
        "person.shown",
        Subject.PERSON,
        (Weight.HIGH,),
        "Names or ages of people in the picture.",
        Text("It says who is in the picture, which the picture alone may not."),
        _people_shown,
        names=(_PEOPLE_NAMES,),
    ),
    Rule(
        "person.device-name",
        Subject.PERSON,
        (Weight.HIGH,),
        "A device with its owner's name: “Anna's iPhone”, or a computer's name in its network.",
        _BY_NAME,
        _device_name,
        GONE,
    ),
    Rule(
        "person.folder",
        Subject.PERSON,
        (Weight.HIGH,),
        "A path with the folder of a user: `/Users/anna/`.",
        Text("The name of an account is often the name of a person."),
        _folder,
        GONE,
    ),
    Rule(
        "person.creator",
        Subject.PERSON,
        (Weight.LOOK,),
        "Artist, creator, author, by-line, writer of the caption.",
        Text("A photographer's credit is often meant to be there. For a source it is a name."),
        _creator,
        Text(
            "A clean copy removes it. To keep a credit on purpose, tick “creator”"
            " (--keep orientation,colour,creator)."
        ),
        names=(_CREATOR_NAMES,),
    ),
    Rule(
        "person.comment",
        Subject.PERSON,
        (Weight.LOOK,),
        "Comments, descriptions, captions and titles that people wrote.",
        Text("Texts name people, places and events, and may not have been meant for everyone."),
        _comment,
        TEXTS_STAY,
        names=(_COMMENT_NAMES,),
    ),
    Rule(
        "person.keywords",
        Subject.PERSON,
        (Weight.LOOK,),
        "Keywords and folders of catalogues.",
        Text("They were meant for your own archive, and often name people and places."),
        _keywords,
        TEXTS_STAY,
        names=(_KEYWORD_NAMES,),
    ),
    Rule(
        "person.rights",
        Subject.PERSON,
        (Weight.NOTE,),
        "Copyright, credits and licences.",
        Text("It is mostly meant to be read; it names a person or a company all the same."),
        _rights,
        Text(
            "A clean copy removes it. To keep it on purpose, tick “copyright”"
            " (--keep orientation,colour,copyright)."
        ),
        names=(_RIGHTS_NAMES,),
    ),
)
