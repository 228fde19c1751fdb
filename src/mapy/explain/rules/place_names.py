"""Rules about names of places, and what else ties a picture to one: networks, maps, clocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.explain.copies import blocks_of
from mapy.explain.facts import number_of, said, shown, tag_names
from mapy.explain.finding import Subject, Weight
from mapy.explain.rule import GONE, TEXTS_STAY, Rule, Sight
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.explain.facts import Facts, TagNames
    from mapy.model import Tag

_EXACT_NAMES = tag_names(
    r"(LocationCreated|LocationShown)?(City|Sublocation|LocationName)|Sub-location|Location"
    r"|ContentLocationName|Landmark|GPSAreaInformation|CiAdrCity"
    r"|GeotatePOI|Places|PlaceName|ContentDescriptionLocationAddressAddrComp|Event|StreetAddress"
    r"|(LocationCreated|LocationShown)?LocationId"
)
_WIDE_NAMES = tag_names(
    r"(LocationCreated|LocationShown)?(ProvinceState|CountryName|CountryCode|WorldRegion)"
    r"|Province-State|State|Country(Name|Code)?|Country-PrimaryLocation(Name|Code)"
    r"|ContentLocationCode|ContentDescriptionLocationAddressCountry"
)
_PLACE_GROUPS = re.compile(
    r"IPTC\d*|XMP-(iptc(Core|Ext)|photoshop|Geotate|photomech|exif|location|digiKam|GettyImages.*"
    r"|xmp|prism|dc)|PNG|JSON|CBOR|MediaJukebox|XML|GPS|Panasonic|ExifIFD"
)
"""Groups in which such names are names of places; elsewhere "Location" may be one on the sensor."""
_MOST_NAMES = 6


def _names(facts: Facts) -> Iterator[Sight]:
    exact = _placed_names(facts, _EXACT_NAMES)
    wide = _placed_names(facts, _WIDE_NAMES)
    if not exact and not wide:
        return
    tags = facts.in_order([tag for tag, _ in (*exact, *wide)])
    values = [_plain(words) for _, words in (*exact, *wide)]
    names = list(dict.fromkeys(value for value in values if value))[:_MOST_NAMES]
    yield Sight(
        Weight.HIGH if exact else Weight.LOOK,
        Text(
            "The file names a place: {names}. It stands in {blocks}.",
            {"names": shown(", ".join(names)), "blocks": blocks_of(tags)},
        ),
        tags,
    )


def _plain(name: str) -> str:
    """A name of a place without what Geotate writes behind it."""
    return name.partition("|")[0].strip(" ,;")


def _placed_names(facts: Facts, names: TagNames) -> list[tuple[Tag, str]]:
    return [
        (tag, words)
        for tag, words in facts.saying(names)
        if _PLACE_GROUPS.fullmatch(tag.group) and number_of(tag) is None
    ]


_IN_TEXTS = (
    re.compile(r"\bgeo:lat=(-?\d{1,2}\.\d{2,12})()"),
    re.compile(r"\bgeo:(-?\d{1,2}\.\d{2,12}),(-?\d{1,3}\.\d{2,12})"),
    re.compile(
        r"\blongitude[\"' ]{0,2}[:=] ?[\"']?(-?\d{1,3}\.\d{3,12})"
        r".{0,40}?\blatitude[\"' ]{0,2}[:=] ?[\"']?(-?\d{1,2}\.\d{3,12})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\blat(?:itude)?[\"' ]{0,2}[:=] ?[\"']?(-?\d{1,2}\.\d{3,12})"
        r"(?:.{0,40}?\blon(?:g|gitude)?[\"' ]{0,2}[:=] ?[\"']?(-?\d{1,3}\.\d{3,12}))?",
        re.IGNORECASE,
    ),
)
"""Machine tags of photo sites, RFC 5870, and what people write."""


def _in_texts(facts: Facts) -> Iterator[Sight]:
    for tag, text in facts.texts:
        if not ("geo:" in text or "lat" in text or "Lat" in text or "LAT" in text):
            continue
        found = next((match for each in _IN_TEXTS if (match := each.search(text))), None)
        if found is not None:
            yield Sight(
                Weight.HIGH,
                Text(
                    "A text in the file tells a position: “{value}”, in {blocks}.",
                    {"value": shown(found[0]), "blocks": blocks_of([tag])},
                ),
                [tag],
            )
            return


_HOME_CITY_NAMES = tag_names("HometownCity|TimeZoneCity")
_HOME_CITY = ("Casio:HometownCity", "Pentax:HometownCity", "Canon:TimeZoneCity")


def _home_city(facts: Facts) -> Iterator[Sight]:
    for key in _HOME_CITY:
        tag = facts.metadata.get(key)
        city = shown(str(tag.readable)) if tag is not None and said(tag) else ""
        if tag is not None and city and not city.startswith(("Unknown", "n/a", "0", "(")):
            yield Sight(
                Weight.LOOK,
                Text("The camera's clock was set to the time of {city}.", {"city": city}),
                [tag],
            )
            return


_GEO_REFERENCE_NAMES = tag_names("ModelTiePoint|ModelTransform")
_GEO_REFERENCE = ("IFD0:ModelTiePoint", "IFD0:ModelTransform")


def _geo_reference(facts: Facts) -> Iterator[Sight]:
    tags = [tag for key in _GEO_REFERENCE if (tag := facts.metadata.get(key)) is not None]
    if tags:
        yield Sight(
            Weight.LOOK,
            Text("The picture is tied to a map: its corners have positions (GeoTIFF)."),
            tags,
        )


_RADIO = tag_names(
    r".*(Wi-?Fi|WIFI|W[Ll][Aa][Nn]|(?<![A-Za-z])SSID|BSSID|Cell(Id|ID|Tower)|LocationAreaCode"
    r"|MobileCountry).*"
)


def _radio(facts: Facts) -> Iterator[Sight]:
    tags = facts.matching(_RADIO)
    if tags:
        yield Sight(
            Weight.HIGH,
            Text(
                "The file names radio networks around the camera: {value}.",
                {"value": shown(said(tags[0]))},
            ),
            tags,
        )


RULES = (
    Rule(
        "place.in-text",
        Subject.PLACE,
        (Weight.HIGH,),
        "A position written into a text: a keyword `geo:lat=`, a geo address, a caption.",
        Text("A program that removes positions leaves texts alone."),
        _in_texts,
        TEXTS_STAY,
    ),
    Rule(
        "place.names",
        Subject.PLACE,
        (Weight.HIGH, Weight.LOOK),
        "Names of cities, sights, states and countries; a state or a country alone weighs less.",
        Text("A name of a place says where you were, even where no position is given."),
        _names,
        names=(_EXACT_NAMES, _WIDE_NAMES),
    ),
    Rule(
        "place.radio",
        Subject.PLACE,
        (Weight.HIGH,),
        "Names or numbers of Wi-Fi networks and mobile cells.",
        Text("Public lists know where networks and cells are."),
        _radio,
        names=(_RADIO,),
    ),
    Rule(
        "place.map",
        Subject.PLACE,
        (Weight.LOOK,),
        "A GeoTIFF: a picture whose pixels have positions.",
        Text("Whoever gets the file can find every spot in it."),
        _geo_reference,
        GONE,
        names=(_GEO_REFERENCE_NAMES,),
    ),
    Rule(
        "place.home-city",
        Subject.PLACE,
        (Weight.LOOK,),
        "The city that the owner chose for the camera's clock.",
        Text("People choose the city that they live in."),
        _home_city,
        names=(_HOME_CITY_NAMES,),
    ),
)
