"""`elqkit check`: what is wrong with a CSV file, before anything is sent."""

from __future__ import annotations

from dataclasses import replace
import os
from pathlib import Path
import sys

import click

from elqkit.cli import FINDING, OK
from elqkit.cli.reading import write_new
from elqkit.output.json import dumps
from elqkit.output.text import lines
from elqkit.table.limits import MAX_BYTES, MAX_STREAM_BYTES, MAX_STREAM_ROWS, Limits
from elqkit.table.reading import ReadOptions
from elqkit.table.report import Report, check_file
from elqkit.table.signatures import WORKBOOK
from elqkit.table.streaming import check_stream
from elqkit.web.actions import check_options

EXAMPLES = """
\b
Examples:
  elqkit check people.csv
  elqkit check people.csv --encoding cp1252 --delimiter semicolon
  elqkit check people.csv --json > report.json
"""


@click.command(epilog=EXAMPLES)
@click.argument(
    "file", metavar="FILE.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--json", "is_json", is_flag=True, help="Print the whole report as JSON.")
@check_options
@click.option(
    "--support",
    type=click.Path(path_type=Path),
    help="Write what helps others to help there: shapes and counts, no names and no values.",
)
@click.option(
    "--max-bytes",
    type=click.IntRange(min=1),
    default=MAX_STREAM_BYTES,
    envvar="ELQKIT_MAX_CSV_BYTES",
    show_default=True,
    show_envvar=True,
    help="The most bytes that are read; a large file is read as a stream.",
)
def check(
    file: Path,
    *,
    is_json: bool,
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
    support: Path | None,
    max_bytes: int,
) -> None:
    """Check a CSV file: encoding, delimiter, columns, and every problem with line and column.

    Nothing is sent anywhere. The exit code is 0 if nothing blocks the file, 1 if something does,
    and 2 if the command was not understood.
    """
    if support is not None and support.exists():
        raise click.UsageError(f"{support} is there already. Nothing is overwritten.")
    options = ReadOptions(encoding, delimiter, Limits(max_bytes=max_bytes), sheet or "")
    report = _report(file, options)
    if support is not None:
        # Few ask for it, and it knows of forms and runs.
        from elqkit.output import support as bundle  # noqa: PLC0415

        write_new(support, [bundle.dumps(bundle.support(report))])
    if is_json:
        click.echo(dumps(report))
    else:
        for line in lines(report):
            click.echo(line)
    sys.exit(OK if report.is_usable else FINDING)


def _report(file: Path, options: ReadOptions) -> Report:
    """The report: of a small file in memory, of a large one as a stream.

    Raises:
        ClickException: the file cannot be read.
    """
    max_bytes = options.limits.max_bytes
    try:
        with file.open("rb") as source:
            size_bytes = os.fstat(source.fileno()).st_size
            is_small = size_bytes <= min(MAX_BYTES, max_bytes)
            if is_small or not source.seekable() or file.suffix.lower() == WORKBOOK:
                return check_file(source.read(max_bytes + 1), file.name, options)
            limits = replace(options.limits, max_rows=MAX_STREAM_ROWS)
            return check_stream(source, size_bytes, file.name, replace(options, limits=limits))
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}.") from None
