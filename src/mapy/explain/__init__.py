"""From values to words: readable values, and what a file gives away in plain sentences."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

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
        decode: what decodes pictures, such as `mapy.clean.glance.greys`. With it and the content
            the pictures inside are held against the picture; else only their shapes are.
    """
    from mapy.explain.facts import Facts  # noqa: PLC0415 - reading loads this package, not rules
    from mapy.explain.rules import findings_of  # noqa: PLC0415 - as above

    return findings_of(Facts(metadata, name=name or "", content=content, decode=decode))


class _CallableModule(ModuleType):
    """Makes `mapy.explain` the package and the function alike.

    Loading any module of the package binds its name in `mapy`, and must not take the function away.
    """

    def __call__(
        self,
        metadata: Metadata,
        *,
        name: str | None = None,
        content: Content | None = None,
        decode: Decode | None = None,
    ) -> tuple[Finding, ...]:
        return explain(metadata, name=name, content=content, decode=decode)


sys.modules[__name__].__class__ = _CallableModule
