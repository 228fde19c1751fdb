"""`mapy check`: a gate for pictures that are about to be published."""

from __future__ import annotations

import json
from pathlib import Path
import sys
from typing import TYPE_CHECKING

import click

from mapy.batch import Folder, Unread
from mapy.check import DEFAULT, Judge, Outcome, junit, load, sarif, text
from mapy.check.json import as_object
from mapy.cli import FINDING, OK
from mapy.cli.writing import STDOUT, check_target, write
from mapy.errors import UnusablePolicy

if TYPE_CHECKING:
    from mapy.check import Policy

EXAMPLES = """
\b
Examples:
  mapy check photo.jpg
  mapy check assets --policy pictures.toml
  mapy check . --sarif mapy.sarif --junit mapy.xml
"""


@click.command(epilog=EXAMPLES)
@click.argument("paths", nargs=-1, required=True, metavar="FILE|DIR...")
@click.option("--policy", "policy_path", metavar="F", help="What may pass: TOML or YAML.")
@click.option("--sarif", "sarif_path", metavar="F", help="Write SARIF 2.1.0, too; - to print.")
@click.option("--junit", "junit_path", metavar="F", help="Write JUnit XML, too; - to print.")
@click.option("--json", "is_json", is_flag=True, help="Print a JSON array, one object a file.")
@click.option(
    "--values", "with_values", is_flag=True, help="Tell what the files say. Logs keep that, too."
)
def check(
    paths: tuple[str, ...],
    *,
    policy_path: str | None,
    sarif_path: str | None,
    junit_path: str | None,
    is_json: bool,
    with_values: bool,
) -> None:
    """Fail if a picture gives away what a policy forbids.

    Without a policy high findings fail, and those worth a look warn. No value of a file is printed,
    only rules and names of tags. The exit code is 0 if all pass, 1 if a file fails or cannot be
    read, 2 for wrong usage, an unusable policy among it.
    """
    targets = [target for target in (sarif_path, junit_path) if target is not None]
    if targets.count(STDOUT) + is_json > 1:
        raise click.UsageError("Only one report can be printed. Name a file for the others.")
    for target in targets:
        check_target(target)
    judge = Judge(_policy(policy_path), with_values=with_values)
    is_printed = is_json or STDOUT in targets
    outcomes = _outcomes(judge, paths, is_err=is_printed)
    if is_json:
        write(STDOUT, (json.dumps([as_object(each) for each in outcomes], indent=2), "\n"))
    if sarif_path is not None:
        write(sarif_path, sarif.pieces(outcomes, _version()))
    if junit_path is not None:
        write(junit_path, junit.pieces(outcomes))
    sys.exit(FINDING if any(outcome.fails for outcome in outcomes) else OK)


def _policy(path: str | None) -> Policy:
    """The policy of a file, or the default one.

    Raises:
        click.UsageError: it cannot be used.
    """
    if path is None:
        return DEFAULT
    try:
        return load(Path(path))
    except UnusablePolicy as error:
        raise click.UsageError(f"{error.message} {error.hint}".rstrip()) from None


def _outcomes(judge: Judge, paths: tuple[str, ...], *, is_err: bool) -> list[Outcome]:
    """Every outcome, said as it comes."""
    folder = Folder(Path(path) for path in paths)
    outcomes: list[Outcome] = []
    for outcome in judge.outcomes(folder):
        outcomes.append(outcome)
        for line in text.lines(outcome):
            click.echo(line, err=is_err)
    for path in folder.unopened:
        closed = Unread("folder.not-opened", "This folder could not be opened.")
        outcomes.append(Outcome(str(path), error=closed))
        click.echo(next(text.lines(outcomes[-1])), err=is_err)
    click.echo(text.ending(outcomes), err=is_err)
    return outcomes


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - for a report only

    return version("safelight")
