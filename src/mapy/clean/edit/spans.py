"""Stretches of bytes: which are kept, and zeros over the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.errors import Span

if TYPE_CHECKING:
    from collections.abc import Iterable


def merged(spans: Iterable[Span]) -> list[Span]:
    """The stretches in order, those that touch or overlap as one; empty ones are left out."""
    found: list[Span] = []
    for span in sorted(span for span in spans if span.length > 0):
        if found and span.offset <= found[-1].offset + found[-1].length:
            start = found[-1].offset
            end = max(start + found[-1].length, span.offset + span.length)
            found[-1] = Span(start, end - start)
        else:
            found.append(span)
    return found


def without(spans: Iterable[Span], kept: Iterable[Span]) -> list[Span]:
    """What of `spans` no stretch of `kept` covers."""
    found: list[Span] = []
    holes = merged(kept)
    number = 0
    for offset, length in merged(spans):
        at, end = offset, offset + length
        while number < len(holes) and holes[number].offset + holes[number].length <= at:
            number += 1
        following = number
        while following < len(holes) and holes[following].offset < end:
            hole = holes[following]
            if hole.offset > at:
                found.append(Span(at, hole.offset - at))
            at = max(at, hole.offset + hole.length)
            following += 1
        if at < end:
            found.append(Span(at, end - at))
    return found


def overlap(first: Iterable[Span], second: Iterable[Span]) -> bool:
    """Whether a byte lies in both."""
    first = merged(first)
    return sum(span.length for span in without(first, second)) != sum(span.length for span in first)


def blank(content: bytearray, spans: Iterable[Span], kept: Iterable[Span] = ()) -> None:
    """Write zeros over `spans`, but not over what `kept` covers."""
    size = len(content)
    for offset, length in without(spans, kept):
        end = min(offset + length, size)
        if offset < end:
            content[offset:end] = bytes(end - offset)


def blank_all_but(content: bytearray, kept: Iterable[Span]) -> None:
    """Write zeros over everything that `kept` does not cover."""
    blank(content, [Span(0, len(content))], kept)
