"""Compile the modules that reading spends its time in, with mypyc; their sources stay as they are.

By hand (`make compile`) beside the sources; for a wheel when `SAFELIGHT_COMPILE=1` asks for it,
as a build hook of hatch. Without a compiler that works, what is made is pure Python, never nothing.
"""

from __future__ import annotations

import os
from pathlib import Path
import platform
import shutil
import subprocess
import sys
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ASKED_BY = "SAFELIGHT_COMPILE"
NEEDS = ["mypy>=2.4", "setuptools"]
"""What compiles; `mypyc` comes with mypy."""
MODULES = (
    "mapy/blocks/__init__.py",
    "mapy/blocks/c2pa_signature.py",
    "mapy/blocks/cbor.py",
    "mapy/blocks/der.py",
    "mapy/blocks/embedded.py",
    "mapy/blocks/hdr_plus.py",
    "mapy/blocks/icc.py",
    "mapy/blocks/ifd.py",
    "mapy/blocks/ifd_entry.py",
    "mapy/blocks/iptc.py",
    "mapy/blocks/item_properties.py",
    "mapy/blocks/jumbf.py",
    "mapy/blocks/photoshop.py",
    "mapy/blocks/protobuf.py",
    "mapy/blocks/set_aside.py",
    "mapy/blocks/structures.py",
    "mapy/blocks/svg.py",
    "mapy/blocks/tiff_values.py",
    "mapy/blocks/xml.py",
    "mapy/blocks/xmp.py",
    "mapy/blocks/xmp_blocks.py",
    "mapy/blocks/xmp_encoding.py",
    "mapy/boxes.py",
    "mapy/buffer.py",
    "mapy/clean/edit/xmp_spans.py",
    "mapy/directory.py",
    "mapy/explain/numbers.py",
    "mapy/explain/xmp_values.py",
    "mapy/formats/heif_items.py",
    "mapy/formats/jpeg.py",
    "mapy/formats/jpeg_portions.py",
    "mapy/formats/raw_kinds.py",
    "mapy/formats/tiff_thumbnail.py",
    "mapy/limits.py",
    "mapy/makernotes/__init__.py",
    "mapy/makernotes/canon/ciff.py",
    "mapy/makernotes/canon/codes.py",
    "mapy/makernotes/canon/custom_functions.py",
    "mapy/makernotes/canon/records.py",
    "mapy/makernotes/fields.py",
    "mapy/makernotes/moved.py",
    "mapy/makernotes/nikon/cipher.py",
    "mapy/makernotes/nikon/records.py",
    "mapy/makernotes/nikon/shots.py",
    "mapy/makernotes/note.py",
    "mapy/reader.py",
    "mapy/reading.py",
    "mapy/records.py",
    "mapy/tag.py",
    "mapy/tags/definition.py",
    "mapy/tags/icc.py",
    "mapy/tags/xmp.py",
    "mapy/tiff_types.py",
    "mapy/wanted.py",
)
"""Below `src`. A class and its subclasses stand here together: mypyc wants both or none.

Their constants are `Final`: what is compiled has those at hand, and looks others up by their names.
"""
_LIBRARIES = ("*.so", "*.pyd")
_FLAGS = {} if sys.platform == "win32" else {"CFLAGS": "-fno-plt -fno-semantic-interposition"}
"""Calls into Python's library go straight there: a thirtieth of the time."""


class CompileHook(BuildHookInterface[BuilderConfig]):
    """Puts the compiled modules into a wheel, beside their sources."""

    PLUGIN_NAME = "custom"
    scratch: Path | None = None

    def dependencies(self) -> list[str]:
        """What the build needs: nothing more, unless a compiled wheel is asked for."""
        return NEEDS if _is_asked_for() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and add what came of it to the wheel."""
        if version == "editable" or not _is_asked_for():
            return
        self.scratch = Path(mkdtemp())
        libraries = compiled(Path(self.root, "src"), self.scratch)
        if libraries:
            build_data["pure_python"] = False
            build_data["infer_tag"] = True
            build_data["force_include"].update(
                {str(self.scratch / library): str(library) for library in libraries}
            )

    def finalize(self, *_: object) -> None:
        """Leave nothing behind."""
        if self.scratch is not None:
            shutil.rmtree(self.scratch)


def _is_asked_for() -> bool:
    return os.environ.get(ASKED_BY, "0") not in ("", "0") and (
        platform.python_implementation() == "CPython"
    )


def compiled(src: Path, scratch: Path) -> list[Path]:
    """Compile a copy of the sources in an empty folder.

    Returns:
        The libraries, by their place below both folders; none, and a word why, where it failed.
    """
    shutil.copytree(
        src / "mapy", scratch / "mapy", ignore=shutil.ignore_patterns(*_LIBRARIES, "__pycache__")
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypyc", "--ignore-missing-imports", *MODULES],
        cwd=scratch,
        env={"MYPYC_OPT_LEVEL": "3", "MYPYC_DEBUG_LEVEL": "0", **_FLAGS, **os.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        sys.stderr.write(f"{done.stdout}\nMAPy was not compiled, and stays pure Python.\n")
        return []
    found = [path.relative_to(scratch) for each in _LIBRARIES for path in scratch.rglob(each)]
    return [path for path in found if path.parts[0] != "build"]


def main() -> int:
    """Compile beside the sources of this checkout; returns the exit code."""
    src = Path(__file__).parents[1] / "src"
    scratch = Path(mkdtemp())
    try:
        libraries = compiled(src, scratch)
        remove(src)
        for library in libraries:
            shutil.copy(scratch / library, src / library)
    finally:
        shutil.rmtree(scratch)
    return not libraries


def remove(src: Path) -> None:
    """Take away what was compiled beside the sources."""
    for each in _LIBRARIES:
        for path in src.rglob(each):
            path.unlink()


if __name__ == "__main__":
    if sys.argv[1:] == ["--remove"]:
        remove(Path(__file__).parents[1] / "src")
    else:
        sys.exit(main())
