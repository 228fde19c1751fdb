"""The history of a picture as its file tells it: what was done, when, by which software.

What stands in plain metadata is claimed: any program can write it. What stands in a manifest of
Content Credentials (C2PA 2.1) that comes with a signature is signed: it cannot be changed unseen
by those who check. MAPy does not check signatures, so nothing is called validated.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from mapy.explain.clock import Role
from mapy.explain.facts import Facts, said, shown
from mapy.explain.moment import parsed
from mapy.text import Text, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.model import Directory, Metadata, Tag

MOST = 500
"""Entries of one file."""


class Standing(Enum):
    """How far an entry can be relied upon."""

    CLAIMED = "claimed"
    """In plain metadata, which any program can write."""
    SIGNED = "signed"
    """In a manifest that carries a signature. It was not validated."""
    VALIDATED = "validated"
    """By a checked signature. MAPy checks none, so no entry has this standing yet."""


class Entry(NamedTuple):
    """A step of the history."""

    when: datetime | None
    """With a zone only where one is named."""
    what: Text
    software: str
    """The program or the camera, as the file names it; empty where it does not."""
    standing: Standing
    evidence: tuple[Tag, ...]


def timeline_of(metadata: Metadata) -> tuple[Entry, ...]:
    """The entries with a time in its order, then those without one in the order of the file."""
    return Facts(metadata).timeline


def entries_of(facts: Facts) -> tuple[Entry, ...]:
    """The same: see `Facts.timeline`."""
    found: list[Entry] = []
    for source in (_moments, _xmp_history, _photoshop_history, _derived, _credentials):
        for entry in source(facts):
            if len(found) >= MOST:
                break
            found.append(entry)
    dated = sorted((each for each in found if each.when is not None), key=_moment)
    return (*dated, *(each for each in found if each.when is None))


def _moment(entry: Entry) -> datetime:
    """For sorting: a moment without a zone stands where UTC would."""
    when = entry.when or datetime.min.replace(tzinfo=UTC)
    return when if when.tzinfo is not None else when.replace(tzinfo=UTC)


_STEPS = {
    Role.TAKEN: Text("taken"),
    Role.DIGITISED: Text("digitised or created"),
    Role.MODIFIED: Text("last saved"),
    Role.DESCRIBED: Text("description changed"),
}


def _moments(facts: Facts) -> Iterator[Entry]:
    """One entry for each role that has a moment of its own."""
    software = {
        Role.TAKEN: facts.camera,
        Role.MODIFIED: facts.first("IFD0:Software", "XMP-xmp:CreatorTool", "PNG:Software"),
    }
    seen: set[tuple[Role, datetime]] = set()
    known: set[datetime] = set()
    for claim in facts.claims:
        local = claim.local.replace(microsecond=0)
        if claim.role not in _STEPS or (claim.role, local) in seen:
            continue
        if claim.role is Role.DIGITISED and local in known:
            continue  # a camera writes the same moment as both
        seen.add((claim.role, local))
        known.add(local)
        name = shown(software.get(claim.role, ""))
        yield Entry(claim.at, _STEPS[claim.role], name, Standing.CLAIMED, claim.evidence)


_ACTIONS = {
    "converted": Text("converted to another format"),
    "copied": Text("copied"),
    "created": Text("created"),
    "cropped": Text("cropped"),
    "derived": Text("made from another file"),
    "edited": Text("edited"),
    "filtered": Text("filtered"),
    "formatted": Text("formatted"),
    "opened": Text("opened"),
    "placed": Text("another picture placed in it"),
    "printed": Text("printed"),
    "produced": Text("produced"),
    "published": Text("published"),
    "resized": Text("resized"),
    "saved": Text("saved"),
    "version_updated": Text("saved as a new version"),
    "color_adjustments": Text("colours changed"),
    "drawing": Text("drawn upon"),
    "orientation": Text("turned"),
    "removed": Text("something removed"),
    "repackaged": Text("repackaged"),
    "transcoded": Text("encoded anew"),
    "redacted": Text("something redacted"),
    "watermarked": Text("watermarked"),
    "enhanced": Text("enhanced"),
    "unknown": Text("changed, it is not told how"),
}
"""What XMP's ResourceEvent and the actions of C2PA are called in plain words."""


def _action(name: str) -> Text:
    known = _ACTIONS.get(name.removeprefix("c2pa."))
    return known or (plain(shown(name)) if name.strip() else _ACTIONS["unknown"])


_WITHOUT_MOMENT = frozenset({"converted", "derived"})
"""Events that Adobe's programs write with nothing but their parameters."""


