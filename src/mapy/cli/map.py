"""`mapy map`: where the pictures were taken, as a file for a map."""

from __future__ import annotations

from pathlib import Path
import sys
from typing import TYPE_CHECKING

import click

from mapy.batch import Folder, facts_of_each
from mapy.cli import FINDING, OK
from mapy.cli.writing import STDOUT, check_target, write
from mapy.output.exports import EXPORTS
from mapy.output.table import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapy.batch import Facts

EXAMPLES = """
\b
Examples:
  mapy map photo.jpg -o place.html
  mapy map ~/Pictures -o places.geojson
  mapy map a.jpg b.jpg -o - --format gpx | gpsbabel ...
"""


@click.command(epilog=EXAMPLES)
@click.argument("paths", nargs=-1, required=True, metavar="FILE|DIR...")
@click.option(
    "-o", "--output", "target", required=True, metavar="F", help="The file to write; - to print."
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(EXPORTS)),
    help="The format, where the file's name does not tell it.",
)
def map(  # noqa: A001 - the command's name
    paths: tuple[str, ...], *, target: str, format_name: str | None
) -> None:
    """Write where the pictures were taken: a page with a map, GeoJSON, GPX, KML or CSV.

    Folders are searched with all folders in them. Nothing is asked of any map on the network. A
    file that cannot be read is named at the end with the reason, and the exit code is 1.
    """
    export = EXPORTS[_format(target, format_name)]
    check_target(target)
    folder = Folder(Path(path) for path in paths)
    counted = _Counted(facts_of_each(folder, with_findings=export.needs_findings))
    write(target, export.writer()(counted))
    for file in counted.unread:
        click.echo(f"{shown(file.name)}: {file.error}", err=True)
    for path in folder.unopened:
        click.echo(f"{shown(str(path))}: This folder could not be opened.", err=True)
    click.echo(_ending(counted, folder), err=True)
    sys.exit(FINDING if counted.unread or folder.unopened else OK)


class _Counted:
    """Counts the facts that pass through it, and keeps those of files that could not be read."""

    def __init__(self, facts: Iterable[Facts]) -> None:
        self._facts = facts
        self.files = 0
        self.placed = 0
        self.unread: list[Facts] = []

    def __iter__(self) -> Iterator[Facts]:
        for file in self._facts:
            self.files += 1
            self.placed += file.position is not None
            if file.error is not None:
                self.unread.append(file)
            yield file


def _ending(counted: _Counted, folder: Folder) -> str:
    """The counts in a sentence."""
    counts = f"Files read: {counted.files - len(counted.unread)}. With a place: {counted.placed}."
    if counted.unread:
        counts += f" Unreadable: {len(counted.unread)}."
    if folder.passed_over:
        counts += f" Passed over, because they are no pictures: {folder.passed_over}."
    return counts


def _format(target: str, format_name: str | None) -> str:
    """The format that is asked for, or that the file's name ends with.

    Raises:
        click.UsageError: neither names a format.
    """
    name = format_name or ("" if target == STDOUT else Path(target).suffix.lower().lstrip("."))
    if name not in EXPORTS:
        formats = ", ".join(EXPORTS)
        raise click.UsageError(
            f"Which format? Give --format, or a file name that ends with one of: {formats}."
        )
    return name
