"""The reference page of the commands, made from them: `python -m mapy.cli.reference`."""

from __future__ import annotations

import sys

import click

from mapy.cli import COMMANDS, main

_WIDTH = 100
_HEAD = """\
# Commands of MAPy

Made from the commands by `python -m mapy.cli.reference > docs/reference/commands.md`.

| exit code | means |
| --- | --- |
| 0 | Done. |
| 1 | Something was found or refused, or a file could not be read; the others were still done. |
| 2 | Wrong usage: nothing was done. |

No command changes a file that it reads, and none opens a network connection.
"""
_COMPLETION = """\
## Completion

The shell completes commands and options after one line in its start file:

| shell | line |
| --- | --- |
| Bash (`~/.bashrc`) | `eval "$(_MAPY_COMPLETE=bash_source mapy)"` |
| Zsh (`~/.zshrc`) | `eval "$(_MAPY_COMPLETE=zsh_source mapy)"` |
| Fish (`~/.config/fish/completions/mapy.fish`) | `_MAPY_COMPLETE=fish_source mapy \\| source` |
"""


def page() -> str:
    """The whole page, as Markdown."""
    parts = [_HEAD]
    with click.Context(main, info_name="mapy", **main.context_settings) as parent:
        for name in COMMANDS:
            command = main.get_command(parent, name)
            if command is None:
                continue
            with click.Context(
                command, parent, f"mapy {name}", terminal_width=_WIDTH, max_content_width=_WIDTH
            ) as context:
                parts.append(f"## `mapy {name}`\n\n```text\n{_help(command, context)}\n```\n")
    return "\n".join([*parts, _COMPLETION])


def _help(command: click.Command, context: click.Context) -> str:
    formatter = click.HelpFormatter(width=_WIDTH, max_width=_WIDTH)
    command.format_help(context, formatter)
    text = formatter.getvalue().replace("mapy mapy ", "mapy ")
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


if __name__ == "__main__":
    sys.stdout.write(page())