def _values(facts: Facts, key: str, actions: list[str]) -> list[str]:
    """A property of each event.

    Readers give the values that are there, without their events. If they are fewer than the events,
    they are those of the events that usually have them; if that does not fit either, none is told.
    """
    tag = facts.metadata.get(key)
    values = iter(found := _listed(tag) if tag is not None else [])
    if len(found) == len(actions):
        return found
    have = [action not in _WITHOUT_MOMENT for action in actions]
    if len(found) == sum(have):
        return [next(values) if has else "" for has in have]
    return [""] * len(actions)


def _xmp_history(facts: Facts) -> Iterator[Entry]:
    tag = facts.metadata.get("XMP-xmpMM:HistoryAction")
    if tag is None:
        return
    actions = _listed(tag)
    moments = _values(facts, "XMP-xmpMM:HistoryWhen", actions)
    agents = _values(facts, "XMP-xmpMM:HistorySoftwareAgent", actions)
    for action, moment, agent in list(zip(actions, moments, agents, strict=True))[:MOST]:
        when = parsed(moment)
        yield Entry(when, _action(action), shown(agent), Standing.CLAIMED, (tag,))


def _photoshop_history(facts: Facts) -> Iterator[Entry]:
    """Photoshop's log: a line for each step, some with a moment in front."""
    tag = facts.metadata.get("XMP-photoshop:History")
    if tag is None:
        return
    for line in str(tag.machine).splitlines()[:MOST]:
        moment, tab, step = line.partition("\t")
        when = parsed(moment.strip())
        text = step if tab and when is not None else line
        if text.strip():
            yield Entry(when, plain(shown(text)), "Photoshop", Standing.CLAIMED, (tag,))


def _derived(facts: Facts) -> Iterator[Entry]:
    tags = [
        tag
        for name in ("DerivedFromDocumentID", "DerivedFromOriginalDocumentID")
        if (tag := facts.metadata.get(f"XMP-xmpMM:{name}")) is not None
    ]
    if tags:
        what = Text("made from the document {id}", {"id": shown(said(tags[0]))})
        yield Entry(None, what, "", Standing.CLAIMED, tuple(tags))


_GROUPS_OF_CREDENTIALS = ("CBOR", "JSON")


def _credentials(facts: Facts) -> Iterator[Entry]:
    """The actions and ingredients of each manifest, in the order of the file.

    A manifest's assertions stand in front of its claim, and its claim in front of its signature.
    """
    if facts.by_group.keys().isdisjoint(_GROUPS_OF_CREDENTIALS):
        return
    pending: list[Entry] = []
    generator = ""
    for directory in facts.metadata.directories:
        tags = {tag.definition.name: tag for tag in directory}
        label = tags.get("JUMDLabel")
        if label is not None and said(label).startswith("c2pa.signature"):
            yield from (
                entry._replace(standing=Standing.SIGNED, software=entry.software or generator)
                for entry in pending
            )
            pending, generator = [], ""
        elif directory.name in _GROUPS_OF_CREDENTIALS:
            generator = _generator(tags) or generator
            pending += _assertion(directory, tags)
    yield from (entry._replace(software=entry.software or generator) for entry in pending)


def _generator(tags: dict[str, Tag]) -> str:
    for name in ("Claim_generator", "Claim_Generator_InfoName"):
        if name in tags:
            return shown(said(tags[name]))
    return ""


def _assertion(directory: Directory, tags: dict[str, Tag]) -> list[Entry]:
    """The entries of one assertion, still without its manifest's standing."""
    if "ActionsAction" in tags:
        return list(_actions(directory, tags))
    if "Relationship" in tags:
        title = shown(said(tags["Title"])) if "Title" in tags else ""
        is_parent = said(tags["Relationship"]) == "parentOf"
        what = (
            Text("made from “{title}”", {"title": title})
            if is_parent
            else Text("“{title}” is part of it", {"title": title})
        )
        return [Entry(None, what, "", Standing.CLAIMED, (tags["Relationship"],))]
    return []


def _actions(directory: Directory, tags: dict[str, Tag]) -> Iterator[Entry]:
    actions = _listed(tags["ActionsAction"])
    moments = _aligned(tags, ("ActionsWhen",), len(actions))
    agents = _aligned(tags, ("ActionsSoftwareAgent", "ActionsSoftwareAgentName"), len(actions))
    for action, moment, agent in list(zip(actions, moments, agents, strict=True))[:MOST]:
        when = parsed(moment.replace("T", " "))
        yield Entry(when, _action(action), shown(agent), Standing.CLAIMED, directory.tags[:1])


def _listed(tag: Tag) -> list[str]:
    value = tag.machine
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _aligned(tags: dict[str, Tag], names: tuple[str, ...], count: int) -> list[str]:
    for name in names:
        if name in tags:
            values = _listed(tags[name])
            if len(values) == count:
                return values
    return [""] * count
