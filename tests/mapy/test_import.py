"""The core needs the standard library only, and little of it."""

from __future__ import annotations

from pathlib import Path
import subprocess
import sys

SOURCE = Path(__file__).parents[2] / "src"
READ = """
import sys
sys.path.insert(0, {source!r})
import mapy
{more}
print("\\n".join(sys.modules))
"""


def modules_after(more: str = "") -> set[str]:
    """The modules that a bare Python has loaded after `import mapy` and `more`."""
    program = READ.format(source=str(SOURCE), more=more)
    command = [sys.executable, "-I", "-S", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_import_loads_nothing_slow() -> None:
    """`import mapy` leaves XML, tables and whatever is slow to the file that needs it."""
    loaded = modules_after()

    slow = {"click", "flask", "dataclasses", "inspect", "json", "logging", "pyexpat", "asyncio"}
    assert set() == loaded & slow
    assert not [name for name in loaded if name.startswith(("xml.", "mapy.tags.exif", "safelight"))]


def test_reading_needs_the_standard_library_only() -> None:
    """All of the core can be imported without any package installed."""
    more = """
import importlib, pathlib
root = pathlib.Path(mapy.__file__).parent
for path in root.rglob("*.py"):
    parts = path.relative_to(root).with_suffix("").parts
    if parts[0] not in ("web", "cli", "__init__"):
        importlib.import_module(".".join(("mapy", *parts)).removesuffix(".__init__"))
"""
    loaded = {name.partition(".")[0] for name in modules_after(more)}

    compiled = {name for name in loaded if name.endswith("__mypyc")}  # the core itself
    assert set() == loaded - set(sys.stdlib_module_names) - {"mapy", "__main__"} - compiled


def test_reading_opens_no_socket() -> None:
    """No module of the core imports one that could reach a network."""
    loaded = modules_after("import mapy.blocks.xmp, mapy.blocks.ifd, mapy.output.json")

    assert set() == loaded & {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib"}
