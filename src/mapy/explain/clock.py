"""Every moment that a file claims, with what it is of and whether a zone is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mapy.explain.facts import said
from mapy.explain.moment import parsed
from mapy.explain.quick_enum import QuickEnum
from mapy.text import Text

if TYPE_CHECKING:
    from mapy.explain.facts import Facts
    from mapy.model import Tag


class Role(QuickEnum):
    """What a moment is of."""

    TAKEN = "taken"
    DIGITISED = "digitised"
    MODIFIED = "modified"
    DESCRIBED = "described"
    """The last change of the metadata."""
    SATELLITE = "satellite"
    """The time of GPS: UTC, when the position was found."""


WEST, EAST = timedelta(hours=-12), timedelta(hours=14)
"""The zones that are furthest from UTC."""
_BETWEEN_HOURS = frozenset((-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825))
"""Zones that are no whole hours, in minutes: those of today, with their summer times."""
_NEAR = timedelta(minutes=5)
_YEARS = range(1000, 9999)
"""Years that can be brought to another zone, and that people mean."""


class Claim(NamedTuple):
    """A moment, and the tags that tell it."""

    role: Role
    at: datetime
    """With a zone only where one is named."""
    evidence: tuple[Tag, ...]

    @property
    def local(self) -> datetime:
        """What the clock showed."""
        return self.at if self.at.tzinfo is None else self.at.replace(tzinfo=None)

    @property
    def offset(self) -> timedelta | None:
        """What the clock was ahead of UTC, if the file tells."""
        return self.at.utcoffset()


class _Source(NamedTuple):
    role: Role
    moment: str
    decimals: str = ""
    zone: str = ""


_SOURCES = (
    _Source(
        Role.TAKEN,
        "ExifIFD:DateTimeOriginal",
        "ExifIFD:SubSecTimeOriginal",
        "ExifIFD:OffsetTimeOriginal",
    ),
    _Source(Role.TAKEN, "IFD0:DateTimeOriginal"),
    _Source(Role.TAKEN, "XMP-exif:DateTimeOriginal"),
    _Source(Role.TAKEN, "XMP-photoshop:DateCreated"),
    _Source(Role.TAKEN, "CBOR:Exif_DateTimeOriginal"),
    _Source(Role.TAKEN, "JSON:EXIF_DateTimeOriginal"),
    _Source(Role.TAKEN, "CanonRaw:DateTimeOriginal"),
    _Source(Role.TAKEN, "CIFF:DateTimeOriginal"),
    _Source(Role.TAKEN, "PictureInfo:DateTimeOriginal"),
    _Source(Role.TAKEN, "SigmaRaw:DateTimeOriginal"),
    _Source(Role.TAKEN, "KyoceraRaw:DateTimeOriginal"),
    _Source(Role.TAKEN, "PNG:CreationTime"),
    _Source(
        Role.DIGITISED,
        "ExifIFD:CreateDate",
        "ExifIFD:SubSecTimeDigitized",
        "ExifIFD:OffsetTimeDigitized",
    ),
    _Source(Role.DIGITISED, "XMP-exif:DateTimeDigitized"),
    _Source(Role.DIGITISED, "XMP-xmp:CreateDate"),
    _Source(Role.MODIFIED, "IFD0:ModifyDate", "ExifIFD:SubSecTime", "ExifIFD:OffsetTime"),
    _Source(Role.MODIFIED, "XMP-xmp:ModifyDate"),
    _Source(Role.MODIFIED, "PNG:ModifyDate"),
    _Source(Role.DESCRIBED, "XMP-xmp:MetadataDate"),
    _Source(Role.SATELLITE, "XMP-exif:GPSDateTime"),
)
_JOINED = (
    ("IPTC:DateCreated", "IPTC:TimeCreated", Role.TAKEN),
    ("IPTC:DigitalCreationDate", "IPTC:DigitalCreationTime", Role.DIGITISED),
    ("GPS:GPSDateStamp", "GPS:GPSTimeStamp", Role.SATELLITE),
)
"""Date and time of day as two tags."""


def claims_of(facts: Facts) -> tuple[Claim, ...]:
    """Every moment, the most trusted source of a role first."""
    found = []
    for source in _SOURCES:
        tag = facts.metadata.get(source.moment)
        if tag is None:
            continue
        zone_tag = facts.metadata.get(source.zone)
        decimals = facts.first(source.decimals) if source.decimals else ""
        zone = said(zone_tag) if zone_tag is not None else ""
        at = parsed(said(tag), decimals, zone)
        if at is not None and at.year in _YEARS:
            evidence = (tag, zone_tag) if zone_tag is not None and zone else (tag,)
            found.append(Claim(source.role, _as_satellite(source.role, at), evidence))
    for day, time, role in _JOINED:
        tags = facts.metadata.get(day), facts.metadata.get(time)
        if tags[0] is not None and tags[1] is not None:
            at = parsed(f"{said(tags[0])} {said(tags[1])}")
            if at is not None and at.year in _YEARS:
                found.append(Claim(role, _as_satellite(role, at), (tags[0], tags[1])))
    return tuple(found)


def _as_satellite(role: Role, at: datetime) -> datetime:
    """GPS tells UTC without saying so."""
    return at.replace(tzinfo=UTC) if role is Role.SATELLITE and at.tzinfo is None else at


def first_of(facts: Facts, *roles: Role) -> Claim | None:
    """The most trusted claim of the first of these roles that has one."""
    for role in roles:
        for claim in facts.claims:
            if claim.role is role:
                return claim
    return None


def zone_near(ahead: timedelta) -> timedelta | None:
    """The zone whose clocks are about so far ahead of UTC; None if no zone's are."""
    hours = timedelta(hours=round(ahead / timedelta(hours=1)))
    zones = [hours, *(timedelta(minutes=minutes) for minutes in _BETWEEN_HOURS)]
    best = min(zones, key=lambda zone: abs(ahead - zone))
    return best if WEST <= best <= EAST and abs(ahead - best) <= _NEAR else None


def day_text(at: datetime) -> str:
    """A day as every language reads it: `2008-10-22`."""
    return f"{at.year}-{at.month:02}-{at.day:02}"


def moment_text(at: datetime) -> str:
    """A moment likewise: `2008-10-22 16:28:39`."""
    text = f"{day_text(at)} {at.hour:02}:{at.minute:02}"
    return f"{text}:{at.second:02}" if at.second or at.microsecond else text


def offset_text(offset: timedelta) -> str:
    """What a clock is ahead of UTC: `UTC+02:00`."""
    minutes = round(offset.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


_LONG_D = 10
"""From here on hours say nothing more."""


_UNITS = (
    Text("{count} d", many="{count} d"),
    Text("{count} h", many="{count} h"),
    Text("{count} min", many="{count} min"),
    Text("{count} s", many="{count} s"),
)


def span_text(span: timedelta) -> Text:
    """How long: `3 d 4 h`, `2 h 5 min`, `40 s`: the two largest units."""
    seconds = round(abs(span.total_seconds()))
    counts = (seconds // 86_400, seconds // 3_600 % 24, seconds // 60 % 60, seconds % 60)
    parts = [unit.with_values({"count": count}) for unit, count in zip(_UNITS, counts, strict=True)]
    if counts[0] >= _LONG_D:
        return parts[0]
    first = next((number for number, count in enumerate(counts) if count), len(counts) - 1)
    more = parts[first + 1] if first + 1 < len(counts) and counts[first + 1] else None
    if more is None:
        return parts[first]
    return Text("{span} {more}", {"span": parts[first], "more": more})
