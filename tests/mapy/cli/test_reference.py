"""The reference page of the commands."""

from __future__ import annotations

import os
from pathlib import Path
import re
import subprocess
import sys

import pytest

from mapy.cli import COMMANDS, main
from mapy.cli.reference import page

ROOT = Path(__file__).parents[3]


def test_the_page_is_that_of_the_commands() -> None:
    """Made anew with `python -m mapy.cli.reference > docs/reference/commands.md`."""
    assert (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_examples(name: str) -> None:
    """A command that can be copied says more than a list of options."""
    section = page().partition(f"## `mapy {name}`")[2].partition("\n## ")[0]
    assert re.search(rf"Examples?:\n    mapy {name} ", section)
    assert f"Usage: mapy {name} " in section


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes(shell: str) -> None:
    """The line of the page gives a script."""
    assert f"_MAPY_COMPLETE={shell}_source mapy" in page()
    assert main.name == "main"
    done = subprocess.run(
        [sys.executable, "-c", "from mapy.cli import main; main(prog_name='mapy')"],
        env={**os.environ, "_MAPY_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "_MAPY_COMPLETE=" in done.stdout
