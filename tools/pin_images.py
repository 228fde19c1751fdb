"""Write the digest of each base image behind its tag, wherever deploy/ names one.

    .venv/bin/python tools/pin_images.py            asks the registry, by docker
    .venv/bin/python tools/pin_images.py --check    fails if an image has no digest

A tag may mean another image tomorrow; a digest is that one image for good.
"""

from __future__ import annotations

from pathlib import Path
import re
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
FILES = (
    "deploy/docker/Dockerfile",
    "deploy/compose/cluster/compose.yaml",
    "deploy/kubernetes/redis.yaml",
    "deploy/kubernetes/web.yaml",
)
OWN = "safelight"
"""Built from this repository: its digest comes with a release."""
_IMAGE = re.compile(
    r"(?P<before>^ARG (?:PYTHON|BUILD)=|^\s+image: )"
    r"(?P<tag>[\w./-]+:[\w.-]+)(?:@sha256:[0-9a-f]{64})?",
    re.MULTILINE,
)


def pinned(text: str, digest_of: Callable[[str], str]) -> str:
    """A file's text with the digest of each image behind its tag."""

    def pin(match: re.Match[str]) -> str:
        tag = match["tag"]
        if tag.startswith(f"{OWN}:"):
            return match[0]
        return f"{match['before']}{tag}@{digest_of(tag)}"

    return _IMAGE.sub(pin, text)


def unpinned(text: str) -> list[str]:
    """The tags of a file that have no digest."""
    return [
        match["tag"]
        for match in _IMAGE.finditer(text)
        if "@sha256:" not in match[0] and not match["tag"].startswith(f"{OWN}:")
    ]


def asked(tag: str) -> str:
    """The digest of an image for all systems, as the registry tells it now."""
    command = ["docker", "buildx", "imagetools", "inspect", "--format", "{{.Manifest.Digest}}", tag]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    if not re.fullmatch(r"sha256:[0-9a-f]{64}", told):
        raise ValueError(f"{tag}: no digest")
    return told


def main() -> int:
    """Pin, or check."""
    if "--check" in sys.argv[1:]:
        missing = [
            f"{name}: {tag}" for name in FILES for tag in unpinned((ROOT / name).read_text())
        ]
        print("\n".join(missing) or "Every image has its digest.")
        return 1 if missing else 0
    for name in FILES:
        path = ROOT / name
        path.write_text(pinned(path.read_text(), asked))
    return 0


if __name__ == "__main__":
    sys.exit(main())
