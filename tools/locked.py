"""The packages of a lock file, as this Python would install them, and what is said of them."""

from __future__ import annotations

from dataclasses import dataclass
import importlib.metadata
from pathlib import Path
import re
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SERVER = ROOT / "requirements" / "server.txt"
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_CLASSIFIER = "License :: OSI Approved :: "
CLASSIFIED = {
    "BSD License": "BSD-3-Clause",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "MIT License": "MIT",
}
"""What the makers' own words stand for; each was read in the package's licence file."""
READ = {
    "flask-wtf": "BSD-3-Clause",
    "pi-heif": "BSD-3-Clause AND LGPL-3.0-only",  # the binding, and libheif in its wheels
    "wtforms": "BSD-3-Clause",
}
"""Where the metadata holds the licence's text, or leaves out what is inside: as read there."""


@dataclass(frozen=True, slots=True)
class Package:
    """One package of a lock file."""

    name: str
    version: str
    hashes: tuple[str, ...]
    """SHA-256 of each file that may be installed for it."""

    @property
    def purl(self) -> str:
        """Its name for other programs (package-url)."""
        return f"pkg:pypi/{self.name}@{self.version}"

    @property
    def licence(self) -> str:
        """An SPDX expression; empty if the package is not installed here or tells none."""
        if self.name in READ:
            return READ[self.name]
        try:
            told = importlib.metadata.metadata(self.name)
        except importlib.metadata.PackageNotFoundError:
            return ""
        for field in ("License-Expression", "License"):
            # Not `get`, which the type of metadata does not have.
            named = str(told[field] if field in told else "")  # noqa: SIM401
            if re.fullmatch(r"[A-Za-z0-9.+ -]{2,60}", named):
                return named
        for line in told.get_all("Classifier") or ():
            if line.startswith(_CLASSIFIER):
                return CLASSIFIED.get(line.removeprefix(_CLASSIFIER), "")
        return ""

    def needs(self) -> Iterator[str]:
        """The names of the packages that it asks for, without extras."""
        for line in importlib.metadata.requires(self.name) or ():
            asked = Requirement(line)
            if asked.marker is None or asked.marker.evaluate({"extra": ""}):
                yield canonicalize_name(asked.name)


def packages(lock: Path = SERVER) -> list[Package]:
    """What a lock file means for this Python and this system, by name."""
    found = []
    for entry in re.split(r"\n(?=\w)", lock.read_text()):
        requirement, _, rest = entry.partition(" \\\n")
        if "==" not in requirement:
            continue
        asked = Requirement(requirement)
        if asked.marker is None or asked.marker.evaluate():
            (pin,) = asked.specifier
            found.append(
                Package(canonicalize_name(asked.name), pin.version, tuple(_HASH.findall(rest)))
            )
    return sorted(found, key=lambda package: package.name)
