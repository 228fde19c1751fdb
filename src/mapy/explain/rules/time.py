"""Rules about time: when it was taken by its own word, and what does not add up.

No rule says that a file is false: clocks are set wrong, copied and re-written every day. Each says
the numbers, so that a reader can check them.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from mapy.explain.clock import (
    EAST,
    Role,
    first_of,
    moment_text,
    offset_text,
    span_text,
    zone_near,
)
from mapy.explain.copies import block_of, blocks_of
from mapy.explain.finding import Subject, Weight
from mapy.explain.positions import place_of
from mapy.explain.rule import Rule, Sight
from mapy.explain.surroundings import offset_there, zone_name
from mapy.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.explain.clock import Claim
    from mapy.explain.facts import Facts

_SAME = timedelta(minutes=2)
"""Clocks that agree this well are the same."""
_HOUR = timedelta(hours=1)


def _taken(facts: Facts) -> Iterator[Sight]:
    claim = first_of(facts, Role.TAKEN, Role.DIGITISED)
    if claim is None:
        return
    same = [
        each
        for each in facts.claims
        if each.role in (Role.TAKEN, Role.DIGITISED) and abs(each.local - claim.local) < _SAME
    ]
    tags = [tag for each in same for tag in each.evidence]
    zone = (
        Text("No time zone is named.")
        if claim.offset is None
        else Text("The clock was set to {offset}.", {"offset": offset_text(claim.offset)})
    )
    what = Text(
        "The picture was taken on {moment}, by its own word, in {blocks}.",
        {"moment": moment_text(claim.local), "blocks": blocks_of(tags)},
    )
    yield Sight(Weight.LOOK, sentences(what, zone), tags)


def _satellite(facts: Facts) -> Iterator[Sight]:
    camera, gps = first_of(facts, Role.TAKEN), first_of(facts, Role.SATELLITE)
    if camera is None or gps is None:
        return
    evidence = (*camera.evidence, *gps.evidence)
    local, utc = moment_text(camera.local), moment_text(gps.at.astimezone(UTC))
    ahead = camera.local - gps.at.astimezone(UTC).replace(tzinfo=None)
    if camera.offset is not None:
        rest = ahead - camera.offset
        if abs(rest) > _SAME:
            yield Sight(
                Weight.LOOK,
                Text(
                    "The camera's clock and the satellites' differ by {span}: {local} less"
                    " {offset} is {camera} in UTC; the satellites said {utc}.",
                    {
                        "span": span_text(rest),
                        "local": local,
                        "offset": offset_text(camera.offset),
                        "camera": moment_text(camera.local - camera.offset),
                        "utc": utc,
                    },
                ),
                evidence,
            )
        return
    values = {"local": local, "utc": utc, "span": span_text(ahead)}
    zone = zone_near(ahead)
    if zone is not None:
        yield Sight(
            Weight.NOTE,
            Text(
                "The camera's clock said {local} when the satellites said {utc} in UTC: it was"
                " set to {offset}.",
                {**values, "offset": offset_text(zone)},
            ),
            evidence,
        )
    else:
        yield Sight(
            Weight.LOOK,
            Text(
                "The camera's clock said {local}, the satellites {utc} in UTC. The difference of"
                " {span} is no time zone's.",
                values,
            ),
            evidence,
        )


_ALSO_KEPT = {"Asia/Urumqi": "Asia/Shanghai"}
"""Places with two times: that of the region, and that of the capital."""


def _zone(facts: Facts) -> Iterator[Sight]:
    claim, place = first_of(facts, Role.TAKEN), place_of(facts)
    if claim is None or claim.offset is None or place is None:
        return
    name = zone_name(place.latitude, place.longitude)
    there = offset_there(name, claim.local) if name else None
    if name is None or there is None or there == claim.offset:
        return
    if claim.offset == offset_there(_ALSO_KEPT.get(name, name), claim.local):
        return
    yield Sight(
        Weight.LOOK if abs(there - claim.offset) > _HOUR else Weight.NOTE,
        Text(
            "The camera's clock was set to {offset}. Where the position lies, clocks showed"
            " {there} on that day ({zone}, by the nearest place).",
            {
                "offset": offset_text(claim.offset),
                "there": offset_text(there),
                "zone": name.replace("_", " "),
            },
        ),
        (*claim.evidence, *place.evidence),
    )


_FIRST_CAMERAS = 1990
"""Digital cameras that people could buy, and the dates that they wrote."""
_AHEAD = timedelta(days=2)
"""Zones, and clocks that are a little fast."""


def _impossible(facts: Facts) -> Iterator[Sight]:
    for claim in facts.claims:
        utc = claim.at if claim.at.tzinfo else claim.at.replace(tzinfo=UTC)
        if utc - facts.now > _AHEAD:
            yield Sight(
                Weight.LOOK,
                Text("A date lies in the future: {moment}, in {block}.", _said(claim)),
                claim.evidence,
            )
            return
        if (
            claim.role is not Role.MODIFIED
            and claim.local.year < _FIRST_CAMERAS
            and facts.first("ExifIFD:ExposureTime")
        ):
            yield Sight(
                Weight.LOOK,
                Text(
                    "A date is older than digital cameras: {moment}, in {block}. The clock was"
                    " probably not set, or the picture is a copy of an older one.",
                    _said(claim),
                ),
                claim.evidence,
            )
            return


def _said(claim: Claim) -> dict[str, object]:
    return {"moment": moment_text(claim.local), "block": block_of(claim.evidence[0])}


def _order(facts: Facts) -> Iterator[Sight]:
    taken = first_of(facts, Role.TAKEN)
    modified = [claim for claim in facts.claims if claim.role is Role.MODIFIED]
    if taken is None or not modified:
        return
    for latest in modified:
        if not _is_before(latest, taken):
            return
    yield Sight(
        Weight.LOOK,
        Text(
            "The file says that it was changed {span} before it was taken: changed {modified},"
            " taken {taken}.",
            {
                "span": span_text(taken.local - modified[0].local),
                "modified": moment_text(modified[0].local),
                "taken": moment_text(taken.local),
            },
        ),
        (*taken.evidence, *modified[0].evidence),
    )


def _is_before(one: Claim, other: Claim) -> bool:
    """Whether a moment lies before another, whatever zone is not named."""
    if one.offset is not None and other.offset is not None:
        return other.at - one.at > _SAME
    return other.local - one.local > EAST


def _disagreement(facts: Facts) -> Iterator[Sight]:
    taken = [claim for claim in facts.claims if claim.role is Role.TAKEN]
    if not taken:
        return
    first = taken[0]
    for other in taken[1:]:
        gap = _gap(first, other)
        if gap > _SAME and not _is_only_a_day(other):
            yield Sight(
                Weight.LOOK,
                Text(
                    "Two blocks of the file name different times: {one} in {first}, {two} in"
                    " {second}; {span} apart.",
                    {
                        "one": _with_zone(first),
                        "first": blocks_of(first.evidence),
                        "two": _with_zone(other),
                        "second": blocks_of(other.evidence),
                        "span": span_text(gap),
                    },
                ),
                (*first.evidence, *other.evidence),
            )
            return


def _gap(one: Claim, other: Claim) -> timedelta:
    """How far apart two moments are: by UTC if both tell it, and never more than on their clocks.

    If one is UTC and the other of no zone, the difference can be the other's zone.
    IPTC's zone is often made up by the program that copied the time.
    """
    local = abs(one.local - other.local)
    if one.offset is not None and other.offset is not None:
        return min(local, abs(one.at - other.at))
    utc, clock = (one, other) if other.offset is None else (other, one)
    if utc.offset == timedelta(0) and clock.offset is None:
        ahead = clock.local - utc.local
        zone = zone_near(ahead)
        return local if zone is None else timedelta(0)
    return local


def _is_only_a_day(claim: Claim) -> bool:
    return not (claim.local.hour or claim.local.minute or claim.local.second)


def _with_zone(claim: Claim) -> str:
    offset = claim.offset
    return moment_text(claim.local) + (f" ({offset_text(offset)})" if offset is not None else "")


_CHECK = Text(
    "One of the two is not right, or the file was changed. Check before you rely on either."
)

RULES = (
    Rule(
        "time.taken",
        Subject.TIME,
        (Weight.LOOK,),
        "When the picture was taken, by its own word, with a zone or without.",
        Text("With a place or a face it says where someone was, and when."),
        _taken,
    ),
    Rule(
        "time.satellites",
        Subject.TIME,
        (Weight.LOOK, Weight.NOTE),
        "The camera's clock against the time of GPS.",
        Text(
            "Satellites know the time; a camera knows what it was told. The difference shows a"
            " clock that was set wrong, an older position, or a change."
        ),
        _satellite,
    ),
    Rule(
        "time.zone",
        Subject.TIME,
        (Weight.LOOK, Weight.NOTE),
        "The camera's offset from UTC against the time zone of the position.",
        Text("The clock was set to another place's time, or place or time were changed."),
        _zone,
    ),
    Rule(
        "time.impossible",
        Subject.TIME,
        (Weight.LOOK,),
        "Dates in the future, or from before there were digital cameras.",
        Text("The clock was wrong or the date was typed in, so other times may not hold either."),
        _impossible,
    ),
    Rule(
        "time.order",
        Subject.TIME,
        (Weight.LOOK,),
        "A last change that lies before the moment the picture was taken.",
        _CHECK,
        _order,
    ),
    Rule(
        "time.disagreement",
        Subject.TIME,
        (Weight.LOOK,),
        "Two blocks of the file that name different moments for the same picture.",
        _CHECK,
        _disagreement,
    ),
)
