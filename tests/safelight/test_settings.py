"""Settings: where a value comes from, and what is said of one that can't be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safelight.api import Setting
from safelight.configuration import WORKBENCH
from safelight.settings import MAX_FILE_BYTES, BadSettings, Settings, read_env_file

if TYPE_CHECKING:
    from pathlib import Path

NAME = Setting("name", "SAFELIGHT_NAME", "nobody", "")
SIZE = Setting("size", "SAFELIGHT_SIZE", 5, "", int, lambda v: None if v == 5 else "Choose 5.")
SWITCH = Setting("switch", "SAFELIGHT_SWITCH", default=True, help="", kind=bool)
TOKEN = Setting(
    "token", "TOKEN", "", "", secret=True, check=lambda v: "No." if v == "bad" else None
)
ROWS = (NAME, SIZE, SWITCH, TOKEN)


def wrong(variables: dict[str, str], rows: tuple[Setting, ...] = ROWS) -> tuple[str, ...]:
    """What reading them complains of."""
    with pytest.raises(BadSettings) as error:
        Settings(variables).read(rows)
    return error.value.problems


def test_defaults_stand_in() -> None:
    """For what is not set or set to nothing."""
    expected = {"name": "nobody", "size": 5, "switch": True, "token": ""}
    assert Settings().values(ROWS) == expected
    assert Settings({"SAFELIGHT_NAME": "", "SAFELIGHT_SIZE": ""}).values(ROWS) == expected


def test_values_are_typed() -> None:
    """By the row's kind."""
    given = {"SAFELIGHT_NAME": "7", "SAFELIGHT_SIZE": "5", "SAFELIGHT_SWITCH": "Off", "TOKEN": "t"}
    assert Settings(given).values(ROWS) == {"name": "7", "size": 5, "switch": False, "token": "t"}


def test_every_bad_value_is_named_with_what_to_do() -> None:
    """All at once, so that nobody fixes them one start at a time."""
    given = {"SAFELIGHT_SIZE": "five", "SAFELIGHT_SWITCH": "maybe", "TOKEN": "bad"}
    assert wrong(given) == (
        "SAFELIGHT_SIZE: This is a number. Write digits only.",
        "SAFELIGHT_SWITCH: This is a switch. Write on or off.",
        "TOKEN: No.",
    )
    assert wrong({"SAFELIGHT_SIZE": "6"}) == ("SAFELIGHT_SIZE: Choose 5.",)


def test_options_win_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    """Each reading knows where it came from."""
    path = tmp_path / "test.env"
    path.write_text("SAFELIGHT_NAME=file\nSAFELIGHT_SIZE=5\nTOKEN=file\n")
    settings = Settings.from_environment(
        {"SAFELIGHT_NAME": "environment", "TOKEN": "environment"}, path, {"TOKEN": ("option", "-t")}
    )
    readings = settings.read(ROWS)
    assert {name: (r.value, r.origin) for name, r in readings.items()} == {
        "name": ("environment", "environment"),
        "size": (5, str(path)),
        "switch": (True, "default"),
        "token": ("option", "-t"),
    }


def test_a_problem_names_the_option_or_file_it_came_from() -> None:
    """The variable alone would puzzle someone who typed `-p`."""
    settings = Settings.from_environment({}, None, {"SAFELIGHT_SIZE": ("6", "-s")})
    with pytest.raises(BadSettings) as error:
        settings.read(ROWS)
    assert error.value.problems == ("SAFELIGHT_SIZE (-s): Choose 5.",)


def test_a_secret_may_come_from_a_file_of_its_own(tmp_path: Path) -> None:
    """As containers hand them over; the line's end is not part of it."""
    path = tmp_path / "token"
    path.write_text("from-file\n")
    reading = Settings({"TOKEN_FILE": str(path)}).read(ROWS)["token"]
    assert (reading.value, reading.origin) == ("from-file", str(path))


def test_two_sources_of_a_secret_are_refused(tmp_path: Path) -> None:
    """One of them is a mistake."""
    (problem,) = wrong({"TOKEN": "a", "TOKEN_FILE": str(tmp_path)})
    assert "Set one of them" in problem


def test_only_a_secret_has_a_file() -> None:
    """For others the variable is unknown."""
    settings = Settings({"SAFELIGHT_NAME_FILE": "/x"})
    assert settings.values(ROWS)["name"] == "nobody"
    assert len(list(settings.unknown(ROWS, ["SAFELIGHT_"]))) == 1


@pytest.mark.parametrize("content", [b"x" * (MAX_FILE_BYTES + 1), b"\xff\xfe"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    """Too large or not text; and one that is missing."""
    path = tmp_path / "token"
    path.write_bytes(content)
    assert len(wrong({"TOKEN_FILE": str(path)})) == 1
    with pytest.raises(BadSettings):
        read_env_file(path)
    with pytest.raises(BadSettings):
        read_env_file(tmp_path / "missing")


def test_an_env_file_has_lines_of_name_and_value(tmp_path: Path) -> None:
    """With comments, blank lines, quotes and the shell's `export`."""
    path = tmp_path / "test.env"
    path.write_text('# a comment\n\nexport A=1\nB = "two words"\nC=\'x=y#z\'\nD="\nE=\n')
    assert read_env_file(path) == {"A": "1", "B": "two words", "C": "x=y#z", "D": '"', "E": ""}


def test_a_bad_line_is_named_by_its_number_and_not_quoted(tmp_path: Path) -> None:
    """It may hold half of a secret."""
    path = tmp_path / "test.env"
    path.write_text("A=1\nhunter2\n=3\n")
    with pytest.raises(BadSettings) as error:
        read_env_file(path)
    assert error.value.problems == (
        f"{path}, line 2: write NAME=value, or # before a comment.",
        f"{path}, line 3: write NAME=value, or # before a comment.",
    )


def test_a_secret_is_never_shown() -> None:
    """Neither as a value nor in what is wrong with it."""
    rows = (Setting("token", "TOKEN", "", "", int, secret=True),)
    assert "hunter2" not in "".join(wrong({"TOKEN": "hunter2"}, rows))
    assert Settings({"TOKEN": "hunter2"}).read(ROWS)["token"].shown() == "********"


@pytest.mark.parametrize("row", WORKBENCH, ids=lambda row: row.variable)
def test_every_setting_of_the_workbench_is_documented_and_has_a_good_default(row: Setting) -> None:
    """A default that its own check would refuse could never be written down."""
    assert row.help.endswith(".")
    assert row.variable == row.variable.upper()
    if row.check is not None and not row.secret:
        assert row.check(row.default) is None


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SAFELIGHT_SIGN_IN", "never"),
        ("SAFELIGHT_OIDC_ISSUER", "http://id.example.org"),
        ("SAFELIGHT_OIDC_GRANTS", "desk"),
        ("SAFELIGHT_HOST", "example.com"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("SAFELIGHT_LOG_LEVEL", "loud"),
        ("SAFELIGHT_THREADS", "0"),
        ("SAFELIGHT_SECURITY_CONTACT", "me"),
        ("SAFELIGHT_SECURITY_CONTACT", "mailto:me\nExpires: never"),
        ("SAFELIGHT_SESSION_IDLE_MINUTES", "-1"),
    ],
)
def test_a_value_out_of_bounds_is_refused(variable: str, value: str) -> None:
    """By the row's own check."""
    (problem,) = wrong({variable: value}, WORKBENCH)
    assert problem.startswith(f"{variable}: ")
