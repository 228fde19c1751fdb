"""The bill of materials of an installation, as CycloneDX 1.6, from a lock file.

    .venv/bin/python tools/sbom.py [requirements/server.txt] > safelight.cdx.json

The same lock file gives the same bytes: it holds no time, and its number is made from its content.
A test compares it with what is installed.
"""

from __future__ import annotations

import json
from pathlib import Path
import sys
from typing import TYPE_CHECKING, Any
import uuid

from locked import SERVER, Package, packages
from safelight import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

SELF = f"pkg:pypi/safelight@{__version__}"
_SPACE = uuid.UUID("6f7e8d1c-52a4-4c47-9a5e-0f2f3b6f8a11")


def bill(found: Iterable[Package]) -> dict[str, Any]:
    """The bill of materials of these packages and of Safelight, which asks for them."""
    listed = list(found)
    known = {package.name: package.purl for package in listed}
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": SELF,
                "name": "safelight",
                "version": __version__,
                "purl": SELF,
                "licenses": [{"expression": "MIT"}],
            }
        },
        "components": [_component(package) for package in listed],
        "dependencies": [
            {"ref": SELF, "dependsOn": _asked_for(_self(), known)},
            *({"ref": each.purl, "dependsOn": _asked_for(each, known)} for each in listed),
        ],
    }
    number = uuid.uuid5(_SPACE, json.dumps(content, sort_keys=True))
    return {**content, "serialNumber": number.urn}


def _component(package: Package) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "licenses": [{"expression": package.licence}],
        # Of each file that may be installed: which one it is depends on the system.
        "properties": [{"name": "safelight:sha256", "value": each} for each in package.hashes],
    }


def _self() -> Package:
    return Package("safelight", __version__, ())


def _asked_for(package: Package, known: dict[str, str]) -> list[str]:
    return sorted({known[name] for name in package.needs() if name in known})


if __name__ == "__main__":
    lock = Path(sys.argv[1]) if len(sys.argv) > 1 else SERVER
    json.dump(bill(packages(lock)), sys.stdout, indent=1)
    sys.stdout.write("\n")
