"""Compile the modules that reading spends its time in, with mypyc; their sources stay as they are.

Where a C compiler is, it is done: for a checkout by `make run`, `make test` and `make compile`
beside the sources, for a wheel as a build hook of hatch. Without one, or with
`SAFELIGHT_COMPILE=0`, what is made is pure Python, never nothing.
"""

from __future__ import annotations

import os
from pathlib import Path
import platform
import shlex
import shutil
import subprocess
import sys
import sysconfig
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SETTING = "SAFELIGHT_COMPILE"
"""0 keeps it pure Python."""
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
    "mapy/wording.py",
)
"""Below `src`. A class and its subclasses stand here together: mypyc wants both or none.

Their constants are `Final`: what is compiled has those at hand, and looks others up by their names.
"""
_LIBRARIES = ("*.so", "*.pyd")
_SETUP = Path(__file__).with_name("compile_setup.py")
_WITHOUT_COMPILER = """\
MAPy stays pure Python, and takes nearly twice the time to read a picture: there is no C compiler
here, or no Python.h. With both (Debian: gcc and python3-dev) `make compile` compiles it.
"""
_FAILED = "MAPy was not compiled, and stays pure Python.\n"


class CompileHook(BuildHookInterface[BuilderConfig]):
    """Puts the compiled modules into a wheel, beside their sources."""

    PLUGIN_NAME = "custom"
    scratch: Path | None = None

    def dependencies(self) -> list[str]:
        """What the build needs: nothing more, where nothing is compiled."""
        return NEEDS if _is_wanted() and has_compiler() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and add what came of it to the wheel."""
        if version == "editable" or not _is_wanted():
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


def _is_wanted() -> bool:
    return os.environ.get(SETTING) != "0"


def has_compiler() -> bool:
    """Tell whether it is worth trying; Windows finds its compiler by other ways."""
    if platform.python_implementation() != "CPython":
        return False
    command = os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc"
    headers = Path(sysconfig.get_path("include"), "Python.h")
    return headers.is_file() and (
        sys.platform == "win32" or shutil.which(shlex.split(command)[0]) is not None
    )


def compiled(src: Path, scratch: Path) -> list[Path]:
    """Compile a copy of the sources in an empty folder.

    Returns:
        The libraries, by their place below both folders; none, and a word why, where it failed.
    """
    if not has_compiler():
        sys.stderr.write(_WITHOUT_COMPILER)
        return []
    sys.stderr.write("Compiling MAPy's reader: half a minute, once for each change of it.\n")
    shutil.copytree(
        src / "mapy", scratch / "mapy", ignore=shutil.ignore_patterns(*_LIBRARIES, "__pycache__")
    )
    done = subprocess.run(
        [sys.executable, str(_SETUP), *MODULES],
        cwd=scratch,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        sys.stderr.write(f"{done.stdout}\n{_FAILED}")
        return []
    found = [path.relative_to(scratch) for each in _LIBRARIES for path in scratch.rglob(each)]
    return [path for path in found if path.parts[0] != "build"]


def compile_beside(src: Path) -> None:
    """Compile, and put the libraries beside their sources in place of older ones."""
    scratch = Path(mkdtemp())
    try:
        libraries = compiled(src, scratch)
        remove(src)
        for library in libraries:
            shutil.copy(scratch / library, src / library)
    finally:
        shutil.rmtree(scratch)


def remove(src: Path) -> None:
    """Take away what was compiled beside the sources."""
    for each in _LIBRARIES:
        for path in src.rglob(each):
            path.unlink()


if __name__ == "__main__":
    source = Path(__file__).parents[1] / "src"
    (compile_beside if _is_wanted() else remove)(source)
