"""Colour profiles (ICC.1:2022) as a copy may carry them: a whole profile, and nothing behind it."""

from __future__ import annotations

_HEADER = 128
_SIGNATURE_AT, _SIGNATURE = 36, b"acsp"
_SIZE = 4


def trimmed(profile: bytes) -> bytes | None:
    """The profile up to the length that its header tells; None if it is none, or cut short."""
    if len(profile) < _HEADER or not profile.startswith(_SIGNATURE, _SIGNATURE_AT):
        return None
    size = int.from_bytes(profile[:_SIZE], "big")
    return profile[:size] if _HEADER <= size <= len(profile) else None
