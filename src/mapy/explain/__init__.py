"""From values to words: readable values, and what a file gives away in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.callable_package import make_callable

if TYPE_CHECKING:
    from mapy.explain.facts import Content
    from mapy.explain.finding import Finding
    from mapy.explain.seen import Decode
    from mapy.model import Metadata


def explain(
    metadata: Metadata,
    *,
    name: str | None = None,
    content: Content | None = None,
    decode: Decode | None = None,
) -> tuple[Finding, ...]:
    """What a picture gives away: findings, the weightiest first.

    Args:
        metadata: what `mapy.read` found.
        name: the file's own name, which tells things, too.
        content: the file's bytes, if they are at hand. With them the pictures inside are looked
            into, and what stands behind the picture is found.
        decode: what decodes pictures, such as `mapy.decoding.glance.greys`. With it and the content
            the pictures inside are held against the picture; else only their shapes are.
    """
    from mapy.explain.facts import Facts  # noqa: PLC0415 - reading loads this package, not rules
    from mapy.explain.rules import findings_of  # noqa: PLC0415 - as above

    return findings_of(Facts(metadata, name=name or "", content=content, decode=decode))


make_callable(__name__)
