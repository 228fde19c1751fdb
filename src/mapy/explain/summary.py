"""The first lines about a picture: the weightiest finding, the place, the time, the camera."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

from mapy.explain.clock import Role, first_of, moment_text, offset_text
from mapy.explain.facts import shown
from mapy.explain.finding import Weight
from mapy.explain.positions import Kind
from mapy.explain.rules.device import LENSES, is_lens
from mapy.explain.surroundings import offset_there, place_text, zone_name
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapy.explain.facts import Facts
    from mapy.explain.finding import Finding

_HEADLINES = {
    "place.position": Text("This picture says where it was taken."),
    "place.position-in-preview": Text("A picture inside this picture says where it was taken."),
    "place.names": Text("This picture names a place."),
    "place.in-text": Text("A text in this picture tells a position."),
    "place.aimed-at": Text("This picture says which place it shows."),
    "place.pilot": Text("This picture says where the drone's pilot was."),
    "place.radio": Text("This picture names radio networks around the camera."),
    "person.owner": Text("This picture names the owner of the camera."),
    "person.faces": Text("This picture names who is in it."),
    "person.shown": Text("This picture names who is in it."),
    "person.device-name": Text("This picture names a device by its owner's name."),
    "person.folder": Text("This picture names the user of a computer."),
    "contact.email": Text("This picture holds an e-mail address."),
    "contact.telephone": Text("This picture holds a telephone number."),
    "contact.address": Text("This picture holds a postal address."),
    "device.serial": Text("This picture holds the serial number of the camera."),
    "device.lens-serial": Text("This picture holds the serial number of a lens."),
    "picture.stale-preview": Text("A smaller picture inside may show what was cut away."),
    "picture.earlier-version": Text("The file still holds an earlier picture."),
    "picture.film": Text("The file may hold a short film with sound."),
    "picture.sound": Text("The file holds a recording of sound."),
    "origin.source-type": Text("By its own word this picture was made with AI."),
    "origin.prompt": Text("This picture holds the words that it was generated from."),
    "origin.generator": Text("This picture names the AI that made it."),
}
"""Of the rules whose findings can weigh most."""
_MUCH = Text("This picture gives away what can lead to a person or a place.")
"""Of a rule that is not of this package."""
_NOTHING = Text("Nothing was found that this picture gives away.")
_LITTLE = Text("Nothing was found that leads straight to a person or a place.")


class Summary(NamedTuple):
    """What to say first. A line is None where the file tells nothing."""

    headline: Text
    weight: Weight | None
    """Of the weightiest finding; None without any."""
    place: Text | None
    time: Text | None
    camera: Text | None


def summary_of(facts: Facts, findings: Sequence[Finding]) -> Summary:
    """The summary of a picture and what was found in it, the weightiest first."""
    return Summary(
        _headline(findings),
        findings[0].weight if findings else None,
        _place(facts),
        _time(facts),
        _camera(facts),
    )


def _headline(findings: Sequence[Finding]) -> Text:
    if not findings:
        return _NOTHING
    first = findings[0]
    return _HEADLINES.get(first.rule, _MUCH) if first.weight is Weight.HIGH else _LITTLE


def _place(facts: Facts) -> Text | None:
    for placed in facts.positions:
        if placed.kind is Kind.TAKEN:
            return place_text(placed.latitude, placed.longitude)
    return None


def _time(facts: Facts) -> Text | None:
    """The local time and its zone, and who says so: the camera, the satellites or the place."""
    claim = first_of(facts, Role.TAKEN, Role.DIGITISED)
    if claim is None:
        gps = first_of(facts, Role.SATELLITE)
        if gps is None:
            return None
        return Text(
            "{moment} (UTC, from the satellites)", {"moment": moment_text(gps.at.astimezone(UTC))}
        )
    values: dict[str, object] = {"moment": moment_text(claim.local)}
    if claim.offset is not None:
        return Text("{moment} ({offset})", {**values, "offset": offset_text(claim.offset)})
    for placed in facts.positions:
        name = zone_name(placed.latitude, placed.longitude)
        there = offset_there(name, claim.local) if name else None
        if there is not None:
            return Text(
                "{moment} ({offset} by the place; the camera names no time zone)",
                {**values, "offset": offset_text(there)},
            )
    return Text("{moment} (no time zone is named)", values)


def _camera(facts: Facts) -> Text | None:
    camera, lens = shown(facts.camera), shown(facts.first(*LENSES))
    if not camera:
        return None
    if lens and is_lens(lens):
        return Text("{camera}, {lens}", {"camera": camera, "lens": lens})
    return Text("{camera}", {"camera": camera})
