"""`elqkit check`: its words, its JSON and its exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result
import pytest

from elqkit.cli import main
from elqkit.web.actions import CHECK_OPTIONS

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str, env: dict[str, str] | None = None) -> Result:
    """The command's outcome."""
    return CliRunner().invoke(main, arguments, env=env)


@pytest.fixture
def good(tmp_path: Path) -> str:
    """The path of a file in order."""
    path = tmp_path / "good.csv"
    path.write_bytes(b"email,name\na@example.com,A\n")
    return str(path)


@pytest.fixture
def faulty(tmp_path: Path) -> str:
    """The path of a file that is blocked."""
    path = tmp_path / "faulty.csv"
    path.write_bytes(b"email,name\na@example.com\n")
    return str(path)


def test_a_good_file_exits_with_0(good: str) -> None:
    """And says so."""
    result = run("check", good)
    assert (result.exit_code, result.output.splitlines()[0]) == (0, "good.csv")


def test_a_blocked_file_exits_with_1(faulty: str) -> None:
    """With the fault's line and column."""
    result = run("check", faulty)
    assert (result.exit_code, "line 2, column 2 (name)" in result.output) == (1, True)


def test_what_is_only_worth_a_look_exits_with_0(tmp_path: Path) -> None:
    """As the API answers 200."""
    path = tmp_path / "spaces.csv"
    path.write_bytes(b"a,b\n 1,2\n")
    assert run("check", str(path)).exit_code == 0


def test_a_refused_file_exits_with_1(tmp_path: Path) -> None:
    """The name must fit the content."""
    path = tmp_path / "good.exe"
    path.write_bytes(b"a,b\n1,2\n")
    assert (run("check", str(path)).exit_code, run("check", str(path), "--json").exit_code) == (
        1,
        1,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "no-such-file.csv"],
        ["check", "--no-such-option"],
        ["no-such-command"],
        ["check", "x.csv", "--delimiter", "dot"],
    ],
)
def test_what_is_not_understood_exits_with_2(arguments: list[str]) -> None:
    """And names the way to help."""
    result = run(*arguments)
    assert (result.exit_code, "--help" in result.output) == (2, True)


def test_json_is_one_object_with_the_base_name(good: str) -> None:
    """No path of the machine gets into a report."""
    found = json.loads(run("check", good, "--json").output)
    assert (found["file"], found["usable"], found["rows"]) == ("good.csv", True, 1)


def test_encoding_and_delimiter_can_be_chosen(good: str) -> None:
    """They are passed on."""
    found = json.loads(
        run("check", good, "--json", "--encoding", "cp1250", "--delimiter", "pipe").output
    )
    assert (found["encoding"]["name"], found["dialect"]["delimiter"]) == ("cp1250", "pipe")


def test_the_limit_can_be_set_as_for_the_server(good: str) -> None:
    """By an option, or by the server's own variable."""
    assert run("check", good, "--max-bytes", "5").exit_code == 1
    assert "larger" in run("check", good, env={"ELQKIT_MAX_CSV_BYTES": "5"}).output


def test_help_shows_examples_and_every_option() -> None:
    """Those of the action among them, as they are one declaration."""
    text = run("check", "--help").output
    assert "Examples:" in text
    for option in CHECK_OPTIONS:
        assert f"--{option.name}" in text


def test_names_its_version() -> None:
    """The distribution's."""
    assert run("--version").output.startswith("elqkit 0.")
