"""What the commands share: files, settings, and errors as sentences."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
import os
from typing import TYPE_CHECKING

import click

from elqkit.errors import ElqError, NoSuchForm
from elqkit.output.codes import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

say = partial(click.echo, err=True)
"""For people; what programs read goes to standard output."""


def content_of(file: Path, max_bytes: int) -> bytes:
    """A file's bytes; one more than the limit where there are more.

    Raises:
        ClickException: it cannot be read.
    """
    try:
        with file.open("rb") as source:
            return source.read(max_bytes + 1)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}.") from None


def write_new(file: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that its owner alone may read; one that is there already is left alone.

    Raises:
        ClickException: it cannot be written.
    """
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as target:
            for piece in pieces:
                target.write(piece)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}.") from None


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Turn what is raised on purpose into a sentence and exit code 1.

    Raises:
        ClickException: an `ElqError`, in words.
    """
    try:
        yield
    except NoSuchForm as error:
        words = said(error.code)
        named = "".join(f"\n  {form.id}  {form.name} ({form.html_name})" for form in error.found)
        raise click.ClickException(f"{words.message} {words.hint} [{error.code}]{named}") from None
    except ElqError as error:
        words = said(error.code)
        raise click.ClickException(f"{words.message} {words.hint} [{error.code}]") from None
