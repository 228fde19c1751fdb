"""What the page shows of one picture: what matters first, everything else behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from mapy.clean import DEFAULT_POLICY
from mapy.clean.cautions import cautions
from mapy.clean.rewriting import Rewriting
from mapy.clean.writers import check_format
from mapy.errors import CannotClean
from mapy.explain import rules
from mapy.explain.facts import Facts
from mapy.explain.finding import Weight
from mapy.explain.summary import summary_of
from mapy.output.labels import SUBJECTS, WEIGHTS
from mapy.text import ENGLISH, Number, Text, sentences
from mapy.web.listing import NOT_LISTED, Listing, listing_of, where
from mapy.web.moments import clocks, steps
from mapy.web.places import place
from mapy.web.previews import PREVIEW_BYTES, THUMBNAIL_BYTES, hidden_in, shown_of
from mapy.web.uploads import COMPARE, facts_at, read_upload
from safelight.api import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapy import Metadata, Problem
    from mapy.explain.finding import Finding
    from mapy.explain.summary import Summary
    from mapy.text import Speech
    from mapy.web.listing import Evidence
    from mapy.web.moments import Clock, Step
    from mapy.web.places import Place
    from mapy.web.previews import Hidden, Shown
    from safelight.api import OptionValue, Upload

HEADINGS = {
    Weight.HIGH: Text("It can lead to a person or a place"),
    Weight.LOOK: Text("It may matter; only you can know"),
    Weight.NOTE: Text("Good to know"),
}
_STALE = "picture.stale-preview"
_MOST_EVIDENCE = 12
"""Tags that stand below a finding; the others are counted."""


class Found(NamedTuple):
    """A finding, and where its tags stand on the page."""

    subject: Text
    what: Text
    why: Text
    removal: Text
    evidence: tuple[Evidence, ...]
    more: int
    """Tags that are not listed."""


class Findings(NamedTuple):
    """The findings of one weight."""

    weight: str
    word: Text
    heading: Text
    found: tuple[Found, ...]


class Trouble(NamedTuple):
    """Something that was wrong in a file, and where."""

    message: str
    where: str


class Head(NamedTuple):
    """What is said of a picture first."""

    weight: str
    """Of the weightiest finding; `fine` without any."""
    word: Text
    headline: Text
    place: Text | None
    time: Text | None
    camera: Text | None
    file: Text


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the page shows of one upload."""

    index: int
    name: str
    error: Refusal | None = None
    head: Head | None = None
    shown: Shown | None = None
    findings: tuple[Findings, ...] = ()
    place: Place | None = None
    clocks: tuple[Clock, ...] = ()
    steps: tuple[Step, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    problems: tuple[Trouble, ...] = ()
    listing: Listing = NOT_LISTED
    cautions: tuple[Text, ...] = ()
    """What to know before it is cleaned."""
    not_cleaned: str = ""
    """Why no clean copy can be made of it."""

    @property
    def count(self) -> int:
        """How many findings there are."""
        return sum(len(each.found) for each in self.findings)

    def without_shown(self) -> Picture:
        """The same for a page that has no room for another small picture."""
        return replace(self, shown=None)


def picture_of(
    index: int, upload: Upload, options: Mapping[str, OptionValue], speech: Speech = ENGLISH
) -> Picture:
    """All of one upload, or why it could not be read."""
    try:
        metadata = read_upload(upload)
    except Refusal as refusal:
        return Picture(index, upload.name, refusal)
    facts = facts_at(upload, metadata, compare=bool(options.get(COMPARE)))
    found = rules.findings_of(facts)
    listing = listing_of(metadata, options, f"p{index}t", speech)
    stale = [tag for each in found if each.rule == _STALE for tag in each.evidence]
    return Picture(
        index=index,
        name=upload.name,
        head=head_of(facts, found),
        shown=shown_of(metadata, upload.content, PREVIEW_BYTES),
        findings=findings_of(found, listing),
        place=place(facts, listing, speech),
        clocks=clocks(facts, listing),
        steps=steps(facts, listing),
        hidden=hidden_in(facts, stale),
        problems=troubles_of(metadata.problems),
        listing=listing.as_shown(),
        cautions=cautions(metadata, Rewriting(metadata, DEFAULT_POLICY)),
        not_cleaned=_why_not_cleaned(metadata),
    )


def brief_of(
    index: int,
    name: str,
    upload: Upload,
    metadata: Metadata,
    found: Sequence[Finding],
    *,
    listing: Listing,
) -> Picture:
    """One of several: the summary, the findings, and the tags that are listed."""
    return Picture(
        index=index,
        name=name,
        head=head_of(Facts(metadata), found),
        shown=shown_of(metadata, upload.content, THUMBNAIL_BYTES),
        findings=findings_of(found, listing),
        problems=troubles_of(metadata.problems),
        listing=listing.as_shown(),
    )


def head_of(facts: Facts, found: Sequence[Finding]) -> Head:
    """The summary of a picture."""
    summary: Summary = summary_of(facts, found)
    weight = summary.weight
    return Head(
        weight="fine" if weight is None else weight.value,
        word=Text("Nothing found") if weight is None else WEIGHTS[weight],
        headline=summary.headline,
        place=summary.place,
        time=summary.time,
        camera=summary.camera,
        file=_file_line(facts),
    )


def findings_of(found: Sequence[Finding], listing: Listing) -> tuple[Findings, ...]:
    """The findings by weight, those of a weight in their order."""
    return tuple(
        Findings(
            weight.value,
            WEIGHTS[weight],
            heading,
            tuple(_found(each, listing) for each in found if each.weight is weight),
        )
        for weight, heading in HEADINGS.items()
        if any(each.weight is weight for each in found)
    )


def _found(finding: Finding, listing: Listing) -> Found:
    evidence = listing.evidence(finding.evidence)
    return Found(
        SUBJECTS[finding.subject],
        finding.what,
        finding.why,
        finding.removal,
        evidence[:_MOST_EVIDENCE],
        max(0, len(evidence) - _MOST_EVIDENCE),
    )


def troubles_of(problems: Sequence[Problem]) -> tuple[Trouble, ...]:
    """What was wrong in a file."""
    return tuple(Trouble(problem.message, where(*problem.span)) for problem in problems)


def _why_not_cleaned(metadata: Metadata) -> str:
    try:
        check_format(metadata.format)
    except CannotClean as refusal:
        return sentences(refusal.message, refusal.hint)
    return ""


def _file_line(facts: Facts) -> Text:
    metadata, size = facts.metadata, facts.size
    values = {"format": metadata.format, "size": readable_size(metadata.size)}
    if size is None:
        return Text("{format}, {size}", values)
    return Text(
        "{format}, {width} × {height} pixels, {size}",
        {**values, "width": size[0], "height": size[1]},
    )


_UNITS = ((1_000_000, Text("{count} MB")), (1_000, Text("{count} kB")))


def readable_size(size_bytes: int) -> Text:
    """A size in the unit that people know from their file manager."""
    for unit, text in _UNITS:
        if size_bytes >= unit:
            return text.with_values({"count": Number(size_bytes / unit, ".1f")})
    return Text("{count} bytes", {"count": size_bytes})
