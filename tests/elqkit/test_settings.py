"""The settings: one table, the environment first, secrets in files of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from elqkit.settings import PREFIX, VARIABLES, BadSettingsFile, unknown, values_of

if TYPE_CHECKING:
    from pathlib import Path


def test_the_environment_counts_before_a_file(tmp_path: Path) -> None:
    """Comments, other programs' lines and empty values are passed over."""
    file = tmp_path / "settings"
    file.write_text("# a comment\nELQKIT_USER = ana\nELQKIT_SITE=1\nPATH=x\n", encoding="utf-8")
    environment = {"ELQKIT_SITE": "2", "ELQKIT_HOSTS": "", "HOME": "/"}
    assert values_of(environment, file) == {"ELQKIT_USER": "ana", "ELQKIT_SITE": "2"}


def test_a_name_that_means_nothing_is_told() -> None:
    """A misspelt password would else be none; `_FILE` goes with secrets only."""
    given = {"ELQKIT_PASSWORT": "x", "ELQKIT_PASSWORD_FILE": "y", "ELQKIT_SITE_FILE": "z", "A": ""}
    assert unknown(given) == ["ELQKIT_PASSWORT", "ELQKIT_SITE_FILE"]


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    """As an error of its own, without its content."""
    (tmp_path / "binary").write_bytes(b"\xff\xfe\xff")
    for path in (tmp_path / "none", tmp_path / "binary", tmp_path):
        with pytest.raises(BadSettingsFile):
            values_of({}, path)


def test_each_variable_is_there_once_and_explained() -> None:
    """In a sentence."""
    names = [each.name for each in VARIABLES]
    assert len(set(names)) == len(names)
    assert all(name.startswith(PREFIX) for name in names)
    assert all(each.help.endswith(".") for each in VARIABLES)
    assert {each.name for each in VARIABLES if each.secret} == {
        "ELQKIT_PASSWORD",
        "ELQKIT_CLIENT_SECRET",
        "ELQKIT_REFRESH_TOKEN",
    }
