"""`mapy clean`: copies of pictures without what they give away."""

from __future__ import annotations

from pathlib import Path
import sys
from typing import TYPE_CHECKING

import click

import mapy
from mapy.clean.pixels import Unproven
from mapy.clean.policy import PRESETS, Coarsen, Policy, UnknownChoice, policy_of
from mapy.clean.saving import save
from mapy.cli import FINDING, OK
from mapy.cli.writing import print_array
from mapy.errors import MapyError
from mapy.output.json import as_error
from mapy.output.table import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapy.clean import Cleaned
    from mapy.tags.definition import Value

EXAMPLES = """
\b
Examples:
  mapy clean photo.jpg
  mapy clean --keep orientation,colour,copyright -o clean *.jpg
  mapy clean --remove place photo.jpg
  mapy clean --coarsen city --certificate photo.jpg

\b
Presets:
""" + "\n".join(f"  {name:9} {preset.summary}" for name, preset in PRESETS.items())


@click.command(epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    help="Write the copies there; else beside each file. Made if it is not there.",
)
@click.option("--preset", default="", metavar="NAME", help="What the picture is for; see below.")
@click.option(
    "--keep",
    metavar="LIST",
    help="What may stay: orientation, colour, copyright, creator; or none. "
    "Orientation and colour, unless given.",
)
@click.option(
    "--remove",
    metavar="LIST",
    help="What goes: everything, or only place, person, device, time, history, picture, origin, "
    "name. Makers' notes and other blocks that may hold copies go with any of them.",
)
@click.option(
    "--coarsen",
    type=click.Choice([each.value for each in Coarsen]),
    help="Tell the place less exactly, instead of not at all.",
)
@click.option("--certificate", "certify", is_flag=True, help="Write a certificate for each copy.")
@click.option("--json", "is_json", is_flag=True, help="Print a JSON array, one object a file.")
def clean(
    files: tuple[str, ...],
    *,
    folder: str | None,
    preset: str,
    keep: str | None,
    remove: str | None,
    coarsen: str | None,
    certify: bool,
    is_json: bool,
) -> None:
    """Make clean copies of pictures, without touching the pictures or their pixels.

    A copy is called picture, with a number if need be: the name of the original may tell of you.
    Nothing is written over. A file that cannot be cleaned is named with the reason, the others are
    still cleaned, and the exit code is 1.
    """
    try:
        policy = policy_of(preset, keep, remove, coarsen)
    except UnknownChoice as error:
        raise click.UsageError(f"--{error}") from None
    if folder is not None:
        _make(folder)
    done = (
        _cleaned(path, Path(folder or Path(path).parent), policy, certify=certify) for path in files
    )
    sys.exit(print_array(done) if is_json else _tell_each(done))


def _tell_each(done: Iterable[dict[str, Value]]) -> int:
    """Print what was done with the files; returns the exit code."""
    code = OK
    for found in done:
        if "Error" in found:
            code = FINDING
        _tell(found)
    return code


def _make(folder: str) -> None:
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"{folder} is no folder to write to: {error.strerror}.") from None


def _cleaned(path: str, folder: Path, policy: Policy, *, certify: bool) -> dict[str, Value]:
    """Clean one file and write the copy; what was done, or why not."""
    try:
        cleaned = mapy.clean(Path(path), policy=policy)  # never an address
        return {"SourceFile": path, **_written(cleaned, folder, certify=certify), **_done(cleaned)}
    except MapyError as error:
        return as_error(path, error.message, error.hint)
    except OSError as error:
        return as_error(path, f"The copy could not be written: {error.strerror}.", "")


def _written(cleaned: Cleaned, folder: Path, *, certify: bool) -> dict[str, Value]:
    """Write the copy and its certificate; where they stand. A file that stays needs no copy."""
    written: dict[str, Value] = {}
    stem = Path(cleaned.name).stem
    if not cleaned.policy.changes_nothing:
        target = save(cleaned.content, folder, cleaned.name)
        written["Copy"], stem = str(target), target.stem
    if certify or cleaned.policy.changes_nothing:
        certificate = save(cleaned.certificate(), folder, f"{stem}.certificate.json")
        written["Certificate"] = str(certificate)
    return written


def _done(cleaned: Cleaned) -> dict[str, Value]:
    pixels = cleaned.pixels
    return {
        "Removed": list(cleaned.removed),
        "Kept": list(cleaned.kept),
        "Coarsened": list(cleaned.coarsened),
        "Stuck": [f"{key}: {reason}" for key, reason in cleaned.stuck.items()],
        "Warnings": [str(warning) for warning in cleaned.warnings],
        "Pixels": str(pixels.reason)
        if isinstance(pixels, Unproven)
        else "The decoded pixels are the same.",
    }


def _tell(found: dict[str, Value]) -> None:
    """Print what was done with one file."""
    click.echo(shown(str(found["SourceFile"])))
    if "Error" in found:
        click.echo(f"  {found['Error']}")
        return
    for name in ("Copy", "Certificate"):
        if name in found:
            click.echo(f"  {name}: {shown(str(found[name]))}")
    counts = {name: len(found[name]) for name in ("Removed", "Kept", "Stuck")}  # type: ignore[arg-type]  # lists
    click.echo(
        "  {Removed} tags removed, {Kept} kept, {Stuck} could not be removed.".format_map(counts)
    )
    for line in (*found["Stuck"], *found["Warnings"], found["Pixels"]):  # type: ignore[misc]  # lists
        click.echo(f"  {line}")
