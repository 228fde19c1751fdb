"""`mapy verify`: whether a copy is the one that its certificate is about."""

from __future__ import annotations

import sys

import click

from mapy.clean import certificate
from mapy.cli import FINDING, OK
from mapy.errors import MapyError, UnreadableFile
from mapy.limits import DEFAULT_LIMITS
from mapy.output.json import as_error
from mapy.output.table import shown
from mapy.source import PathSource

EXAMPLES = """
\b
Example:
  mapy verify picture.certificate.json picture.jpg
"""


@click.command(epilog=EXAMPLES)
@click.argument("cert", metavar="CERT")
@click.argument("file", metavar="FILE")
def verify(cert: str, file: str) -> None:
    """Check a copy against its certificate, without a network.

    The exit code is 1 if a byte of either was changed. A certificate shows changes; it is no
    signature, so it does not tell who made it.
    """
    try:
        said = _content(cert, certificate.MOST_BYTES)
        content = _content(file, DEFAULT_LIMITS.read_bytes)
    except MapyError as error:
        click.echo(as_error("", error.message, error.hint)["Error"])
        sys.exit(FINDING)
    faults = certificate.verify(said, content)
    click.echo(shown(file))
    for fault in faults:
        click.echo(f"  {fault}")
    if not faults:
        click.echo("  The file is the one of the certificate, and neither was changed.")
    sys.exit(FINDING if faults else OK)


def _content(path: str, most: int) -> bytes:
    """All of a file.

    Raises:
        UnreadableFile: there is none, or it is larger than `most`.
    """
    source = PathSource(path)
    try:
        if source.size > most:
            raise UnreadableFile("file.too-large", f"{path} is larger than can be checked.")
        return source.read_at(0, source.size)
    finally:
        source.close()
