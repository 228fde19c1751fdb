"""Write the reference and the manual pages of the command lines, from the commands themselves.

    python tools/commands.py

Writes `docs/reference/<program>-commands.md` and `docs/man/<program>.1` for each program. A test
holds them against the commands, so run this whenever a command or an option has changed.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
import re
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
WIDTH = 100


class Program(NamedTuple):
    """One command line."""

    name: str
    title: str
    promise: str
    """What holds for every command of it."""


PROGRAMS = (
    Program(
        "safelight", "Commands of the workbench", "No command opens a connection of its own accord."
    ),
    Program(
        "mapy",
        "Commands of MAPy",
        "No command changes a file that it reads, and none opens a network connection.",
    ),
    Program(
        "elqkit",
        "Commands of ElqKit",
        "No command sends a row before it was checked. A connection is opened to Eloqua alone.",
    ),
)
EXIT_CODES = (
    ("0", "Done."),
    ("1", "Something was found or refused, or a file could not be read; the others were done."),
    ("2", "Wrong usage: nothing was done."),
)
SHELLS = (
    ("Bash (`~/.bashrc`)", 'eval "$(_{upper}_COMPLETE=bash_source {name})"'),
    ("Zsh (`~/.zshrc`)", 'eval "$(_{upper}_COMPLETE=zsh_source {name})"'),
    (
        "Fish (`~/.config/fish/completions/{name}.fish`)",
        "_{upper}_COMPLETE=fish_source {name} \\| source",
    ),
)


class Section(NamedTuple):
    """A command with the context that knows its full name."""

    command: click.Command
    context: click.Context


def sections(program: Program) -> Iterator[Section]:
    """Every command that does something, groups of commands opened."""
    main = import_module(f"{program.name}.cli").main
    yield from _below(main, _context(main, None, program.name))


def _below(command: click.Command, context: click.Context) -> Iterator[Section]:
    if not isinstance(command, click.Group):
        yield Section(command, context)
        return
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        if inner is not None:
            yield from _below(inner, _context(inner, context, name))


def _context(command: click.Command, parent: click.Context | None, name: str) -> click.Context:
    """Of a terminal that is as wide as our pages, whatever the one is that this runs in."""
    width = {"terminal_width": WIDTH, "max_content_width": WIDTH}
    return click.Context(command, parent, name, **{**command.context_settings, **width})


def markdown(program: Program) -> str:
    """The page of the reference."""
    codes = "\n".join(f"| {code} | {meaning} |" for code, meaning in EXIT_CODES)
    parts = [
        f"# {program.title}\n",
        "Written by `tools/commands.py`; change nothing here by hand.\n",
        f"| exit code | means |\n| --- | --- |\n{codes}\n\n{program.promise}\n",
    ]
    for command, context in sections(program):
        text = _help(command, context)
        parts.append(f"## `{context.command_path}`\n\n```text\n{text}\n```\n")
    names = {"name": program.name, "upper": program.name.upper()}
    shells = "\n".join(
        f"| {shell.format(**names)} | `{line.format(**names)}` |" for shell, line in SHELLS
    )
    parts.append(
        "## Completion\n\nThe shell completes commands and options after one line in its start"
        f" file:\n\n| shell | line |\n| --- | --- |\n{shells}\n"
    )
    return "\n".join(parts)


def _help(command: click.Command, context: click.Context) -> str:
    formatter = click.HelpFormatter(width=WIDTH, max_width=WIDTH)
    command.format_help(context, formatter)
    return "\n".join(line.rstrip() for line in formatter.getvalue().strip().splitlines())


def manual(program: Program) -> str:
    """The manual page, in the macros of `man`."""
    main = import_module(f"{program.name}.cli").main
    parts = [
        f'.TH {program.name.upper()} 1 "" Safelight "{program.title}"',
        f".SH NAME\n{program.name} \\- {_roff(_first_line(main))}",
        f".SH SYNOPSIS\n.B {program.name}\n[OPTIONS] COMMAND [ARGUMENTS]",
        f".SH DESCRIPTION\n{_roff(program.promise)}",
        ".SH COMMANDS",
        *(_manual_of(*section) for section in sections(program)),
        ".SH EXIT STATUS",
        *(f".TP\n.B {code}\n{_roff(meaning)}" for code, meaning in EXIT_CODES),
    ]
    return "\n".join(parts) + "\n"


def _manual_of(command: click.Command, context: click.Context) -> str:
    """A command: its usage, what it does, its options, its examples."""
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [f".SS {_roff(context.command_path)} {_roff(usage)}"]
    lines.append("\n.PP\n".join(_roff(each) for each in _paragraphs(command.help or "")))
    for option in command.get_params(context):
        record = option.get_help_record(context)
        if record is not None and record[1]:
            lines.append(f".TP\n.B {_roff(record[0])}\n{_roff(record[1])}")
    if command.epilog:
        example = _roff(re.sub(r"^\s*\x08\n?", "", command.epilog).strip())
        lines.append(f".PP\n.nf\n{example}\n.fi")
    return "\n".join(lines)


def _paragraphs(text: str) -> Iterator[str]:
    """The text's paragraphs; a line break in one is a blank."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        yield " ".join(paragraph.replace("\x08", "").split())


def _first_line(command: click.Command) -> str:
    return (command.help or "").strip().partition("\n")[0]


def _roff(text: str) -> str:
    """Text with what has a meaning in a manual page escaped."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"(?m)^([.'])", r"\\&\1", escaped)


def written() -> dict[Path, str]:
    """What each file should hold."""
    return {
        path: text
        for program in PROGRAMS
        for path, text in (
            (ROOT / f"docs/reference/{program.name}-commands.md", markdown(program)),
            (ROOT / f"docs/man/{program.name}.1", manual(program)),
        )
    }


if __name__ == "__main__":
    for target, content in written().items():
        target.parent.mkdir(exist_ok=True)
        target.write_text(content, encoding="utf-8")
