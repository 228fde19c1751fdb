"""The licences of what is installed with Safelight; fails on one that is not allowed.

.venv/bin/python tools/licences.py [requirements/server-all.txt]
"""

from __future__ import annotations

from pathlib import Path
import re
import sys
from typing import TYPE_CHECKING

from locked import ROOT, packages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from locked import Package

ALL = ROOT / "requirements" / "server-all.txt"
ALLOWED = frozenset(
    {"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0"}
)
"""They ask for their text and their makers' names to be kept, which every installation does."""
EXCEPTIONS = {
    # Weak copyleft, used as it is: it stays a package of its own that anyone may replace.
    "dramatiq": "LGPL-3.0-or-later",
    # Only with the extra `heif`: its wheels hold libheif and libde265.
    "pi-heif": "BSD-3-Clause AND LGPL-3.0-only",
}


def not_allowed(found: Iterable[Package]) -> list[str]:
    """A line for each package whose licence is unknown or not on the list."""
    return [
        f"{package.name} {package.version}: {package.licence or 'unknown'}"
        for package in found
        if package.licence != EXCEPTIONS.get(package.name) and not is_allowed(package.licence)
    ]


def is_allowed(expression: str) -> bool:
    """Whether an SPDX expression leaves a choice that is on the list."""
    choices = [re.split(r"\s+AND\s+", choice) for choice in re.split(r"\s+OR\s+", expression)]
    return any(all(name in ALLOWED for name in names) for names in choices)


if __name__ == "__main__":
    found = packages(Path(sys.argv[1]) if len(sys.argv) > 1 else ALL)
    for package in found:
        print(f"{package.name:24} {package.version:12} {package.licence}")
    refused = not_allowed(found)
    print(f"{len(found)} packages, {len(refused)} not allowed")
    sys.exit(1 if refused else 0)
