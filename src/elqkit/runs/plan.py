"""What is to be sent: rows by number, where to, and which are left out from the start."""

from __future__ import annotations

import hashlib
import hmac
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T_co = TypeVar("T_co", covariant=True)

_NOTHING: Mapping[int, str] = MappingProxyType({})


class Plan(Generic[T_co]):
    """Rows and what has to be known to recognise them again. Rows are counted from 0."""

    def __init__(
        self,
        rows: Sequence[T_co],
        source: bytes,
        destination: str,
        settings: tuple[str, ...] = (),
        skipped: Mapping[int, str] = _NOTHING,
    ) -> None:
        self.rows = rows
        """Asked for one by one, when each is sent."""
        self.source = source
        """The file's bytes: the same file given again resumes its run."""
        self.destination = destination
        """Where the rows go: site and form. The same file to another form is another run."""
        self.settings = settings
        """What decides how the file becomes rows: encoding, delimiter, mapping."""
        self.skipped = skipped
        """Rows that are not to be sent, each with a code that says why."""

    def __repr__(self) -> str:
        return f"<Plan of {len(self.rows)} rows>"

    def name(self, key: bytes) -> str:
        """Tells this file and its destination from others, to who holds the key only."""
        return _keyed(key, "source", self.destination.encode(), self.source)

    def shape(self, key: bytes) -> str:
        """Changes with all that would make other rows of the same file."""
        settings = [setting.encode() for setting in self.settings]
        return _keyed(key, "settings", str(len(self.rows)).encode(), *settings)


def _keyed(key: bytes, purpose: str, *parts: bytes) -> str:
    """HMAC-SHA-256 over parts, each led by its length so that none runs into the next."""
    made = hmac.new(key, purpose.encode(), hashlib.sha256)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.hexdigest()
