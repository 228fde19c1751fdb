"""Metadata made of groups, names and values, and what is found in it: for the rules' tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy import Directory, Metadata, Span, Tag
from mapy.explain import explain
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapy import Finding
    from mapy.model import Block

    Groups = Mapping[str, object] | Sequence[tuple[str, object]]


def metadata_of(
    *groups: Groups,
    media_type: str = "image/jpeg",
    blocks: Sequence[Block] = (),
    thumbnail: bytes | None = None,
) -> Metadata:
    """A file's metadata: mappings of tags "Group:Name", a directory for every group in each."""
    directories = []
    at = 100
    for mapping in groups:
        pairs = mapping.items() if hasattr(mapping, "items") else mapping
        tags: dict[str, list[Tag]] = {}
        for key, value in pairs:
            group, _, name = key.partition(":")
            raw = value if not isinstance(value, bytes) else None
            length = len(value) if isinstance(value, bytes) else 8
            tag = Tag(group, Definition(name, name), 0, 1, raw, at, length)
            tags.setdefault(group, []).append(tag)
            at += 100
        directories += [Directory(name, tuple(found), Span(0, 0)) for name, found in tags.items()]
    return Metadata(
        format="JPEG",
        media_type=media_type,
        size=1000,
        directories=tuple(directories),
        blocks=tuple(blocks),
        thumbnail=thumbnail,
    )


def findings(
    *groups: Groups, name: str = "", content: bytes | None = None, media_type: str = "image/jpeg"
) -> dict[str, Finding]:
    """What is found in such a file, by rule."""
    metadata = metadata_of(*groups, media_type=media_type)
    return {each.rule: each for each in explain(metadata, name=name, content=content)}


def what(found: Mapping[str, Finding], rule: str) -> str:
    """The sentence of a rule; empty if it found nothing."""
    return str(found[rule].what) if rule in found else ""
