"""Packages that are functions, too: `mapy.clean` and `mapy.explain`.

Loading any module of a package binds its name in `mapy`, and must not take the function of that
name away.
"""

from __future__ import annotations

import sys
from types import ModuleType


class _CallablePackage(ModuleType):
    """Calls the function inside it that has its own name."""

    def __call__(self, *arguments: object, **options: object) -> object:
        return getattr(self, self.__name__.rpartition(".")[2])(*arguments, **options)


def make_callable(name: str) -> None:
    """Let a package be called, which holds a function of its own name."""
    sys.modules[name].__class__ = _CallablePackage
