"""The files that the package brings along."""

from __future__ import annotations


def content_of(name: str) -> bytes:
    """What a file of this folder holds."""
    from importlib.resources import files  # noqa: PLC0415 - heavy; only who asks for a place pays

    return files("mapy.geo").joinpath(name).read_bytes()
