"""The reference and the manual pages of the command lines are those of the commands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import commands

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = {
    context.command_path: commands.markdown(program)
    for program in commands.PROGRAMS
    for _, context in commands.sections(program)
}


@pytest.mark.parametrize("path", commands.written(), ids=lambda path: path.name)
def test_the_pages_are_those_of_the_commands(path: Path) -> None:
    """Made anew with `python tools/commands.py`."""
    assert path.read_text(encoding="utf-8") == commands.written()[path]


@pytest.mark.parametrize("command", SECTIONS)
def test_every_command_shows_examples(command: str) -> None:
    """A command that can be copied says more than a list of options."""
    section = SECTIONS[command].partition(f"## `{command}`")[2].partition("\n## ")[0]
    assert re.search(rf"Examples?:\n    (\w+=\S+ )*{command}", section)
    assert f"Usage: {command} " in section


@pytest.mark.parametrize("program", commands.PROGRAMS, ids=lambda program: program.name)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes(shell: str, program: commands.Program) -> None:
    """The line of the page gives a script."""
    variable = f"_{program.name.upper()}_COMPLETE"
    assert f"{variable}={shell}_source {program.name}" in commands.markdown(program)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from {program.name}.cli import main; main(prog_name='{program.name}')",
        ],
        env={**os.environ, variable: f"{shell}_source"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"{variable}=" in done.stdout


@pytest.mark.parametrize("program", commands.PROGRAMS, ids=lambda program: program.name)
def test_a_manual_page_names_every_command_and_escapes_what_troff_would_run(
    program: commands.Program,
) -> None:
    """A line that begins with a dot or a quote is a request of troff."""
    page = commands.manual(program)
    requests = {line.split(" ")[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert requests <= {".TH", ".SH", ".SS", ".TP", ".B", ".PP", ".nf", ".fi"}
    for _, context in commands.sections(program):
        assert f".SS {context.command_path} " in page
