"""Several uploads side by side: what is the same in all, what differs, what some lack."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from mapy.batch.comparison import bounded, compared
from mapy.output.json import as_object
from mapy.output.table import shown
from mapy.text import Text
from mapy.web.uploads import distinct, read_upload
from safelight.api import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapy.tags.definition import Value
    from safelight.api import Upload

FEWEST, MOST = 2, 20
MOST_ROWS = 1_000
"""Tags of each of the three lists that a page shows; all are counted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A tag and what each file says of it; an empty text where it has none."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The tags of several files by what they have in common."""

    names: tuple[str, ...]
    different: tuple[Difference, ...]
    missing: tuple[Difference, ...]
    same: tuple[Difference, ...]
    counts: tuple[int, int, int]
    """How many are different, missing in some, the same in all."""
    unread: tuple[tuple[str, Refusal], ...]


def compare(uploads: Sequence[Upload]) -> Compared:
    """Compare the uploads that can be read.

    Raises:
        Refusal: they are too few, or too many for a table that people can read.
    """
    objects: list[tuple[str, Mapping[str, Value]]] = []
    unread: list[tuple[str, Refusal]] = []
    if len(uploads) > MOST:
        raise Refusal(
            "compare.too-many",
            Text(
                "At most {most} pictures can be compared at a time. Nothing was compared.",
                {"most": MOST},
            ),
            "Choose fewer.",
            422,
        )
    names = distinct([upload.name for upload in uploads])
    for name, upload in zip(names, uploads, strict=True):
        try:
            objects.append((name, bounded(as_object(name, read_upload(upload)))))
        except Refusal as refusal:
            unread.append((name, refusal))
    if len(objects) < FEWEST:
        raise Refusal(
            "compare.too-few",
            "It takes two pictures that can be read to compare them. Nothing was compared.",
            "Choose two or more.",
            422,
        )
    found = compared(objects)
    return Compared(
        found.names,
        _rows(found.different),
        _rows(found.missing),
        _rows({key: (value,) for key, value in found.same.items()}),
        (len(found.different), len(found.missing), len(found.same)),
        tuple(unread),
    )


def _rows(found: Mapping[str, tuple[Value | None, ...]]) -> tuple[Difference, ...]:
    return tuple(
        Difference(key, tuple("" if value is None else shown(value) for value in values))
        for key, values in islice(found.items(), MOST_ROWS)
    )
