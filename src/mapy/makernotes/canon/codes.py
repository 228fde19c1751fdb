"""Canon's codes: steps of exposure, distances, temperatures; and the rules that leave a tag out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.makernotes.note import Hook, Note
    from mapy.model import Tag
    from mapy.tags.definition import Value

_EV_THIRD, _EV_TWO_THIRDS = 0x0C, 0x14
_STEPS: Final = 32
"""Steps of one EV."""
NOT_SET: Final = 0x7FFF
_FAR: Final = 655.345
"""Metres; what is farther is endless."""


def exposure_value(code: int) -> float:
    """EV from Canon's code: 32 steps an EV, but for the thirds, which are written 12 and 20."""
    sign = -1 if code < 0 else 1
    whole, fraction = divmod(abs(code), _STEPS)
    thirds = {_EV_THIRD: _STEPS / 3, _EV_TWO_THIRDS: _STEPS * 2 / 3}
    return sign * (whole * _STEPS + thirds.get(fraction, fraction)) / _STEPS


def aperture(tag: Tag) -> Value:
    """An f-number."""
    return float(2 ** (exposure_value(tag.raw) / 2))


def seconds(tag: Tag) -> Value:
    """A time of exposure."""
    return float(2 ** -exposure_value(tag.raw))


def ev(tag: Tag) -> Value:
    """Steps of exposure."""
    return exposure_value(tag.raw)


def tenths(tag: Tag) -> Value:
    """A number that is stored in tenths."""
    return float(tag.raw / 10)


def hundredths(tag: Tag) -> Value:
    """A number that is stored in hundredths, as distances in centimetres are."""
    return float(tag.raw / 100)


def celsius(tag: Tag) -> Value:
    """A temperature, counted from -128 degrees."""
    return int(tag.raw) - 128


def plus_one(tag: Tag) -> Value:
    """A number that is counted from 0."""
    return int(tag.raw) + 1


def minus_one(tag: Tag) -> Value:
    """A number that is one ahead."""
    return int(tag.raw) - 1


def moment(tag: Tag) -> Value:
    """Seconds since 1970, of the camera's clock."""
    seconds_ = int(tag.raw)
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds_)).strftime(
        "%Y:%m:%d %H:%M:%S"
    )


def distance(value: Value) -> Value:
    """Metres in words."""
    if isinstance(value, (int, float)) and value > _FAR:
        return "inf"
    return f"{value:.15g} m" if isinstance(value, (int, float)) else value


def parameter(value: Value) -> Value:
    """A setting that goes from minus to plus: `+1`; "Normal" in the middle."""
    if value == NOT_SET:
        return "n/a"
    if isinstance(value, int):
        return f"{value:+d}" if value else "Normal"
    return value


def as_it_is(value: Value) -> Value:
    """The value, where the table has words for some values only."""
    return value


def unless(*codes: int) -> Hook:
    """Leave a tag out that has one of these codes: the camera says nothing."""

    def keep(_note: Note, tag: Tag) -> Tag | None:
        return None if tag.raw in codes else tag

    return keep


def at_least(least: int) -> Hook:
    """Leave a tag out whose number is less."""

    def keep(_note: Note, tag: Tag) -> Tag | None:
        return tag if isinstance(tag.raw, (int, float)) and tag.raw >= least else None

    return keep


def drop(_note: Note, _tag: Tag) -> Tag | None:
    """Leave the tag out."""
    return None


def keep_upper(note: Note, tag: Tag) -> Tag | None:
    """The farther end of what was in focus; 0 where it is not known."""
    note.seen["FocusDistanceUpper"] = tag.raw
    return tag if tag.raw else None


def keep_lower(note: Note, tag: Tag) -> Tag | None:
    """The nearer end; it counts only with the farther one."""
    return tag if note.seen.get("FocusDistanceUpper") else None


def plain(tag: Tag, value: Value) -> Tag:
    """The tag with a value that was worked out already."""
    return tag._replace(raw=value, type=PLAIN)
