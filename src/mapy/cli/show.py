"""`mapy show`: every tag of the pictures."""

from __future__ import annotations

from pathlib import Path
import sys
from typing import TYPE_CHECKING

import click

import mapy
from mapy.cli import FINDING, OK
from mapy.cli.writing import STDOUT, print_array, write
from mapy.errors import MapyError
from mapy.output.json import as_error, as_object, selected
from mapy.output.table import rows, shown
from mapy.web.actions import read_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.batch import Unread
    from mapy.model import Metadata
    from mapy.tags.definition import Value

EXAMPLES = """
\b
Examples:
  mapy show photo.jpg
  mapy show --group GPS photo.jpg
  mapy show --json -n *.jpg > tags.json
  mapy show --csv *.jpg > tags.csv
"""


@click.command(epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "is_json", is_flag=True, help="Print a JSON array, one object a file.")
@click.option("--csv", "is_csv", is_flag=True, help="Print a CSV table, one row a tag.")
@read_options
def show(
    files: tuple[str, ...],
    *,
    is_json: bool,
    is_csv: bool,
    numeric: bool,
    group: str | None,
    tag: str | None,
) -> None:
    """Show the metadata of pictures.

    A file that cannot be read is named with the reason, the others are still shown, and the exit
    code is 1.
    """
    if is_json and is_csv:
        raise click.UsageError("Either --json or --csv.")
    if is_csv:
        sys.exit(_show_csv(files, numeric=numeric, group=group, tag=tag))
    if is_json:
        sys.exit(print_array(_objects(files, numeric=numeric, group=group, tag=tag)))
    code = OK
    for number, path in enumerate(files):
        if number:
            click.echo()
        click.echo(shown(path))
        try:
            metadata = mapy.read(Path(path))  # never an address
        except MapyError as error:
            click.echo(f"  {as_error(path, error.message, error.hint)['Error']}")
            code = FINDING
            continue
        for line in rows(selected(metadata, group, tag), is_numeric=numeric):
            click.echo(line)
        for problem in metadata.problems:
            click.echo(f"  Problem at byte {problem.span.offset}: {problem.message}")
    sys.exit(code)


def _objects(
    files: tuple[str, ...], *, numeric: bool, group: str | None, tag: str | None
) -> Iterator[dict[str, Value]]:
    for path in files:
        try:
            metadata = mapy.read(Path(path))
            yield as_object(path, metadata, is_numeric=numeric, group=group, tag=tag)
        except MapyError as error:
            yield as_error(path, error.message, error.hint)


def _show_csv(files: tuple[str, ...], *, numeric: bool, group: str | None, tag: str | None) -> int:
    """Print the table as the files are read."""
    from mapy.batch import Unread  # noqa: PLC0415 - few ask for it
    from mapy.output import csv  # noqa: PLC0415 - as above

    unread: list[str] = []

    def read_each() -> Iterator[tuple[str, Metadata | Unread]]:
        for path in files:
            try:
                yield path, mapy.read(Path(path))  # never an address
            except MapyError as error:
                unread.append(path)
                yield path, Unread(error.code, error.message, error.hint)

    write(STDOUT, csv.of_tags(read_each(), is_numeric=numeric, group=group, tag=tag))
    return FINDING if unread else OK
