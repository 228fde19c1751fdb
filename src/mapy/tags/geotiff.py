"""The keys of GeoTIFF (OGC 19-008r4): names and codes from a text file, a section a key."""

from __future__ import annotations

from functools import cache
from importlib import resources

from mapy.tags.definition import Definition


@cache
def definitions() -> dict[int, Definition]:
    """By number: every key, with what its codes mean."""
    text = resources.files("mapy.tags").joinpath("geotiff.tsv").read_text("utf-8")
    named: dict[int, Definition] = {}
    for section in text.split("\n[")[1:]:
        head, _, body = section.partition("]\n")
        number, _, name = head.partition("\t")
        words: dict[int | str, str] = {}
        for line in body.splitlines():
            code, _, word = line.partition("\t")
            if code.isdigit():
                words[int(code)] = word
        named[int(number)] = Definition(int(number), name, words or None)
    return named
