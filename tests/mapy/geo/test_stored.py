"""What the package brings along: small, and untouched until somebody asks for a place."""

from __future__ import annotations

from importlib.resources import files
import subprocess
import sys

STORED = ("borders.bin", "coasts.bin", "places.bin", "world.txt")


def test_all_of_it_is_below_four_megabytes() -> None:
    """A map of the world fits beside the program."""
    folder = files("mapy.geo")
    assert sum(len(folder.joinpath(name).read_bytes()) for name in STORED) < 4_000_000


def test_nothing_of_it_is_loaded_before_it_is_asked_for() -> None:
    """`import mapy` does not know of places; importing the places reads no file."""
    code = """
import sys, mapy
assert not [name for name in sys.modules if name.startswith("mapy.geo")]
opened = []
sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
import mapy.geo
mapy.geo.Mark(0, 0).checked()
assert not [name for name in opened if name.endswith((".bin", ".txt"))]
mapy.geo.country_of(0, 0)
assert [name for name in opened if name.endswith("borders.bin")]
"""
    subprocess.run([sys.executable, "-c", code], check=True)
