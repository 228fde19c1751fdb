"""`mapy diff`: what two or more pictures have in common, and what not."""

from __future__ import annotations

import json
from pathlib import Path
import sys
from typing import TYPE_CHECKING

import click

from mapy.batch import Unread, read_each
from mapy.batch.comparison import Comparison, bounded, compared
from mapy.cli import FINDING, OK
from mapy.output.json import as_object
from mapy.output.table import shown
from mapy.web.actions import read_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.batch.comparison import Values
    from mapy.tags.definition import Value

EXAMPLES = """
\b
Examples:
  mapy diff original.jpg published.jpg
  mapy diff --group GPS *.jpg
  mapy diff --json a.jpg b.jpg c.jpg
"""
FEWEST = 2


@click.command(epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="A B...")
@click.option("--json", "is_json", is_flag=True, help="Print the comparison as JSON.")
@click.option("--same", "with_same", is_flag=True, help="Show what is the same, too.")
@read_options
def diff(
    files: tuple[str, ...],
    *,
    is_json: bool,
    with_same: bool,
    numeric: bool,
    group: str | None,
    tag: str | None,
) -> None:
    """Compare the metadata of two or more pictures.

    The exit code is 0 if all have the same tags with the same values, 1 if not. A file that cannot
    be read is named with the reason, the others are still compared, and the exit code is 1.
    """
    if len(files) < FEWEST:
        raise click.UsageError("Name two files or more to compare.")
    objects: list[tuple[str, dict[str, Value]]] = []
    unread: list[tuple[str, Unread]] = []
    for path, metadata in read_each(Path(file) for file in files):
        name = str(path)
        if isinstance(metadata, Unread):
            unread.append((name, metadata))
            continue
        values = as_object(name, metadata, is_numeric=numeric, group=group, tag=tag)
        objects.append((name, bounded(values)))
    comparison = compared(objects)
    if is_json:
        click.echo(_json(comparison, unread))
    else:
        for line in lines(comparison, with_same=with_same):
            click.echo(line)
    for name, reason in unread:
        click.echo(f"{shown(name)}: {reason}", err=True)
    sys.exit(OK if comparison.is_same and not unread else FINDING)


def _json(comparison: Comparison, unread: list[tuple[str, Unread]]) -> str:
    """The comparison as `schema/diff.schema.json` has it."""
    found = {
        "Files": comparison.names,
        "Same": comparison.same,
        "Different": comparison.different,
        "Missing": comparison.missing,
        "Errors": [{"SourceFile": name, "Error": str(reason)} for name, reason in unread],
    }
    return json.dumps(found, indent=2)


def lines(comparison: Comparison, *, with_same: bool = False) -> Iterator[str]:
    """The files with a number each, then the tags, by what they have in common."""
    width = len(str(len(comparison.names)))
    for number, name in enumerate(comparison.names, 1):
        yield f"{number:>{width}}  {shown(name)}"
    yield ""
    yield (
        f"Tags: {len(comparison.same)} the same, {len(comparison.different)} different,"
        f" {len(comparison.missing)} not in every file."
    )
    if with_same and comparison.same:
        yield from ("", "The same")
        longest = max(map(len, comparison.same))
        for key, value in comparison.same.items():
            yield f"  {shown(key):<{longest}}  {shown(value)}".rstrip()
    for title, part in (("Different", comparison.different), ("Missing", comparison.missing)):
        if part:
            yield from ("", title)
            for key, values in part.items():
                yield f"  {shown(key)}"
                yield from _by_value(values)


def _by_value(values: Values) -> Iterator[str]:
    """A line for each value, with the numbers of the files that have it."""
    numbers: dict[str, list[str]] = {}
    for number, value in enumerate(values, 1):
        numbers.setdefault(json.dumps(value), []).append(str(number))
    width = max(len(" ".join(those)) for those in numbers.values())
    for value, those in numbers.items():
        text = "(none)" if value == _NONE else shown(json.loads(value))
        yield f"    {' '.join(those):>{width}}  {text}".rstrip()


_NONE = json.dumps(None)
