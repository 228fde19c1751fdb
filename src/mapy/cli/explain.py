"""`mapy explain`: what the pictures give away, in plain sentences."""

from __future__ import annotations

from pathlib import Path
import sys
from typing import TYPE_CHECKING

import click

import mapy
from mapy.batch import Unread, explained
from mapy.cli import FINDING, OK
from mapy.cli.writing import check_target, print_array, write
from mapy.decoding.glance import greys
from mapy.errors import MapyError
from mapy.explain.facts import Facts
from mapy.explain.finding import Weight
from mapy.explain.json_object import as_object
from mapy.explain.summary import Summary, summary_of
from mapy.explain.timeline import timeline_of
from mapy.output.json import as_error
from mapy.output.table import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapy.explain.finding import Finding
    from mapy.explain.timeline import Entry
    from mapy.model import Metadata

EXAMPLES = """
\b
Examples:
  mapy explain photo.jpg
  mapy explain --json *.jpg > findings.json
  mapy explain --html report.html *.jpg
"""
HEADINGS = {
    Weight.HIGH: "High: it can lead to a person or a place",
    Weight.LOOK: "Worth a look",
    Weight.NOTE: "Note",
}


@click.command(epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "is_json", is_flag=True, help="Print a JSON array, one object a file.")
@click.option("--html", "html_path", metavar="F", help="Write a page to print; - to print it here.")
def explain(files: tuple[str, ...], *, is_json: bool, html_path: str | None) -> None:
    """Tell what pictures give away, why it matters, and what removes it.

    A finding is information, so the exit code is 0; it is 1 if a file could not be read.
    To refuse pictures by a rule, use `mapy check`.
    """
    if html_path is not None:
        if is_json:
            raise click.UsageError("Either --json or --html.")
        sys.exit(_as_html(files, html_path))
    sys.exit(print_array(_objects(files)) if is_json else _as_text(files))


def _as_html(files: tuple[str, ...], target: str) -> int:
    """Write the report, one file at a time."""
    from mapy.output.report import Picture, pieces  # noqa: PLC0415 - few ask for it

    unread: list[str] = []

    def pictures() -> Iterator[Picture]:
        for path in files:
            try:
                yield Picture(path, *_explained(path))
            except MapyError as error:
                unread.append(path)
                yield Picture(path, Unread(error.code, error.message, error.hint))

    check_target(target)
    write(target, pieces(pictures()))
    return FINDING if unread else OK


def _objects(files: tuple[str, ...]) -> Iterator[Mapping[str, object]]:
    for path in files:
        try:
            yield as_object(path, *_explained(path))
        except MapyError as error:
            yield as_error(path, error.message, error.hint)


def _as_text(files: tuple[str, ...]) -> int:
    """Print what was found of each file, by weight."""
    code = OK
    for number, path in enumerate(files):
        if number:
            click.echo()
        click.echo(shown(path))
        try:
            metadata, findings = _explained(path)
            _print(summary_of(Facts(metadata), findings), findings, timeline_of(metadata))
        except MapyError as error:
            click.echo(f"  {as_error(path, error.message, error.hint)['Error']}")
            code = FINDING
    return code


def _print(summary: Summary, findings: tuple[Finding, ...], steps: tuple[Entry, ...]) -> None:
    click.echo(f"  {summary.headline}")
    for line in (summary.place, summary.time, summary.camera):
        if line is not None:
            click.echo(f"  {line}")
    for weight, heading in HEADINGS.items():
        of_weight = [each for each in findings if each.weight is weight]
        if of_weight:
            click.echo(f"\n  {heading}")
        for each in of_weight:
            click.echo(f"    {each.what}")
            click.echo(f"      Why: {each.why}")
            click.echo(f"      What removes it: {each.removal}")
    if steps:
        click.echo("\n  History, by the file's own word")
    for step in steps:
        when = f"{step.when:%Y-%m-%d %H:%M:%S}" if step.when is not None else "(no time)"
        by = f", {step.software}" if step.software else ""
        click.echo(f"    {when:19}  {step.what}{by} ({step.standing.value})")


def _explained(path: str) -> tuple[Metadata, tuple[Finding, ...]]:
    """A file's metadata and findings.

    Raises:
        MapyError: it cannot be read.
    """
    metadata = mapy.read(Path(path))  # never an address
    return metadata, explained(Path(path), metadata, greys)
