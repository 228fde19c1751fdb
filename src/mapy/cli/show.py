"""`mapy show`: every tag of the pictures."""

from __future__ import annotations

from pathlib import Path
import sys

import click

import mapy
from mapy.cli import FINDING, OK
from mapy.errors import MapyError
from mapy.output.json import as_error, as_object, dumps, selected
from mapy.output.table import rows, shown
from mapy.web.actions import read_options

EXAMPLES = """
\b
Examples:
  mapy show photo.jpg
  mapy show --group GPS photo.jpg
  mapy show --json -n *.jpg > tags.json
"""


@click.command(epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "is_json", is_flag=True, help="Print a JSON array, one object a file.")
@read_options
def show(
    files: tuple[str, ...],
    *,
    is_json: bool,
    numeric: bool,
    group: str | None,
    tag: str | None,
) -> None:
    """Show the metadata of pictures.

    A file that cannot be read is named with the reason, the others are still shown, and the exit
    code is 1.
    """
    if is_json:
        sys.exit(_show_json(files, numeric=numeric, group=group, tag=tag))
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


def _show_json(files: tuple[str, ...], *, numeric: bool, group: str | None, tag: str | None) -> int:
    """Print the array as the files are read, so that thousands of them need no memory."""
    code = OK
    lead = "["
    for path in files:
        try:
            found = as_object(path, mapy.read(Path(path)), is_numeric=numeric, group=group, tag=tag)
        except MapyError as error:
            found = as_error(path, error.message, error.hint)
            code = FINDING
        click.echo(f"{lead}{dumps(found)}", nl=False)
        lead = ",\n"
    click.echo("]")
    return code
