"""The command line of ElqKit. One command a module; each is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

OK, FINDING = 0, 1
"""Exit codes: all went well; something was found or refused. Wrong usage is click's 2."""

COMMANDS = ("check", "submit", "authorize", "mock")
"""The commands, in the order of the help: each is the function of its name in its own module."""

EXAMPLES = """
\b
Examples:
  elqkit check people.csv
  elqkit check people.csv --json > report.json
  elqkit mock
  elqkit submit people.csv --form newsletter --mock --dry-run
"""


class _Commands(click.Group):
    """Loads a command's module when it is named: `elqkit mock` does not pay for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"elqkit.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None


@click.group(
    cls=_Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="safelight", prog_name="elqkit", message="%(prog)s %(version)s")
def main() -> None:
    """Check CSV files before their rows go to Oracle Eloqua, and rehearse with a local one."""
