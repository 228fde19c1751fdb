"""Rules about the file's own name, and other names that it had."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
import re
from typing import TYPE_CHECKING, NamedTuple

from mapy.explain.clock import Role, day_text, first_of, moment_text, span_text
from mapy.explain.facts import said, shown, tag_names
from mapy.explain.finding import Subject, Weight
from mapy.explain.rule import Rule, Sight
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.explain.facts import Facts

LONGEST = 255
"""Characters of a name that are looked at."""
_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([-_. ]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])"
    r"(?:(?:[-_. T]|\sat\s|, )*([01]\d|2[0-3])[-_.:h]?([0-5]\d)(?:[-_.:m]?([0-5]\d))?)?"
)
_MILLISECONDS = re.compile(r"(?<!\d)(1[0-9]{12})(?!\d)")


class Pattern(NamedTuple):
    """A habit of naming."""

    pattern: re.Pattern[str]
    by: Text


def _named(pattern: str, by: Text) -> Pattern:
    return Pattern(re.compile(pattern, re.IGNORECASE), by)


PATTERNS = (
    _named(r"WhatsApp Image|IMG-\d{8}-WA\d+", Text("WhatsApp")),
    _named(r"signal-\d{4}", Text("Signal")),
    _named(r"photo_\d{4}-\d\d-\d\d_\d\d-\d\d|photo_\d+@", Text("Telegram")),
    _named(r"FB_IMG_\d+|received_\d{10,}|\d{6,}_\d{8,}_\d{10,}_[nobs]\b", Text("Facebook")),
    _named(r"InShot_\d|VSCO|Snapchat-\d|Snapseed", Text("an app for pictures")),
    _named(r"Screenshot|Screen Shot|Bildschirmfoto|Capture d.écran|Captura de", Text("a screen")),
    _named(r"PXL_\d{8}", Text("a Google Pixel phone")),
    _named(r"MVIMG_|IMG_\d{8}_\d{6}", Text("an Android phone")),
    _named(r"IMG_E?\d{4}(?!\d)|_MG_\d{4}|IMG_\d{4}", Text("an iPhone or a Canon camera")),
    _named(r"_?DSC_?\d{4,5}", Text("a Nikon or Sony camera")),
    _named(r"DSCN\d{4}", Text("a Nikon camera")),
    _named(r"_?DSCF\d{4}", Text("a Fujifilm camera")),
    _named(r"DJI_\d{4}|dji_fly_", Text("a DJI drone")),
    _named(r"G[OP]PR?O?\d{4,6}|GX\d{6}|G0\d{6}", Text("a GoPro camera")),
    _named(r"P\d{7}\b|_?P[1-9A-C][0-3]\d\d{4}", Text("an Olympus or Panasonic camera")),
    _named(r"IMGP\d{4}|_IGP\d{4}", Text("a Pentax camera")),
    _named(r"SDIM\d{4}", Text("a Sigma camera")),
    _named(r"CRW_\d{4}|MVI_\d{4}", Text("a Canon camera")),
    _named(r"SAM_\d{4}", Text("a Samsung camera")),
    _named(r"\d{8}_\d{6}(?!\d)", Text("a phone")),
    _named(r"(DALL.E|midjourney|ComfyUI|Firefly)\b|grok_image", Text("a picture generator")),
)
"""How names begin that devices and services give; the first that fits counts."""


def _maker(facts: Facts) -> Iterator[Sight]:
    name = facts.name[:LONGEST]
    for pattern, by in PATTERNS:
        if pattern.search(name) and name:
            yield Sight(
                Weight.LOOK,
                Text(
                    "The file's name, “{name}”, is one that {by} gives.",
                    {"name": shown(name), "by": by},
                ),
            )
            return


def moment_in(name: str) -> datetime | None:
    """The day, and the time if there is one, that a name holds; in UTC if it was milliseconds."""
    found = _DAY.search(name[:LONGEST])
    if found is not None:
        year, _, month, day, hour, minute, second = found.groups()
        numbers = (int(number or 0) for number in (year, month, day, hour, minute, second))
        try:
            return datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001 - no zone is told
        except ValueError:
            return None
    milliseconds = _MILLISECONDS.search(name[:LONGEST])
    if milliseconds is not None:
        return datetime.fromtimestamp(int(milliseconds[1]) / 1000, UTC)
    return None


def _moment(facts: Facts) -> Iterator[Sight]:
    at = moment_in(facts.name)
    if at is None:
        return
    is_day = not (at.hour or at.minute or at.second)
    text = day_text(at) if is_day else moment_text(at)
    yield Sight(
        Weight.LOOK,
        Text(
            "The file's name, “{name}”, holds a date: {moment}.",
            {"name": shown(facts.name), "moment": text},
        ),
    )


_FAR = timedelta(days=2)
"""Zones, and a night in between."""


def _disagreement(facts: Facts) -> Iterator[Sight]:
    at, claim = moment_in(facts.name), first_of(facts, Role.TAKEN)
    if at is None or claim is None:
        return
    gap = at.replace(tzinfo=None) - claim.local
    if abs(gap) > _FAR:
        yield Sight(
            Weight.NOTE,
            Text(
                "The date in the file's name ({name}) and the date inside ({inside}) are {span}"
                " apart.",
                {
                    "name": day_text(at),
                    "inside": moment_text(claim.local),
                    "span": span_text(gap),
                },
            ),
            claim.evidence,
        )


_FORMER = tag_names(
    r"OriginalFileName|PreservedFileName|RawFileName|OriginalRawFileName|DocumentName|Docname"
    r"|ThumbnailFileName|Export-filename|OriginalDocumentName|ImageHistory|Slices(GroupName)"
)
_TITLES = tag_names("Title")
_NO_NAMES = frozenset({"blank", "background", "user slice"})
_SHORTEST = 3


def _former(facts: Facts) -> Iterator[Sight]:
    own = {facts.name.casefold(), facts.name.casefold().rpartition(".")[0]} | _NO_NAMES
    tags = [
        tag
        for tag in facts.matching(_FORMER)
        if len(said(tag)) >= _SHORTEST and said(tag).casefold() not in own
    ]
    credentials = [
        tag for tag in facts.matching(_TITLES) if tag.group in ("CBOR", "JSON") and "." in said(tag)
    ]
    tags = [*tags, *credentials]
    if tags:
        names = list(dict.fromkeys(map(said, tags)))
        yield Sight(
            Weight.LOOK,
            Text(
                "The file names other files, or the name it had: {names}.",
                {"names": shown(", ".join(names))},
            ),
            tags,
        )


RULES = (
    Rule(
        "name.moment",
        Subject.NAME,
        (Weight.LOOK,),
        "A date, a time or a number of milliseconds in the file's name.",
        Text("A clean copy under the same name still tells when it was taken."),
        _moment,
    ),
    Rule(
        "name.device",
        Subject.NAME,
        (Weight.LOOK,),
        "A name as cameras, phones, messengers and screenshots give it. Names of people are never"
        " guessed.",
        Text("It tells what the picture was taken with, or what it went through, and its number."),
        _maker,
    ),
    Rule(
        "name.former",
        Subject.NAME,
        (Weight.LOOK,),
        "Names of files inside the file: the original's, the raw file's, those of ingredients.",
        Text("It links the picture to an original, and file names often tell what it is about."),
        _former,
        Text(
            "A clean copy removes it. To remove only such names, tick them under “Remove only”"
            " (--remove name)."
        ),
        names=(_FORMER, _TITLES),
    ),
    Rule(
        "name.disagreement",
        Subject.NAME,
        (Weight.NOTE,),
        "A date in the name that is days away from the date inside.",
        Text("The file was renamed, copied or sent later, or the camera's clock was wrong."),
        _disagreement,
    ),
)
