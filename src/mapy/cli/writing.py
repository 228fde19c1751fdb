"""Writing what a command makes: into a file, or to the standard output."""

from __future__ import annotations

from pathlib import Path
import sys
from typing import TYPE_CHECKING

import click

from mapy.cli import FINDING, OK
from mapy.errors import UnreadableFile
from mapy.formats import recognise
from mapy.output.json import dumps
from mapy.reader import HEAD
from mapy.source import PathSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STDOUT = "-"


def write(target: str, pieces: Iterable[str]) -> None:
    """Write the pieces as UTF-8; `-` is the standard output.

    Raises:
        click.UsageError: a picture stands there, or the file cannot be written.
    """
    if target == STDOUT:
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode())
        sys.stdout.flush()
        return
    try:
        with Path(target).open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
    except OSError as error:
        raise click.UsageError(f"{target} could not be written: {error.strerror}.") from None


def print_array(objects: Iterable[Mapping[str, object]]) -> int:
    """Print a JSON array while its objects are made, so that thousands of them need no memory.

    Returns the exit code: whether one of them tells of an error.
    """
    code = OK
    lead = "["
    for each in objects:
        if "Error" in each:
            code = FINDING
        click.echo(f"{lead}{dumps(each)}", nl=False)
        lead = ",\n"
    click.echo("]")
    return code


def check_target(target: str) -> None:
    """Refuse to write over a picture, before anything is read.

    `mapy check --sarif a.jpg b.jpg` is a slip that would cost the picture.

    Raises:
        click.UsageError: a picture stands there.
    """
    if target == STDOUT or not Path(target).is_file():
        return
    try:
        source = PathSource(target)
    except UnreadableFile:
        return
    try:
        head = source.read_at(0, min(source.size, HEAD))
    finally:
        source.close()
    if recognise(head) is not None:
        raise click.UsageError(f"{target} is a picture. It is not written over: name another file.")
