"""The commands of the how-to do what it shows."""

from __future__ import annotations

from pathlib import Path
import re

from click.testing import CliRunner
import pytest

from account_builders import CHEAP
from safelight.cli import main
from safelight.security import lockout, passwords

HOW_TO = (Path(__file__).parents[3] / "docs/how-to/accounts.md").read_text("utf-8")
SHOWN = re.findall(r"^\$ safelight (.+)\n((?:(?!\$ |```).+\n)*)", HOW_TO, re.MULTILINE)


def test_its_commands_print_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In their order, in one file; `…` stands for what is random."""
    monkeypatch.setattr(passwords, "_HASHER", CHEAP)
    environment = {"SAFELIGHT_USERS_FILE": str(tmp_path / "users.json")}
    assert len(SHOWN) > 8
    for command, shown in SHOWN:
        result = CliRunner().invoke(
            main, command.split(), input="four plain words here\n", env=environment
        )
        expected = re.escape(shown.replace("Password:\n", "")).replace("…", ".+")
        assert result.exit_code == 0, result.output
        assert re.fullmatch(expected, result.output), (command, result.output)


@pytest.mark.parametrize("brake", [lockout.ONE_BY_ONE, lockout.CLIENT, lockout.ACCOUNT])
def test_its_table_of_waits_is_true(brake: lockout.Brake) -> None:
    """Attempts, and the longest wait."""
    minutes = brake.longest_s / 60
    unit = "minute" if minutes == 1 else "minutes"
    assert f"| {brake.free} | {minutes:.0f} {unit} |" in HOW_TO
