"""Make libraries of the modules named on the command line, below the folder that it runs in.

What `compile.py` runs in a copy of the sources: setuptools with mypyc, which writes a C file for
each module. They are compiled side by side, as many at once as there are processors.
"""

from __future__ import annotations

from itertools import chain
from multiprocessing.pool import ThreadPool
import os
from pathlib import Path
import sys
from typing import Any

from mypyc.build import mypycify
from setuptools import setup
from setuptools.command.build_ext import build_ext

_OPTIMISATION = "1"
"""A higher level takes half as long again, and gains a thirtieth."""
_FLAGS = ["-fno-plt", "-fno-semantic-interposition", "-fvisibility=hidden"]
"""Calls into Python's library go straight there, and those between modules too."""


class SideBySide(build_ext):  # type: ignore[misc] # setuptools has no types
    """Compiles the C files of a library at the same time; setuptools takes one after the other."""

    def build_extensions(self) -> None:
        """Build all."""
        compile_all = self.compiler.compile

        def compile_side_by_side(sources: list[str], **how: Any) -> list[str]:
            longest_first = sorted(sources, key=lambda source: -Path(source).stat().st_size)
            with ThreadPool(os.cpu_count()) as threads:
                objects = threads.map(
                    lambda source: compile_all([source], **how), longest_first, chunksize=1
                )
            return list(chain.from_iterable(objects))

        self.compiler.compile = compile_side_by_side
        super().build_extensions()


if __name__ == "__main__":
    modules = mypycify(
        ["--ignore-missing-imports", *sys.argv[1:]],
        opt_level=_OPTIMISATION,
        debug_level="0",
        multi_file=True,
    )
    if sys.platform != "win32":
        for module in modules:
            module.extra_compile_args += _FLAGS
    setup(
        name="mapy",
        ext_modules=modules,
        cmdclass={"build_ext": SideBySide},
        script_args=["--quiet", "build_ext", "--inplace", "--parallel", str(os.cpu_count())],
    )
