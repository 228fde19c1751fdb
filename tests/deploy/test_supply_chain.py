"""What is installed with Safelight: known to the last package, allowed, and the same each time."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
from pathlib import Path
import shutil
import subprocess
import sys

import pytest
import yaml

from licences import ALL, is_allowed, not_allowed
from locked import SERVER, Package, packages
from pin_images import FILES, pinned, unpinned
from sbom import SELF, bill

ROOT = Path(__file__).parents[2]
DIGEST = f"sha256:{'0a' * 32}"


def needed() -> set[str]:
    """All that Safelight asks for as installed here, and what that asks for."""
    found: set[str] = set()
    waiting = ["safelight"]
    while waiting:
        name = waiting.pop()
        for other in Package(name, "", ()).needs():
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def test_the_bill_of_materials_is_what_is_installed() -> None:
    """Every package that Safelight needs, none besides, each in the version that runs."""
    listed = {each["name"]: each["version"] for each in bill(packages())["components"]}
    assert listed == {name: importlib.metadata.version(name) for name in needed()}


def test_the_bill_of_materials_has_a_hash_for_each_file_and_every_dependency() -> None:
    """So that another program can follow it."""
    made = bill(packages())
    by_ref = {each["ref"]: each["dependsOn"] for each in made["dependencies"]}
    assert all(each["properties"] for each in made["components"])
    assert set(by_ref) == {SELF, *(each["purl"] for each in made["components"])}
    assert {other for others in by_ref.values() for other in others} == set(by_ref) - {SELF}


def test_the_same_lock_makes_the_same_bill() -> None:
    """No time, no number by chance: two of them can be compared byte by byte."""
    assert bill(packages()) == bill(packages())


def test_every_licence_is_allowed() -> None:
    """Those of the extras, too. Two are under the LGPL, and named."""
    assert not_allowed(packages(ALL)) == []


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("MIT", True),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("LGPL-3.0-or-later", False),
        ("", False),
    ],
)
def test_a_licence_is_allowed_by_what_it_leaves_to_choose(expression: str, expected: bool) -> None:
    """An unknown one never is."""
    assert is_allowed(expression) is expected


LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_of_every_lock_has_its_hashes(lock: Path) -> None:
    """What `--require-hashes` needs; and no lock names an index."""
    found = packages(lock)
    assert found
    assert [package.name for package in found if not package.hashes] == []
    assert "://" not in lock.read_text()


def test_the_images_lock_holds_what_the_developers_lock_holds() -> None:
    """The tests run what the image runs."""
    tested = {package.name: package.version for package in packages(ROOT / "requirements/dev.txt")}
    assert {p.name: tested.get(p.name) for p in packages(SERVER)} == {
        p.name: p.version for p in packages(SERVER)
    }


def test_two_builds_of_the_wheel_are_the_same_to_the_byte(tmp_path: Path) -> None:
    """From two folders, at two times: whoever builds it can compare."""
    digests = set()
    for number in range(2):
        made, source = tmp_path / f"made-{number}", tmp_path / f"source-{number}"
        for name in ("src", "tools"):
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("*.so"))
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, source)
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)],
            cwd=source,
            env={
                **os.environ,
                "SOURCE_DATE_EPOCH": "1767225600",
                "TZ": f"UTC{number}",
                "SAFELIGHT_COMPILE": "0",
            },
            check=True,
            capture_output=True,
        )
        (wheel,) = made.glob("*.whl")
        digests.add(hashlib.sha256(wheel.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_the_digest_of_an_image_is_written_behind_its_tag() -> None:
    """Once, however often; our own image has none in a checkout."""
    text = (
        "  image: nginx:1.28-alpine # why\n  image: safelight:0.1.0\nARG PYTHON=python:3.13-slim\n"
        "ARG BUILD=python:3.13\n"
    )
    once = pinned(text, lambda _: DIGEST)
    assert once.splitlines() == [
        f"  image: nginx:1.28-alpine@{DIGEST} # why",
        "  image: safelight:0.1.0",
        f"ARG PYTHON=python:3.13-slim@{DIGEST}",
        f"ARG BUILD=python:3.13@{DIGEST}",
    ]
    assert pinned(once, lambda _: DIGEST) == once
    assert (unpinned(text), unpinned(once)) == (
        ["nginx:1.28-alpine", "python:3.13-slim", "python:3.13"],
        [],
    )


def test_every_image_that_is_named_can_be_pinned() -> None:
    """A new file that names one belongs into the list."""
    naming = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "deploy").rglob("*")
        if path.is_file() and (unpinned(path.read_text()) or "@sha256:" in path.read_text())
    }
    assert naming == set(FILES)


def workflows() -> list[Path]:
    """The workflows of the repository."""
    return sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("path", workflows(), ids=lambda path: path.name)
def test_a_workflow_uses_actions_by_commit_and_asks_for_nothing_by_default(path: Path) -> None:
    """A tag can be moved by whoever takes an action over; a token that can write, misused."""
    found = yaml.safe_load(path.read_text())
    uses = [
        step["uses"]
        for job in found["jobs"].values()
        for step in job.get("steps", [])
        if "uses" in step
    ]
    assert found["permissions"] == {}
    assert uses
    assert [use for use in uses if len(use.partition("@")[2]) != 40] == []
