"""Policies: what they say, and what they refuse to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mapy.check import DEFAULT, Level, Policy, load
from mapy.check.policy import MOST_BYTES
from mapy.errors import UnusablePolicy
from mapy.explain.finding import Weight
from mapy_fact_builders import finding, tag

if TYPE_CHECKING:
    from pathlib import Path

HIGH = finding("place.position", Weight.HIGH, tag("GPS:GPSLatitude", 33.86))
LOOK = finding("person.creator", Weight.LOOK, tag("IFD0:Artist", "Example Press / Ann"))
NOTE = finding("device.camera", Weight.NOTE, tag("IFD0:Model"))


def policy(text: str, folder: Path, name: str = "policy.toml") -> Policy:
    """The policy of a file with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load(path)


def levels(policy: Policy, path: str = "a.jpg") -> list[str]:
    """What a policy says of a high finding, one worth a look, a note."""
    at = policy.for_path(path)
    return [at.level_of(each).value for each in (HIGH, LOOK, NOTE)]


def test_without_a_policy_high_findings_fail() -> None:
    """Those worth a look warn, notes pass."""
    assert levels(DEFAULT) == ["fail", "warn", "ignore"]


def test_an_empty_policy_is_the_default_one(tmp_path: Path) -> None:
    """A policy says only what it changes."""
    assert levels(policy("", tmp_path)) == ["fail", "warn", "ignore"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('fail = ["high", "look"]', ["fail", "fail", "ignore"]),
        ('warn = ["note"]', ["ignore", "ignore", "warn"]),
        ('fail = ["high"]\nwarn = ["high"]', ["fail", "ignore", "ignore"]),
        ('[rules]\nplace = "ignore"', ["ignore", "warn", "ignore"]),
        ('[rules]\n"person.*" = "fail"', ["fail", "fail", "ignore"]),
        ('[rules]\nplace = "ignore"\n"place.position" = "warn"', ["warn", "warn", "ignore"]),
        ('[rules]\n"*" = "fail"', ["fail", "fail", "fail"]),
        ('[rules]\n"*" = "fail"\n"device.*" = "ignore"', ["fail", "fail", "ignore"]),
    ],
)
def test_weights_subjects_and_rules_decide(text: str, expected: list[str], tmp_path: Path) -> None:
    """A rule's name counts more than a pattern, that more than a subject, all more than weights."""
    assert levels(policy(text, tmp_path)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[allow]\ntags = ["IFD0:Artist"]', "ignore"),
        ('[allow]\ntags = ["*:Artist"]', "ignore"),
        ('[allow]\ntags = ["IFD0:Copyright"]', "warn"),
        ('[allow.values]\n"IFD0:Artist" = ["Example Press*"]', "ignore"),
        ('[allow.values]\n"IFD0:Artist" = ["Other Press*"]', "warn"),
        ('[allow.values]\n"IFD0:Artist" = "Example Press / Ann"', "ignore"),
    ],
)
def test_tags_and_values_that_are_wanted_pass(text: str, expected: str, tmp_path: Path) -> None:
    """By name, or by name and value; both may be patterns."""
    assert levels(policy(text, tmp_path))[1] == expected


def test_a_finding_passes_only_if_every_tag_of_it_is_wanted(tmp_path: Path) -> None:
    """The name may stand in IFD0, but not in IPTC."""
    allowing = policy('[allow]\ntags = ["IFD0:Artist"]', tmp_path)
    both = finding("person.creator", Weight.LOOK, tag("IFD0:Artist"), tag("IPTC:By-line"))

    assert allowing.level_of(both) is Level.WARN


def test_a_finding_without_a_tag_is_never_wanted(tmp_path: Path) -> None:
    """All of no tags is not a yes."""
    allowing = policy('[allow]\ntags = ["*"]', tmp_path)

    assert allowing.level_of(finding()) is Level.FAIL


PATHS = """
[rules]
"place.position" = "warn"

[[paths]]
match = "press/*"
rules = { place = "ignore" }

[[paths]]
match = ["press/home/*", "*.png"]
fail = ["note"]
rules = { place = "fail" }
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.jpg", ["warn", "warn", "ignore"]),
        ("press/a.jpg", ["ignore", "warn", "ignore"]),
        ("press/in/side/a.jpg", ["ignore", "warn", "ignore"]),
        ("press/home/a.jpg", ["fail", "ignore", "fail"]),
        ("a.png", ["fail", "ignore", "fail"]),
    ],
)
def test_parts_for_paths_count_more_than_what_is_before_them(
    path: str, expected: list[str], tmp_path: Path
) -> None:
    """The last part that speaks of a path and a rule counts, whatever those before it say."""
    assert levels(policy(PATHS, tmp_path), path) == expected


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("fail = [", "no TOML"),
        ("fial = []", "'fial' is no part"),
        ('fail = "highest"', "'highest' must be one of: high, look, note"),
        ("fail = 3", "A list must stand here"),
        ("fail = [3]", "Texts must stand here"),
        ('[rules]\n"place.positon" = "fail"', "No rule or subject is called 'place.positon'"),
        ('[rules]\nplace = "stop"', "'stop' must be one of: fail, warn, ignore"),
        ('[rules]\nplace = ["fail"]', "must be one of"),
        ("rules = 1", "A table"),
        ("[allow]\nnames = []", "'names' is no part"),
        ("[allow]\nvalues = []", "A table"),
        ("paths = 1", "A list"),
        ("[[paths]]\nfail = []", "`match` is missing"),
        ('[[paths]]\nmatch = "*"\nfial = []', "paths, number 1"),
    ],
)
def test_a_slip_is_named_and_never_lets_pass(text: str, part: str, tmp_path: Path) -> None:
    """What no policy can say is an error with its place, and what to do."""
    with pytest.raises(UnusablePolicy) as caught:
        policy(text, tmp_path)

    assert part in caught.value.message


def test_a_policy_may_be_written_in_yaml(tmp_path: Path) -> None:
    """The same tree."""
    text = "rules:\n  place: ignore\npaths:\n  - match: '*.png'\n    fail: [note]\n"

    assert levels(policy(text, tmp_path, "policy.yml")) == ["ignore", "warn", "ignore"]
    assert levels(policy(text, tmp_path, "policy.yaml"), "a.png") == ["ignore", "ignore", "fail"]


@pytest.mark.parametrize("text", ["a: [", "- high", "!!python/object/apply:builtins.dict []", "1"])
def test_yaml_that_is_no_policy_is_refused(text: str, tmp_path: Path) -> None:
    """Broken, of another shape, or asking for code to be run."""
    with pytest.raises(UnusablePolicy):
        policy(text, tmp_path, "policy.yml")


def test_without_pyyaml_the_message_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PyYAML is no part of MAPy."""

    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr("mapy.check.policy.import_module", missing)
    with pytest.raises(UnusablePolicy) as caught:
        policy("", tmp_path, "policy.yml")

    assert "PyYAML" in caught.value.message
    assert "pip install pyyaml" in caught.value.hint


def test_a_policy_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """Never the default one in its place."""
    with pytest.raises(UnusablePolicy, match="could not be opened"):
        load(tmp_path / "missing.toml")


def test_a_policy_has_a_largest_size(tmp_path: Path) -> None:
    """A picture given as a policy is not read to its end."""
    with pytest.raises(UnusablePolicy, match="256 KiB"):
        policy("#" * (MOST_BYTES + 1), tmp_path)
